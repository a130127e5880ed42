"""Published standards for guides like this one: what each asks, as a test of the real guide.

The scorecard names these tests: `content/guide/scorecard.yaml`. The letters in the docstrings are
the standards' own: IPDASi (Q, C, K), PEMAT (P), the Clear Communication Index (CCI), DISCERN (D),
and the rules of the NHS for words and questions (R).
"""

import ast
import re
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from tests.conftest import THE_DAY
from treatment_guide.engine.code import days_since_2026, encode
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Fact, Library, Page, Part
from treatment_guide.library.text.blocks import FactFigure, Html
from treatment_guide.library.text.style_rules import CITED_PARTS, FAIR
from treatment_guide.reading.about import scorecard

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = current_library()
OPTIONS = list(LIBRARY.options)
READING = [page.address for page in LIBRARY.reading_pages]
MOST_ITEMS = 7
#: A list of words is looked things up in, not read from the top.
LOOKED_UP = ("/topics/words-your-letter-may-use/",)
READ = [address for address in READING if address not in LOOKED_UP]
MOST_COMPARED = 3

every_option = pytest.mark.parametrize("option", OPTIONS)
every_page = pytest.mark.parametrize("address", READING)

_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_PASSAGE = re.compile(r"<(p|li)>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def library() -> Library:
    """The real content."""
    return LIBRARY


@cache
def fetched(address: str) -> str:
    """The HTML of a page, fetched once."""
    return Client().get(address, follow=True).content.decode()


def page_at(address: str) -> Page:
    """The page of words at an address."""
    return next(page for page in LIBRARY.reading_pages if page.address == address)


def part_of(option: str, name: str) -> Part:
    """One part of an option page."""
    part = LIBRARY.options[option].page.part(name)
    assert part is not None
    return part


def markup(part: Part) -> str:
    """The HTML of a part, its figures left out."""
    return " ".join(block.html for block in part.blocks if isinstance(block, Html))


def plain(markup: str) -> str:
    """HTML as it is read."""
    return " ".join(unescape(_TAG.sub("", markup)).split())


def says_something(part: Part) -> bool:
    """True when a part has words or figures of its own."""
    figures = [block for block in part.blocks if isinstance(block, FactFigure)]
    return bool(figures) or len(plain(markup(part)).split()) >= 5


def counted(fact: Fact) -> bool:
    """True for a fact that counts people."""
    return fact.kind.startswith("of-")


# --- the decision, and its options -------------------------------------------

#: The sentences that say what there is to decide, by their keys.
DECISIONS = ("decision", "decision-study", "decision-here")


@pytest.mark.parametrize(
    "address", ["/", "/whats-next/", *(each.address for each in LIBRARY.reading_pages)]
)
def test_a_page_where_one_decides_names_the_decision(library: Library, address: str) -> None:
    """Q2: the start, every option and every situation say what there is to decide."""
    deciding = address in ("/", "/whats-next/") or address.startswith(("/options/", "/situations/"))
    words = [plain(library.ui[name].replace("**", "")) for name in DECISIONS]
    shown = plain(fetched(address))

    assert not deciding or any(each in shown for each in words)


@pytest.mark.parametrize("option", list(LIBRARY.options))
def test_only_a_page_of_an_option_for_studies_speaks_of_joining_one(
    library: Library, option: str
) -> None:
    """Nobody decides to "ask for this now" where it is used in studies only."""
    study = library.guide.options[option].trials_only
    said = plain(library.ui["decision-study" if study else "decision"].replace("**", ""))

    assert said in plain(fetched(library.options[option].page.address))


def test_waiting_is_one_of_the_options(library: Library) -> None:
    """D14, Q3: there is more than one choice, and doing nothing for now is among them."""
    assert len(library.options) > 1
    assert "watchful-waiting" in library.options


@every_option
def test_an_option_says_how_it_works(option: str) -> None:
    """D9: what it is and how it is done."""
    assert says_something(part_of(option, "what-it-is"))
    assert says_something(part_of(option, "how-it-is-done"))


@every_option
def test_an_option_says_what_people_gain_and_what_can_go_wrong(option: str) -> None:
    """Q4, Q5, D10, D11: good and bad points, or that nobody knows."""
    assert says_something(part_of(option, "gains"))
    assert says_something(part_of(option, "harms"))


@every_option
def test_gains_and_harms_have_equal_room(library: Library, option: str) -> None:
    """C1, D6: neither the good nor the bad points take more than three words for two."""
    page = library.options[option].page

    assert FAIR[0] <= page.gains_words / page.harms_words <= FAIR[1]


@every_option
def test_an_option_says_what_living_with_it_is_like(option: str) -> None:
    """Q6, D13: for the body, for the mood, and among people, a point each."""
    points = _ITEM.findall(markup(part_of(option, "living-with-it")))

    assert len(points) == 3
    assert all(len(plain(point).split()) >= 6 for point in points)


@every_option
def test_an_option_says_what_happens_without_it(option: str) -> None:
    """K1, D12: the natural course, and what waiting may cost."""
    assert says_something(part_of(option, "doing-nothing"))


@every_option
def test_an_option_has_questions_to_ask(option: str) -> None:
    """K11: questions for the clinician, ready to be written down."""
    points = [plain(point) for point in _ITEM.findall(markup(part_of(option, "questions")))]

    assert len(points) >= 5
    assert [point for point in points if "?" not in point] == []


@every_option
def test_an_option_says_when_to_call(option: str) -> None:
    """CCI14: what to do, when, and whom to call."""
    assert 'href="/get-help-now/"' in markup(part_of(option, "recovery"))


def test_the_comparison_offers_every_option(library: Library) -> None:
    """K2: good and bad points can be compared across all options."""
    ids = re.findall(r'name="option" value="([^"]+)"', fetched("/compare/"))

    assert ids == list(library.options)
    assert {"gains", "harms"} <= set(library.compare)


def test_a_comparison_is_a_simple_table() -> None:
    """P19: at most three options, a short heading for every row and column."""
    three = "&".join(f"option={option}" for option in [*OPTIONS[:4]])
    shown = fetched(f"/compare/?{three}")
    columns = shown.count('scope="col"') - 1
    rows = re.findall(r'scope="row"[^>]*>(.*?)</th>', shown)

    assert columns == MOST_COMPARED
    assert rows
    assert [row for row in rows if not 1 <= len(plain(row.partition("<")[0]).split()) <= 6] == []


# --- the numbers -------------------------------------------------------------


@pytest.mark.parametrize("address", [page.address for page in LIBRARY.reading_pages])
def test_every_finding_carries_its_source(address: str) -> None:
    """C2: every passage on gains, harms, certainty, cost, guidelines and the natural course has
    its source beside it, or says that we don't know."""
    bare = [
        plain(words)[:60]
        for part in page_at(address).parts
        if part.id in CITED_PARTS
        for _, words in _PASSAGE.findall(markup(part))
        if "<sup>" not in words and "don't know" not in unescape(words).replace("’", "'")
    ]

    assert bare == []


def test_chances_are_given_for_most_options(library: Library) -> None:
    """K3: nearly every option has counts of people; those without say that nobody knows."""
    without = [
        name
        for name, option in library.options.items()
        if not any(counted(library.facts[fact]) for fact in option.page.facts)
    ]

    assert len(without) <= 2
    assert [name for name in without if "don't know" not in fetched(f"/options/{name}/")] == []


def test_a_chance_is_a_whole_number_of_people(library: Library) -> None:
    """K5, P6, CCI15, R3: "7 of 100", never a percent sign, a fraction or "1 in 14"."""
    wrong = [
        fact.id
        for fact in library.facts.values()
        if counted(fact)
        and (
            not re.search(r"\d of (?:100|1,000|10,000)\b", fact.sentence)
            or re.search("%|1 in ", fact.sentence)
        )
    ]

    assert wrong == []


def test_both_sides_of_a_number_have_the_same_time_and_denominator(library: Library) -> None:
    """K6, K7, P7, CCI17: a record has one time and one "of 100", and both sides stand in it."""
    compared = [
        fact for fact in library.facts.values() if counted(fact) and fact.versus is not None
    ]
    wrong = [
        fact.id
        for fact in compared
        if len(set(re.findall(r"of (100|1,000|10,000)\b", fact.sentence))) != 1
    ]

    assert compared
    assert wrong == []


def test_every_number_says_how_sure_it_is(library: Library) -> None:
    """C5, K19: each number has its certainty, and a figure prints it."""
    page = next(page for page in library.reading_pages if any_figure(page))
    levels = {library.ui[f"certainty-{fact.certainty}"] for fact in library.facts.values()}
    figures = fetched(page.address).split("<figure")[1:]

    assert figures
    assert [one for one in figures if not any(level in one for level in levels)] == []


def any_figure(page: Page) -> bool:
    """True when a number stands on the page as a figure."""
    return any(isinstance(block, FactFigure) for part in page.parts for block in part.blocks)


@every_option
def test_an_option_says_how_good_the_evidence_is(library: Library, option: str) -> None:
    """K19, CCI11, D8: how sure we are as a whole, and what nobody knows."""
    sure = re.findall(r'<li class="chosen">(.*?) ?<', fetched(f"/options/{option}/"))

    assert sure == [library.ui[f"certainty-{library.options[option].certainty}"]]
    assert "don't know" in plain(fetched(f"/options/{option}/"))


@every_page
def test_a_drawn_number_is_also_in_words_and_digits(address: str) -> None:
    """K8, P17, CCI16, CCI20: beside every picture stand the number and a sentence."""
    for figure in re.findall(r"<figure class=\"fact.*?</figure>", fetched(address), re.DOTALL):
        pictures = len(re.findall(r'<svg viewBox="0 0 220 260"', figure))
        numbers = len(re.findall(r'class="number">\d+', figure))
        caption = plain(figure.partition("<figcaption")[2].partition("</figcaption>")[0])

        assert pictures == numbers
        assert len(caption.split()) >= 6


@every_page
def test_every_picture_says_how_to_read_it(library: Library, address: str) -> None:
    """P25: how to read a chart stands with the first of its kind on the page, of people or of points,
    or once before all charts of the page.
    """
    page = fetched(address)
    legend = page.find(f'<h2 id="legend">{library.ui["legend"]}</h2>')
    figures = re.findall(r'<figure class="fact.*?data-fact="([^"]+)".*?</figure>', page, re.DOTALL)
    charts = re.findall(r'<figure class="fact.*?</figure>', page, re.DOTALL)
    assert len(figures) == len(charts)
    firsts: dict[str, str] = {}
    for fact, chart in zip(figures, charts, strict=True):
        points = library.facts[fact].kind == "points"
        firsts.setdefault("fact-read-points" if points else "fact-read", unescape(chart))
    bare = [how for how, chart in firsts.items() if library.ui[how] not in chart]

    assert bare == [] or 0 <= legend < page.index('<figure class="fact')


def test_no_reader_has_to_calculate(library: Library) -> None:
    """P7, R3: no percent sign and no "1 in" in anything that is printed."""
    printed = [fetched(address) for address in READING]
    words = [plain(page.partition("<main")[2].partition('id="sources"')[0]) for page in printed]

    assert [one[:40] for one in words if re.search(r"\d ?%|\b1 in \d", one)] == []


# --- a way to decide ---------------------------------------------------------


def test_there_is_a_way_to_decide_step_by_step(library: Library) -> None:
    """K10, P22: numbered steps, one after another."""
    steps = library.topics["how-to-decide"].part("six-steps")
    assert steps is not None

    assert len(_ITEM.findall(markup(steps).partition("<ol>")[2].partition("</ol>")[0])) >= 5


def test_there_is_a_worksheet(library: Library) -> None:
    """K11, P23: lines to fill in, for paper."""
    sheet = library.topics["how-to-decide"].part("worksheet")
    assert sheet is not None
    lines = [plain(line) for line in _ITEM.findall(markup(sheet))]

    assert len(lines) >= 5
    assert [line for line in lines if not line.endswith(":")] == []


def test_readers_are_asked_what_matters_most() -> None:
    """K9: which good and bad points matter is asked, and the comparison starts with them."""
    day = days_since_2026(THE_DAY)
    chosen = {"urgent": "none", "place": "knee", "urgent-here": "none", "matters": "low-risk"}
    answers = {question: frozenset((choice,)) for question, choice in chosen.items()}
    code = encode(LIBRARY.layout, answers, day=day)
    pair = f"option={OPTIONS[0]}&option={OPTIONS[1]}"
    rows = re.findall(
        r'scope="row"[^>]*>(.*?)</th>', fetched(f"/whats-next/compare/{code}/?{pair}")
    )

    assert f"/whats-next/matters/{code}/" in fetched(f"/whats-next/outcome/{code}/")
    assert (
        plain(rows[0].partition("<")[0]) == LIBRARY.ui[f"part-{LIBRARY.matters_first['low-risk']}"]
    )


@every_page
def test_every_page_has_something_to_do_next(address: str) -> None:
    """P20, CCI5: each page ends with an action: find what fits, decide, call, or report."""
    main = fetched(address).partition("<main")[2].partition("<footer")[0]

    assert re.search(r'href="/(whats-next|go/\w+)/"', main)


def test_further_help_is_named(library: Library) -> None:
    """D7: other places for facts and support, each with a link that was looked at."""
    page = library.topics["more-help"]

    assert len(page.sources) >= 5
    assert "/topics/more-help/" in fetched("/topics/")


# --- the words ---------------------------------------------------------------


@every_page
def test_a_page_opens_with_its_summary(address: str) -> None:
    """P11, CCI1, CCI3, CCI10: the main message first, set apart, in at most three sentences."""
    first = page_at(address).parts[0]
    before = fetched(address).partition("<section")[0] if address != "/" else fetched(address)

    assert first.id == "in-short"
    assert '<div class="lead">' in before or address == "/"
    assert 1 <= len(re.findall(r"[.?!](?=\s|$)", plain(markup(first)))) <= 5


@pytest.mark.parametrize("address", READ)
def test_a_page_is_cut_into_short_parts_with_headings(address: str) -> None:
    """P8, P9, CCI9: more than one part, each with a heading, none endless."""
    page = page_at(address)

    assert len(page.parts) >= 2
    assert all(part.title for part in page.parts)
    assert [part.id for part in page.parts if len(plain(markup(part)).split()) > 330] == []


@pytest.mark.parametrize("address", READ)
def test_a_list_has_at_most_seven_items(address: str) -> None:
    """CCI8: a list that goes on and on is not read."""
    lists = [
        _ITEM.findall(found)
        for part in page_at(address).parts
        for found in re.findall(r"<[uo]l>(.*?)</[uo]l>", markup(part), re.DOTALL)
    ]

    assert [len(items) for items in lists if len(items) > MOST_ITEMS] == []


@pytest.mark.parametrize("option", OPTIONS)
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


# --- the scorecard itself ----------------------------------------------------


def checks_something(test: str) -> bool:
    """True when the file of a test has it, and it asserts or expects something."""
    file, _, name = test.partition("::")
    if not (ROOT / file).exists():
        return False
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name
    ]
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Attribute) and node.attr in ("raises", "fail"))
        or (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", "").startswith(("assert_", "expect"))
        )
        for test_ in found
        for node in ast.walk(test_)
    )


@pytest.mark.parametrize("score", LIBRARY.scores, ids=lambda score: score.id)
def test_a_criterion_is_backed(score) -> None:
    """What is met has a test that exists and can fail; what is signed has its day and its pages;
    what is neither says why."""
    assert score.state != "met" or checks_something(score.test)
    assert score.state != "signed" or (score.on and score.shown)
    assert score.state not in ("not-met", "not-asked") or score.note


@pytest.mark.parametrize("name", sorted({score.standard for score in LIBRARY.scores}))
def test_the_pages_say_how_many_criteria_are_met(library: Library, name: str) -> None:
    """The counts on the scorecard are those of its file, on the overview and on the list."""
    standard = next(each for each in scorecard.standards(library) if each.id == name)
    met = sum(score.state in ("met", "signed") for score in standard.scores)
    asked = sum(score.state != "not-asked" for score in standard.scores)
    said = library.ui["score-held"].format(held=met, count=asked)
    row = fetched("/about/scorecard/").partition(f'id="{standard.id}"')[2].partition("</div>")[0]

    assert said in plain(row)
    assert said in plain(fetched(standard.address))
    assert fetched(standard.address).count("<li id=") == len(standard.scores)


@pytest.mark.parametrize(
    ("standard", "met", "asked"),
    [("ipdasi-qualifying", 6, 6), ("ipdasi-certification", 6, 6), ("ipdasi-quality", 15, 23)],
)
def test_the_guide_meets_what_it_promises_of_ipdasi(standard: str, met: int, asked: int) -> None:
    """Six of six, six of six, and fifteen of twenty-three; the other eight need people."""
    found = next(each for each in scorecard.standards(LIBRARY) if each.id == standard)

    assert (found.held, found.asked, found.people) == (met, asked, asked - met)


@pytest.mark.parametrize(
    ("standard", "count"),
    [
        ("ipdasi-qualifying", 6),
        ("ipdasi-certification", 10),
        ("ipdasi-quality", 28),
        ("pemat", 26),
        ("cci-opening", 4),
        ("cci", 20),
        ("discern", 16),
        ("nhs-essential", 17),
        ("nhs-best", 18),
        ("nhs-rules", 11),
        ("his", 12),
        ("washington", 5),
    ],
)
def test_no_criterion_is_left_out(standard: str, count: int) -> None:
    """Every item of a standard stands on the scorecard, the hard ones too."""
    assert sum(score.standard == standard for score in LIBRARY.scores) == count


def test_the_scorecard_claims_no_certificate() -> None:
    """We rated ourselves, and the page says so."""
    shown = plain(fetched("/about/scorecard/"))

    assert "self-rated" in shown
    assert not re.search(r"\b(?:is|are|was) certified\b", shown)
