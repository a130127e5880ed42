"""A sound content folder becomes a library, with everything in its fixed order."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from django.core.management import call_command

from treatment_guide.library import content_check as checks
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent, Problem


def test_the_valid_folder_loads(
    content: Path, problems_in: Callable[[Path], list[Problem]]
) -> None:
    """The folder all faults are tried on has none itself."""
    assert problems_in(content) == []


def test_manage_check_is_silent_about_the_real_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`manage.py check` finds nothing where there is nothing."""
    monkeypatch.setattr(checks, "current_library", checks.current_library.__wrapped__)

    call_command("check")

    assert "no issues" in capsys.readouterr().out


def test_options_stand_in_the_order_of_the_flow(library: Library) -> None:
    """Options, questions and topics keep the one order that flow.yaml gives them."""
    assert (list(library.options), list(library.questions), list(library.topics)) == (
        ["first-option", "sample-option"],
        ["urgent", "place", "sample-question"],
        ["sample-topic"],
    )


def test_the_parts_of_an_option_have_the_headings_of_the_interface(library: Library) -> None:
    """The author writes the id of a part, the reader sees its heading."""
    part = library.options["sample-option"].page.part("gains")

    assert part is not None
    assert part.title == "What people gain"


def test_a_title_in_a_link_leaves_out_what_stands_in_brackets(library: Library) -> None:
    """A bare link is named by the plain part of the title of its page."""
    part = library.options["first-option"].page.part("if-it-does-not-work")

    assert part is not None
    assert '<a href="/options/sample-option/">Walks</a>' in str(part.blocks[0])


def test_a_page_lists_its_sources_in_the_order_of_their_numbers(library: Library) -> None:
    """The list below a page follows the small numbers in its text, those of facts too."""
    assert library.topics["sample-topic"].sources == ("a-guideline", "a-trial")


def test_a_source_knows_the_pages_that_cite_it(library: Library) -> None:
    """The bibliography says where each source is used, each page once."""
    assert library.cited_on["a-trial"] == (
        ("option", "first-option"),
        ("option", "sample-option"),
        ("situation", "sample-situation"),
        ("topic", "sample-topic"),
    )


def test_a_shared_rule_acts_on_the_options_that_use_it(library: Library) -> None:
    """A rule used by name belongs to the option like one of its own."""
    waits = {name: [r.because for r in o.wait] for name, o in library.guide.options.items()}

    assert waits == {"first-option": [], "sample-option": ["sign-first"]}


def test_a_number_to_dial_has_digits_only(content: Path) -> None:
    """A telephone number is shown as written and dialed without spaces or hyphens."""
    region = content / "guide/regions/here.yaml"
    region.write_text(
        region.read_text(encoding="utf-8").replace('"911"', '"+1 800-555-0100"'), encoding="utf-8"
    )

    phone = load_library(content, whole=False).site.phones["emergency"]

    assert (phone.number, phone.dial) == ("+1 800-555-0100", "+18005550100")


def test_nothing_in_a_library_changes(library: Library) -> None:
    """What is loaded once is served to everyone, so it cannot be changed."""
    with pytest.raises(FrozenInstanceError):
        library.site = None


@pytest.mark.parametrize(
    "file", ["guide/facts/sample-topic.yaml", "en/topics/sample-topic.md"], ids=["fact", "page"]
)
def test_a_check_by_date_in_the_past_is_no_fault(content: Path, file: str) -> None:
    """What is due to be looked at again is listed elsewhere; it never stops the guide."""
    path = content / file
    old = path.read_text(encoding="utf-8").replace("2026-11", "2015-11").replace("2027", "2016")
    path.write_text(old, encoding="utf-8")

    assert load_library(content, whole=False).facts["sample-topic-pain"].sentence


def test_broken_content_tells_how_many_faults_there_are(content: Path) -> None:
    """The start stops with the number of faults, a line for each, and what waits for them: the one
    ask, whose words are gone with their file.
    """
    (content / "en/home.md").unlink()
    (content / "en/asks.md").unlink()

    with pytest.raises(BrokenContent, match="faults in the content") as broken:
        load_library(content, whole=False)

    lines = str(broken.value).splitlines()
    assert lines == [
        "2 faults in the content:",
        "en/asks.md:1 This file is missing.",
        "en/home.md:1 This file is missing.",
        "1 more check waits until these are mended.",
    ]


def test_a_folder_without_a_flow_says_so(content: Path) -> None:
    """Without the file that orders everything there is one problem to tell: that file."""
    (content / "guide/flow.yaml").unlink()

    with pytest.raises(BrokenContent) as broken:
        load_library(content, whole=False)

    assert "guide/flow.yaml" in [problem.file for problem in broken.value.problems]
