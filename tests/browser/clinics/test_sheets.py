"""What a reader takes to the appointment, as a printer lays it on paper."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.photocopies import read
from tests.stories import NO_DANGER, STORY, choices_of
from treatment_guide.engine.code import encode
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
QUESTIONS = LIBRARY.guide.questions
ORIGIN = LIBRARY.site.origin

TOLD = {**STORY, "matters": "avoid-surgery low-risk"}


def everything(place: str, unsure: bool) -> dict[str, str]:
    """Every question answered with as much as can be ticked, definite or not sure."""
    answers = {
        "urgent": "slow-worry stiff-joints checked",
        "place": place,
        "urgent-here": "checked",
    }
    for name, question in QUESTIONS.items():
        if question.about_danger or name == "place":
            continue
        offered = question.offered({"place": frozenset({place})})
        real = [choice for choice in offered if choice in question.real_choices]
        if question.kind == "several":
            ticked = real[: question.most] if question.most else real
            answers[name] = " ".join([*ticked, *(["not-sure"] if unsure else [])][: question.most])
        else:
            answers[name] = "not-sure" if unsure else max(real or ["not-sure"], key=len)
    return answers


#: From nothing said to all of it.
ANSWERS = {
    "nothing": NO_DANGER,
    "a story": TOLD,
    **{f"all {place}": everything(place, False) for place in QUESTIONS["place"].real_choices},
    "all not sure": everything("not-sure", True),
    "much not sure": everything("several", True),
}
#: Address below /whats-next/, query, and the most pages it may take.
SHEETS = [("take", "", 1), ("clinician", "", 1), ("take", "?print=large", 2)]

#: Answers whose sheets are measured in Spanish too, and the pages of the kit's sheets.
SPANISH = ("nothing", "a story", "all outer-hip", "all several", "all not sure")
KIT = {"": 1, "both/": 1, "both/large/": 2}

#: An inch has 96 CSS pixels; the worst printers lay down 150 dots.
WORST_PRINTER = 150 / 96


def pages(pdf: bytes) -> int:
    """How many pages a PDF of Chromium has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.fixture
def sheet(look, code):
    """Look at a sheet: `sheet("take", TOLD)`. An error would be heard on the console."""

    def look_at_it(kind: str, answers: dict[str, str], query: str = "", **options: object):
        page = look(f"/whats-next/{kind}/{code(answers)}/{query}", **options)
        assert f"/{kind}/" in page.url
        return page

    return look_at_it


@pytest.mark.parametrize(("kind", "query", "most"), SHEETS)
def test_a_sheet_is_one_page_whatever_was_answered(look, code, kind, query, most):
    """On A4 and on Letter, from the shortest answers to the fullest, with the clinic they come
    from. Large print may take two.
    """
    found = {}
    for name, answers in ANSWERS.items():
        page = look(f"/whats-next/{kind}/{code(answers, clinic=1)}/{query}")
        assert f"/{kind}/" in page.url
        found[name] = [pages(page.pdf(format=paper)) for paper in ("A4", "Letter")]

    assert {name: count for name, count in found.items() if max(count) > most} == {}
    assert all(count == [1, 1] for count in found.values()) or most > 1


@pytest.mark.parametrize(("query", "most"), [("", 1), ("?print=large", 2)])
@pytest.mark.parametrize("language", LIBRARY.translations)
def test_a_sheet_is_one_page_in_every_language(look, code, language, query, most):
    """With what takes the most room, and in the least print; it says there that software translated
    it.
    """
    found = {}
    for name in ("nothing", "a story", "all several", "all not sure"):
        page = look(f"/{language}/whats-next/take/{code(ANSWERS[name], clinic=1)}/{query}")
        said = LIBRARY.translations[language].ui["sheet-translated"]
        assert said in page.locator("article.sheet").inner_text()
        found[name] = max(pages(page.pdf(format=paper)) for paper in ("A4", "Letter"))

    assert {name: count for name, count in found.items() if count > most} == {}


def test_a_blank_form_is_one_sheet_of_two_sides(look):
    """At every place, on A4 and on Letter: the danger signs in front, the questions behind."""
    found = {}
    for place in QUESTIONS["place"].real_choices:
        page = look(f"/clinics/forms/{place}/")
        found[place] = [pages(page.pdf(format=paper)) for paper in ("A4", "Letter")]

    assert {place: count for place, count in found.items() if count != [2, 2]} == {}


def test_spanish_paper_keeps_its_pages(look, code, settings):
    """With the English beneath each danger sign, shortest and fullest; the sheet in two languages
    too. Large print may take two pages, and a form has two sides.
    """
    settings.UNSIGNED_HANDOUTS = ("es",)
    kit = [
        code({"place": "elbow"}),
        code(
            {
                "place": "back",
                "cause": "after-surgery",
                "guided": "by-feel",
                "count": "three-or-more",
            },
            clinic=1,
        ),
    ]
    ours = {name: code(ANSWERS[name], clinic=1) for name in SPANISH}
    wanted = {f"clinics/sheet/{each}/{path}": most for each in kit for path, most in KIT.items()}
    wanted |= {f"whats-next/take/{each}/": 1 for each in ours.values()}
    wanted |= {f"whats-next/take/{ours['all several']}/?print=large": 2, "clinics/forms/back/": 2}
    found = {}
    for path in wanted:
        page = look(f"/es/{path}")
        assert page.evaluate("document.documentElement.lang") == "es-US"
        found[path] = [pages(page.pdf(format=paper)) for paper in ("A4", "Letter")]

    assert {path: count for path, count in found.items() if max(count) > wanted[path]} == {}


def test_a_booklet_has_at_most_twelve_pages(look):
    """The longest, on A4 and on Letter."""
    longest = max(LIBRARY.situations.values(), key=lambda each: each.page.word_count)
    for situation in (longest.page.id, "knee-arthritis", "sciatica"):
        page = look(f"/clinics/booklets/{situation}/")
        assert max(pages(page.pdf(format=paper)) for paper in ("A4", "Letter")) <= 12


@pytest.mark.parametrize("kind", ["take", "clinician"])
@pytest.mark.parametrize("answers", [NO_DANGER, TOLD, ANSWERS["all back"]])
def test_the_code_on_a_sheet_scans_from_a_bad_print(sheet, kind, answers):
    """At 150 dots an inch, in gray and in pure black and white, it leads to these answers."""
    page = sheet(kind, answers, device_scale_factor=WORST_PRINTER)
    page.emulate_media(media="print")
    gray = Image.open(BytesIO(page.locator(".sheet header > svg").screenshot())).convert("L")
    black = gray.point(lambda value: 255 if value > 127 else 0)

    chosen = choices_of(answers)
    paper = encode(LIBRARY.layout, chosen, paper=True)
    address = f"{ORIGIN}/go/{paper}/{LIBRARY.site.release}/".upper()
    assert read(gray) == [address]
    assert read(black) == [address]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sheet_prints_black_on_white(sheet, scheme):
    """Gray is as good as color, and dark mode stays on the screen."""
    for kind in ("take", "clinician"):
        page = sheet(kind, TOLD, color_scheme=scheme)
        page.emulate_media(media="print")
        picture = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
        colors = picture.getcolors(1 << 24)
        assert colors is not None

        assert all(max(color) - min(color) < 12 for _, color in colors)
        assert max(colors)[1] == (255, 255, 255)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("kind", "query", "most"), SHEETS)
def test_a_sheet_passes_axe(sheet, axe, kind, query, most, scheme):
    """On a phone, light and dark."""
    page = sheet(kind, TOLD, query, color_scheme=scheme)

    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 390])
def test_a_sheet_needs_no_sideways_scrolling(sheet, width):
    """The longest code breaks where it has to."""
    for kind, query, _ in SHEETS:
        page = sheet(kind, ANSWERS["all back"], query, viewport={"width": width, "height": 700})

        assert page.evaluate("document.documentElement.scrollWidth") <= width
