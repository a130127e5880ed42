"""Published standards: what there is to decide, the options, and a way to decide.

The letters in the docstrings are the standards' own; the scorecard names these tests.
"""

import re

from tests.conftest import THE_DAY
from tests.content.standards.read_pages import (
    LIBRARY,
    OPTIONS,
    every_option,
    every_page,
    fetched,
    markup,
    part_of,
    plain,
    says_something,
)
from tests.for_each import for_each
from treatment_guide.engine.code import days_since_2026, encode
from treatment_guide.library.model import Library
from treatment_guide.library.text.style_rules import FAIR

MOST_COMPARED = 3
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)


#: The sentences that say what there is to decide, by their keys.
DECISIONS = ("decision", "decision-study", "decision-here")


@for_each("address", ["/", "/whats-next/", *(each.address for each in LIBRARY.reading_pages)])
def test_a_page_where_one_decides_names_the_decision(library: Library, address: str) -> None:
    """Q2: the start, every option and every situation say what there is to decide."""
    deciding = address in ("/", "/whats-next/") or address.startswith(("/options/", "/situations/"))
    words = [plain(library.ui[name].replace("**", "")) for name in DECISIONS]
    shown = plain(fetched(address))

    assert not deciding or any(each in shown for each in words)


@for_each("option", list(LIBRARY.options))
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
