"""What changed, by release: the page, the feed, and the same for what one clinic offers."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from django.test import RequestFactory
from django.urls import resolve

from treatment_guide.http.library import with_library
from treatment_guide.library.model import Recall, RecallWords
from treatment_guide.library.recall.applying import in_effect
from treatment_guide.library.release.history import history
from treatment_guide.library.release.releases import record

ATOM = "{http://www.w3.org/2005/Atom}"
WHY = "The kit was found to be unclean."


@pytest.fixture(scope="module")
def released(library):
    """The guide with two releases: in the second PRP got another rule and a number of shock wave
    changed; since then the words of exercise did. One clinic offers exercise alone.
    """
    first = record(library, date(2026, 1, 5))
    fact = library.options["shockwave"].page.facts[0]
    second = replace(
        first,
        day=date(2026, 10, 5),
        rules={**first.rules, "prp": "0"},
        facts={**first.facts, fact: "0"},
    )
    now = "/options/exercise-program/"
    third = replace(second, day=date(2026, 11, 5), words={**second.words, now: "0"})
    clinic = replace(next(iter(library.clinics.values())), offers=frozenset(["exercise-program"]))
    releases = {"2026.10": third, "2026.2": second, "2026.1": first}
    return replace(library, releases=releases, clinics={1: clinic})


@pytest.fixture(scope="module")
def recalled(released):
    """The same with PRP withdrawn."""
    words = (RecallWords("en", WHY),)
    recall = Recall("option", "prp", date(2026, 11, 20), "The pharmacy", words, "recalls/prp.toml")
    return in_effect(released, [recall])[0]


def shown(library, address):
    """A page as this library makes it."""
    view, args, kwargs = resolve(address)
    request = RequestFactory().get(address)
    return view(with_library(request, library), *args, **kwargs).content.decode()


def section(page, name):
    """One section of a page."""
    found = re.search(rf'<section class="section" id="{name}">(.*?)</section>', page, re.DOTALL)
    return found[1] if found else ""


def test_releases_stand_newest_first_by_number(released):
    """2026.10 came after 2026.2, and what is in no release yet before all."""
    assert [each.release for each in history(released)] == ["", "2026.10", "2026.2", "2026.1"]
    assert [each.first for each in history(released)] == [False, False, False, True]


def test_each_release_names_what_changed_in_it_with_links(released):
    page = shown(released, "/changes/")

    second = section(page, "r2026.2")
    assert re.search(r"New rules.*?href=\"/options/prp/\"", second, re.DOTALL)
    assert re.search(r"New numbers.*?href=\"/options/shockwave/\"", second, re.DOTALL)
    assert "/options/exercise-program/" not in second
    assert "/options/exercise-program/" in section(page, "r2026.10")
    assert "The first release." in section(page, "r2026.1")
    assert 'id="withdrawn"' not in page


def test_what_is_withdrawn_stands_first(recalled):
    page = shown(recalled, "/changes/")

    assert WHY in section(page, "withdrawn")
    assert page.index('id="withdrawn"') < page.index('id="next"')
    assert [each.release for each in history(recalled)] == ["", "2026.10", "2026.2", "2026.1"]


def test_a_clinic_is_told_of_what_it_offers_alone(released, recalled):
    """And of danger signs and notices, which all its patients meet."""
    for library in (released, recalled):
        page = shown(library, "/clinics/changes/example-clinic/")
        assert "/options/exercise-program/" in section(page, "r2026.10")
        assert "Nothing changed here." in section(page, "r2026.2")
        assert WHY not in page


def test_the_feed_is_atom_with_an_entry_for_each_release_and_recall(recalled):
    """RFC 4287, 4.1: id, title, updated, author; each entry with its own, and a link to the page."""
    feed = ElementTree.fromstring(shown(recalled, "/changes/feed.xml"))
    entries = feed.findall(f"{ATOM}entry")

    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{name}") is not None, name
    assert [each.findtext(f"{ATOM}updated")[:10] for each in entries] == [
        "2026-11-20",
        "2026-11-05",
        "2026-10-05",
        "2026-01-05",
    ]
    assert feed.findtext(f"{ATOM}updated")[:10] == "2026-11-20"
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    assert len({*ids}) == len(ids)
    page = shown(recalled, "/changes/")
    for each in entries:
        assert each.findtext(f"{ATOM}title")
        target = each.find(f"{ATOM}link").get("href")
        assert target.startswith("https://whatsnext.example/changes/#")
        assert f'id="{target.partition("#")[2]}"' in page
    links = re.findall(r'href="([^"]*)"', "".join(e.findtext(f"{ATOM}summary") for e in entries))
    assert links and all(link.startswith("https://whatsnext.example/") for link in links)


def test_pages_lead_feed_readers_to_the_feed(library):
    """The page itself, and the pages about the guide and for clinics, also in a plain folder."""
    for address in ("/changes/", "/about/updates/", "/clinics/linking/"):
        head = shown(library, address).partition("</head>")[0]
        assert 'type="application/atom+xml" href="/changes/feed.xml"' in head
