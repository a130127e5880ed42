"""What a translation shows until people have signed it, and what a signature ends."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from tests.site_fixtures import Html
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library, Signature
from treatment_guide.library.review.translated import DANGER, unsigned


@pytest.mark.parametrize("path", ["/", "/options/prp/", "/get-help-now/", "/whats-next/"])
def test_a_page_says_that_nobody_reviewed_its_translation(
    client: Client, html: Callable[..., Html], translation: Library, path: str
) -> None:
    """Until people have signed it: with a link to the original, and no search engine shows it."""
    page, original = html(client.get(f"/qx{path}")), html(client.get(path))
    (note,) = page.find("p", id="translated")

    assert note.find("a").get("href") == path
    assert {"name": "robots", "content": "noindex"} in [dict(m.attrib) for m in page.find("meta")]
    assert original.find("p", id="translated") == []


def test_the_original_stands_beneath_each_danger_sign(
    client: Client, html: Callable[..., Html], code: Callable[..., str], translation: Library
) -> None:
    """Whoever reads a wrongly translated sign can compare it, and show it to others."""
    original = current_library()
    urgent = original.guide.danger[0]
    for path in (f"/qx/whats-next/{urgent.id}/{code({})}/", "/qx/get-help-now/"):
        page = client.get(path).content.decode()
        for sign in urgent.levels:
            marked = original.questions[urgent.id].choices[sign].marked
            stored = sign not in urgent.never_stored or "whats-next" in path
            assert (f'lang="en">{marked}' in page) or not stored, sign


@pytest.mark.parametrize("signed", [False, True])
def test_the_site_map_has_what_people_have_reviewed(
    client: Client, translation: Library, monkeypatch: pytest.MonkeyPatch, signed: bool
) -> None:
    """Each page then stands twice, with the same links to both and to the one for all others."""
    monkeypatch.setattr(
        "treatment_guide.serving.views.unsigned",
        lambda library, *_: bool(library.original) and not signed,
    )
    found = client.get("/sitemap.xml").content.decode()
    rows = [row for row in found.splitlines() if "/options/prp/<" in row]
    links = [re.findall(r'hreflang="([^"]+)" href="([^"]+)"', row) for row in rows]

    assert len(rows) == (2 if signed else 1)
    assert ("/qx/" in found) is signed
    if signed:
        assert links[0] == links[1] and [name for name, _ in links[0]] == ["en", "qx", "x-default"]
        assert "/qx/clinics/" not in found


def signed(translation: Library, *whats: str) -> Library:
    """A translation in which every wanted role has signed these subjects, for a year."""
    day, end = date(2026, 11, 1), date(2027, 11, 1)
    found = [
        Signature(f"{what}-{role}", what, f"A {role}", role, "", "none", day, end, "h", holds=True)
        for what in whats
        for role in translation.reviews.wants[what]
    ]
    return replace(translation, reviews=replace(translation.reviews, signatures=tuple(found)))


def test_a_signature_ends_the_notice_of_what_was_signed(translation: Library) -> None:
    """On the page that every wanted role has signed in this language, and on no other; the original
    needs no notice. What many pages show is signed once all of it is.
    """
    day, prp = date(2026, 12, 1), "option:prp"
    shared = [w for w in translation.reviews.wants if not w.startswith(("option:", "topic:"))]
    one, most = signed(translation, prp), signed(translation, *shared)
    partly = replace(one, reviews=replace(one.reviews, signatures=one.reviews.signatures[1:]))

    assert not unsigned(one, day, prp) and not unsigned(current_library(), day)
    assert all(unsigned(each, day, prp) for each in (partly, translation, most))
    assert unsigned(one, day, "option:gel") and unsigned(one, day) and unsigned(one, day, DANGER)
    assert not unsigned(most, day) and not unsigned(most, day, "no-subject")
    assert unsigned(signed(translation, *shared[1:]), day)
    assert unsigned(one, date(2027, 11, 2), prp) and unsigned(most, date(2027, 11, 2))


@pytest.mark.parametrize("what", ["option:prp", DANGER])
def test_only_what_is_signed_loses_the_line_and_noindex(
    client: Client,
    html: Callable[..., Html],
    code: Callable[..., str],
    translation: Library,
    serve: Callable[[Library], None],
    what: str,
) -> None:
    """A page, and the same with nothing folded; the original beneath the signs goes with theirs."""
    serve(signed(translation, what))
    urgent = current_library().guide.danger[0].id
    pages = {
        "/options/prp/": "option:prp",
        "/options/prp/all/": "option:prp",
        "/get-help-now/": DANGER,
        "/options/gel/": "",
        "/options/": "",
        f"/whats-next/{urgent}/{code({})}/": "",
    }
    for path, subject in pages.items():
        page = html(client.get(f"/qx{path}"))
        noindex = "noindex" in [each.get("content") for each in page.find("meta", name="robots")]
        beneath = [each for tag in ("small", "span") for each in page.find(tag, lang="en")]

        assert ("translated" in page.ids) is (subject != what)
        assert noindex is (subject != what or "whats-next" in path)
        signs = path == "/get-help-now/" or urgent in path
        assert bool(beneath) is (signs and what != DANGER), path


@pytest.mark.parametrize("signed", [False, True])
def test_a_record_system_gets_reviewed_words_in_each_language(
    client: Client, translation: Library, monkeypatch: pytest.MonkeyPatch, signed: bool
) -> None:
    """It has no place for the line that nobody reviewed a translation, so it gets none of those."""
    monkeypatch.setattr("treatment_guide.http.handouts.unsigned", lambda library, on: not signed)
    found = client.get("/fhir/Questionnaire/whats-next").json()
    first = found["item"][0]
    words = {"text": first, "display": first["answerOption"][0]["valueCoding"], "title": found}

    for field, holder in words.items():
        said = holder.get(f"_{field}", {}).get("extension", [])
        parts = [{e["url"]: [*e.values()][1] for e in each["extension"]} for each in said]
        assert parts == ([{"lang": "qx", "content": holder[field]}] if signed else [])
