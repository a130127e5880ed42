"""Published standards: what they ask of words, and of the questions that are asked."""

import re
from typing import get_args

import pytest

from tests.content.standards.read_pages import (
    LIBRARY,
    OPTIONS,
    READ,
    READING,
    every_page,
    fetched,
    markup,
    page_at,
    plain,
)
from tests.for_each import for_each
from treatment_guide.library.model import Library
from treatment_guide.library.schema.values import Certainty

MOST_ITEMS = 7
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)


@every_page
def test_a_page_opens_with_its_summary(address: str) -> None:
    """P11, CCI1, CCI3, CCI10: the main message first, set apart, in at most three sentences."""
    first = page_at(address).parts[0]
    before = fetched(address).partition("<section")[0] if address != "/" else fetched(address)

    assert first.id == "in-short"
    assert '<div class="lead">' in before or address == "/"
    assert 1 <= len(re.findall(r"[.?!](?=\s|$)", plain(markup(first)))) <= 5


@for_each("address", READ)
def test_a_page_is_cut_into_short_parts_with_headings(address: str) -> None:
    """P8, P9, CCI9: more than one part, each with a heading, none endless."""
    page = page_at(address)

    assert len(page.parts) >= 2
    assert all(part.title for part in page.parts)
    assert [part.id for part in page.parts if len(plain(markup(part)).split()) > 330] == []


@for_each("address", READ)
def test_a_list_has_at_most_seven_items(address: str) -> None:
    """CCI8: a list that goes on and on is not read."""
    lists = [
        _ITEM.findall(found)
        for part in page_at(address).parts
        for found in re.findall(r"<[uo]l>(.*?)</[uo]l>", markup(part), re.DOTALL)
    ]

    assert [len(items) for items in lists if len(items) > MOST_ITEMS] == []


@for_each("option", OPTIONS)
def test_an_option_page_speaks_to_you(option: str) -> None:
    """P21: the reader is "you"."""
    words = plain(" ".join(markup(part) for part in LIBRARY.options[option].page.parts))

    assert len(re.findall(r"\byou(?:r|rself)?\b", words, re.IGNORECASE)) >= 5


@every_page
def test_a_page_prints_its_grade_and_the_name_of_the_scale(address: str) -> None:
    """K21, R1: readability by a named scale, on the page itself."""
    shown = plain(fetched(address).partition('id="about-page"')[2])

    assert f"{page_at(address).grade} (Flesch-Kincaid" in shown


def test_dates_and_ranges_are_written_in_full(library: Library) -> None:
    """R4: "2 to 4 weeks", and months as words."""
    dashed = re.compile(r"\d\s?[–-]\s?\d|\b\d{1,2}/\d{1,2}/\d{2,4}\b")

    assert [fact.id for fact in library.facts.values() if dashed.search(fact.sentence)] == []


def test_questions_carry_no_dates(library: Library) -> None:
    """R5: dates stand on pages of words, and on none of the questions."""
    start = fetched("/whats-next/urgent/0/")

    assert library.ui["checked"] not in start
    assert library.ui["checked"] in fetched("/options/prp/")


@pytest.mark.parametrize("question", list(LIBRARY.guide.questions))
def test_a_question_says_why_it_is_asked_and_takes_not_knowing(question: str) -> None:
    """R7, R8: every question has its why; each but the danger signs can be left open, and one
    that a person may not know has a choice for that."""
    asked = LIBRARY.guide.questions[question]

    assert LIBRARY.questions[question].why
    assert asked.about_danger or {"not-sure", "none"} & set(asked.choices)


def test_nothing_is_a_pdf_only() -> None:
    """R11: everything is a page; no link leads to a PDF of ours."""
    links = [
        link for address in READING for link in re.findall(r'href="(/[^"]*)"', fetched(address))
    ]

    assert [link for link in links if link.partition("?")[0].endswith(".pdf")] == []


@pytest.mark.parametrize("language", ["en", *LIBRARY.translations])
def test_how_sure_an_option_says_it_is_agrees_with_its_level(language: str) -> None:
    """Where the short words of an option name levels ("Not very sure"), the level of its rules is
    one of them, or lies between them.
    """
    library = LIBRARY if language == "en" else LIBRARY.translations[language]
    order = get_args(Certainty)
    labels = {level: library.ui[f"certainty-{level}"].lower() for level in order}
    wrong = {}
    for name, option in library.options.items():
        part = option.page.part("glance-how-sure")
        assert part is not None
        said = plain(markup(part)).lower()
        named = []
        for level in sorted(order, key=lambda each: -len(labels[each])):
            if labels[level] in said:
                named.append(order.index(level))
                said = said.replace(labels[level], "")
        if named and not min(named) <= order.index(option.certainty) <= max(named):
            wrong[name] = option.certainty
    assert not wrong
