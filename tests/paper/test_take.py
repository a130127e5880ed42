"""The pages to take along: the same rules as the outcome, and nothing that could harm."""

import re
from datetime import timedelta

import pytest

from tests.site_fixtures import TODAY
from tests.stories import NO_DANGER, STORY, choices_of
from treatment_guide.engine.code import decode
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.reader import Reader
from treatment_guide.http import clock
from treatment_guide.http.origin import public_origin
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
GUIDE = LIBRARY.guide
KINDS = ["take", "clinician"]
TOLD = {**STORY, "health": "diabetes blood-thinners", "matters": "avoid-surgery sleep"}

both = pytest.mark.parametrize("kind", KINDS)


def sheet(client, code, html, kind, answers, query=""):
    """The page as it is read."""
    response = client.get(f"/whats-next/{kind}/{code(answers)}/{query}")
    assert response.status_code == 200
    return html(response)


def pasted(page):
    """The text to paste."""
    return page.words("textarea"), "".join(page.find("textarea")[0].itertext())


@both
def test_a_sheet_comes_after_the_danger_signs(client, code, kind):
    """Not answered for today: they are asked. An urgent one: the way to help, without a code."""
    first = next(iter(GUIDE.questions))
    asked = client.get(f"/whats-next/{kind}/{code({'place': 'knee'})}/")
    urgent = client.get(f"/whats-next/{kind}/{code({**TOLD, 'urgent': 'breathing'})}/")

    assert asked["Location"].startswith(f"/whats-next/{first}/")
    assert urgent["Location"] == "/get-help-now/#emergency"
    assert client.get(f"/whats-next/{kind}/nonsense/").status_code == 404


@both
def test_a_sheet_is_kept_nowhere_and_found_nowhere(client, code, html, kind):
    """An answer page: not stored, not indexed, no referrer, no answer in the title."""
    response = client.get(f"/whats-next/{kind}/{code(TOLD)}/")

    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "nee" not in html(response).words("title")


@both
def test_a_sheet_leads_back_by_a_code_without_danger_signs_and_time(client, code, html, kind):
    """Both are about now. The address carries the release that it was printed from."""
    page = sheet(client, code, html, kind, TOLD)
    (address,) = [link for link in page.links if link.startswith(public_origin(LIBRARY))]
    found = re.fullmatch(rf"{public_origin(LIBRARY)}/go/(\w+)/\?r=([\d.]+)", address)
    assert found is not None
    decoded = decode(LIBRARY.layout, GUIDE.questions, found[1])

    assert found[2] == LIBRARY.site.release
    assert set(decoded.answers) == set(TOLD) - {"urgent", "urgent-here", "since"}
    assert found[1] in page.words("b", class_="answer-code").replace("-", "")


@both
@pytest.mark.parametrize("place", GUIDE.questions["place"].choices)
def test_a_sheet_names_what_fits_or_depends_and_nothing_else(
    client, code, html, fullest, kind, place
):
    """What is later or not usual here must not be quoted to refuse care."""
    answers = {**fullest[place], **NO_DANGER}
    outcome = narrow(Reader(GUIDE, choices_of(answers)))
    page = sheet(client, code, html, kind, answers)
    listed = [
        "".join(item.itertext()) for names in page.find("ul", class_="tick-list") for item in names
    ]

    expected = [*outcome.group("fits"), *outcome.group("depends")]
    assert listed == [LIBRARY.options[s.option].page.short for s in expected]
    if kind == "clinician":
        _, text = pasted(page)
        away = [*outcome.group("later"), *outcome.group("less-likely")]
        names = {line.removeprefix("- ") for line in text.splitlines()}
        assert not names & {LIBRARY.options[s.option].page.short for s in away}


def test_the_page_of_the_reader_says_all_that_was_answered(client, code, html):
    """In the reader's voice, with what matters, the questions and the danger signs."""
    page = sheet(client, code, html, "take", TOLD)
    text = page.words("article")

    for question in ("place", "cause", "response", "since", "health"):
        for choice in TOLD[question].split():
            assert LIBRARY.questions[question].choices[choice].told in text
    assert LIBRARY.questions["matters"].choices["sleep"].label in text
    assert LIBRARY.asks["help-with-sleep"] in text
    assert LIBRARY.questions["urgent"].choices["breathing"].short in text
    assert LIBRARY.questions["urgent-here"].choices["locked"].short in text
    assert LIBRARY.site.phones["emergency"].number in text
    assert "November 22, 2026" in text


def test_danger_signs_on_paper_are_those_of_the_place(client, code, html):
    """A page about a knee does not speak of the spine; without a place it speaks of both."""
    spine = LIBRARY.questions["urgent-here"].choices["bladder-saddle"].short

    assert spine not in sheet(client, code, html, "take", TOLD).words("article")
    assert spine in sheet(client, code, html, "take", NO_DANGER).words("article")


def test_large_print_says_the_same(client, code, html):
    """The same page in another size, one link away."""
    usual = sheet(client, code, html, "take", TOLD)
    large = sheet(client, code, html, "take", TOLD, "?print=large")

    assert "?print=large" in usual.links
    assert f"/whats-next/take/{code(TOLD)}/" in large.links
    assert len(large.find("article", class_="sheet large")) == 1
    assert large.words("p", class_="to-say") == usual.words("p", class_="to-say")


def test_the_clinician_reads_what_was_said_what_was_not_and_what_was_denied(client, code, html):
    """Answers by their names; what was left open; signs reported and denied, with the day."""
    answers = {**TOLD, "urgent": "slow-worry", "guided": "not-sure"}
    del answers["impact"]
    page = sheet(client, code, html, "clinician", answers)
    table = {
        "".join(row[0].itertext()): "".join(row[1].itertext())
        for row in page.find("dl", class_="answer-list")[0]
    }
    words = LIBRARY.questions["urgent"].choices

    assert table["Health"] == "I take a blood thinner; I have diabetes"
    assert table[LIBRARY.ui["clinician-unsure"]] == LIBRARY.questions["guided"].name
    assert table[LIBRARY.ui["not-answered"]] == LIBRARY.questions["impact"].name
    box = page.words("section", class_="frame")
    reported, denied = box.split(f"{LIBRARY.ui['clinician-denied']}:")
    assert words["slow-worry"].short in reported
    assert words["slow-worry"].short not in denied
    assert words["breathing"].short in denied
    assert "November 22, 2026" in reported


@pytest.mark.parametrize("question", ["urgent", "urgent-here"])
def test_a_sign_that_a_doctor_may_have_checked_is_never_called_denied(client, code, html, question):
    """Somebody who had one of the signs checked has denied none of that list: it stands apart."""
    page = sheet(client, code, html, "clinician", {**TOLD, question: "checked"})
    other = "urgent-here" if question == "urgent" else "urgent"
    first = {
        name: next(
            LIBRARY.questions[name].choices[sign].short
            for sign in GUIDE.questions[name].offered({"place": frozenset({TOLD["place"]})})
            if sign in GUIDE.questions[name].levels
        )
        for name in (question, other)
    }

    box = page.words("section", class_="frame")
    checked, denied = box.split(f"{LIBRARY.ui['clinician-denied']}:")
    assert LIBRARY.ui["clinician-checked"] in checked
    assert (first[question] in checked, first[question] in denied) == (True, False)
    assert (first[other] in checked, first[other] in denied) == (False, True)


def test_a_sign_that_no_code_holds_is_never_called_denied(client, code, html):
    """Whoever ticked it was sent for help, and no code tells us so."""
    never = [
        LIBRARY.questions[question.id].choices[sign].short
        for question in GUIDE.danger
        for sign in question.never_stored
    ]
    page = sheet(client, code, html, "clinician", TOLD)

    assert never
    assert not any(short in page.text for short in never)


def test_signs_answered_yesterday_carry_yesterdays_date(client, code, html):
    """The clinician reads when the signs were asked about."""
    answers = code(TOLD, day=TODAY - 1)
    page = html(client.get(f"/whats-next/clinician/{answers}/"))

    assert "November 21, 2026" in page.words("section", class_="frame")


@pytest.mark.parametrize("place", GUIDE.questions["place"].choices)
def test_the_text_to_paste_fits_every_record_system(client, code, html, fullest, place):
    """ASCII, at most 75 columns, no tab. The address stands on a line of its own, which is as long
    as it is: a broken address leads nowhere, and it grows with every question.
    """
    answers = {**fullest[place], **NO_DANGER}
    page = sheet(client, code, html, "clinician", answers)
    _, text = pasted(page)
    lines = text.strip("\n").split("\n")

    assert text.isascii()
    assert "\t" not in text
    assert max(map(len, lines[:-1])) <= 75
    assert lines[-1] in page.links
    assert "readonly" in page.find("textarea")[0].attrib


def test_the_outcome_leads_to_both_pages(client, code, html):
    """From "Keep it": the reader's page, the clinician's page, the code."""
    page = sheet(client, code, html, "outcome", TOLD)

    assert {f"/whats-next/{kind}/{code(TOLD)}/" for kind in KINDS} <= set(page.links)


@pytest.mark.parametrize("page", ["take", "clinician", "calendar"])
def test_a_request_at_midnight_speaks_of_one_day(client, code, monkeypatch, page):
    """The clock is asked once for a visit: all of an answer speaks of the day that it began on."""
    told = {**TOLD, "since": "under-2-weeks"} if page == "calendar" else TOLD
    address = f"/whats-next/{page}/{code(told)}/"
    whole = client.get(address)
    began, later = clock.now(), clock.now() + timedelta(days=1)
    moments = iter([began])
    monkeypatch.setattr(clock, "now", lambda: next(moments, later))

    assert whole.status_code == 200
    assert client.get(address).content == whole.content
