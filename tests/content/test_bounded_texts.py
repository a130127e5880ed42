"""What people send is read up to a bound: texts, codes, lines of feedback."""

import unicodedata
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.made_up import FIELDS, PARTS, ROUTES
from treatment_guide.clinics import topic_matching as matching
from treatment_guide.feedback import redaction as lines
from treatment_guide.library.content_check import current_library
from treatment_guide.library.search import index as search
from treatment_guide.library.search import plain_words, spelling
from treatment_guide.library.search.plain_words import LONGEST_TEXT, plain, plain_sent
from treatment_guide.questionnaire import typed_code as typed

LIBRARY = current_library()
INDEX = search.index(LIBRARY)
SEARCH = LIBRARY.language.search


@given(st.text(st.characters(max_codepoint=0x24F), max_size=LONGEST_TEXT))
def test_a_text_of_ordinary_length_is_read_whole(text):
    """Accents count as nothing: they are taken away before the cut."""
    if len(unicodedata.normalize("NFKD", text).encode("ascii", "ignore")) <= LONGEST_TEXT:
        assert plain_sent(text) == plain(text)


def test_nothing_about_the_library_is_computed_for_a_request(monkeypatch):
    """Phrases and vocabulary were made plain once; a request brings its own words alone."""
    clinic = {"mainSearchCriteria.v.dn": "knee arthritis", "knowledgeResponseType": "text/xml"}
    assert Client().get("/infobutton", clinic).status_code == 200
    assert Client().get("/search/", {"q": "kne"}).status_code == 200

    def refuse(*_):
        raise AssertionError("the library is read anew")

    for module, name in (
        (matching, "plain"),
        (search, "plain"),
        (search, "page_text"),
        (plain_words, "plain"),
        (matching, "entry"),
        (spelling, "_may_be_like"),
    ):
        monkeypatch.setattr(module, name, refuse)

    assert Client().get("/infobutton", clinic).status_code == 200
    assert Client().get("/search/", {"q": "shoulder"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES)
def test_no_text_from_outside_is_brought_to_another_form_whole(route, monkeypatch):
    """Sorting accents takes time that grows with the square of their number: a few hundred are
    sorted, never what somebody sent. Every field of every form, and every part of an address.
    """
    normalize, longest = unicodedata.normalize, []
    monkeypatch.setattr(
        unicodedata,
        "normalize",
        lambda form, text: longest.append(len(text)) or normalize(form, text),
    )
    junk = "\u0301\u0316" * 2_000
    good = {name: values[0] for name, values in PARTS.items()}
    fields = {name: next((v for v in row if v), "x") for name, row in FIELDS.get(route, {}).items()}
    for name in fields:
        sent = {**fields, name: f"a{junk}"}
        Client().get(ROUTES[route].format(**good), sent)
        Client().post(
            ROUTES[route].format(**good),
            urlencode(sent),
            content_type="application/x-www-form-urlencoded",
        )
    for part in PARTS:
        if f"{{{part}}}" in ROUTES[route]:
            Client().get(ROUTES[route].format(**{**good, part: f"0g4f{junk}"}))

    assert max(longest, default=0) <= 1_000


def test_a_code_is_never_the_beginning_of_something_longer():
    """What is too long is no code at all: cut, it could be somebody else's answers."""
    assert typed.cleaned(" 0G4-F ") == "0G4F"
    assert typed.cleaned("0g4f" + " " * 300 + "x") == ""
    assert typed.typed_code("0g4f" + "-" * 300 + "x") == ("", "")
    assert typed.typed_code(f"{'a note ' * 200} https://w.example/go/0g4f/2026.1/") == (
        "0g4f",
        "2026.1",
    )


def test_the_patterns_that_look_for_people_see_a_bounded_line(monkeypatch):
    """Whatever is sent: the cut comes after the normalization as well."""
    seen = []

    class Pattern:
        def sub(self, _, text):
            seen.append(len(text))
            return text

    monkeypatch.setattr(lines, "_LOOKS_PERSONAL", Pattern())
    for char in ("\ufdfa", "㏂", "x", "\u0316\u0301", "a ", "1-"):
        lines.cleaned(char * 20_000)

    assert max(seen) <= lines.MOST_READ


@given(st.text("ab1.-' @", max_size=300))
def test_no_address_of_a_person_is_kept(text):
    """An `@` between two signs that are no space: the whole word goes, however it is written."""
    kept = lines.cleaned(text).replace(lines.REMOVED, " ")

    assert not any("@" in word[1:-1] for word in kept.split())


def test_stop_words_bound_nothing_by_themselves():
    """A query of them alone is looked up, within the same limit."""
    assert INDEX.search("get help now").found
    assert INDEX.search(" ".join(sorted(SEARCH.stop))).found is not None
