"""The link kit: a few choices become a link, a code, texts and a sheet, with and without htmx."""

import pytest

from tests.photocopies import blotted, printed, read
from treatment_guide.clinics.handout_texts import COLUMNS, MESSAGE, blocks
from treatment_guide.engine.code import WrongCode, decode
from treatment_guide.library.content_check import current_library
from treatment_guide.library.qr import qr_svg

FULL = {
    "place": "knee",
    "cause": "arthritis",
    "guided": "by-feel",
    "count": "two",
    "clinic": "example-clinic",
}


@pytest.fixture
def made(client):
    """The address of the link for a form."""
    return lambda fields: client.post("/clinics/", fields)["Location"]


def test_a_form_leads_to_a_link_with_an_address_of_its_own(client, html):
    """POST and redirect: the result can be kept, and its address holds no plain answer."""
    answer = client.post("/clinics/", FULL)

    assert answer.status_code == 303
    page = html(client.get(answer["Location"]))
    assert page.find("input", name="place", value="knee")[0].get("checked") is not None
    assert not any(word in answer["Location"] for word in FULL.values())


def test_the_kit_says_first_what_nobody_has_done(client, html):
    """Who is to hand it out learns before the first choice that no clinician has reviewed it."""
    page = html(client.get("/clinics/"))
    there = html(client.get("/clinics/linking/"))
    text, ui = page.text, current_library().ui

    assert text.index(ui["reviewed-none"]) < text.index(ui["clinics-place"])
    assert "/clinics/linking/#before" in page.links
    assert "before" in there.ids


def test_place_and_cause_take_four_characters_and_all_of_it_seven(links):
    """Short enough to type from paper."""
    assert max(len(link.code) for link in links if not link.clinic) <= 4
    assert max(len(link.code) for link in links) <= 7


def test_a_link_says_what_was_chosen_and_nothing_else(links):
    """The code comes back to the choices and the clinic, and carries no danger sign."""
    guide = current_library()
    for link in links:
        decoded = decode(guide.layout, guide.guide.questions, link.code)
        assert decoded.answers == link.answers
        assert decoded.clinic == (link.clinic.number if link.clinic else None)
        assert decoded.day is None


def test_without_a_place_the_form_says_so(client, html):
    """Nothing can be made of nothing, and the fault is said."""
    answer = client.post("/clinics/", {"cause": "arthritis"})

    assert answer.status_code == 422
    assert html(answer).find("div", role="alert")


def test_a_cause_that_the_place_does_not_offer_falls_away(made):
    """As when the place is changed after the cause was chosen."""
    assert made({"place": "knee", "cause": "carpal-tunnel"}) == made({"place": "knee"})


@pytest.mark.parametrize("target", ["rest", "div#rest", "result", "section#result"])
def test_a_tick_gets_a_fragment_and_the_new_address(client, target, made):
    """htmx swaps what follows the choice; the page around it stays."""
    answer = client.post("/clinics/", FULL, headers={"HX-Request": "true", "HX-Target": target})

    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert ('id="rest"' in answer.text) == ("rest" in target)
    assert answer["HX-Replace-Url"] == made(FULL)
    assert answer["Cache-Control"] == "no-store"


def test_a_code_of_a_reader_is_cut_down_to_what_a_clinic_tells(client, code):
    """A link for a note never carries what a patient answered."""
    long = code({"place": "knee", "cause": "arthritis", "health": "diabetes"})

    assert client.get(f"/clinics/link/{long}/")["Location"] == "/clinics/link/{}/".format(
        code({"place": "knee", "cause": "arthritis"})
    )


@pytest.mark.parametrize("page", ["link/{}/", "sheet/{}/", "sheet/{}/large/", "link/{}/qr.png"])
@pytest.mark.parametrize("wrong", ["nonsense", "0gb", "0"])
def test_a_wrong_code_gets_a_kind_page(client, page, wrong):
    """Also a code that names no place."""
    assert client.get(f"/clinics/{page.format(wrong)}").status_code == 404


def test_every_kit_link_leads_to_the_danger_signs_first(client, links):
    """No code from a clinic skips them."""
    for link in links:
        answer = client.get(f"/go/{link.code}/")
        assert answer["Location"].startswith("/whats-next/urgent/")


def test_the_qr_code_of_every_link_is_read_back_from_paper(links):
    """25 mm, 150 dots an inch, one bit: as printed, and with a blot over a tenth of it."""
    for link in links:
        assert read(printed(link.address)) == [link.address]
        for copy in blotted(link.address):
            assert read(copy) == [link.address], link.code


def test_the_page_shows_the_qr_code_of_its_link_and_hands_it_out(client, made):
    """Inline, as SVG and as PNG."""
    address = made(FULL)
    code = address.split("/")[3]

    assert qr_svg(f"https://whatsnext.example/go/{code}/") in client.get(address).text
    assert client.get(f"{address}qr.svg")["Content-Type"] == "image/svg+xml"
    png = client.get(f"{address}qr.png")
    assert png["Content-Type"] == "image/png" and png.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", ["html", "exe", "PNG", "p\nng", "\u00e9", "\x00"])
def test_a_qr_code_of_an_unknown_kind_is_not_there(wsgi, kind):
    """A line feed in a file's name was a fault of ours; another ending named a file that lied."""
    assert wsgi("GET", f"/clinics/link/0g4f/qr.{kind}").status == 404


@pytest.mark.parametrize("kind", ["note", "letter", "phone"])
def test_a_text_to_paste_is_plain_and_narrow(links, kind):
    """ASCII, 75 columns, at most 12 lines, the address alone on a line of its own, the release."""
    for link in links:
        text = next(block.text for block in blocks(link) if block.kind == kind)
        rows = text.splitlines()
        assert text.isascii()
        assert max(map(len, rows)) <= COLUMNS
        assert len(rows) <= 12
        assert link.address in rows
        assert link.grouped.upper() in text
        assert link.library.site.release in text


def test_a_text_message_fits_into_one(links):
    """160 characters, ASCII, the address on its own line."""
    for link in links:
        text = next(block.text for block in blocks(link) if block.kind == "message")
        assert text.isascii()
        assert len(text) <= MESSAGE
        assert link.address in text.splitlines()


@pytest.mark.parametrize("kind", ["note", "phone", "message"])
def test_a_text_for_patients_says_when_to_call(links, kind):
    """The emergency number of the region stands in it."""
    emergency = current_library().site.phones["emergency"].number
    text = next(block.text for block in blocks(links[0]) if block.kind == kind)

    assert emergency in text


def test_the_code_box_reads_kindly(client, links):
    """Hyphens, spaces, lower and upper case; O for 0, I and L for 1."""
    for link in links:
        for typed in (
            link.grouped,
            link.grouped.upper(),
            " ".join(link.code),
            link.code.replace("0", "O").replace("1", "I"),
            link.code.replace("0", "o").replace("1", "l"),
        ):
            there = client.get("/go/", {"code": typed})
            assert there["Location"] == f"/whats-next/urgent/{link.code}/", typed


def test_every_single_wrong_character_and_every_swap_of_neighbors_is_refused(links):
    """For every code of the kit: nothing is guessed."""
    guide = current_library()
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    tried = 0
    for link in links:
        plain = link.code
        wrong = {plain[:i] + c + plain[i + 1 :] for i in range(len(plain)) for c in alphabet}
        wrong |= {
            plain[:i] + plain[i + 1] + plain[i] + plain[i + 2 :] for i in range(len(plain) - 1)
        }
        for text in wrong - {plain}:
            tried += 1
            with pytest.raises(WrongCode):
                decode(guide.layout, guide.guide.questions, text)
    assert tried > 10_000


def test_the_sheet_holds_what_paper_needs(client, html, made):
    """QR code, an address to type, the code, danger signs of that place, release and dates."""
    address = made(FULL).replace("/link/", "/sheet/")
    page = html(client.get(address))
    guide = current_library()
    text = page.words("article")

    code = address.split("/")[3]
    assert f"whatsnext.example/go/{code}" in text
    assert qr_svg(f"https://whatsnext.example/go/{code}/") in page.text
    for sign in ("breathing", "injury", "hot-joint"):
        assert guide.questions["urgent"].choices[sign].label in text
    assert guide.questions["urgent-here"].choices["locked"].label in text
    assert guide.questions["urgent-here"].choices["cord"].label not in text
    assert guide.site.release in text
    assert f"{guide.pages['get-help-now'].checked:%Y}" in text
    assert guide.site.phones["crisis"].number in text
    assert guide.ui["clinic-language-help"] in text


def test_a_sheet_in_large_print_says_the_same(client, html, made):
    """Larger, not less."""
    address = made(FULL).replace("/link/", "/sheet/")

    plain, large = (html(client.get(each)) for each in (address, f"{address}large/"))
    assert plain.words("article") == large.words("article")


INJECTED = "Call 900-555-0199 at evil.example"


@pytest.mark.parametrize(
    "field", ["clinic", "phone", "name", "out-of-hours", "website", "hours", "wait", "contact"]
)
def test_no_contact_detail_comes_from_an_address_or_a_form(client, made, field):
    """Only a clinic's own file can put a telephone number on a page."""
    sent = {**FULL, field: INJECTED}
    made_of_it = client.post("/clinics/", sent)
    pages = [
        client.post("/clinics/", sent, headers={"HX-Request": "true", "HX-Target": "rest"}),
        client.get("/clinics/", sent),
        client.get(made_of_it["Location"], {field: INJECTED}),
        client.get(made_of_it["Location"].replace("link", "sheet"), {field: INJECTED}),
        client.get(made_of_it["Location"].replace("/clinics/link", "/go"), {field: INJECTED}),
    ]

    for page in pages:
        assert "900-555-0199" not in page.text
        assert "evil.example" not in page.text
        assert "evil" not in page.get("Location", "")
    assert "evil" not in made_of_it["Location"]
