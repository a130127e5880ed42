"""Published standards: what they ask of numbers and of how sure they are."""

import re
from html import unescape

from tests.content.standards.read_pages import (
    LIBRARY,
    READING,
    counted,
    every_option,
    every_page,
    fetched,
    markup,
    page_at,
    plain,
)
from tests.for_each import for_each
from treatment_guide.library.model import Library, Page
from treatment_guide.library.text.blocks import FactFigure
from treatment_guide.library.text.style_rules import CITED_PARTS

_PASSAGE = re.compile(r"<(p|li)>(.*?)</\1>", re.DOTALL)


@for_each("address", [page.address for page in LIBRARY.reading_pages])
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
