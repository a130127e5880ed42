"""What matters to a reader is said in the same words wherever an option is shown."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from tests.stories import STORY, choices_of
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
WISHES = ("avoid-surgery", "quick-relief", "sleep")


def said(thing: str, option: str) -> str:
    """The sentence on how an option sits with a thing, as it is read."""
    return unescape(re.sub("<[^>]+>", "", LIBRARY.value_statements[thing][option].html))


def way(thing: str, option: str) -> str:
    """In which way an option speaks for or against a thing, as a row says it."""
    label = LIBRARY.questions["matters"].choices[thing].label
    return f"{label}: {LIBRARY.ui[f'speaks-{LIBRARY.value_statements[thing][option].speaks}']}"


def test_a_wish_reads_the_same_on_outcome_comparison_and_page(
    client: Any, code: Any, html: Any
) -> None:
    """The sentence on it in a comparison, and among all things on the page of the option; in which
    way it speaks beside each option worth asking about, for what the reader chose alone.
    """
    mine = code({**STORY, "matters": " ".join(WISHES)})
    outcome = html(client.get(f"/whats-next/outcome/{mine}/"))
    fitting = [option for option, group in outcome.groups.items() if group == "fits"]
    standings = narrow(Reader(LIBRARY.guide, choices_of(STORY))).standings
    had = {each.option for each in standings if each.done}
    pair = fitting[:2]
    query = "&".join(f"option={option}" for option in pair)
    compared = html(client.get(f"/whats-next/compare/{mine}/?{query}")).words("main")
    assert len(fitting) > 5
    for option in fitting:
        row = outcome.words("li", data_option=option)
        page = html(client.get(f"/options/{option}/")).words("main")
        for thing in LIBRARY.value_statements:
            assert said(thing, option) in page
            if option in pair and thing in WISHES:
                assert said(thing, option) in compared
            told = thing in WISHES and option not in had
            assert (way(thing, option) in row) == told
