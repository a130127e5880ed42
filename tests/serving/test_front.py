"""Built pages as HTTP: codings, tags and conditions, and files that nobody recorded."""

import gzip
import shutil
from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus

import brotli
import pytest

from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Recall, RecallWords
from treatment_guide.library.recall.applying import in_effect
from treatment_guide.library.release.library_file import read_library
from treatment_guide.serving.build import built, making
from treatment_guide.serving.build import front as front_module
from treatment_guide.serving.build.built import RECORD, find_build, read_build
from treatment_guide.serving.build.front import Front
from treatment_guide.serving.build.making import make_build, standing
from treatment_guide.serving.middleware import SECURITY_HEADERS

DAY = date(2026, 11, 22)
PAGE = "/options/"
OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A folder with one build of the real content."""
    root = tmp_path_factory.mktemp("builds")
    make_build(root, current_library(), 1_000, DAY)
    return root


def behind(environ, start_response):
    """What stands in for Django."""
    start_response("599 Django", [])
    return [b"Django"]


@pytest.fixture(scope="module")
def front(root):
    """A Front that serves the build."""
    return Front(behind, find_build(root))


@pytest.fixture(scope="module")
def ask(front):
    """Ask it for a page; the status, the headers, the body."""

    def ask(path=PAGE, method="GET", **asked):
        headers = {name.replace("_", "-"): value for name, value in asked.items()}
        status, lines, body = front.answer(method, path, headers)
        assert len(dict(lines)) == len(lines)
        return status, dict(lines), body

    return ask


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [("br;q=0, gzip", "gzip"), ("br;q=0", ""), ("identity;q=0, gzip;q=0.1", "gzip"), ("*", "br")],
)
def test_a_built_page_comes_in_a_coding_that_is_accepted(ask, accepts, coding):
    """A weight of zero is a refusal, for a built page as for one made anew."""
    _, headers, body = ask(accept_encoding=accepts)

    assert headers.get("Content-Encoding", "") == coding
    assert OPENED[coding](body) == ask()[2]
    assert int(headers["Content-Length"]) == len(body)


@pytest.mark.parametrize("path", [PAGE, "/static/js/live-list.js"])
def test_each_coding_of_a_file_has_its_own_tag(ask, path):
    """A strong tag names bytes: a cache never joins or confirms two codings as one."""
    tags = {ask(path, accept_encoding=coding)[1]["ETag"] for coding in ("br", "gzip", "")}

    assert len(tags) == 3


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("coding", ["br", "gzip", ""])
@pytest.mark.parametrize("header", ["{}", "W/{}", '"x", {}', "*"])
def test_a_page_the_reader_has_is_not_sent_again(ask, method, coding, header):
    """Each way to name a tag gives a 304, with the headers that a 200 would have had."""
    _, headers, _ = ask(accept_encoding=coding)

    status, kept, body = ask(
        method=method, accept_encoding=coding, if_none_match=header.format(headers["ETag"])
    )

    assert (status, body) == (HTTPStatus.NOT_MODIFIED, b"")
    for name in ("ETag", "Vary", "Cache-Control", *SECURITY_HEADERS):
        assert kept[name] == headers[name]
    assert not {"Content-Length", "Content-Type", "Content-Encoding"} & kept.keys()


@pytest.mark.parametrize("coding", ["br", "gzip", ""])
def test_a_page_made_anew_has_the_tag_of_the_build(ask, wsgi, coding):
    """Once a number in the build is due, Django makes the page: readers keep what did not change."""
    live = wsgi(path="/topics/cost-and-cover/", HTTP_ACCEPT_ENCODING=coding)

    assert live.headers["ETag"] == ask("/topics/cost-and-cover/", accept_encoding=coding)[1]["ETag"]


def test_a_page_in_another_coding_is_sent(ask):
    """The tag of a coding confirms that coding alone: the selected form is what counts."""
    _, headers, _ = ask(accept_encoding="br")

    status, _, body = ask(accept_encoding="gzip", if_none_match=headers["ETag"])

    assert (status, body != b"") == (HTTPStatus.OK, True)


def test_a_head_has_the_headers_of_a_get(ask):
    """RFC 9110, 9.3.2: the same headers, and no body."""
    _, headers, body = ask(method="HEAD", accept_encoding="br")

    assert (headers, body) == (ask(accept_encoding="br")[1], b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "TRACE", "get", ""])
def test_another_method_is_left_to_django(front, method):
    """Only GET and HEAD are answered from a build."""
    assert front.answer(method, PAGE, {}) is None


def test_a_condition_on_the_stored_page_is_left_to_django(front):
    """If-Match is rare; Django knows all of its rules."""
    assert front.answer("GET", PAGE, {"if-match": "*"}) is None


def stray_files(build):
    """What people, editors and systems leave behind."""
    (build.pages / ".DS_Store").write_bytes(b"\x00")
    (build.pages / "options" / "index.html~").write_text("an old page")
    (build.pages / "secret").mkdir()
    (build.pages / "secret" / "index.html").write_text("a stray page")
    (build.pages / "steps" / ".#index.html").symlink_to("somebody@somewhere.1234")
    (build.pages / "static" / "big.js.br").write_bytes(b"no brotli")
    (build.folder / "notes.txt").write_text("remember to build")


@pytest.fixture
def littered(root, tmp_path):
    """A copy of the build with stray files in it."""
    build = find_build(root)
    copy = replace(build, folder=tmp_path / build.folder.name)
    shutil.copytree(build.folder, copy.folder)
    stray_files(copy)
    return copy


def test_stray_files_end_no_start_and_are_never_served(littered, front):
    """What is not in the record is not there: a start goes well, and serves what was built."""
    served = Front(behind, read_build(littered.folder))

    assert served.files.keys() == front.files.keys()
    for stray in ("/.DS_Store", "/options/index.html~", "/secret/", "/static/big.js.br"):
        assert served.answer("GET", stray, {}) is None


def test_a_build_with_stray_files_is_whole(littered):
    """Nothing of the build is missing or changed, so it stands, and a start takes it."""
    assert standing(littered.folder.parent, DAY) == littered
    assert find_build(littered.folder.parent) == littered


def test_a_stray_file_beside_the_builds_is_no_build(littered, tmp_path, freeze):
    """Neither a start nor the next build stumbles over it."""
    (tmp_path / ".DS_Store").write_bytes(b"\x00")
    (tmp_path / f"20990101-{littered.stamp}").write_text("a file with the name of a build")
    (tmp_path / f"20260101-{littered.stamp}").mkdir()

    tomorrow = DAY + timedelta(days=1)
    freeze(tomorrow)
    made = make_build(tmp_path, current_library(), 1_000, tomorrow)

    assert find_build(tmp_path) == made
    assert (made.folder / RECORD).exists()


@pytest.fixture
def recall():
    """A recall of PRP."""
    words = (RecallWords("en", "The kit was found to be unclean."),)
    return Recall("option", "prp", date(2026, 11, 20), "The pharmacy", words, "recalls/prp.toml")


def test_a_build_made_before_a_recall_shows_none_of_its_pages(root, recall, monkeypatch):
    """Any page may name what was withdrawn since: Django makes them all, until the next build. The
    files of the styles stay.
    """
    without, _ = in_effect(current_library(), [recall])
    monkeypatch.setattr(front_module, "library_for", lambda path: without)
    served = Front(behind, find_build(root))

    assert served.answer("GET", "/options/prp/", {}) is None
    assert served.answer("GET", "/", {}) is None
    assert served.answer("GET", "/static/favicon.svg", {}) is not None


def test_of_one_day_the_build_with_the_recalls_of_now_is_served(root, recall, monkeypatch):
    """A build with a recall stands beside one without, so that a recall can be lifted as quickly. It
    holds the library with everything in it.
    """
    without, _ = in_effect(current_library(), [recall])
    made = make_build(root, without, 1_000, DAY)

    assert "was withdrawn on" in (made.pages / "options/prp/index.html").read_text()
    assert "prp" in read_library(made.library).options
    assert find_build(root).folder != made.folder
    for module in (built, making):
        monkeypatch.setattr(module, "recalls_now", lambda: ((recall,), []))
    assert find_build(root).folder == made.folder
    assert standing(root, DAY).folder == made.folder
