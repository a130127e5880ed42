"""The whole guide one and two years ahead, with nothing changed: its check passes, every page is there,
no number is shown past its day, no signature counts past its own, and old danger answers are asked anew.
"""

import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from tests.conftest import THE_DAY
from tests.stories import STORY
from treatment_guide.engine.code import days_since_2026
from treatment_guide.http.clock import today
from treatment_guide.library.content_check import content_is_sound, current_library

LIBRARY = current_library()
SHOWN = re.compile(r'data-fact="([\w-]+)"')


@pytest.fixture(params=[1, 2])
def later(request: pytest.FixtureRequest, freeze) -> date:
    """Today is the day of the tests, so many years on."""
    freeze(THE_DAY + timedelta(days=365 * request.param))
    return today()


def test_the_check_passes(later):
    """Who installs a release long after its day gets a guide that starts: the day makes no fault of
    the content, nor of a setting.
    """
    assert [each.msg for each in content_is_sound(None) if each.level >= 40] == []
    call_command("check", verbosity=0)


def test_every_page_is_there_and_shows_no_number_past_its_day(client, later):
    """All pages of words, and not one of them with an overdue number. Each number is due within a year,
    so two years on there is none, and words stand in the place of each.
    """
    overdue = {name for name, fact in LIBRARY.facts.items() if fact.check_by < later}
    wrong, words = [], 0
    for page in LIBRARY.reading_pages:
        answer = client.get(page.address)
        text = answer.content.decode()
        words += LIBRARY.ui["fact-overdue"] in text
        if answer.status_code != 200 or overdue & set(SHOWN.findall(text)):
            wrong.append((page.address, answer.status_code, overdue & set(SHOWN.findall(text))))

    assert wrong == []
    assert overdue and words > 40
    assert later.year < 2028 or overdue == LIBRARY.facts.keys()


@pytest.mark.parametrize("page", ["outcome", "take", "clinician"])
def test_answers_of_today_count_and_danger_signs_of_long_ago_do_not(client, code, later, page):
    """A code made now opens its page, a code of the day of this release asks for danger first."""
    now = client.get(f"/whats-next/{page}/{code(STORY, day=days_since_2026(later))}/")
    then = client.get(f"/whats-next/{page}/{code(STORY)}/")

    assert now.status_code == 200
    assert then.status_code == 302 and then["Location"].startswith("/whats-next/urgent/")
