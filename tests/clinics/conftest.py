"""What the tests of the clinics' pages share with those of the site."""

import json

import pytest

from tests.clinics.record_system import JSON
from tests.site_fixtures import Html, code, fixed_day, html, library, wsgi
from treatment_guide.clinics.clinic_link import KNOWN, Link, every_link
from treatment_guide.library.content_check import current_library

__all__ = ["Html", "code", "fixed_day", "html", "library", "wsgi"]


@pytest.fixture(scope="session")
def links() -> list[Link]:
    """Every place with every cause there, and the longest codes of every clinic."""
    found = every_link(current_library())
    assert found and KNOWN == ("place", "cause", "guided", "count")
    return found


@pytest.fixture
def ask(client):
    """The feed for these parameters, read from JSON."""

    def get(**fields):
        answer = client.get("/infobutton", {**JSON, **fields})
        assert answer.status_code == 200, answer.text
        return json.loads(answer.text)["feed"]

    return lambda fields: get(**fields)
