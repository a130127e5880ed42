"""The page of the safety matrix can be read: what stands on it, and in which words."""

import re
from typing import Any

import pytest

from treatment_guide.library.content_check import current_library
from treatment_guide.reading.about.safety_page import safety_values

LIBRARY = current_library()
VALUES: dict[str, Any] = safety_values(LIBRARY) or {}
ANSWERS = [answer for question in VALUES["questions"] for answer in question["answers"]]
TRIALS = {name for name, option in LIBRARY.guide.options.items() if option.trials_only}


def test_options_for_studies_only_stand_once_above_the_answers() -> None:
    """No answer changes where they stand, so no fold begins with them."""
    inside = {option.id for answer in ANSWERS for line in answer.lines for option in line.options}

    assert {page.id for page in VALUES["trials"]} == TRIALS
    assert not inside & TRIALS


def test_every_other_option_stands_below_every_answer() -> None:
    """No cell of the matrix is left out."""
    for answer in ANSWERS:
        inside = {option.id for line in answer.lines for option in line.options}
        assert inside == set(LIBRARY.options) - TRIALS


def test_a_source_has_one_number_on_the_page() -> None:
    """The number is the same wherever the source stands, and no id is shown to readers."""
    cited = {(s.number, s.id) for a in ANSWERS for line in a.lines for s in line.sources}

    assert sorted(number for number, _ in cited) == list(range(1, len(cited) + 1))
    assert len({id_ for _, id_ in cited}) == len(cited)


@pytest.mark.parametrize("address", ["/about/safety/", "/about/rules/"])
def test_no_id_of_a_source_is_read_on_the_page(site: Any, address: str) -> None:
    """Readers see a number that leads to the source, also in the list of rules."""
    _, page = site(address)
    shown = re.sub(r"<[^>]+>", " ", page.text)

    assert 'href="/sources/#nhs-ggc-red-flags"' in page.text
    assert "nhs-ggc-red-flags" not in shown


def test_every_kind_of_line_is_explained() -> None:
    """What a line begins with stands under "How to read it", in the same words."""
    page = LIBRARY.about["safety"]
    how = "".join(
        block.html for part in page.parts if part.id == "how-to-read" for block in part.blocks
    )
    kinds = {line.kind for answer in ANSWERS for line in answer.lines}

    assert [k for k in kinds if LIBRARY.ui[f"safety-{k}"].rstrip(":") not in how] == []
