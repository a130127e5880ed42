"""Long pages have folds: what is open, what is folded, and where links into them lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from django.test import Client

from treatment_guide.library.content_check import current_library
from treatment_guide.reading.folds import has_folds
from treatment_guide.serving.addresses import built_addresses, has_whole_page

LIBRARY = current_library()
BUILT = built_addresses(LIBRARY)
TOPICS = [page for page in LIBRARY.topics.values() if has_folds(page)]
WITH_FOLDS = [page for page in LIBRARY.reading_pages if has_whole_page(page)]


class Folds(HTMLParser):
    """The ids of a page that stand in a fold, those that do not, and every link of its main part.

    A fold that is open counts as none; so does the menu in the head.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.folded: set[str] = set()
        self.plain: set[str] = set()
        self.links: list[str] = []
        self.deepest = self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids and links; a fold begins with its own id."""
        given = dict(attrs)
        if tag == "details" and "open" not in given:
            self._depth += 1
            self.deepest = max(self.deepest, self._depth)
        if name := given.get("id"):
            (self.folded if self._depth else self.plain).add(name)
        if tag == "a" and (href := given.get("href")):
            self.links.append(href)

    def handle_endtag(self, tag: str) -> None:
        """A fold ends."""
        if tag == "details":
            self._depth -= 1


@cache
def fetched(address: str) -> str:
    """The main part of a page."""
    reply = Client().get(address)
    assert reply.status_code == 200, address
    return str(reply.content.decode().partition("<main")[2].partition("<footer")[0])


@cache
def folds_of(address: str) -> Folds:
    """What is folded in the main part of a page."""
    return Folds(fetched(address))


def links_into_folds() -> Iterator[tuple[str, str]]:
    """Every link to a part of a page that stands in a closed fold there, with the page it is on."""
    for address in BUILT:
        for link in folds_of(address).links:
            path, _, part = link.partition("#")
            target = path or address
            if part and target in BUILT and part in folds_of(target).folded:
                yield address, link


def test_no_link_leads_into_a_closed_fold() -> None:
    """Older browsers do not open a fold for a link: such links lead to the page without folds."""
    assert list(links_into_folds()) == []


@pytest.mark.parametrize("page", WITH_FOLDS, ids=[page.address for page in WITH_FOLDS])
def test_the_page_without_folds_holds_everything(page) -> None:
    """Every part that is folded, and every source, stands open on the page below, under its id;
    that page is linked, and is no page of its own for search engines.
    """
    closed, whole = map(folds_of, (page.address, f"{page.address}all/"))
    canonical = f'<link rel="canonical" href="[^"]*{page.address}">'

    assert f"{page.address}all/" in closed.links
    assert closed.folded - {"did-it-help", "line"} <= whole.plain
    assert {link for link in closed.links if "/all/#s" in link} <= {
        f"{page.address}all/#{name}" for name in whole.plain
    }
    assert whole.folded <= {"did-it-help", "line"}
    assert re.search(canonical, Client().get(f"{page.address}all/").content.decode())


@pytest.mark.parametrize("page", TOPICS, ids=[page.id for page in TOPICS])
def test_a_topic_folds_no_word_on_danger(page) -> None:
    """The answer, and whatever says when to call or to get help, is open; all else is one tap away."""
    found = folds_of(page.address)
    on_help = {
        part.id
        for part in page.parts
        if any("/get-help-now/" in getattr(block, "html", "") for block in part.blocks)
    }

    others = [part.id for part in page.parts[1:] if part.id not in on_help]

    assert not on_help & found.folded
    assert others[0] in found.plain
    assert found.folded >= set(others[1:])
    assert found.deepest == 1


def test_a_situation_answers_before_it_explains(library) -> None:
    """When to get help and what people ask next stand before the options, and those before the rest."""
    for situation in library.situations.values():
        page = fetched(situation.page.address)
        order = ["when-to-get-help", "what-people-ask-next", "options", "with-time"]
        places = [page.index(f'id="{part}"') for part in order]

        assert places == sorted(places)
        assert not set(order) & folds_of(situation.page.address).folded


def test_a_situation_names_every_option_with_its_group(library) -> None:
    """Each option stands open in each group that the rules give it for one of the causes."""
    for situation in library.situations.values():
        page = fetched(situation.page.address)
        for option in library.options.values():
            assert f'href="{option.page.address}"' in page
