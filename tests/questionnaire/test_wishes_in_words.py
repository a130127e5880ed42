"""What matters to a reader is said in the same words wherever an option is shown."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from tests.stories import STORY
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
WISHES = ("avoid-surgery", "quick-relief", "sleep")


def said(thing: str, option: str) -> str:
    """The sentence on how an option sits with a thing, as it is read."""
    return unescape(re.sub("<[^>]+>", "", LIBRARY.value_statements[thing][option].html))


def test_a_wish_reads_the_same_on_outcome_comparison_and_page(
    client: Any, code: Any, html: Any
) -> None:
    """Beside each option worth asking about, in a comparison, and among all things on the page of
    the option; on the outcome only what the reader chose.
    """
    mine = code({**STORY, "matters": " ".join(WISHES)})
    outcome = html(client.get(f"/whats-next/outcome/{mine}/"))
    fitting = [option for option, group in outcome.groups.items() if group == "fits"]
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
            if thing in WISHES:
                assert said(thing, option) in row
            elif said(thing, option) not in {said(wish, option) for wish in WISHES}:
                assert said(thing, option) not in row
