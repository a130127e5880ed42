"""What a clinic hands out in a translation: off until signed or turned on, and then says so."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.site_fixtures import Html
from treatment_guide.clinics.clinic_link import Link
from treatment_guide.clinics.handout_texts import COLUMNS, MESSAGE, blocks
from treatment_guide.clinics.link_kit import spoken
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library
from treatment_guide.serving.addresses import built_addresses

LIBRARY = current_library()
SPANISH = LIBRARY.translations["es"]
FULL = {"place": "back", "cause": "after-surgery", "count": "two", "clinic": "example-clinic"}
#: What names no languages of hand-outs.
UNKNOWN = ("fr", "es-es", "en-es-en", "../x", "-")
#: The basic characters of text messages (GSM 03.38) that ASCII has not, of those Spanish uses.
GSM = "éñÑÉüÜ¿¡"
#: A message of more characters than one goes out in parts of so many.
PART = 153


@pytest.fixture
def turned_on(settings: Any) -> None:
    """A clinic's copy that hands out Spanish though nobody has signed it."""
    settings.UNSIGNED_HANDOUTS = ("es",)


@pytest.fixture
def sheet(client: Client) -> Callable[[str], str]:
    """The address of a page of the kit for the fullest form: `sheet("sheet/{}/")`."""
    there = client.post("/clinics/", FULL)["Location"]
    return lambda path: f"/clinics/{path.format(there.split('/')[3])}"


@pytest.mark.parametrize(
    "path",
    [
        *("sheet/{}/", "sheet/{}/large/", "sheet/{}/both/", "sheet/{}/both/large/"),
        *("link/{}/qr.png", "forms/knee/", "booklets/sciatica/"),
    ],
)
def test_a_spanish_hand_out_that_is_off_leads_to_the_english(
    client: Client, sheet: Callable[[str], str], path: str
) -> None:
    """At its own address too, below a base path as well; nothing keeps the way there."""
    english = sheet(path)
    answer = client.get(f"/es{english}")

    assert answer.status_code == 307 and answer["Cache-Control"] == "no-store"
    assert answer["Location"] == english
    there = client.get(english, follow=True)
    assert there.status_code == 200
    if path.startswith("sheet"):
        assert '<html lang="en-US"' in there.text


@pytest.mark.parametrize("path", ["sheet/{}/", "forms/knee/", "booklets/sciatica/"])
def test_an_english_hand_out_offers_spanish_only_where_it_is_on(
    client: Client, html: Callable[..., Html], sheet: Callable[[str], str], settings: Any, path: str
) -> None:
    """By the link of its header, and in the list of addresses of a build."""
    for on in ((), ("es",)):
        settings.UNSIGNED_HANDOUTS = on
        settings.DEBUG = True  # no page is kept from one setting to the other
        assert (f"/es{sheet(path)}" in html(client.get(sheet(path))).links) is bool(on)
        listed = "/clinics/forms/knee/" in built_addresses(SPANISH)
        assert listed is bool(on)


def test_the_kit_says_why_it_offers_no_spanish(client: Client, html: Callable[..., Html]) -> None:
    """In one line, with the way to turn it on; there is nothing to choose."""
    page = html(client.get(client.post("/clinics/", {**FULL, "language": "es"})["Location"]))
    line = LIBRARY.ui["clinics-withheld"].format(languages=SPANISH.language.own_name)

    assert line in page.text and "/clinics/linking/#languages" in page.links
    assert "languages" in html(client.get("/clinics/linking/")).ids
    assert page.find("select", name="language") == []
    assert not [link for link in page.links if link.startswith("/es/clinics/")]


@pytest.mark.parametrize(
    ("language", "sheet", "texts"),
    [
        ("", "/clinics/sheet/", {"paste-note", "paste-message"}),
        ("es", "/es/clinics/sheet/", {"paste-note-es", "paste-message-es"}),
        ("en-es", "/es/clinics/sheet/", {"paste-note-es", "paste-message", "paste-message-es"}),
        *((wrong, "/clinics/sheet/", {"paste-note", "paste-message"}) for wrong in UNKNOWN),
    ],
)
@pytest.mark.usefixtures("turned_on")
def test_the_kit_makes_what_patients_read_in_the_languages_chosen(
    client: Client, html: Callable[..., Html], language: str, sheet: str, texts: set[str]
) -> None:
    """The choice stands in the address, and the page with it; what clinicians read stays English.
    An unknown language is none.
    """
    answer = client.post("/clinics/", {**FULL, "language": language})
    page = html(client.get(answer["Location"]))
    ids = {each for each in page.ids if each.startswith("paste-")}
    known = language in ("es", "en-es")

    assert answer["Location"].endswith(f"/?language={language}" if known else "/")
    assert next(link for link in page.links if "/sheet/" in link).startswith(sheet)
    assert ids == {"paste-letter", "paste-phone"} | texts
    (choice,) = page.find("select", name="language")
    chosen = [
        each.get("value") for each in choice.iter("option") if each.get("selected") is not None
    ]
    assert chosen == [language if known else ""]
    assert page.find("html")[0].get("lang") == "en-US"


@pytest.mark.usefixtures("turned_on")
def test_spanish_texts_are_narrow_and_say_who_translated_them(links: list[Link]) -> None:
    """The note: 75 columns, the address alone on a line, with the number to call, the code and the
    release; nothing that becomes another word where a record system drops the accents.
    """
    for link in links:
        note, message = texts(link, SPANISH)
        rows = note.splitlines()
        address = link.within(SPANISH).address
        assert "/es/go/" in address and address in rows and address in message.splitlines()
        assert max(map(len, rows)) <= COLUMNS and len(rows) <= 15
        assert link.grouped.upper() in note and SPANISH.site.release in note
        assert SPANISH.site.phones["emergency"].number in note
        assert rows[-1] == message.splitlines()[-1] == SPANISH.ui["handout-translated"]
        assert not re.search(r"\baños?\b", note.lower())


@pytest.mark.usefixtures("turned_on")
def test_a_spanish_text_message_has_only_letters_of_text_messages(links: list[Link]) -> None:
    """One other letter would cut its room by half. Without the line about the translation, which a
    signature takes away, it is one message; with it, two.
    """
    for link in links:
        _, message = texts(link, SPANISH)
        signed = message.removesuffix(f"\n{SPANISH.ui['handout-translated']}")

        assert {each for each in message if not each.isascii()} <= set(GSM)
        assert len(signed) <= MESSAGE
        assert len(message) <= 2 * PART


def texts(link: Link, library: Library) -> tuple[str, str]:
    """The note and the message of a link in a language."""
    found = {block.kind: block.text for block in blocks(link, [link.within(library)])}
    return found["note"], found["message"]


@pytest.mark.parametrize("path", ["sheet/{}/", "sheet/{}/large/", "sheet/{}/both/"])
@pytest.mark.usefixtures("turned_on")
def test_a_spanish_sheet_has_the_english_beneath_each_sign(
    client: Client, html: Callable[..., Html], sheet: Callable[[str], str], path: str
) -> None:
    """Every sign of the place, in both languages; the software is named; the code leads to `/es/`."""
    page = html(client.get(f"/es{sheet(path)}"))
    text = page.words("article")
    signs = [
        (question.id, sign)
        for question in LIBRARY.guide.danger
        for sign in question.offered({"place": frozenset(("back",))})
        if question.levels.get(sign) in ("emergency", "today")
    ]

    assert page.find("html")[0].get("lang") == "es-US"
    for question, sign in signs:
        for each in (SPANISH, LIBRARY):
            words = each.questions[question].choices[sign]
            if sign not in LIBRARY.guide.questions[question].never_stored:
                assert (words.short or words.label) in text, sign
    assert LIBRARY.site.phones["crisis"].number in text and "AYUDA" in text
    assert SPANISH.ui["handout-translated"] in text
    assert "whatsnext.example/es/go/" in text
    assert ("whatsnext.example/go/" in text) is ("both" in path)
    assert (LIBRARY.ui["handout-lead"] in text) is ("both" in path)


@pytest.mark.usefixtures("turned_on")
def test_staff_reads_english_on_a_spanish_sheet(
    client: Client, html: Callable[..., Html], sheet: Callable[[str], str]
) -> None:
    """What is not printed says so, in the language of the clinic."""
    for path in (sheet("sheet/{}/"), "/clinics/forms/knee/", "/clinics/booklets/sciatica/"):
        page = html(client.get(f"/es{path}"))
        (staff,) = page.find("div", class_="flow no-print")
        assert staff.get("lang") == "en"
        assert not set(" ".join(staff.itertext())) & set("ñ¿¡")


def test_a_questionnaire_in_fhir_has_the_spanish_that_is_handed_out(
    client: Client, settings: Any
) -> None:
    """Each text, choice and card; while nobody has signed it, the description says so."""
    settings.UNSIGNED_HANDOUTS = ("es",)
    form = client.get("/fhir/Questionnaire/whats-next").json()

    def spanish(holder: dict[str, Any], field: str) -> str:
        (found,) = holder[f"_{field}"]["extension"]
        return str({each["url"]: [*each.values()][1] for each in found["extension"]}["content"])

    assert spanish(form, "title") == SPANISH.ui["start-title"]
    assert spanish(form, "description").endswith(SPANISH.ui["handout-translated"])
    for item in form["item"]:
        assert spanish(item, "text")
        for option in item.get("answerOption", ()):
            coding = option["valueCoding"]
            words = SPANISH.questions[coding["system"].rpartition("/")[2]]
            assert spanish(coding, "display") == words.choices[coding["code"]].label
    settings.UNSIGNED_HANDOUTS = ()
    assert "_text" not in client.get("/fhir/Questionnaire/whats-next").text


def test_only_languages_that_are_handed_out_are_spoken(settings: Any) -> None:
    """By name, alone or beside the original; all else is the original."""
    for on, wanted in ((("es",), (LIBRARY, SPANISH)), ((), (LIBRARY,))):
        settings.UNSIGNED_HANDOUTS = on
        assert [each.language.name for each in spoken(LIBRARY, "en-es")] == [
            each.language.name for each in wanted
        ]
