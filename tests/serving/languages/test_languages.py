"""One library for each language, chosen by the path of a request (ADR 29)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests.site_fixtures import Html
from tests.stories import STORY
from treatment_guide.http.addresses import at, in_language, speaking, to, within
from treatment_guide.http.origin import in_capitals
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library
from treatment_guide.library.release.library_file import read_library, write_library
from treatment_guide.library.release.releases import changes
from treatment_guide.serving.addresses import every_address, everywhere
from treatment_guide.serving.build.making import good_until, render_address
from treatment_guide.serving.libraries import library_for
from treatment_guide.serving.logs import shortened
from treatment_guide.serving.metrics import kind_of
from treatment_guide.serving.middleware import tidied


def links(page: Html) -> list[tuple[str | None, str | None, str]]:
    """The links of the header to other languages. The menu's link to the clinics' pages, which are in
    English alone, is none.
    """
    (header,) = page.find("header")
    return [
        (each.get("href"), each.get("hreflang"), "".join(each.itertext()))
        for each in header.iter("a")
        if each.get("hreflang") and not str(each.get("href")).endswith("/clinics/")
    ]


@pytest.mark.parametrize("path", ["/", "/options/", "/options/prp/", "/whats-next/", "/search/"])
def test_the_path_chooses_the_language(
    client: Client, html: Callable[..., Html], translation: Library, path: str
) -> None:
    """Below `/qx` the same pages stand, and what they are made of leads to pages below it."""
    page = html(client.get(f"/qx{path}"))
    (root,) = page.find("html")

    assert (root.get("lang"), root.get("dir")) == ("qx-US", "rtl")
    (header,) = page.find("header")
    inside = [each.get("href") or "" for each in header.iter("a") if not each.get("hreflang")]
    assert inside and all(link.startswith("/qx/") for link in inside)
    assert links(page) == [(path, "en", current_library().language.own_name)]
    there = html(client.get(path))
    assert links(there) == [(f"/qx{path}", "qx", "Qx")]


def test_the_answers_stay_when_the_language_changes(
    client: Client, html: Callable[..., Html], code: Callable[..., str], translation: Library
) -> None:
    """The same code, in both languages: the same groups by id."""
    path = f"/whats-next/outcome/{code(STORY)}/"
    original, other = html(client.get(path)), html(client.get(f"/qx{path}"))

    assert links(other) == [(path, "en", "English")]
    assert original.groups == other.groups != {}


def test_no_browser_chooses_a_language(client: Client, translation: Library) -> None:
    """Nothing is kept, nothing depends on a header, nobody is sent elsewhere."""
    plain = client.get("/")
    asked = client.get("/", headers={"accept-language": "qx"})

    assert (plain.status_code, plain.content) == (200, asked.content)
    assert "Accept-Language" not in plain.get("Vary", "") and not asked.cookies


@pytest.mark.parametrize(
    ("asked", "status", "there"),
    [
        ("/qx", 301, "/qx/"),
        ("/qx/options", 301, "/qx/options/"),
        ("/qx/knee/", 302, "/qx/situations/"),
        ("/qx/infobutton?a=b", 307, "/infobutton?a=b"),
        ("/qx/clinics/", 307, "/clinics/"),
        ("/qx/robots.txt", 307, "/robots.txt"),
    ],
)
def test_redirects_keep_the_language(
    client: Client, translation: Library, asked: str, status: int, there: str
) -> None:
    """Pages for clinics and for programs are there once, in the language of the original."""
    answer = client.get(asked)

    assert answer.status_code == status
    assert answer["Location"].startswith(there)


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/QX/", "/qx/"),
        ("/Qx/options/prp/?a=b", "/qx/options/prp/?a=b"),
        ("/QX", "/qx/"),
        ("/en/options/", "/options/"),
        ("/qy/", "/"),
        ("/qy", "/"),
        ("/qy/options/prp/", "/options/prp/"),
        ("/QY/GO/123/", "/GO/123/"),
    ],
)
def test_what_is_meant_is_found(
    client: Client, translation: Library, monkeypatch, asked: str, there: str
) -> None:
    """A language in capitals, that of the original by its name, and one that this copy leaves out
    (LANGUAGES): its readers have its addresses on paper, and get the original. None is kept, since an
    address may hold answers.
    """
    without = replace(translation.original, unserved=("qy",))  # type: ignore[type-var]
    without.translations["qx"] = translation
    monkeypatch.setattr("treatment_guide.serving.libraries.current_library", lambda: without)
    answer = client.get(asked)
    form = client.post(asked)

    assert (answer.status_code, answer["Location"]) == (302, there)
    assert (form.status_code, form["Location"]) == (307, there)
    assert answer["Cache-Control"] == "no-store" and "Referrer-Policy" in answer
    assert client.get(f"/q{asked}").status_code in (301, 302, 404)  # to itself with a slash
    assert client.get("/qy//elsewhere.example/").status_code == 404


def test_the_clinicians_page_is_in_the_language_of_the_clinic(
    client: Client, code: Callable[..., str], translation: Library
) -> None:
    """Whatever the reader's language is. The address with the code is kept nowhere."""
    path = f"/whats-next/clinician/{code(STORY)}/"
    answer = client.get(f"/qx{path}")

    assert (answer["Location"], answer["Cache-Control"]) == (path, "no-store")


def test_codes_on_paper_lead_to_their_language(
    client: Client, code: Callable[..., str], translation: Library
) -> None:
    """A square code is in capitals, and so is the beginning of the language."""
    paper = code(STORY, paper=True)

    whole = in_capitals(translation, f"/go/{paper}/2026.1/")
    assert f"/QX/GO/{paper.upper()}/2026.1/" in whole
    for path in (f"/QX/GO/{paper.upper()}/2026.1/", f"/qx/go/{paper}/"):
        assert client.get(path)["Location"].startswith("/qx/whats-next/")


def test_a_page_without_a_language_follows_unharmed(client: Client, translation: Library) -> None:
    """What one request speaks, the next does not, a fault in between included."""
    with pytest.raises(ZeroDivisionError), speaking(translation):
        assert (at("/a/"), to("options")) == ("/qx/a/", "/qx/options/")
        _ = 1 / 0
    assert (at("/a/"), to("options")) == ("/a/", "/options/")
    client.get("/qx/nowhere/")
    assert (at("/a/"), to("options")) == ("/a/", "/options/")


def test_a_language_stands_below_the_base_path(settings, translation: Library) -> None:
    """A proxy may serve the site below a path: the language comes after it."""
    settings.BASE_PATH = "/guide"
    with speaking(translation):
        assert at("/a/") == "/guide/qx/a/"
    assert within("/guide/qx/a/") == "/qx/a/"
    assert in_language("/qx/a/", "/qx") == "/a/"
    assert in_language("/qxa/", "/qx") == "/qxa/"


def test_no_log_holds_a_code_in_any_language(
    code: Callable[..., str], translation: Library
) -> None:
    """An address with answers is cut after its prefix below a language too."""
    answers = code(STORY)
    for path in ("whats-next/outcome", "whats-next/take", "go", "GO"):
        for start in ("/qx", "/QX"):
            assert answers not in shortened(f"{start}/{path}/{answers}/")
    assert shortened(f"/qx/whats-next/outcome/{answers}/") == "/qx/whats-next/"
    assert shortened("/qx/options/prp/") == "/qx/options/prp/"
    assert kind_of("/qx/options/prp/") == kind_of("/options/prp/") == "options"


def test_crawlers_are_kept_from_answers_in_any_language(
    client: Client, translation: Library
) -> None:
    """robots.txt is anchored at the root, so every language has its lines."""
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert {"Disallow: /whats-next/", "Disallow: /qx/whats-next/"} <= set(lines)
    assert {"Disallow: /go/", "Disallow: /qx/go/"} <= set(lines)


def test_every_address_of_a_language_is_listed(translation: Library) -> None:
    """All of the original's but those that are there once."""
    assert translation.original
    listed = everywhere(translation.original)

    assert set(every_address(current_library())) < set(listed)
    assert "/qx/options/prp/" in listed and "/qx/clinics/" not in listed


def test_a_language_that_is_not_served_is_no_page(client: Client) -> None:
    """Half a language is none: its addresses are unknown until all of its core is there."""
    assert client.get("/qx/").status_code == 404
    assert library_for("/es/options/") in (
        current_library(),
        current_library().translations.get("es"),
    )


def test_an_answer_names_its_language(client: Client, translation: Library) -> None:
    """In a header as well, for programs that read no page."""
    assert client.get("/qx/options/")["Content-Language"] == "qx-US"
    assert client.get("/options/")["Content-Language"].startswith("en-")


@pytest.mark.parametrize(("tag", "prefix"), [("qx", "/qx"), ("qx-MX", "/qx"), ("xx", ""), ("", "")])
def test_a_record_system_gets_the_language_it_asks_for(
    client: Client, translation: Library, tag: str, prefix: str
) -> None:
    """Its tag, whatever the browser wishes; a language that is not served gets the original."""
    fields = {
        "mainSearchCriteria.v.c": "M17.11",
        "mainSearchCriteria.v.cs": "2.16.840.1.113883.6.90",
        "informationRecipient.languageCode.c": tag,
        "knowledgeResponseType": "application/json",
    }
    feed = client.get("/infobutton", fields, headers={"accept-language": "qx"}).json()["feed"]
    links = [link["href"] for entry in feed["entry"] for link in entry["link"]]

    assert links and all(
        link.startswith(f"https://whatsnext.example{prefix}/") and "/qx/qx" not in link
        for link in links
    )
    assert ("/qx/" in links[0]) is bool(prefix)
    assert {entry["lang"] for entry in feed["entry"]} == {"qx-US" if prefix else "en-US"}
    del fields["knowledgeResponseType"]
    person = client.get("/infobutton", fields)
    assert (person.status_code == 200) is (tag == "xx")  # a page says that it is not here
    assert tag == "xx" or person["Location"].startswith(f"{prefix}/situations/")


def test_paper_in_a_translation_tells_what_changed_in_the_original(translation: Library) -> None:
    """A release records the words of the original. Those of a translation are not among them."""
    original = translation.original
    assert original
    marked = {name: f"x{words}" for name, words in translation.reasons.items()}
    other = replace(translation, reasons=marked)

    for then in original.releases.values():
        assert changes(other, then) == changes(original, then)


def test_feedback_knows_the_language_of_its_page(
    client: Client, translation: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor sees whether the words or their translation did not help."""
    kept: list[str] = []
    monkeypatch.setattr(
        "treatment_guide.feedback.store.store.keep", lambda page, *rest: kept.append(page) or "kept"
    )
    for path in ("/qx", ""):
        client.post(f"{path}/feedback/", {"page": "/options/prp/", "yes": "1"})

    assert kept == ["/qx/options/prp/", "/options/prp/"]


@pytest.mark.parametrize("address", ["/options/prp/", "/glossary/", "/whats-next/"])
def test_a_build_holds_the_pages_of_each_language(
    client: Client, translation: Library, address: str
) -> None:
    """As Django makes them, at their address, until a number in them is due."""
    made = render_address(translation, address)
    page = client.get(f"/qx{address}")

    assert made == tidied(page.content)
    assert translation.original
    days = good_until(translation.original, date(2026, 11, 22))
    assert ("/qx/options/prp/" in days) and days["/qx/options/prp/"] == days["/options/prp/"]


def test_a_stored_library_holds_its_translations(tmp_path: Path, translation: Library) -> None:
    """One file for all: rules are stored, and compiled, once."""
    assert translation.original
    write_library(translation.original, tmp_path / "library")
    found = read_library(tmp_path / "library")
    there = found.translations["qx"]

    assert found == translation.original and there == translation
    assert there.original is found and there.guide is found.guide
