"""The rows of the outcome are made once, and never say to one reader what another said."""

import random
from dataclasses import replace

import pytest

from treatment_guide.engine.code import encode
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library
from treatment_guide.management.commands.numbers import everything, knows
from treatment_guide.questionnaire import outcome_rows as pieces
from treatment_guide.questionnaire import remembered
from treatment_guide.questionnaire import visit as whats_next

LIBRARY = current_library()
GUIDE = LIBRARY.guide
KNEE = {"urgent": "none", "place": "knee", "urgent-here": "none", "cause": "arthritis"}


@pytest.fixture
def made(monkeypatch):
    """The options whose rows were really made, with nothing kept before."""
    found = []
    make = pieces._made
    pieces._kept.cache_clear()
    monkeypatch.setattr(
        pieces, "_made", lambda library, row: found.append(row.option) or make(library, row)
    )
    yield found
    pieces._kept.cache_clear()


def outcome_of(client, code):
    """The outcome page of a code, made anew."""
    remembered.answers.forget()
    return client.get(f"/whats-next/outcome/{code}/").content.decode()


def test_an_answer_that_is_not_named_in_a_row_makes_no_new_row(client, code, made):
    """Two readers who would read the same about an option share its row."""
    outcome_of(client, code(KNEE))
    assert len(made) == len(GUIDE.options)
    made.clear()
    outcome_of(client, code(KNEE | {"matters": "sleep"}))

    assert len(made) < len(GUIDE.options) / 4


def test_every_link_of_a_kept_row_holds_the_code_of_this_page(client, code, made):
    """A row made for another code leads back with this reader's own answers."""
    first, second = code(KNEE), code(KNEE | {"matters": "sleep"})
    outcome_of(client, first)

    shown = outcome_of(client, second)

    assert first not in shown
    assert pieces.CODE not in shown


def test_a_page_of_kept_rows_is_the_page_made_afresh(client, made):
    """Whoever came before, every reader reads what their own answers say."""
    people = [everything(GUIDE, knows(random.Random(seed))) for seed in range(30)]
    codes = [encode(LIBRARY.layout, person, day=whats_next.today()) for person in people]
    kept = [outcome_of(client, each) for each in codes]
    afresh = []
    for each in codes:
        pieces._kept.cache_clear()
        afresh.append(outcome_of(client, each))

    assert kept == afresh


def test_rows_of_another_library_are_not_kept(made):
    """What a row says comes from the library it is asked of."""
    reader = Reader(GUIDE, {"place": frozenset(("knee",))})
    outcome = narrow(reader)
    assert isinstance(outcome, Outcome)
    other = replace(LIBRARY)
    row = pieces.rows(other, reader, outcome)[0]

    pieces.markup(other, row, "0")
    pieces.markup(other, row, "0")

    assert made == [row.option] * 2
