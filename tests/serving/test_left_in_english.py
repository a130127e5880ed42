"""Nothing of a page in Spanish is left in English: no words, no name for a screen reader, no title.

Each page is held against the English one. What stays English says so with `lang`, as the names of
sources do.
"""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tools.pages import every_page, states
from treatment_guide.http.addresses import ORIGINAL_ALONE
from treatment_guide.library.content_check import current_library

#: Attributes that are read out or shown.
READ_OUT = ("aria-label", "aria-description", "aria-roledescription", "title", "alt", "placeholder")
#: Elements without an end, and those that hold no words.
EMPTY = [
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
]
NO_WORDS = ("script", "style", "code")
#: What is called the same in Spanish: proper names, brands, and the words of a letter in English
#: that a page explains.
SAME = frozenset(
    {
        *("De Quervain", "De Quervain:", "Coumadin, Jantoven", "informedhealth.org"),
        *("Healthcare Improvement Scotland", "Example Pain Clinic (made up)"),
        "Example Pain Clinic (made up): +1 202-555-0143",
        *("mg, mL.", "Intra-articular.", "Peri-articular, peri-tendinous."),
        *("Tendinosis, tendinopathy.", "Neurogenic claudication.", "Lateral epicondylitis."),
        *("Stenosing tenosynovitis.", "Conservative management.", "CSI, IACI.", "ESI, TFESI."),
        *("MBB, SNRB.", "OA, RA.", "PT, OT.", "Hx, Dx, Rx."),
    }
)
#: What somebody typed stays as it was typed.
TYPED = "frozen shoulder"


class Words(HTMLParser):
    """Collects the words of a page in its own language: of its text, and of what is read out."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.lang = ""
        self.open = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "html":
            self.lang = given.pop("lang")
        self.open.append((tag, given.get("lang")))
        if not self.elsewhere():
            named = given.get("name") == "description" or given.get("property", "").startswith(
                "og:"
            )
            wanted = (*READ_OUT, "content") if named else READ_OUT
            self.found += [given[name] for name in wanted if given.get(name)]
        if tag in EMPTY:
            self.open.pop()

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        words = " ".join(data.split())
        if words and not self.elsewhere() and not any(tag in NO_WORDS for tag, _ in self.open):
            self.found.append(words)

    def elsewhere(self):
        """True inside of what is in another language."""
        return next((lang for _, lang in reversed(self.open) if lang), None) is not None


def words_of(address):
    """The words of a page, and its language."""
    page = Words()
    page.feed(Client().get(address).content.decode())
    return page.found, page.lang


def both():
    """Every page that there is in both languages; of those that also stand all open, that one."""
    pages = every_page()
    whole = {address.removesuffix("all/") for address in pages if address.endswith("/all/")}
    addresses = [*(a for a in pages if a not in whole), *states().values()]
    booklets = [a for a in addresses if a.startswith("/clinics/booklets/")][1:]
    return [
        a for a in dict.fromkeys(addresses) if not ORIGINAL_ALONE.match(a) and a not in booklets
    ]


def left(address):
    """The words, two or more together, that a page in Spanish has from the English one."""
    spanish, lang = words_of(f"/es{address}")
    english = set(words_of(address)[0])
    assert lang.startswith("es")
    return [
        words
        for words in spanish
        if words in english
        and words not in SAME
        and words != TYPED
        and len(re.findall(r"[^\W\d_]{2,}", words)) > 1
    ]


@pytest.mark.skipif("es" not in current_library().translations, reason="Spanish is not served")
def test_nothing_of_a_page_is_left_in_english(settings):
    """Every page, question, answer and form, held against the English one. A booklet is made of
    pages, and has what it says itself in common with all of them: one is enough.
    """
    settings.UNSIGNED_HANDOUTS = ("es",)
    found = {address: words for address in both() if (words := left(address))}

    assert found == {}


def test_words_left_in_english_would_be_found(monkeypatch):
    """A heading, a name for screen readers and the title are seen; what says `lang` is not."""
    spanish = '<html lang="es-US"><title>Two words</title><p aria-label="For both eyes">Hola</p>'
    spanish += (
        '<a lang="en">A name left alone</a><h2>This heading stayed</h2><img alt="One picture">'
    )
    english = spanish.replace("es-US", "en-US").replace("Hola", "Hello")
    pages = {"/es/x/": spanish, "/x/": english}
    monkeypatch.setattr(Client, "get", lambda self, address: _Page(pages[address]))

    assert left("/x/") == ["Two words", "For both eyes", "This heading stayed", "One picture"]


class _Page:
    """An answer with this HTML."""

    def __init__(self, html):
        self.content = html.encode()
