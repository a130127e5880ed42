"""What a reader needs to trust a page: who answers for it, how old it is, where to complain."""

import json
import re
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import Freeze
from tests.for_each import for_each
from tests.site_fixtures import words
from treatment_guide.http.origin import public_origin
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Fact, Library
from treatment_guide.library.review.standing import subject_of
from treatment_guide.library.search.index import Index

READING = [page.address for page in current_library().reading_pages]
MOST_CLICKS = 3

#: What every page has to lead to.
EVERYWHERE = ["/about/updates/", "/about/mistakes/", "/about/privacy/", "/about/intended-use/"]

SetSite = Callable[..., None]


@pytest.fixture
def set_site(serve: Callable[[Library], None], library: Library) -> SetSite:
    """Serves the real content under another publisher or contact."""

    def change(**fields: str) -> None:
        serve(replace(library, site=replace(library.site, **fields)))

    return change


# --- every page can be found -------------------------------------------------


@pytest.fixture(scope="module")
def clicks(site: Callable[[str], Any]) -> dict[str, int]:
    """For every page of words that can be reached from home: by how many clicks."""
    found, ahead = {"/": 0}, deque(["/"])
    while ahead:
        here = ahead.popleft()
        if found[here] == MOST_CLICKS:
            continue
        for link in site(here)[1].links:
            address = link.partition("#")[0]
            if address.startswith("/") and "?" not in address and address not in found:
                found[address] = found[here] + 1
                ahead.append(address)
    return found


@for_each("address", READING)
def test_a_page_is_at_most_three_clicks_from_home(clicks: dict[str, int], address: str) -> None:
    """Nobody has to dig: every page of words is three links from the start, or fewer."""
    assert clicks.get(address, MOST_CLICKS + 1) <= MOST_CLICKS


@pytest.fixture(scope="module")
def index(library: Library) -> Index:
    """The search over the real content."""
    return Index(library)


@for_each("page", current_library().reading_pages, ids=lambda page: page.address)
def test_a_page_is_found_by_its_own_title(index: Index, page: Any) -> None:
    """Whoever types what a page is called finds the page."""
    found = [each.href for each in index.search(f"{page.title} {page.short}").found]

    assert page.address in found


# --- who answers for it ------------------------------------------------------


@for_each("address", [*READING, "/options/", "/glossary/", "/search/", "/nowhere/"])
def test_every_page_leads_to_those_who_answer_for_it(site: Any, address: str) -> None:
    """How it is kept up to date, where to report a mistake, privacy and what it is not."""
    _, page = site(address)

    assert [each for each in EVERYWHERE if each not in page.links] == []


def test_a_contact_that_is_set_stands_on_the_page_for_mistakes(
    client: Any, set_site: SetSite
) -> None:
    """Whoever runs a copy names a contact, and readers can use it."""
    set_site(contact="mailto:guide@clinic.example", publisher="A Clinic")

    mistakes = client.get("/about/mistakes/").content.decode()

    assert '<a href="mailto:guide@clinic.example">guide@clinic.example</a>' in mistakes
    assert "A Clinic" in client.get("/about/who-writes-it/").content.decode()


def test_without_a_contact_the_page_says_so(site: Any, library: Library) -> None:
    """No address is invented: the page says that whoever runs this copy names one."""
    _, page = site("/about/mistakes/")

    words = library.ui["contact-none"].replace("**", "")
    assert library.site.contact == ""
    assert words in re.sub(r"<[^>]+>", "", page.text)


def test_security_txt_says_whom_to_tell_and_until_when(client: Any, set_site: SetSite) -> None:
    """RFC 9116: a contact, an end less than a year ahead, and the address of the file itself."""
    set_site(contact="https://clinic.example/report")

    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())

    assert answer["Content-Type"].startswith("text/plain")
    assert lines["Contact"] == "https://clinic.example/report"
    assert timedelta(0) < date.fromisoformat(lines["Expires"][:10]) - date(2026, 11, 22)
    assert date.fromisoformat(lines["Expires"][:10]) < date(2027, 11, 22)
    assert lines["Canonical"].endswith("/.well-known/security.txt")


def test_security_txt_is_there_without_a_contact(client: Any) -> None:
    """No contact is invented: it names the page that says how to report, which is there."""
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())

    named = urlsplit(lines["Contact"])
    assert (answer.status_code, named.scheme) == (200, "https")
    assert lines["Contact"].startswith(public_origin(current_library()))
    assert client.get(named.path).status_code == 200


# --- how old it is -----------------------------------------------------------


@for_each("address", READING)
def test_a_page_shows_its_dates_its_grade_and_its_review(
    site: Any, library: Library, address: str
) -> None:
    """Last check, next check, reading grade, clinical review and funding: on every page."""
    _, page = site(address)
    own = next(each for each in library.reading_pages if each.address == address)
    shown = page.text.partition('id="about-page"')[2].partition("</section>")[0]

    wanted = [
        f"{own.checked:%B} {own.checked.day}, {own.checked.year}",
        f"{own.check_by:%B} {own.check_by.day}, {own.check_by.year}",
        str(own.grade),
        library.ui["review-none" if subject_of(own) else "reviewed-none"],
        library.ui["funding-words"],
    ]
    assert [each for each in wanted if each not in shown] == []


def overdue(library: Library) -> Fact:
    """A fact with an icon array, to look at on the day after its check is due."""
    return next(fact for fact in library.facts.values() if fact.drawn)


def test_a_number_past_its_day_turns_into_words(
    client: Any, library: Library, freeze: Freeze
) -> None:
    """The day after its check is due a number is gone, its picture too, and words say why."""
    fact = overdue(library)
    page = next(each for each in library.reading_pages if fact.id in each.facts)
    freeze(fact.check_by)
    in_time = client.get(page.address).content.decode()
    freeze(fact.check_by + timedelta(days=1))
    late = client.get(page.address).content.decode()

    assert f'data-fact="{fact.id}"' in in_time
    assert f'data-fact="{fact.id}"' not in late
    assert fact.sentence not in late and fact.value_label not in late
    assert library.ui["fact-overdue"] in late
    assert late.count('"filled-person"') < in_time.count('"filled-person"')


# --- what machines are told --------------------------------------------------


@for_each("address", READING)
def test_a_page_tells_machines_only_what_is_true(site: Any, library: Library, address: str) -> None:
    """A page about health is a medical page; one about the guide is not. No reviewer is named
    where none has signed, and no publisher where none is set."""
    _, page = site(address)
    own = next(each for each in library.reading_pages if each.address == address)
    (data,) = [json.loads(s.text or "") for s in page.find("script", type="application/ld+json")]

    assert data["@type"] == ("AboutPage" if own.kind == "about" else "MedicalWebPage")
    assert not {"reviewedBy", "lastReviewed"} & data.keys()
    assert ("publisher" in data) == bool(library.site.publisher)


def test_search_engines_may_read_pages_and_no_answers(client: Any) -> None:
    """The start of the questionnaire may be found; what lies behind it may not."""
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Allow: /whats-next/$" in lines
    assert {"Disallow: /whats-next/", "Disallow: /go/"} <= set(lines)


def test_the_site_map_has_the_lists_too(client: Any) -> None:
    """The lists lead to every page, so a search engine is told of them; forms are left out."""
    told = client.get("/sitemap.xml").content.decode()

    assert all(f"{address}</loc>" in told for address in ("/options/", "/steps/", "/sources/"))
    assert "/search/</loc>" not in told
    assert "/go/</loc>" not in told


@for_each("address", [*READING, "/options/", "/about/", "/glossary/", "/whats-next/"])
def test_a_page_has_a_description_of_its_own(site: Any, library: Library, address: str) -> None:
    """What a search engine shows below the title says what is on this page."""
    _, page = site(address)
    (said,) = [m.get("content") for m in page.find("meta", name="description")]

    assert said
    assert said != f"{library.ui['site-line']}."


@for_each("address", READING)
def test_a_page_can_be_shared_with_its_title_and_summary(site: Any, address: str) -> None:
    """Open Graph: what a message shows of a link that somebody sends on."""
    _, page = site(address)
    told = {meta.get("property"): meta.get("content") for meta in page.find("meta")}

    assert told["og:title"]
    assert told["og:description"]
    assert (told["og:url"] or "").endswith(address)


def test_a_figure_names_what_was_counted(site: Callable[[str], Any], library: Library) -> None:
    """Injections, joints and operations are not people: no page counts them as if they were."""
    pages = [words(site(address)[1].root) for address in READING]
    shown = 0
    for fact in library.facts.values():
        if fact.people is None or fact.counted == "people":
            continue
        right = library.ui[fact.counted_words].format(count=f"{fact.people:,}")
        wrong = library.ui["fact-people"].format(count=f"{fact.people:,}")
        shown += sum(right in page for page in pages)
        assert not any(fact.sentence in page and wrong in page for page in pages), fact.id
    assert shown
