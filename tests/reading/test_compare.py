"""Two or three options side by side: the same words and numbers as their pages say."""

import re
from datetime import date
from itertools import combinations

import pytest

from tests.site_fixtures import words
from tests.stories import KNEE
from treatment_guide.library.content_check import current_library
from treatment_guide.library.text.blocks import FactFigure

LIBRARY = current_library()
OPTIONS = list(LIBRARY.options)
THREE = ("prp", "hyaluronic-acid", "joint-replacement")


def asked(*options: str) -> str:
    return "&".join(f"option={option}" for option in options)


@pytest.fixture
def compared(client, html):
    """The comparison of these options, as a page."""
    return lambda *options: html(client.get(f"/compare/?{asked(*options)}"))


def facts_of(option: str, part: str) -> list[str]:
    """The sentences of the facts that a part of an option's page shows as figures."""
    blocks = LIBRARY.options[option].page.part(part).blocks
    return [LIBRARY.facts[b.fact].sentence for b in blocks if isinstance(b, FactFigure)]


def cells(page, question: str):
    """The cells of one row of the table, by its heading."""
    for row in page.find("tr"):
        head = row.find("th[@scope='row']")
        if head is not None and words(head) == question:
            return row.findall("td")
    raise AssertionError(question)


@pytest.mark.parametrize("option", OPTIONS)
def test_the_comparison_shows_the_facts_of_the_page(compared, option):
    """Every number that a page shows under gains and harms stands in the comparison, for its
    option, as the page says it.
    """
    other = OPTIONS[OPTIONS.index(option) - 1]
    page = compared(option, other)

    for part in ("gains", "harms"):
        title = LIBRARY.options[option].page.part(part).title
        first = words(cells(page, title)[0])
        assert [fact for fact in facts_of(option, part) if fact not in first] == []


def test_how_an_option_is_done_is_told_by_its_steps(compared):
    """A program for knees and a stay in hospital compare nothing; what is done, step by step, does."""
    pair = ("exercise-program", "spinal-decompression-fusion")
    page = compared(*pair)
    title = LIBRARY.options[pair[0]].page.part("how-it-is-done").title

    shown = [cell.find(".//ol") is not None for cell in cells(page, title)]

    assert shown == [True, True]


def test_the_phone_and_the_table_say_the_same(compared):
    """The short list of the phone and the table of the wide screen hold the same words."""
    page = compared(*THREE)
    short = next(each for each in page.find("div") if each.get("class") == "compare-short")

    for section in short.findall("section"):
        question = words(section.find("h2"))
        listed = [words(each) for each in section.iter("dd")]
        assert listed == [words(cell) for cell in cells(page, question)]


def test_it_is_a_table_with_its_headings(compared):
    """A real table: a column for each option, a row for each question, and a name."""
    page = compared(*THREE)
    columns, rows = page.find("th", scope="col"), page.find("th", scope="row")

    assert [words(each.find("a")) for each in columns[1:]] == [
        LIBRARY.options[option].page.short for option in THREE
    ]
    assert len(rows) == len(LIBRARY.compare)
    assert page.find("caption") != []


def test_a_number_past_its_day_gives_way_to_words(compared, freeze):
    """The comparison shows no number that its page no longer shows."""
    freeze(date(2099, 1, 1))
    shown = compared(*THREE).text

    assert [fact for option in THREE for fact in facts_of(option, "gains") if fact in shown] == []
    assert LIBRARY.ui["fact-overdue"] in shown


@pytest.mark.parametrize(
    ("matters", "first"),
    [("low-risk", "harms"), ("low-cost", "cost"), ("quick-relief", "recovery")],
)
def test_what_matters_comes_first(client, html, code, matters, first):
    """The question that answers what matters to this reader is the first row."""
    address = f"/whats-next/compare/{code({**KNEE, 'matters': matters})}/"
    page = html(client.get(f"{address}?{asked(*THREE)}"))
    title = LIBRARY.options["prp"].page.part(first).title

    assert words(page.find("th", scope="row")[0]) == title
    assert LIBRARY.questions["matters"].choices[matters].label in page.text


@pytest.mark.parametrize(
    ("options", "status", "says"),
    [
        ((), 200, None),
        (("prp",), 200, "compare-one-more"),
        (("prp", "no-such-option"), 422, "compare-unknown"),
        (("prp", "shockwave", "no-such-option"), 200, "compare-unknown"),
        (OPTIONS[:4], 200, "compare-too-many"),
    ],
    ids=["none", "one", "one and an unknown one", "two and an unknown one", "four"],
)
def test_what_is_missing_is_said_and_the_ticks_stay(client, html, options, status, says):
    """None, one, unknown, too many: the page says so, keeps what was ticked, and can be sent."""
    answer = client.get(f"/compare/?{asked(*options)}")
    page = html(answer)
    ticked = {
        box.get("value") for box in page.find("input", type="checkbox") if "checked" in box.attrib
    }
    notes = [words(each) for each in page.find("p", class_="note")]

    assert answer.status_code == status
    assert notes == ([LIBRARY.ui[says]] if says else [])
    assert ticked == {option for option in options if option in LIBRARY.options}


def test_the_heaviest_comparison_fits_one_round_trip(wsgi):
    """Even the three options with the most to say fit into 14,000 bytes."""

    def size(options: tuple[str, ...]) -> int:
        query = asked(*options).encode()
        answer = wsgi(path="/compare/", query=query, HTTP_ACCEPT_ENCODING="br")
        return len(answer.body) + sum(len(f"{k}: {v}\r\n") for k, v in answer.headers.items())

    def length(option: str) -> int:
        return sum(
            len(re.sub(r"<[^>]+>", "", str(part.blocks)))
            for name in LIBRARY.compare
            if (part := LIBRARY.options[option].page.part(name))
        )

    heavy = sorted(OPTIONS, key=length)[-5:]

    assert max(size(three) for three in combinations(heavy, 3)) <= 13_900
