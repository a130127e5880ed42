"""Reading pages name the rules for what may be fetched ahead; nothing else does."""

import json
import re
from datetime import date
from pathlib import PurePosixPath

import pytest

from tests.stories import KNEE
from treatment_guide.http.html.assets import asset
from treatment_guide.library.content_check import current_library
from treatment_guide.serving.addresses import LIVE, built_addresses, every_address
from treatment_guide.serving.ahead import NOT_FROM, reading_addresses
from treatment_guide.serving.build.built import find_build
from treatment_guide.serving.build.front import Front
from treatment_guide.serving.build.making import make_build

LIBRARY = current_library()
#: Long lists, and pages for clinics that hold forms beside them: opened, never fetched ahead.
NEVER_AHEAD = {"/sources/", "/about/rules/", *NOT_FROM} - {"/get-help-now/"}
#: Addresses that hold answers, words that somebody typed, or a form. `{code}` is a code.
PRIVATE = (
    "/whats-next/",
    "/whats-next/cause/{code}/",
    "/whats-next/outcome/{code}/",
    "/whats-next/compare/{code}/",
    "/whats-next/take/{code}/",
    "/whats-next/clinician/{code}/",
    "/go/",
    "/go/?code=nonsense",
    "/go/{code}/",
    "/search/",
    "/search/?q=knee",
    "/compare/",
    "/compare/?option=prp",
    "/feedback/",
    "/get-help-now/",
    "/clinics/",
    "/clinics/link/{code}/",
    "/infobutton",
)


@pytest.fixture(scope="module")
def rules(wsgi):
    """The rule of the served file: its patterns, joined with the address of the file."""
    address = asset("prefetch.json").partition("?")[0]
    answer = wsgi(path=address)
    found = json.loads(answer.body)

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/speculationrules+json"
    assert list(found) == ["prefetch"]
    assert len(found["prefetch"]) == 1
    return found["prefetch"][0]


def matches(pattern: dict[str, str], address: str, base: str) -> bool:
    """What URLPattern says of an address, for the patterns that we write: paths with names."""
    path, _, query = address.partition("?")
    assert set(pattern) == {"pathname", "search"}
    assert pattern["search"] == ""
    assert pattern["pathname"].startswith("../")
    root = PurePosixPath(base).parent.parent.as_posix().rstrip("/")
    wanted = re.sub(r":\w+", "[^/]+", f"{root}/{pattern['pathname'].removeprefix('../')}")
    return not query and re.fullmatch(wanted, path) is not None


@pytest.fixture(params=["", "/patients/guide"], ids=["at the root", "below a path"])
def ahead(request, rules):
    """Whether a link may be fetched ahead, at the root of a host and below a path."""
    below = request.param

    def may(address: str) -> bool:
        takes, leaves = rules["where"]["and"]
        base = f"{below}/static/prefetch.json"
        return any(matches(each, below + address, base) for each in takes["href_matches"]) and not (
            matches(leaves["not"]["href_matches"], below + address, base)
        )

    return may


def test_reading_pages_may_be_fetched_ahead_and_nothing_else(ahead):
    """Every address that the site has is either one or the other; clinics' pages are not."""
    found = {address for address in every_address(LIBRARY) if ahead(address)}
    readers = {a for a in built_addresses(LIBRARY) if not a.startswith("/clinics/")}

    assert found == readers - NEVER_AHEAD
    assert not found & {address for address in LIVE if address != "/get-help-now/"}


@pytest.mark.parametrize("address", [a for a in PRIVATE if a != "/get-help-now/"])
def test_nothing_with_answers_or_words_is_ever_fetched_ahead(ahead, code, address):
    """Not even where a reading page links to it."""
    assert not ahead(address.replace("{code}", code(KNEE)))


def test_the_browser_waits_until_the_reader_points_at_a_link(rules):
    """`moderate`: a page that is only looked at fetches nothing else."""
    assert rules["eagerness"] == "moderate"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_every_reading_page_names_the_rules(wsgi, method):
    """Made by Django, each names the file by the address that changes when the file does."""
    for address in reading_addresses(LIBRARY):
        answer = wsgi(method, address)

        assert answer.status == 200
        assert answer.headers["Speculation-Rules"] == f'"{asset("prefetch.json")}"'


@pytest.mark.parametrize("address", [*PRIVATE, "/no-such-page/", "/options", "/static/favicon.svg"])
def test_no_other_answer_names_them(wsgi, code, address):
    """Nothing is fetched ahead from a page with answers, a form, a result, an error, a file."""
    path, _, query = address.replace("{code}", code(KNEE)).partition("?")

    assert "Speculation-Rules" not in wsgi(path=path, query=query.encode()).headers


def test_a_page_posted_to_names_none(wsgi):
    """A refusal at the address of a reading page is no reading page."""
    answer = wsgi("DELETE", "/options/prp/")

    assert (answer.status, answer.headers.get("Speculation-Rules")) == (405, None)


def test_built_pages_name_the_same(tmp_path):
    """A built page and the same page made by Django have the same header."""
    make_build(tmp_path, LIBRARY, 1_000, date(2026, 11, 22))
    front = Front(lambda environ, start: [], find_build(tmp_path))
    named = set()
    for address in built_addresses(LIBRARY):
        found = front.answer("GET", address, {})
        assert found is not None
        if dict(found.headers).get("Speculation-Rules") == f'"{asset("prefetch.json")}"':
            named.add(address)

    assert named == reading_addresses(LIBRARY)
