"""What may matter to a reader: every option says how it sits with every thing, and on what."""

from __future__ import annotations

import sys
from collections import Counter

from treatment_guide.engine.answers import NOT_SURE
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import SPEAKS
from treatment_guide.reading.option.shown_values import MATTERS, shown_values

LIBRARY = current_library()
THINGS = [c for c in LIBRARY.guide.questions[MATTERS].choices if c != NOT_SURE]


def test_every_option_says_how_it_sits_with_every_thing_that_may_matter() -> None:
    """All things of the question, all options, in their order. The table is printed."""
    assert list(LIBRARY.value_statements) == THINGS
    for thing, said in LIBRARY.value_statements.items():
        assert list(said) == list(LIBRARY.options), thing
        counts = Counter(each.speaks for each in said.values())
        row = "".join(f"{counts[way]:4} {way}" for way in SPEAKS)
        sys.stdout.write(f"\n{thing:18}{row}")


def test_what_speaks_for_or_against_shows_its_sources_on_the_page() -> None:
    """A reader can look each one up; only "not known" may stand without."""
    for option in LIBRARY.options.values():
        for shown in shown_values(LIBRARY, option.page):
            assert shown.marks or shown.speaks == "not-known", (option.id, shown.label)


def test_low_risk_never_speaks_for_an_option_for_studies_only() -> None:
    """What is not sold honestly outside a study is not known to be of low risk."""
    for option in LIBRARY.guide.options.values():
        if option.trials_only:
            assert LIBRARY.value_statements["low-risk"][option.id].speaks != "for"
