"""A packet says who has signed, what changed since, and what was objected to. The reviewers here are
made up: no such person exists.
"""

from dataclasses import replace
from datetime import date

import pytest

from tests.content.standards.read_pages import plain
from treatment_guide.library.model import Change, Library, Objection, Signature
from treatment_guide.reading.packet import paper_form

WHAT, ADDRESS = "option:prp", "/about/review/option/prp/"
DAY = date(2026, 12, 1)
SIGNED = Signature(
    id="option-prp-mara-example-2026-12-01",
    what=WHAT,
    who="Mara Example",
    role="physiotherapist",
    registration="EX 0001",
    interests="none",
    day=DAY,
    until=date(2027, 1, 15),
    hash="0000-0000-0000-0000",
    holds=True,
)
CHANGE = Change("number", "Less knee pain", "It fell by 2.1.", "It fell by <9.9>.")
LAPSED = replace(SIGNED, holds=False, changes=(CHANGE,))
OBJECTION = Objection(
    "too-much", WHAT, "Bo Sample", "surgeon", DAY, "It promises too much.", "open"
)


@pytest.fixture
def page(library: Library, client, serve, monkeypatch):
    """The packet of PRP with some signatures and objections, two weeks after the reading."""
    monkeypatch.setattr(paper_form, "today", lambda: date(2026, 12, 15))

    def fetch(*signatures: Signature, objections: tuple[Objection, ...] = ()) -> str:
        reviews = replace(library.reviews, signatures=signatures, objections=objections)
        serve(replace(library, reviews=reviews))
        return client.get(ADDRESS).content.decode()

    return fetch


def test_who_has_signed_stands_there_with_the_role_still_wanted(page, library) -> None:
    """The next reader sees whose name is there, and whose is not."""
    shown = plain(page(SIGNED))

    assert "Mara Example" in shown
    assert library.ui["role-sports-physician"] in shown
    assert library.ui["packet-nothing"] in shown


def test_what_changed_since_stands_there_without_the_name_that_lapsed(page, library) -> None:
    """The words then and now, escaped; a name that counts no more is shown nowhere."""
    shown = page(LAPSED)

    assert "Mara" not in shown
    assert "It fell by 2.1." in shown
    assert "It fell by &lt;9.9&gt;." in shown
    assert library.ui["packet-nothing"] not in plain(shown)


def test_an_objection_stands_there_with_what_came_of_it(page, library) -> None:
    """Open, mended or declined for a reason."""
    answered = replace(OBJECTION, state="declined", reason="The trial says so.")
    still, came = page(objections=(OBJECTION,)), page(objections=(answered,))

    assert "It promises too much." in still
    assert library.ui["packet-open"] in still
    assert "The trial says so." in came
    assert library.ui["packet-open"] not in came


def test_what_changed_since_an_objection_stands_beneath_it(page, library) -> None:
    """Where the text that was objected to is kept: who never signed need not read all again."""
    shown = plain(page(objections=(replace(OBJECTION, changes=(CHANGE,)),)))

    assert library.ui["packet-since"] in shown
    assert "It fell by 2.1." in shown
    assert library.ui["packet-since"] not in page(objections=(OBJECTION,))
