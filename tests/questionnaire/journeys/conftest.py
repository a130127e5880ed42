"""What all journeys share: what the guide told a reader."""

import re
from collections.abc import Callable
from html import escape

import pytest

from tests.questionnaire.journeys.shared import Stands
from tests.questionnaire.outcome.shown import Shown
from tests.site_fixtures import Html


@pytest.fixture
def told(client, code, library) -> Callable[..., Stands]:
    """Tell a story and read the outcome page: `told(expected, place="knee", ...)`.

    Gives each option of `expected` as it stands on the page, with those of the expected reasons
    whose words are read with it: in its row, above its group, or under "Take care". No danger sign
    is ticked unless the story says so. Both printed pages are read too: they list what fits.
    """

    def tell(expected: Stands, **answers: str) -> Stands:
        story = {"urgent": "none", "urgent_here": "none", **answers}
        here = code({name.replace("_", "-"): text for name, text in story.items()})
        page = Html(client.get(f"/whats-next/outcome/{here}/").content.decode())
        shown, groups = Shown(page, library), page.groups
        fitting = {option for option, group in groups.items() if group == "fits"}
        take = client.get(f"/whats-next/take/{here}/").content.decode()
        assert set(re.findall(r'aria-labelledby="o-([\w-]+)"', take)) == fitting
        paper = client.get(f"/whats-next/clinician/{here}/").content.decode()
        (listed,) = re.findall(r'<ul class="plain-names">(.*?)</ul>', paper, re.DOTALL)
        printed = {each.split(" (")[0] for each in re.findall(r"<li>(.*?)</li>", listed)}
        assert printed == {name(option) for option in fitting}
        return {
            option: (groups[option], {each for each in reasons if shown.says(option, each)})
            for option, (_, reasons) in expected.items()
        }

    def name(option: str) -> str:
        return escape(library.options[option].page.short)

    return tell
