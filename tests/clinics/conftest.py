"""What the tests of the clinics' pages share with those of the site."""

import pytest

from tests.site_fixtures import Html, code, fixed_day, html, library, wsgi
from treatment_guide.clinics.clinic_link import KNOWN, Link, from_form, offered
from treatment_guide.library.content_check import current_library

__all__ = ["Html", "code", "fixed_day", "html", "library", "wsgi"]


def every_link() -> list[Link]:
    """The links of every place with every cause there, without a clinic; then the longest code of
    each clinic: with its name, and how many, and whether guided.
    """
    guide = current_library()
    links = []
    for place in offered(guide, "place", {}):
        given = {"place": frozenset((place,))}
        for cause in ("", *offered(guide, "cause", given)):
            links.append(from_form(guide, {"place": place, "cause": cause}))
    for clinic in guide.clinics.values():
        for guided in offered(guide, "guided", {}):
            for count in offered(guide, "count", {}):
                form = {"place": "knee", "cause": "arthritis", "guided": guided, "count": count}
                links.append(from_form(guide, {**form, "clinic": clinic.id}))
    assert all(links) and KNOWN == ("place", "cause", "guided", "count")
    return [link for link in links if link]


@pytest.fixture(scope="session")
def links() -> list[Link]:
    """Every place with every cause there, and the longest codes of every clinic."""
    return every_link()
