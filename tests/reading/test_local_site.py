"""A hospital's copy: its name, its words and its clinics stand where they belong, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from tests.local_copy import hospital_copy
from tests.site_fixtures import Html
from tests.stories import choices_of
from treatment_guide.engine.code import days_since_2026, encode
from treatment_guide.http.clock import today
from treatment_guide.library.model import Library
from treatment_guide.library.model.recalls import Recall, RecallWords
from treatment_guide.library.recall.applying import in_effect
from treatment_guide.serving import libraries
from treatment_guide.serving.addresses import every_address, own_files
from treatment_guide.serving.middleware import SECURITY_HEADERS

NAME = "Example Valley Hospital"
HEAT = "/options/radiofrequency-ablation/"
KNEE = "/situations/knee-arthritis/"
#: Of its paragraph about heat treatment, about the knee, and of the notice of its clinic.
WORDS, KNEE_WORDS, NOTICE = "in the day unit", "Ask for the knee hour", "We move in the spring"
#: A reader whose outcome has options, whom the clinic 341 sent.
STORY = {"urgent": "none", "place": "knee", "urgent-here": "none", "cause": "arthritis"}

Get = Callable[[str], Html]


@pytest.fixture
def theirs() -> Library:
    """The guide with the example hospital."""
    return hospital_copy()


@pytest.fixture
def get(theirs: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Get]:
    """Fetches a page of the hospital's copy."""
    monkeypatch.setattr(libraries, "library_for", lambda path: theirs)
    client = Client()

    def page(address: str) -> Html:
        response = client.get(address, follow=True)
        assert response.status_code == 200
        return Html(response.content.decode())

    yield page


@pytest.fixture
def visit(theirs: Library) -> str:
    """The code of the story, from the clinic 341."""
    return encode(theirs.layout, choices_of(STORY), day=days_since_2026(today()), clinic=341)


def frames(page: Html) -> list[str]:
    """The words of each frame of a page."""
    return ["".join(each.itertext()) for each in page.find("div", class_="own-frame")]


@pytest.mark.parametrize("address", ["/", HEAT, KNEE, "/get-help-now/", "/about/privacy/"])
def test_every_page_says_whose_copy_it_is(get: Get, address: str) -> None:
    """At the head with the logo, and in the foot."""
    page = get(address)
    (strip,) = page.find("aside", class_="own-strip no-print")
    (foot,) = page.find("footer")

    assert NAME in "".join(strip.itertext()) and "own-logo.svg" in page.text
    assert f"{NAME} offers you this copy" in "".join(foot.itertext())


@pytest.mark.parametrize(
    ("address", "words"), [(HEAT, WORDS), (f"{HEAT}all/", WORDS), (KNEE, KNEE_WORDS)]
)
def test_here_with_us_stands_in_a_frame_with_its_owner(get: Get, address: str, words: str) -> None:
    """On the page and on the one with nothing folded: the words, the name, the day, and that no
    signature of ours covers them.
    """
    (frame,) = frames(get(address))

    assert words in frame and NAME in frame and "November 30, 2026" in frame
    assert "No signature of ours covers this." in frame


def test_pages_without_words_of_the_hospital_have_no_frame(get: Get) -> None:
    """Questions, help, lists, and options of which it says nothing."""
    for address in ("/options/prp/", "/get-help-now/", "/options/", "/whats-next/", "/compare/"):
        assert frames(get(address)) == []


def test_the_frame_is_the_only_change_of_a_page(get: Get, theirs: Library, site) -> None:
    """Readers' promise: the guide itself stays the same, word for word."""

    def guide_words(text: str) -> str:
        for own in (
            r'<aside class="own-strip.*?</aside>',
            r'<section class="section" id="here-with-us">.*?</section>',
            r"<p>Example Valley Hospital offers.*?</p>",
        ):
            text = re.sub(own, "", text, flags=re.DOTALL)
        return re.sub(r"\s+", " ", text)

    for address in (HEAT, KNEE, "/get-help-now/", "/options/prp/"):
        assert guide_words(get(address).text) == guide_words(site(address)[1].text)


def test_an_option_opened_from_the_outcome_has_its_words_too(get: Get, visit: str) -> None:
    """A reader meets them on the way of the questionnaire."""
    page = get(f"/whats-next/outcome/{visit}/options/radiofrequency-ablation/")

    assert [WORDS in frame for frame in frames(page)] == [True]


def test_the_clinic_of_a_code_is_named_with_its_notice(get: Get, visit: str, theirs) -> None:
    """On the first page of its code, on the outcome, on both sheets, and on the hand-out."""
    paper = encode(theirs.layout, choices_of({"place": "knee"}), clinic=341, paper=True)

    for address in (f"/go/{paper}/", f"/whats-next/outcome/{visit}/"):
        assert [NOTICE in frame for frame in frames(get(address))] == [True]
    for address in (
        f"/whats-next/take/{visit}/",
        f"/whats-next/clinician/{visit}/",
        f"/clinics/sheet/{paper}/",
    ):
        page = get(address)
        assert NOTICE in page.text and "+1 202-555-0132" in page.text
        assert NAME in page.text  # at the head of the paper


def test_a_notice_never_stands_with_another_clinics_code(get: Get, theirs: Library) -> None:
    """The other clinic has none."""
    other = encode(theirs.layout, choices_of({"place": "knee"}), clinic=342, paper=True)

    assert NOTICE not in get(f"/go/{other}/").text
    assert "Riverside Joint Clinic" in get(f"/go/{other}/").text


@pytest.mark.parametrize("kind", ["take", "clinician"])
def test_sheets_bring_help_in_languages_in_their_own_language(
    get: Get, visit: str, theirs: Library, kind: str
) -> None:
    """Each is marked, so that it is read aloud and laid out as it should be."""
    page = get(f"/whats-next/{kind}/{visit}/")
    assert theirs.local

    for each in theirs.local.language_help:
        (words,) = [p for p in page.find("p", lang=each.language)]
        assert words.attrib["dir"] == "auto" and words.text == each.words


def test_a_clinic_of_another_hospital_is_not_named_and_its_code_works(
    get: Get, theirs: Library
) -> None:
    """The reader starts with the same answers."""
    code = encode(theirs.layout, choices_of({"place": "knee"}), clinic=500, paper=True)
    page = get(f"/go/{code}/")

    assert "Knee" in page.text and "Valley Pain Clinic" not in page.text


def test_the_guide_elsewhere_reads_codes_of_the_hospital(theirs: Library, site) -> None:
    """Without its folder no clinic is named, and nothing of the hospital is shown."""
    code = encode(theirs.layout, choices_of({"place": "knee"}), clinic=341, paper=True)
    response, page = site(f"/go/{code}/")

    assert response.status_code == 200
    assert "Knee" in page.text and NAME not in page.text and "own-" not in body(page)


def body(page: Html) -> str:
    """A page without its style."""
    return re.sub(r"<style>.*?</style>", "", page.text, flags=re.DOTALL)


def test_the_link_kit_offers_the_hospitals_clinics(get: Get, theirs: Library) -> None:
    """Among those of the guide, each by its name."""
    code = encode(theirs.layout, choices_of({"place": "knee"}), paper=True)
    page = get(f"/clinics/link/{code}/")
    offered = ["".join(option.itertext()) for option in page.find("option")]

    assert {"Valley Pain Clinic", "Riverside Joint Clinic"} <= set(offered)


def test_the_logo_is_a_file_that_nothing_runs_in(get: Get, theirs: Library, client) -> None:
    """Cleaned, and with the policy of all answers; other copies have none."""
    response = client.get("/own-logo.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.decode().startswith("<svg ") and b"<title" not in response.content
    assert own_files(theirs) == ["/own-logo.svg"] and "/own-logo.svg" in every_address(theirs)


def test_a_guide_without_a_hospital_has_no_logo(client, library: Library) -> None:
    """The address is not there."""
    assert client.get("/own-logo.svg").status_code == 404
    assert own_files(library) == []


def test_colors_need_no_style_of_their_own(get: Get, client) -> None:
    """They are attributes of drawings: the policy of a page is that of every copy."""
    get(HEAT)
    response = client.get(HEAT)

    assert response["Content-Security-Policy"] == SECURITY_HEADERS["Content-Security-Policy"]
    text = body(Html(response.content.decode()))
    assert 'fill="#0b4f6c"' in text and "style=" not in text


def test_the_plain_folder_has_the_logo(theirs: Library, tmp_path: Path, monkeypatch) -> None:
    """And its pages lead to it below the base path."""
    from treatment_guide.serving.build import folder

    addresses = [HEAT, "/options/"]
    monkeypatch.setattr(
        folder,
        "rendered",
        lambda library: [(each, folder.render_address(library, each)) for each in addresses],
    )
    folder.make_folder(tmp_path / "site", theirs, "https://guide.example", "/patients/")
    page = (tmp_path / f"site{HEAT}index.html").read_text(encoding="utf-8")

    assert (tmp_path / "site/own-logo.svg").read_text(encoding="utf-8") == theirs.local.logo
    assert 'src="/patients/own-logo.svg"' in page and WORDS in page


def test_a_withdrawn_option_keeps_no_word_of_the_hospital(
    theirs: Library, monkeypatch: pytest.MonkeyPatch, client, visit: str
) -> None:
    """Who comes to its page is told that it is withdrawn, and not where to book it; no clinic
    offers it on an outcome. The rest of the hospital's copy stays.
    """
    words = (RecallWords("en", "The maker called it back."),)
    recall = Recall(
        "option", "radiofrequency-ablation", date(2026, 11, 20), "The makers", words, "it.toml"
    )
    without, faults = in_effect(theirs, [recall])
    monkeypatch.setattr(libraries, "library_for", lambda path: without)
    page = Html(client.get(HEAT).content.decode())
    outcome = client.get(f"/whats-next/outcome/{visit}/").content.decode()

    assert faults == [] and "called it back" in page.text
    assert frames(page) == [] and WORDS not in page.text
    assert NAME in page.text and NOTICE in outcome
    assert 'href="/options/radiofrequency-ablation/"' not in outcome
