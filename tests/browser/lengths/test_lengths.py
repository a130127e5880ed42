"""`make lengths` can fail: it sees when a page is made short by hiding, and when it is too long."""

import pytest
from playwright.sync_api import Page

from tools.lengths.addresses import (
    Place,
    has_options,
    made_up,
    outcome_of,
    patients,
    stories,
)
from tools.lengths.looking import Seen, ask, faults_now
from tools.lengths.report import too_long

#: What is wrong with a piece of a page, and what the run says of it.
PLANTED = {
    '<p style="font-size: 12px">tiny words</p>': "12 px",
    '<div style="height: 20px; overflow: hidden"><p>cut</p><p>off</p></div>': "cut off or scrolled",
    '<div style="height: 20px; overflow: auto"><p>in a box</p><p>to scroll</p></div>': "cut off",
    '<p style="width: 3000px">wide</p>': "scrolls sideways",
    '<p style="display: none">not shown</p>': "nobody sees",
    '<p style="opacity: 0">clear as glass</p>': "nobody sees",
    '<p style="position: absolute; left: -999px">far away</p>': "nobody sees",
    f"<p hidden>{'A long text that no script shows. ' * 9}</p>": "nobody sees",
}
#: What readers can open, what says again what they see, and what is for ears alone.
HONEST = """<style>.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; }
</style><details><summary>More</summary><p>In the fold.</p></details>
<a href="#x">Short</a><a href="#x" style="display: none">The short one, for wide screens</a>
<p hidden>It did not work.</p><span class="visually-hidden">Step</span><sup>12</sup>"""


def page_of(page: Page, piece: str) -> Page:
    """A page of ours with this piece in it."""
    page.set_content(
        '<meta name="viewport" content="width=device-width"><body style="font: 19px serif">'
        f"<main><p>All is well.</p>{piece}</main>"
    )
    return page


@pytest.mark.parametrize(("piece", "told"), PLANTED.items(), ids=PLANTED.values())
def test_what_is_hidden_is_seen(page: Page, piece: str, told: str) -> None:
    """Small letters, cut or scrolled boxes and text that nobody sees are told, each by its kind."""
    assert any(told in fault for fault in faults_now(page_of(page, piece)))


def test_folds_and_words_for_ears_hide_nothing(page: Page) -> None:
    """A native fold, a link that stands twice, a message and words for ears are no faults."""
    assert faults_now(page_of(page, HONEST)) == []


def test_a_fold_in_a_fold_is_seen(page: Page) -> None:
    """Everything is at most one tap deep."""
    page_of(page, "<details><summary>a</summary><details><summary>b</summary>c</details></details>")

    assert len(ask(page, "nested")) == 1


def test_a_page_over_a_limit_is_told() -> None:
    """Each limit of a kind can be broken: screens, sheets, what the first screen holds, balance."""
    place = Place("option", "/options/a/")
    good = Seen(place, closed=10, open=20, first=0.5, rooms=(1, 1), sheets=6)
    bad = Seen(place, closed=10.01, open=20, first=1.2, rooms=(2, 1), sheets=7, small=0.6)

    assert too_long(good) == []
    assert len(too_long(bad)) == 5


def test_stories_patients_and_readers_are_found() -> None:
    """All stories and cases are measured; the same seed makes the same readers."""
    assert len(stories()) > 20
    assert len(patients()) > 150
    assert made_up(20, 1) == made_up(20, 1) != made_up(20, 2)


def test_every_reader_who_is_measured_has_an_outcome(client) -> None:
    """A reader who is asked about danger signs first would be measured on another page."""
    for name, answers in made_up(12, seed=5).items():
        assert client.get(outcome_of(answers)).status_code == 200, name
    asked = {"urgent": frozenset(("none",)), "place": frozenset(("knee",))}

    assert not has_options(asked)
    assert has_options({**asked, "urgent-here": frozenset(("none",))})
