"""Built pages: made once, the same as made anew, served with the same headers, never stale."""

import gzip
import os
import re
from datetime import date, timedelta
from html import unescape

import brotli
import pytest
from django.test import Client, RequestFactory
from django.urls import resolve
from whitenoise.compress import Compressor

from tests.serving.build.shared import BUILT, DAY
from treatment_guide.http.library import with_library
from treatment_guide.library.content_check import current_library
from treatment_guide.library.release import library_file
from treatment_guide.paper import booklet
from treatment_guide.serving.addresses import LIVE
from treatment_guide.serving.build import built
from treatment_guide.serving.build.built import find_build
from treatment_guide.serving.build.front import Front
from treatment_guide.serving.build.making import (
    compress,
    good_until,
    make_build,
)
from treatment_guide.serving.middleware import SECURITY_HEADERS, tidied

TAG = re.compile(r"<[^>]*>")


every_built_page = pytest.mark.parametrize("address", BUILT)


@every_built_page
def test_a_built_page_is_the_page_that_is_made_anew(ask, address):
    """Nobody sees from a page whether it was built."""
    status, _, body = ask(address)

    assert (status, body) == (200, tidied(Client().get(address).content))


@every_built_page
def test_a_built_page_depends_on_no_query(address):
    """A built page cannot know a query, so none that listens to one may be built."""
    view, args, kwargs = resolve(address)
    query = {"q": "knee", "option": ["prp", "shockwave"], "code": "0", "r": "1", "place": "knee"}

    asked = view(
        with_library(RequestFactory().get(address, query), current_library()), *args, **kwargs
    )

    assert (
        asked.content
        == view(
            with_library(RequestFactory().get(address), current_library()), *args, **kwargs
        ).content
    )


@pytest.mark.parametrize("address", [*LIVE, "/whats-next/place/0/", "/healthz", "/knee/"])
def test_what_depends_on_the_reader_is_left_to_django(ask, address):
    """Queries, codes and redirects are never built."""
    assert ask(address)[0] == 599


@pytest.mark.parametrize("address", ["/options", "/options/index.html", "/options/index.html.br"])
def test_an_address_without_its_slash_is_left_to_django(ask, address):
    """Django's redirect keeps the query and carries the headers; files have no second address."""
    assert ask(address)[0] == 599


def test_a_wrong_method_gets_the_kind_page_of_django(ask):
    """A POST to a built page is answered in words."""
    assert ask("/options/", "POST")[0] == 599


@pytest.mark.parametrize(
    ("coding", "opened"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)]
)
def test_a_built_page_comes_compressed(ask, coding, opened):
    """Every browser gets the smallest form that it can read, and they hold the same page."""
    _, headers, body = ask("/options/", HTTP_ACCEPT_ENCODING=coding)

    assert headers.get("Content-Encoding", "") == coding
    assert headers["Vary"] == "Accept-Encoding"
    assert opened(body) == ask("/options/")[2]


@pytest.mark.parametrize("address", ["/", "/static/favicon.svg"])
def test_a_built_file_carries_the_security_headers(ask, address):
    """One constant serves Django's answers and the built ones."""
    _, headers, _ = ask(address)

    assert {name: headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


def test_a_page_not_changed_is_not_sent_again(ask):
    """The tag of a page is the hash of its content: two servers agree, and a new build keeps it."""
    _, headers, _ = ask("/options/")

    status, _, body = ask("/options/", HTTP_IF_NONE_MATCH=headers["ETag"])

    assert (status, body) == (304, b"")


def test_two_builds_of_the_same_are_the_same(build, tmp_path):
    """Two servers that build for themselves serve the same bytes and the same tags."""
    other = make_build(tmp_path, current_library(), 1_000, DAY)

    assert other.hashes == build.hashes


def test_the_compressed_forms_of_a_page_depend_on_the_page_alone(
    build, tmp_path, pressed_hard, monkeypatch, freeze
):
    """Not on the day, the time of the file or its name: what is compressed twice is the same, and
    as small as brotli makes it.
    """
    monkeypatch.setattr(Compressor, "compress_brotli", staticmethod(pressed_hard))
    page = (build.pages / "options" / "index.html").read_bytes()
    forms = []
    for day in (DAY, DAY + timedelta(days=1)):
        freeze(day)
        file = tmp_path / f"{day}.html"
        file.write_bytes(page)
        os.utime(file, (day.toordinal(), day.toordinal()))
        compress(file)
        forms.append([file.with_name(f"{file.name}{end}").read_bytes() for end in (".br", ".gz")])

    assert forms[0] == forms[1]
    assert forms[0][0] == brotli.compress(page, quality=11)
    assert gzip.decompress(forms[0][1]) == page


def test_no_build_of_what_is_there_is_a_fault(root, monkeypatch):
    """A build of other content is not served; the fault names the command."""
    monkeypatch.setattr(built, "stamp_now", lambda: "another")

    with pytest.raises(library_file.BrokenBuild, match=r"manage\.py build"):
        find_build(root)


def test_a_number_in_a_build_gives_way_when_its_day_comes(build, freeze):
    """A build that was left standing shows no number past its check-by day: Django makes that page
    anew. Pages whose numbers are not due, and files, go on coming from the build.
    """
    library = current_library()
    front = Front(lambda environ, start_response: [b"Django"], build)
    ends = {
        page.address: min(library.facts[name].check_by for name in page.facts)
        for page in library.reading_pages
        if page.facts
    }

    def shown(path, day):
        freeze(day)
        return front({"REQUEST_METHOD": "GET", "PATH_INFO": path}, lambda *said: None)

    assert len(ends) > 20
    for page, last in ends.items():
        assert shown(page, last) != [b"Django"], page
        assert shown(page, last + timedelta(days=1)) == [b"Django"], page
    first = min(ends.values())
    others = [page for page, last in ends.items() if last > first]
    assert others
    for path in (*others, "/options/", "/static/favicon.svg"):
        assert shown(path, first + timedelta(days=1)) != [b"Django"], path


def test_a_page_shows_no_number_that_is_not_among_its_facts(build, library):
    """The days of a page in a build are those of `Page.facts`: no page says a number beside them."""
    facts = {page.address: set(page.facts) for page in library.reading_pages}
    facts |= {f"{address}all/": named for address, named in facts.items()}
    facts |= booklet.facts_of(library)
    seen = 0
    for file in sorted(build.pages.rglob("index.html")):
        folder = file.parent.relative_to(build.pages).as_posix()
        address = "/" if folder == "." else f"/{folder}/"
        text = unescape(TAG.sub("", file.read_text(encoding="utf-8")))
        shown = {name for name, fact in library.facts.items() if fact.sentence in text}
        seen += len(shown)
        assert shown <= facts.get(address, set()), address

    assert seen > 300


def test_a_number_already_past_its_day_does_not_spoil_a_build(library):
    """Words stand for it in the build: the day that counts is the next of that page."""
    for page in library.reading_pages:
        days = sorted({library.facts[name].check_by for name in page.facts})
        for day in days:
            after = good_until(library, day + timedelta(days=1))

            assert good_until(library, day)[page.address] >= day
            assert after.get(page.address) == next((later for later in days if later > day), None)
    assert good_until(library, date(2999, 1, 1)) == {}


def test_a_page_is_not_changed_by_its_tag_alone(ask):
    """The days of files may be wrong, and differ between servers, so no answer rests on them."""
    day = "Fri, 31 Dec 2100 00:00:00 GMT"

    assert ask("/options/", HTTP_IF_MODIFIED_SINCE=day)[0] == 200
