"""The real content: it loads, it reads easily, it is complete, and it keeps its promises."""

import re
import statistics
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import Resolver404, resolve

from tests.english import STYLE
from tests.for_each import for_each
from treatment_guide.library.loading.prose.pages import OPTION_PARTS
from treatment_guide.library.model import GLANCE_PARTS, LOOK_AGAIN_PARTS, Library, Page
from treatment_guide.library.text.blocks import Html

CONTENT = Path(__file__).resolve().parents[2] / "content"
MEDIAN_GRADE = 6.0

OPTIONS = sorted(path.stem for path in (CONTENT / "en/options").glob("*.md"))
PAGES = [
    "page:home",
    "page:get-help-now",
    *(
        f"{kind}:{path.stem}"
        for kind, folder in [
            ("step", "steps"),
            ("option", "options"),
            ("situation", "situations"),
            ("topic", "topics"),
            ("about", "about"),
            ("clinics", "clinics"),
        ]
        for path in sorted((CONTENT / "en" / folder).glob("*.md"))
    ),
]
OUTLINE = yaml.safe_load((Path(__file__).parent / "outline.yaml").read_text(encoding="utf-8"))

#: What a page may send its readers to, and where that has to be.
PROMISES = {
    "search": (r"\bsearch (?:box|page|field)\b", "/search/"),
    "comparison": (r"\bside by side\b|\bcompar(?:e|ison) page\b|\bcompare them\b", "/compare/"),
    "situations": (r"\bby body part\b|\bpage (?:of|for) your situation\b", "/situations/"),
    "word list": (r"\bword list\b|\bglossary\b", "/glossary/"),
    "sources": (r"\blist of sources\b", "/sources/"),
    "questions": (r"\bshort questions\b|\bthe questions in\b", "/whats-next/"),
    "code": (r"\bcode on paper\b|\bprinted code\b|\byour code\b", "/go/"),
    "calendar": (r"\bcalendar\b|\breminder\b", "/whats-next/calendar/0/"),
    "sheet": (r"\bpage for (?:your|the) (?:doctor|clinician)\b", "/whats-next/clinician/0/"),
    "clinics": (r"\bfor clinics\b", "/clinics/"),
    "feedback": (r"\bfeedback (?:form|box)\b", "/feedback/"),
    "accessibility": (r"\baccessibility (?:page|statement)\b", "/about/accessibility/"),
    "scorecard": (r"\bscorecard\b", "/about/scorecard/"),
}

_TAG = re.compile(r"<[^>]+>")
_HREF = re.compile(r'href="([^"]*)"')


@pytest.fixture(scope="module")
def pages(library: Library) -> dict[str, Page]:
    """Every page of words, by kind and id."""
    return {f"{page.kind}:{page.id}": page for page in library.reading_pages}


def markup_of(page: Page) -> str:
    """The HTML of a page's own words."""
    return " ".join(
        block.html for part in page.parts for block in part.blocks if isinstance(block, Html)
    )


def words_of(library: Library, page: Page) -> str:
    """Everything a page says, in lower case: headings, words, and the words of its facts."""
    facts = [library.facts[fact] for fact in page.facts]
    said = [
        page.title,
        page.summary,
        *(part.title for part in page.parts),
        unescape(_TAG.sub("", markup_of(page))),
        *(f"{fact.sentence} {fact.who} {fact.caveat}" for fact in facts),
    ]
    return " ".join(" ".join(said).lower().replace("’", "'").split())


# --- it loads, and it is complete --------------------------------------------


def test_the_real_content_loads(library: Library) -> None:
    """The content has no fault: every file is read and every check is passed."""
    assert library.options


def test_every_file_of_words_is_a_page(pages: dict[str, Page]) -> None:
    """No page lies in the folder without being served, and none is served without a file."""
    assert sorted(pages) == sorted(PAGES)


@for_each("option", OPTIONS)
def test_an_option_has_all_parts_in_their_order(library: Library, option: str) -> None:
    """Every option has the same parts in the same order, so that options can be compared."""
    parts = library.options[option].page.parts

    there = [
        part.id
        for part in parts
        if part.blocks and part.id not in (*GLANCE_PARTS, *LOOK_AGAIN_PARTS)
    ]
    assert tuple(there) == OPTION_PARTS


@for_each("option", OPTIONS)
def test_an_option_cites_its_sources(library: Library, option: str) -> None:
    """No option stands without sources of its own."""
    assert len(library.options[option].page.sources) >= 3


# --- it reads easily ---------------------------------------------------------


def test_the_median_page_reads_at_grade_6(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of all pages read at grade 6 or below. The table of all pages is shown with -s."""
    pages = sorted(library.reading_pages, key=lambda page: (-page.grade, page.id))
    grades = [page.grade for page in pages]
    head = f"\n{'page':44}{'grade':>6}{'words':>7}{'gains/harms':>13}{'facts':>7}{'sources':>9}"
    rows = [
        f"{page.kind + ':' + page.id:44}{page.grade:>6}{page.word_count:>7}"
        f"{f'{page.gains_words}/{page.harms_words}' if page.harms_words else '':>13}"
        f"{len(page.facts):>7}{len(page.sources):>9}"
        for page in pages
    ]
    print("\n".join([head, *rows]))  # noqa: T201 (the table is asked for)
    with capsys.disabled():
        print(  # noqa: T201 (so that every run of the tests shows the median)
            f"\nreading grade: {len(grades)} pages, median {statistics.median(grades):.1f}, "
            f"highest {max(grades):.1f} ({pages[0].kind}:{pages[0].id})"
        )

    assert statistics.median(grades) <= MEDIAN_GRADE


@for_each("name", PAGES)
def test_no_page_reads_above_grade_8(pages: dict[str, Page], name: str) -> None:
    """The hardest page can still be read by most adults."""
    assert pages[name].grade <= STYLE.page_limit == 8.0


# --- its links and promises hold ---------------------------------------------


@cache
def fetched(address: str) -> tuple[int, str]:
    """The status and the HTML of an address of the site; each is fetched once."""
    response = Client().get(address, follow=True)
    return response.status_code, response.content.decode()


def dead_ends(page: Page) -> list[str]:
    """The links in a page's words that lead to no page, or to no place on it. The number of a source
    leads to the list of sources: on the page, or on the same page with nothing folded.
    """
    dead = []
    whole = fetched(f"{page.address}all/")
    for href in _HREF.findall(markup_of(page)):
        address, _, anchor = unescape(href).partition("#")
        if href.startswith("tel:"):
            continue
        status, markup = fetched(address or page.address)
        if not address and anchor[:1] == "s" and anchor[1:].isdecimal() and whole[0] == 200:
            markup = whole[1]
        if status != 200 or (anchor and f'id="{anchor}"' not in markup):
            dead.append(href)
    return dead


@for_each("name", PAGES)
def test_every_link_leads_somewhere(pages: dict[str, Page], name: str) -> None:
    """Every link in the words of a page leads to a page that answers, and to a place on it."""
    assert dead_ends(pages[name]) == []


def there(address: str) -> bool:
    """True when the site has something at this address."""
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


@pytest.mark.parametrize("promise", PROMISES)
def test_no_page_promises_what_is_not_there(
    library: Library, pages: dict[str, Page], promise: str
) -> None:
    """Words that send readers to a search, a comparison or a sheet stand only where it exists."""
    pattern, address = PROMISES[promise]
    said = [name for name, page in pages.items() if re.search(pattern, words_of(library, page))]
    said += [f"ui.md:{name}" for name, words in library.ui.items() if re.search(pattern, words)]

    assert said == [] or there(address)


# --- it covers its subject ---------------------------------------------------


def begins_a_word(piece: str, words: str) -> bool:
    """True when the words hold this piece, and not only at the end of another word."""
    return re.search(rf"(?<!\w){re.escape(piece)}", words) is not None


@for_each("row", OUTLINE, ids=[row["point"] for row in OUTLINE])
def test_a_point_of_the_subject_has_its_place(
    library: Library, pages: dict[str, Page], row: dict[str, Any]
) -> None:
    """Each point that the guide has to cover is found on its page."""
    page = pages[row["page"]]
    words = words_of(library, page)
    kind, _, target = row.get("link", "").partition(":")

    missing = [each for each in row.get("words", []) if not begins_a_word(each.lower(), words)]
    assert missing == []
    assert "link" not in row or (kind, target) in page.links
    assert "fact" not in row or row["fact"] in page.facts


# --- its numbers are honest --------------------------------------------------


def written_facts() -> dict[str, dict[str, str]]:
    """The fields of every fact as they stand in the files."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((CONTENT / "guide/facts").glob("*.yaml")):
        found |= yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return found


def test_every_count_of_100_says_who_was_counted(library: Library) -> None:
    """No "of 100 people" without who these people were."""
    facts = [fact for fact in library.facts.values() if fact.kind == "of-100"]

    assert facts
    assert [fact.id for fact in facts if not fact.who] == []


def test_every_count_of_100_says_after_what_time(library: Library) -> None:
    """No "of 100 people" without its time; where the source gives none, the record says so."""
    written = written_facts()
    counts = [fact for fact in library.facts.values() if fact.kind == "of-100"]
    timeless = [fact for fact in counts if not fact.after]

    assert [fact.id for fact in timeless if written[fact.id].get("after") != "not-given"] == []


def test_every_number_stands_on_a_source_that_was_read(library: Library) -> None:
    """A report of a study may back words; a number needs the study itself."""
    shaky = [
        (fact.id, source)
        for fact in library.facts.values()
        for source in fact.sources
        if library.sources[source].read != "primary"
    ]

    assert shaky == []


def test_every_number_is_shown_somewhere(library: Library) -> None:
    """No fact is kept that no reader can see."""
    shown = {fact for page in library.reading_pages for fact in page.facts}

    assert sorted(set(library.facts) - shown) == []


def test_no_place_for_a_number_is_left_empty(library: Library) -> None:
    """No reader sees braces: every number that words ask for is filled in."""
    unfilled = [
        fact.id
        for fact in library.facts.values()
        for text in (fact.sentence, fact.who, fact.value_label, fact.versus_label, fact.caveat)
        if "{" in text or "}" in text
    ]

    assert unfilled == []


def test_no_rule_runs_its_words_together(library: Library) -> None:
    """On the page a clinician signs, "or" and "and" have spaces around them."""
    together = re.compile(r"\S(?:or|and)[A-Z]|[a-z)](?:or|and)(?=[A-Z])|;\S")

    assert [line.when for line in library.rules if together.search(line.when)] == []


def test_what_is_taken_along_is_asked_in_the_readers_voice(library: Library) -> None:
    """The sheet says "I want to ask": what stands below it is a question, and no order to the reader."""
    asked = [
        *library.asks.values(),
        *(q.find_out for q in library.questions.values() if q.find_out),
    ]

    assert asked
    for words in map(str, asked):
        assert not words.startswith("Ask "), words
        assert words.rstrip().endswith("?"), words
