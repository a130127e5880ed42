"""Built pages: made once, the same as made anew, served with the same headers, never stale."""

import gzip
import io
import os
import pickle
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory
from django.urls import resolve
from whitenoise.compress import Compressor

from treatment_guide.http.html import fragments
from treatment_guide.http.library import with_library
from treatment_guide.library.content_check import current_library
from treatment_guide.library.release import library_file
from treatment_guide.library.release.stamp import made_from
from treatment_guide.paper import booklet
from treatment_guide.questionnaire.asking.choices import choice_parts
from treatment_guide.questionnaire.asking.live_list import list_parts
from treatment_guide.serving.addresses import LIVE, built_addresses
from treatment_guide.serving.build import built
from treatment_guide.serving.build.built import find_build
from treatment_guide.serving.build.front import Front
from treatment_guide.serving.build.making import (
    compress,
    good_until,
    make_build,
    standing,
    unwritten,
)
from treatment_guide.serving.middleware import SECURITY_HEADERS, tidied
from treatment_guide.serving.prepared import prepare

DAY = date(2026, 11, 22)
TAG = re.compile(r"<[^>]*>")
BUILT = built_addresses(current_library())

every_built_page = pytest.mark.parametrize("address", BUILT)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A folder with one build of the real content."""
    root = tmp_path_factory.mktemp("builds")
    make_build(root, current_library(), 1_000, DAY)
    return root


@pytest.fixture(scope="module")
def build(root):
    """That build."""
    return find_build(root)


@pytest.fixture(scope="module")
def ask(build):
    """Ask a Front that serves the build; Django behind it answers 599."""

    def behind(environ, start_response):
        start_response("599 Django", [])
        return [b"Django"]

    front = Front(behind, build)

    def ask(path, method="GET", **headers):
        said = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, **headers}
        chunks = front(environ, lambda status, lines: said.extend((status, dict(lines))))
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        return int(said[0].split()[0]), said[1], body

    return ask


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


@pytest.mark.parametrize("changed", ["content", "treatment_guide", "templates", "static"])
def test_another_content_or_code_has_another_stamp(tmp_path, changed):
    """A start with a build of something else is refused: the stamp covers all that shows."""
    for folder in ("content", "treatment_guide", "templates", "static"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "file").write_text("before")
    before = made_from(tmp_path, tmp_path / "content", {}).stamp

    (tmp_path / changed / "file").write_text("after")

    assert made_from(tmp_path, tmp_path / "content", {}).stamp != before


def test_another_setting_has_another_stamp(tmp_path):
    """The public origin stands in pages."""
    one, other = (made_from(tmp_path, tmp_path, {"PUBLIC_ORIGIN": o}) for o in ("one", "other"))

    assert one.stamp != other.stamp


def test_no_build_of_what_is_there_is_a_fault(root, monkeypatch):
    """A build of other content is not served; the fault names the command."""
    monkeypatch.setattr(built, "stamp_now", lambda: "another")

    with pytest.raises(library_file.BrokenBuild, match=r"manage\.py build"):
        find_build(root)


def test_a_build_cut_off_half_way_is_no_build(root, build, tmp_path):
    """What is written beside and not yet put in place is never found."""
    shutil.copytree(build.folder, tmp_path / ".draft-abc")

    with pytest.raises(library_file.BrokenBuild):
        find_build(tmp_path)


HALVES = {
    "a page cut short": lambda build: shorten(build.pages / "options" / "index.html"),
    "a compressed page cut short": lambda build: shorten(build.pages / "options" / "index.html.br"),
    "a page of zeros": lambda build: zeros(build.pages / "index.html"),
    "a page missing": lambda build: (build.pages / "index.html").unlink(),
    "the library cut short": lambda build: shorten(build.library),
    "the library missing": lambda build: build.library.unlink(),
    "the record cut short": lambda build: shorten(build.folder / built.RECORD),
    "the record missing": lambda build: (build.folder / built.RECORD).unlink(),
    "a record of something else": lambda build: (build.folder / built.RECORD).write_text("{}"),
}


def shorten(file):
    """Half of a file, as a copy leaves it that was cut off."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def zeros(file):
    """The right length and nothing in it, as some disks leave a file after a power cut."""
    file.write_bytes(bytes(file.stat().st_size))


@pytest.fixture
def half(build, tmp_path, request):
    """A folder with a copy of the build that is not whole."""
    copy = replace(build, folder=tmp_path / build.folder.name)
    shutil.copytree(build.folder, copy.folder)
    HALVES[request.param](copy)
    return tmp_path


@pytest.mark.parametrize("half", HALVES, indirect=True)
def test_a_build_that_is_not_whole_is_never_served(half):
    """Every file is looked at before the first reader comes; the fault names the command."""
    with pytest.raises(library_file.BrokenBuild, match=r"is not whole.*manage\.py build"):
        find_build(half)


@pytest.mark.parametrize("half", ["a page cut short", "the record missing"], indirect=True)
def test_a_build_that_is_not_whole_is_made_again(half, build):
    """The command mends it: nobody has to find and remove the folder."""
    made = make_build(half, current_library(), 1_000, DAY)

    assert made.hashes == build.hashes
    assert find_build(half) == made


@pytest.mark.parametrize("half", ["a page cut short"], indirect=True)
def test_a_whole_build_is_served_rather_than_a_newer_half(half, build):
    """A copy that was cut off does not stop a start that can be made."""
    shutil.copytree(build.folder, half / f"20261121-{build.stamp}")

    assert find_build(half).folder.name.startswith("20261121")


def test_a_build_of_a_day_to_come_is_not_preferred(root, build, tmp_path):
    """A clock that was wrong once leaves a build of another year: the next true one is served."""
    shutil.copytree(build.folder, tmp_path / f"20991231-{build.stamp}")
    shutil.copytree(build.folder, tmp_path / build.folder.name)

    assert find_build(tmp_path).folder.name == build.folder.name


def test_the_build_just_made_is_never_taken_away(build, tmp_path):
    """Three builds by a wrong clock do not push out the one that is right."""
    for year in (2097, 2098, 2099):
        shutil.copytree(build.folder, tmp_path / f"{year}1231-{build.stamp}")

    made = make_build(tmp_path, current_library(), 1_000, DAY)

    assert find_build(tmp_path) == made
    assert len(list(tmp_path.iterdir())) == 3


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


def test_content_that_changes_during_a_build_stops_it(tmp_path):
    """A build is of one state of the content, never of two halves; nothing is left behind."""
    with pytest.raises(library_file.BrokenBuild, match="changed during the build"):
        make_build(tmp_path, current_library(), 1, DAY, made_from="the stamp before")

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_stops_a_build_and_leaves_nothing_behind(tmp_path, monkeypatch):
    """What cannot be written whole is not there at all; the build before it goes on."""

    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)

    with pytest.raises(OSError, match="No space left"):
        make_build(tmp_path, current_library(), 1, DAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["build", "site"])
def test_a_full_disk_is_said_in_one_plain_line(tmp_path, command, monkeypatch):
    """Whoever builds reads what is wrong and that nothing was lost, not a traceback."""
    proven = SimpleNamespace(findings=(), answer_sets=1)
    monkeypatch.setattr("treatment_guide.management.commands.build.audit", lambda *of: proven)
    file = tmp_path / "file"
    file.write_text("where a folder should go")

    with pytest.raises(CommandError, match="Nothing was made: .*still stands"):
        call_command(command, file / "below", stdout=io.StringIO())


def test_a_copy_that_runs_out_of_room_is_said_alike():
    """Copying collects its faults in a list; the first is told, as the system words it."""
    full = shutil.Error([("from", "to", "[Errno 28] No space left on device")])

    assert "Nothing was made: [Errno 28] No space left" in unwritten(full)


def gone(copy):
    """The folder is taken away."""
    shutil.rmtree(copy.folder)


def cut_short(copy):
    """Every file is half of what it was."""
    for file in copy.pages.rglob("*"):
        if file.is_file():
            shorten(file)


def overwritten(copy):
    """Every page says something else."""
    for file in copy.pages.rglob("*.html*"):
        file.write_text("another page")


@pytest.mark.parametrize("harm", [gone, cut_short, overwritten])
@pytest.mark.parametrize(
    ("coding", "ending"), [("br", ".br"), ("gzip", ".gz"), ("", "")], ids=["br", "gzip", "plain"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_build_harmed_under_a_worker_changes_no_page(
    tmp_path, build, harm, coding, ending, method
):
    """A worker holds what it started with: no file is opened for a reader."""
    copy = replace(build, folder=tmp_path / "copy")
    shutil.copytree(build.folder, copy.folder)
    front = Front(lambda environ, start_response: [b"Django"], copy)
    harm(copy)
    asked = {"REQUEST_METHOD": method, "PATH_INFO": "/options/", "HTTP_ACCEPT_ENCODING": coding}
    asked |= {"HTTP_RANGE": "bytes=0-9", "HTTP_IF_NONE_MATCH": '"of another build"'}
    started = []

    body = front(asked, lambda status, headers: started.append((status, dict(headers))))

    page = (build.pages / "options" / f"index.html{ending}").read_bytes()
    ((status, headers),) = started
    assert b"".join(body) == (page if method == "GET" else b"")
    assert (status, headers.get("Content-Encoding", "")) == ("200 OK", coding)
    assert headers["Content-Length"] == str(len(page))


def test_a_page_is_not_changed_by_its_tag_alone(ask):
    """The days of files may be wrong, and differ between servers, so no answer rests on them."""
    day = "Fri, 31 Dec 2100 00:00:00 GMT"

    assert ask("/options/", HTTP_IF_MODIFIED_SINCE=day)[0] == 200


def test_the_next_build_changes_nothing_for_a_worker_that_runs(ask, root, monkeypatch):
    """Content replaced while running: a worker serves what it started with until it is restarted."""
    before = ask("/options/")
    monkeypatch.setattr("treatment_guide.serving.build.making.stamp_now", lambda: "another")
    monkeypatch.setattr(built, "stamp_now", lambda: "another")
    make_build(root, current_library(), 1, date(2026, 11, 25))

    assert ask("/options/") == before


def test_the_build_of_another_day_is_made_again(root):
    """Numbers past their day turn into words by building daily."""
    assert standing(root, DAY) is not None
    assert standing(root, date(2026, 11, 23)) is None


def test_the_kept_library_is_the_library(build):
    """What is served from a build is what was checked."""
    assert library_file.read_library(build.library) == current_library()


def test_a_kept_library_brings_the_parts_of_pages(build, monkeypatch):
    """A server of a build renders none of them at its start, and they are the same."""
    kept = library_file.read_library(build.library)
    monkeypatch.delattr(fragments, "get_template")
    prepare(kept)

    assert vars(list_parts(kept)) == vars(list_parts(current_library()))
    assert choice_parts(kept).made == choice_parts(current_library()).made


def test_a_kept_library_that_is_not_whole_is_refused(build, tmp_path):
    """A disk that was full, or a copy cut short, stops the start."""
    short = tmp_path / "short"
    short.write_bytes(build.library.read_bytes()[:-10])

    with pytest.raises(library_file.BrokenBuild, match="not whole"):
        library_file.read_library(short)


def test_a_kept_library_can_call_nothing(tmp_path):
    """A file that names anything but our own values is refused before it is made."""

    class Harm:
        def __reduce__(self):
            return (os.system, ("true",))

    path = tmp_path / "harm"
    library_file.write_library(Harm(), path)

    with pytest.raises(library_file.BrokenBuild, match="has no place"):
        library_file.read_library(path)


def test_a_value_that_is_no_library_is_refused(tmp_path):
    """The right checksum around the wrong thing does not pass."""
    path = tmp_path / "other"
    library_file.write_library(["a list"], path)

    with pytest.raises(library_file.BrokenBuild, match="no library"):
        library_file.read_library(path)


def start(**environment):
    """Start the application in a process of its own, as a server does; what came of it."""
    return subprocess.run(
        [sys.executable, "-c", "import treatment_guide.wsgi as w; print(len(w.front.files))"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "treatment_guide.settings",
            "PUBLIC_ORIGIN": settings.PUBLIC_ORIGIN,  # as in the build of these tests
            **environment,
        },
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
        text=True,
    )


def test_a_start_from_a_build_serves_it(root, build):
    """One environment variable turns built pages on, and no content is read again."""
    started = start(BUILD_DIR=str(root))

    assert (started.returncode, started.stderr) == (0, "")
    assert int(started.stdout) > len(BUILT)


def test_a_build_may_be_named_from_where_one_stands(root, build, monkeypatch):
    """`BUILD_DIR=.build`, as `make serve` says it, leads to the same pages as the whole path."""
    monkeypatch.chdir(root.parent)

    assert find_build(Path(root.name)) == build


def test_only_the_first_workers_take_the_build_as_it_was_found(root, build, monkeypatch):
    """A worker that is forked at once need not hash every file again; one that comes later does."""
    monkeypatch.setattr(built, "_looked", [])
    built.look_ahead(root)
    looks = []
    monkeypatch.setattr(built, "find_build", lambda root: looks.append(root) or build)

    assert (built.build_to_serve(root), looks) == (build, [])
    monkeypatch.setattr(built, "JUST_FOUND", 0)
    assert (built.build_to_serve(root), looks) == (build, [root])


def test_a_start_without_its_build_fails(tmp_path):
    """Old pages are never served under new code or content: the start says what to run."""
    started = start(BUILD_DIR=str(tmp_path))

    assert started.returncode != 0
    assert "manage.py build" in started.stderr


def test_a_library_is_made_of_values_alone():
    """The library can be kept: it holds nothing that is tied to one process."""
    assert pickle.loads(pickle.dumps(current_library())) == current_library()
