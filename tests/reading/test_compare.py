"""Two or three options side by side: the same words and numbers as their pages say."""

import re
from datetime import date
from itertools import combinations

import pytest
from django.conf import settings

from tests.for_each import for_each
from tests.site_fixtures import Html, words
from tests.stories import KNEE
from treatment_guide.library.content_check import current_library
from treatment_guide.reading.comparison_cells import IN_SHORT, said
from treatment_guide.reading.comparison_numbers import AXIS, gap_of

LIBRARY = current_library()
OPTIONS = list(LIBRARY.options)
THREE = ("prp", "hyaluronic-acid", "joint-replacement")


def asked(*options: str) -> str:
    return "&".join(f"option={option}" for option in options)


@pytest.fixture
def compared(client, html):
    """The comparison of these options, as a page."""
    return lambda *options: html(client.get(f"/compare/?{asked(*options)}"))


def cells(page, question: str):
    """The cells of one row of the table, by its heading."""
    for row in page.find("tr"):
        head = row.find("th[@scope='row']")
        if head is not None and words(head).startswith(question):
            return row.findall("td")
    raise AssertionError(question)


def rects(cell) -> list[str]:
    """The classes of what bars are drawn of."""
    return [str(each.get("class")) for each in cell.iter() if str(each.tag).endswith("rect")]


@pytest.mark.parametrize("option", OPTIONS)
def test_the_words_of_a_cell_are_those_of_the_option_page(compared, site, option):
    """What the comparison says in words stands on the page of the option, and so does its number:
    as the difference in words, or as the sentence of the number.
    """
    other = OPTIONS[OPTIONS.index(option) - 1]
    page = compared(option, other)
    _, whole = site(f"/options/{option}/all/")
    text = words(Html(re.sub(r"<sup>.*?</sup>", "", whole.text)).root)
    facts = {said(LIBRARY, fact) for fact in LIBRARY.facts.values()}
    unknown = []
    for row in page.find("tr")[1:]:
        for line in row.findall("td")[0].iter("p"):
            if line.get("class") or line.find("a[@href]") is not None:
                continue
            if words(line) not in facts and words(line) not in text:
                unknown.append(words(line))

    assert unknown == []


def test_the_difference_comes_first_with_what_qualifies_it(compared):
    """Knee pain after PRP: the gap in bold, on the scale of 100, then that it may be chance."""
    cell = cells(compared(*THREE), LIBRARY.options["prp"].page.part("gains").title)[0]
    first = cell.find("p")

    assert words(first) == LIBRARY.facts["prp-knee-pain-12-months"].difference
    assert words(first.find("b")) == words(first).split(". ")[0] + "."


def test_a_number_against_a_fake_treatment_is_filled_and_an_open_one_outlined(compared):
    """The eye sees which numbers are careful before it reads them; harms are hatched."""
    page = compared(*THREE)
    gains = cells(page, LIBRARY.options["prp"].page.part("gains").title)
    bars = [rects(cell)[0] for cell in gains]
    harms = cells(page, LIBRARY.options["prp"].page.part("harms").title)

    assert bars == ["controlled", "controlled", "open"]
    assert {bar for cell in harms for bar in rects(cell)} == {"harm", "axis"}


@for_each("name", list(LIBRARY.facts))
def test_a_gap_of_points_stays_on_the_axis(name):
    """One axis for all gaps: none is longer, so no bar is cut."""
    assert (gap_of(LIBRARY.facts[name]) or 0) <= AXIS


def test_what_matters_marks_its_questions_and_is_sent_nowhere(compared, client, html, code):
    """Eight ticks without a name, outside the form; each has a question, and the style marks it."""
    page = compared(*THREE)
    boxes = [box for box in page.find("input") if not box.get("name")]
    rules = (settings.STATIC_DIR / "css/compare/comparison.css").read_text()

    assert len(boxes) == len(LIBRARY.matters_first)
    assert {box.get("autocomplete") for box in boxes} == {"off"}
    assert not [box for form in page.find("form") for box in form.iter("input") if box in boxes]
    for part in LIBRARY.matters_first.values():
        assert f"body:has(.for-{part}:checked) .row-{part} .mine" in rules
        assert page.find("tr", class_=f"row-{part}")
    told = code({**KNEE, "matters": "low-risk"})
    ticked = html(client.get(f"/whats-next/compare/{told}/?{asked(*THREE)}"))
    checked = [box.get("class") for box in ticked.find("input", class_="for-harms")]
    assert checked and all(
        "checked" in box.attrib for box in ticked.find("input", class_="for-harms")
    )


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
        shown = [words(cell) for cell in cells(page, question)]
        assert listed == [text for text in shown if text != LIBRARY.ui["compare-other-row"]]


def test_it_is_a_table_with_its_headings(compared):
    """A real table: a column for each option, a row for each question, and a name."""
    page = compared(*THREE)
    columns, rows = page.find("th", scope="col"), page.find("th", scope="row")

    assert [words(each.find("a")) for each in columns[1:]] == [
        LIBRARY.options[option].page.short for option in THREE
    ]
    assert len(rows) >= len(LIBRARY.compare)
    assert page.find("caption") != []


def test_a_number_past_its_day_gives_way_to_words(compared, freeze):
    """The comparison shows no number that its page no longer shows."""
    freeze(date(2099, 1, 1))
    shown = compared(*THREE).text

    said_of = [LIBRARY.facts[name].difference for name in LIBRARY.facts]
    assert [text for text in said_of if text and text in shown] == []


@pytest.mark.parametrize(
    ("matters", "first"),
    [("low-risk", "harms"), ("low-cost", "cost"), ("quick-relief", "recovery")],
)
def test_what_matters_comes_first(client, html, code, matters, first):
    """The question that answers what matters to this reader is the first row."""
    address = f"/whats-next/compare/{code({**KNEE, 'matters': matters})}/"
    page = html(client.get(f"{address}?{asked(*THREE)}"))
    title = LIBRARY.options["prp"].page.part(IN_SHORT.get(first, first)).title

    assert words(page.find("th", scope="row")[0]).startswith(title)
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
        box.get("value") for box in page.find("input", name="option") if "checked" in box.attrib
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

    heavy = sorted(OPTIONS, key=length)[-4:]

    assert max(size(three) for three in combinations(heavy, 3)) <= 13_900
