"""The pages to take along: the same rules as the outcome, and nothing that could harm."""

import re
from datetime import timedelta

import pytest

from tests.site_fixtures import TODAY, words
from tests.stories import NO_DANGER, STORY, choices_of
from treatment_guide.engine.code import decode
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.reader import Reader
from treatment_guide.http import clock
from treatment_guide.http.origin import public_origin
from treatment_guide.library.content_check import current_library
from treatment_guide.paper.sheet_options import find_outs
from treatment_guide.paper.sheet_words import in_running_text

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


def listed(page):
    """The names of options that a sheet lists as worth asking about."""
    rows = page.find("div", role="group")
    return [words(row[0]).split(" (")[0] for row in rows] or [
        words(item).split(" (")[0]
        for names in page.find("ul", class_="plain-names")
        for item in names
    ]


def names_of(standings):
    return [LIBRARY.options[s.option].page.short for s in standings]


@both
@pytest.mark.parametrize("place", GUIDE.questions["place"].choices)
def test_a_sheet_lists_what_fits_and_names_later_with_what_comes_first(
    client, code, html, fullest, kind, place
):
    """What usually comes later stands in one line, never among what to ask for; what is not usual
    here is only counted: a sheet must not be quoted to refuse care.
    """
    answers = {**fullest[place], **NO_DANGER}
    outcome = narrow(Reader(GUIDE, choices_of(answers)))
    page = sheet(client, code, html, kind, answers)
    text = page.words("article")

    assert listed(page) == names_of(outcome.group("fits"))
    line = LIBRARY.ui["sheet-later" if kind == "take" else "clinician-later"]
    after = text.partition(line)[2]
    assert all(in_running_text(name) in after for name in names_of(outcome.group("later")))
    away = names_of(outcome.group("less-likely"))
    notes = [words(note) for note in page.find("p", class_="small-print")]
    assert not [name for name in away if in_running_text(name) in " ".join(notes)]
    if kind == "take" and away:
        assert f"{len(away)} more." in text


@both
def test_a_worn_knee_reads_what_joint_replacement_comes_after(client, code, html, kind):
    """An option that usually comes later is on paper, with the change that brings it nearer."""
    told = {**STORY, "tried": "medicines"}
    text = sheet(client, code, html, kind, told).words("article")

    assert LIBRARY.questions["tried"].choices["exercise"].change in text.lower()
    assert "joint replacement" in text


def test_who_knows_little_gets_what_to_find_out_before_any_box(client, code, html):
    """What the most options wait for comes first, with whom to ask and how many wait."""
    page = sheet(client, code, html, "take", NO_DANGER)
    finding = page.find("ul", class_="find-out")[0]
    text = page.words("article")

    assert len(finding) >= 6
    assert LIBRARY.questions["cause"].find_out in words(finding[0])
    assert re.search(r"\d+ options wait", words(finding[0]))
    assert text.index(LIBRARY.ui["sheet-find"]) < text.index(LIBRARY.ui["sheet-lean"])
    assert len(listed(page)) < 8


@pytest.mark.parametrize("place", GUIDE.questions["place"].choices)
def test_an_option_waits_for_one_thing_to_find_out(fullest, place):
    """Each is named once, behind the question that the most options wait for."""
    reader = Reader(GUIDE, choices_of({"place": place, **NO_DANGER}))
    outcome = narrow(reader)
    found = find_outs(LIBRARY, reader, outcome)
    waiting = [name for each in found for name in each.waiting]

    assert len(waiting) == len(set(waiting)) == len(outcome.group("depends"))
    counts = [len(each.waiting) for each in found]
    assert counts == sorted(counts, reverse=True)


def test_boxes_and_lines_are_real_and_nothing_of_them_is_sent_or_kept(client, code, html):
    """They work on a phone as on paper: no form, no value, nothing that a browser remembers."""
    for kind in KINDS:
        page = sheet(client, code, html, kind, TOLD)
        inputs = page.find("article")[0].iter("input")

        assert not page.find("form")
        assert all(each.get("autocomplete") == "off" for each in inputs)
        assert not [each for each in page.find("input") if each.get("value")]
        assert LIBRARY.ui["take-kept-nowhere"] in page.text
    boxes = sheet(client, code, html, "take", TOLD).find("input", type="radio")
    assert len(boxes) == 3 * len({each.get("name") for each in boxes}) > 0


def test_every_sheet_asks_what_is_unclear_and_who_comes_along(client, code, html, fullest):
    """By hand, from the shortest answers to the fullest: no name is asked of a screen."""
    for answers in (NO_DANGER, *fullest.values()):
        said = sheet(client, code, html, "take", answers).words("article")

        assert all(LIBRARY.ui[f"sheet-{key}"] in said for key in ("lean", "top", "unclear", "with"))


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


def test_the_page_of_the_reader_names_a_danger_sign_that_was_ticked(client, code, html):
    """First of all: the options below wait until a doctor "has looked at that sign"."""
    short = LIBRARY.questions["urgent"].choices["slow-worry"].short
    told = sheet(client, code, html, "take", {**TOLD, "urgent": "slow-worry"}).words(
        "p", class_="to-say"
    )

    assert told.startswith(LIBRARY.ui["sheet-sign"].format(signs=short))
    assert short not in sheet(client, code, html, "take", TOLD).words("p", class_="to-say")


def test_large_print_says_the_same(client, code, html):
    """The same page in another size, one link away."""
    usual = sheet(client, code, html, "take", TOLD)
    large = sheet(client, code, html, "take", TOLD, "?print=large")

    assert "?print=large" in usual.links
    assert f"/whats-next/take/{code(TOLD)}/" in large.links
    assert large.find("article")[0].get("class", "").endswith(" large")
    assert large.words("p", class_="to-say") == usual.words("p", class_="to-say")


def test_the_clinician_reads_what_was_said_and_what_was_only_not_ticked(client, code, html):
    """Answers by their names; what was left open; signs reported and not ticked, with the day."""
    answers = {**TOLD, "urgent": "slow-worry", "guided": "not-sure"}
    del answers["impact"]
    page = sheet(client, code, html, "clinician", answers)
    table = {
        "".join(row[0].itertext()): "".join(row[1].itertext())
        for row in page.find("dl", class_="answer-list")[0]
    }
    signs = LIBRARY.questions["urgent"].choices

    assert table["Health"] == "I take a blood thinner; I have diabetes"
    assert table[LIBRARY.ui["clinician-unsure"]] == LIBRARY.questions["guided"].name
    assert table[LIBRARY.ui["not-answered"]] == LIBRARY.questions["impact"].name
    box = page.words("section", class_="frame")
    reported, unticked = box.split(f"{LIBRARY.ui['clinician-unticked']}:")
    assert signs["slow-worry"].short in reported
    assert signs["slow-worry"].short not in unticked
    assert signs["breathing"].short in unticked
    assert "November 22, 2026" in reported


@pytest.mark.parametrize("question", ["urgent", "urgent-here"])
def test_a_sign_that_a_doctor_may_have_checked_stands_apart(client, code, html, question):
    """Who had one of the signs checked has left out none of that list: it is not "not ticked"."""
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
    checked, unticked = box.split(f"{LIBRARY.ui['clinician-unticked']}:")
    assert LIBRARY.ui["clinician-checked"] in checked
    assert (first[question] in checked, first[question] in unticked) == (True, False)
    assert (first[other] in checked, first[other] in unticked) == (False, True)


def test_a_sign_that_no_code_holds_is_not_called_unticked(client, code, html):
    """Whoever ticked it was sent for help, and no code tells us so."""
    never = [
        LIBRARY.questions[question.id].choices[sign].short
        for question in GUIDE.danger
        for sign in question.never_stored
    ]
    page = sheet(client, code, html, "clinician", TOLD)

    assert never
    assert not any(short in page.text for short in never)


def test_no_sign_is_called_denied(client, code, html):
    """Two ticks of "none of these" are not a no to thirteen signs: the sheet says what was done."""
    for answers, none in ((TOLD, True), ({**TOLD, "urgent": "slow-worry"}, False)):
        page = sheet(client, code, html, "clinician", answers)

        assert (
            LIBRARY.ui["clinician-none-ticked"] in page.words("article").replace("\xa0", " ")
        ) is none
        assert "Said no" not in page.text


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
