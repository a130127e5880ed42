"""The guide as a plain folder, opened from a web server that knows nothing of the guide."""

import http.server
import threading
from contextlib import contextmanager
from functools import partial
from urllib.request import urlopen

import html5lib
import pytest
from django.urls import Resolver404, resolve

from tests.site_fixtures import of_each_kind
from treatment_guide.http.addresses import in_language
from treatment_guide.library.content_check import current_library
from treatment_guide.serving.addresses import LIVE, built_addresses, every_address
from treatment_guide.serving.build.folder import NoBase, NotOurFolder, make_folder

LIVE_SITE = "https://live.example"
#: Every page of the original; of each translation two pages of each kind.
BUILT = [
    *built_addresses(current_library()),
    *(
        f"{each.language.prefix}{address}"
        for each in current_library().translations.values()
        for address in of_each_kind(built_addresses(each))
    ),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The guide as a plain folder."""
    folder = tmp_path_factory.mktemp("folder") / "site"
    make_folder(folder, current_library(), LIVE_SITE)
    return folder


@contextmanager
def shown(directory):
    """The address of a web server that knows nothing of the guide, showing a directory."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    handler = partial(Quiet, directory=str(directory))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def other_server(folder):
    """The address of a web server that shows the folder."""
    with shown(folder) as address:
        yield address


def fetched(address):
    """A page as another server gives it."""
    with urlopen(address) as answer:
        return html5lib.parse(answer.read().decode(), namespaceHTMLElements=False)


def leads(page):
    """Where a page leads: its links, forms and files."""
    named = (("a", "href"), ("form", "action"), ("link", "href"), ("script", "src"))
    found = [e.get(name) for tag, name in named for e in page.iter(tag)]
    return [target for target in found if target]


def test_every_page_and_link_of_the_folder_works_on_another_server(other_server):
    """Every page is there; every link leads to a page of the folder, or to the live site."""
    pages = {address: fetched(other_server + address) for address in BUILT}
    ids = {address: {e.get("id") for e in page.iter()} for address, page in pages.items()}
    dead = []
    for address, page in pages.items():
        for target in leads(page):
            path, _, place = target.partition("#")
            if target.startswith("#") or path in pages:
                if place and place not in ids[path or address]:
                    dead.append((address, target))
            elif target.startswith("/"):
                with urlopen(other_server + target) as answer:
                    assert answer.status == 200

    assert dead == []


def test_every_link_to_the_live_site_has_an_answer_there(other_server):
    """The folder sends nobody into the void: the live site knows each address it names."""
    wrong = []
    for address in BUILT:
        for target in leads(fetched(other_server + address)):
            if target.startswith(LIVE_SITE):
                path = target.removeprefix(LIVE_SITE).partition("?")[0].partition("#")[0]
                for name in current_library().translations:
                    path = in_language(path, f"/{name}")
                try:
                    resolve(path)
                except Resolver404:
                    wrong.append((address, target))

    assert wrong == []


def test_nothing_live_is_linked_within_the_folder(folder, other_server):
    """A link of the folder to itself finds a file."""
    here = {
        address
        for address in every_address(current_library())
        for file in [folder / address.strip("/")]
        if file.is_file() or (file / "index.html").is_file()
    }

    assert set(LIVE) & here == set()
    assert "/whats-next/" in here


def test_a_short_word_leads_on_in_the_folder(other_server):
    """What is printed on paper answers from the folder too, in each language."""
    for start in ("", *(f"/{name}" for name in current_library().translations)):
        page = fetched(f"{other_server}{start}/knee/")
        refresh = page.find(".//meta[@http-equiv='refresh']")

        assert refresh.get("content") == f"0;url={start}{current_library().words['knee']}"


def test_each_language_of_the_folder_has_its_feed_and_leads_to_the_others(folder):
    """As on the live site."""
    for name, each in current_library().translations.items():
        assert f"/{name}/" in (folder / "options/prp/index.html").read_text()
        page = (folder / name / "options/prp/index.html").read_text()
        assert 'href="/options/prp/"' in page and 'id="translated"' in page
        assert (folder / name / "changes/feed.xml").is_file()
        assert each.language.own_name in (folder / "index.html").read_text()


def test_a_page_of_the_folder_brings_its_policy(other_server):
    """Where the server sends no headers, the page itself allows nothing from elsewhere."""
    page = fetched(f"{other_server}/options/")
    policy = page.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")

    assert "default-src 'none'" in policy
    assert f"form-action 'self' {LIVE_SITE}" in policy


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    """A slip in the name of the folder destroys nothing."""
    (tmp_path / "letter.txt").write_text("keep me")

    with pytest.raises(NotOurFolder):
        make_folder(tmp_path, current_library(), LIVE_SITE)
    assert (tmp_path / "letter.txt").read_text() == "keep me"


@pytest.fixture(scope="module")
def nothing_compressed():
    """Folders whose compressed forms no test looks at are made without: that is most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("treatment_guide.serving.build.folder.compress", lambda file: None)
        yield


def test_the_folder_can_be_made_again(folder, nothing_compressed):
    """The next build takes the place of the last."""
    make_folder(folder, current_library(), "https://other.example")

    assert "https://other.example/search/" in (folder / "index.html").read_text()


# --- below a path -------------------------------------------------------------

#: Where an intranet shows the folder.
BASE = "/patients/guide/"


@pytest.fixture(scope="module")
def below(tmp_path_factory, nothing_compressed):
    """The address of a web server that shows a folder made for a path, at that path."""
    root = tmp_path_factory.mktemp("intranet")
    make_folder(root / BASE.strip("/"), current_library(), LIVE_SITE, BASE)
    with shown(root) as address:
        yield address


def test_every_link_of_a_folder_below_a_path_works(below):
    """A hospital may put the folder anywhere on its own host: no link leaves its path."""
    pages = {BASE + address[1:]: fetched(below + BASE + address[1:]) for address in BUILT}
    astray, files = [], set()
    for address, page in pages.items():
        for target in leads(page):
            path = target.partition("#")[0]
            if target.startswith(BASE) and path not in pages:
                files.add(path)
            elif not target.startswith(
                (BASE, LIVE_SITE, "#", "https://", "http://", "mailto:", "tel:")
            ):
                astray.append((address, target))
    for file in files:
        with urlopen(below + file) as answer:
            assert answer.status == 200

    assert astray == []
    assert any("/static/" in file for file in files)


def test_a_short_word_leads_on_below_a_path(below):
    """A page that leads on by itself stays in the folder too."""
    refresh = fetched(f"{below}{BASE}knee/").find(".//meta[@http-equiv='refresh']")

    assert refresh.get("content") == f"0;url={BASE}{current_library().words['knee'][1:]}"


@pytest.mark.parametrize(
    "base", ["", "guide/", "/guide", "//", "/a b/", "guide.example.org/", "/?/"]
)
def test_a_base_that_is_no_path_is_refused(tmp_path, base):
    """A slip in the base is said before anything is written."""
    with pytest.raises(NoBase, match="slash"):
        make_folder(tmp_path / "site", current_library(), LIVE_SITE, base)
    assert not (tmp_path / "site").exists()
