"""Danger signs come first, lead to help, and lapse."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import THE_DAY
from tests.for_each import for_each
from tests.questionnaire.whats_next.shared import (
    DANGER,
    FIRST_RELEASE,
    IN_ADDRESS,
    LIBRARY,
    QUESTIONS,
    SIGNS,
    STORED_SIGNS,
    TICK,
)
from tests.site_fixtures import TODAY, words
from tests.stories import STORY
from treatment_guide.engine.code import decode


@pytest.mark.parametrize("question", DANGER)
def test_an_empty_form_of_danger_signs_is_not_none(post, html, code, question):
    """ "None of these" has to be ticked on purpose: an empty form is asked again, as a fault."""
    response = post(question, code({"urgent": "none", "place": "knee"}))

    page = html(response)

    assert (response.status_code, len(page.find("div", role="alert"))) == (422, 1)


@pytest.mark.parametrize("question", DANGER)
def test_an_empty_form_of_danger_signs_hides_nothing(client, post, html, code, question):
    """The page that says so offers every sign again."""
    here = code({"urgent": "none", "place": "knee"})
    before = html(client.get(f"/whats-next/{question}/{here}/"))

    after = html(post(question, here))

    assert [box.get("value") for box in after.find("input", name=question)] == [
        box.get("value") for box in before.find("input", name=question)
    ]


@pytest.mark.parametrize("question", DANGER)
def test_a_fault_says_so_in_the_title_and_leads_to_the_answers(post, html, code, question):
    """The fault stands first in the title, and its link leads to a control on the page."""
    page = html(post(question, code({"urgent": "none", "place": "knee"})))
    (alert,) = page.find("div", role="alert")
    target = next(alert.iter("a")).get("href").removeprefix("#")

    assert (
        page.words("title").startswith(LIBRARY.ui["fault-title"]),
        [box.get("name") for box in page.find("input", id=target)],
    ) == (True, [question])


def first_box(page):
    """The first box of danger signs on a page: its words, and where its links lead."""
    box = next(each for each in page.find("section") if "danger-box" in each.get("class", ""))
    return words(box), [link.get("href", "") for link in box.iter("a")]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_ticked_sign_is_answered_with_help_at_once(post, html, code, sign):
    """The answer to the form is the help page: that sign first, with a button to call."""
    question, place = SIGNS[sign]
    here = code({"urgent": "none", "place": place})

    response = post(question, here, **{question.replace("-", "_"): sign})

    said, links = first_box(html(response))
    shown = LIBRARY.questions[question].choices[sign]
    assert response.status_code == 200
    assert (shown.label in said) or sign in QUESTIONS[question].never_stored
    assert re.sub(r"<.*?>", "", shown.card).split(".")[0] in said
    assert any(link.startswith(("tel:", "sms:")) for link in links)


@pytest.mark.parametrize("sign", SIGNS)
def test_the_answer_with_help_is_kept_nowhere_and_names_the_sign_nowhere(post, html, code, sign):
    """Its title is that of the help page for all, no link holds the sign, and no cache holds it.

    The way back leads to the question as it was, for whoever has seen a doctor about it.
    """
    question, place = SIGNS[sign]
    here = code({"urgent": "none", "place": place})

    response = post(question, here, **{question.replace("-", "_"): sign})

    page = html(response)
    coded = {link for link in page.links if "/whats-next/" in link and link != "/whats-next/"}
    stored = sign not in QUESTIONS[question].never_stored
    assert page.words("title").startswith(LIBRARY.pages["get-help-now"].title)
    assert coded == ({f"/whats-next/{question}/{here}/"} if stored else set())
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")


@pytest.mark.parametrize("sign", SIGNS)
def test_a_ticked_sign_wins_over_none(post, html, code, sign):
    """A sign ticked beside "none of these" counts."""
    question, place = SIGNS[sign]
    here = code({"urgent": "none", "place": place})

    response = post(question, here, **{question.replace("-", "_"): f"{sign} none"})

    assert html(response).words("h1") == LIBRARY.pages["get-help-now"].title


def test_a_script_is_sent_to_the_usual_help_page(client, code):
    """A tick sent by htmx opens a whole page, whose address holds no answer."""
    response = client.post(f"/whats-next/urgent/{code({})}/", {"urgent": "hot-joint"}, headers=TICK)

    assert response["HX-Redirect"] == "/get-help-now/#today"


@for_each("page", ["outcome", "compare", *QUESTIONS])
@for_each("sign", STORED_SIGNS)
def test_a_code_with_a_sign_leads_to_help_from_any_page(client, code, sign, page):
    """A code that somebody made with a sign in it opens no page but help."""
    question, place = SIGNS[sign]
    answers = {**STORY, "place": place, question: sign}

    response = client.get(f"/whats-next/{page}/{code(answers)}/")

    level = QUESTIONS[question].levels[sign]
    assert (response.status_code, response["Location"]) == (302, f"/get-help-now/#{level}")


@pytest.mark.parametrize("question", [q for q in STORY])
def test_an_answer_sent_with_a_sign_in_its_code_leads_to_help(post, code, question):
    """Answering another question does not lead past a sign."""
    here = code({**STORY, "urgent": "breathing"})

    response = post(question, here, **{question.replace("-", "_"): STORY[question]})

    assert response["Location"] == "/get-help-now/#emergency"


@pytest.mark.parametrize("others", ["", "none", "checked", "slow-worry", "breathing", "hot-joint"])
def test_thoughts_of_self_harm_come_first_of_all(post, html, code, others):
    """Whatever is ticked beside them, their card is the first, with the number to call."""
    response = post("urgent", code(STORY), urgent=f"unsafe {others}")

    said, links = first_box(html(response))
    assert said.startswith(LIBRARY.ui["help-crisis-title"])
    assert f"tel:{LIBRARY.site.phrases['crisis'].dial}" in links


@pytest.mark.parametrize(
    ("question", "sign"), [(q.id, s) for q in LIBRARY.guide.danger for s in q.never_stored]
)
def test_thoughts_of_self_harm_have_no_number(question, sign):
    """No code can say it: the layout has no number for it."""
    numbers = {field.name: field.numbers for field in LIBRARY.layout.fields}

    assert sign not in numbers[question]


@pytest.mark.parametrize("page", ["outcome", *(q for q in QUESTIONS if q != "urgent")])
def test_no_page_comes_before_the_danger_signs(client, code, read, page):
    """A code without an answer to the danger signs opens that question first."""
    response = client.get(f"/whats-next/{page}/{code({'place': 'knee', 'cause': 'arthritis'})}/")

    assert read(response["Location"]) == ("urgent", {"place": "knee", "cause": "arthritis"})


@pytest.mark.parametrize("page", ["outcome", "cause", "impact", "matters"])
def test_no_page_comes_before_the_signs_of_the_place(client, code, read, page):
    """The danger signs of the place come before anything asked after them."""
    response = client.get(f"/whats-next/{page}/{code({'urgent': 'none', 'place': 'knee'})}/")

    assert read(response["Location"])[0] == "urgent-here"


@pytest.mark.parametrize("sign", ["slow-worry", "stiff-joints", "checked"])
def test_a_slow_sign_goes_on(post, code, read, sign):
    """Signs that a doctor should see within days, or has seen, let the reader go on."""
    response = post("urgent", code({}), urgent=sign)

    assert read(response["Location"]) == ("place", {"urgent": sign})


@pytest.mark.parametrize(("age", "asked"), [(0, False), (1, False), (2, True), (30, True)])
def test_danger_signs_lapse_after_a_day(client, code, read, freeze, age, asked):
    """Danger signs answered today or yesterday hold; older ones are asked again."""
    here = code(STORY)
    freeze(THE_DAY + timedelta(days=age))

    response = client.get(f"/whats-next/outcome/{here}/")

    assert (response.status_code == 302 and read(response["Location"])[0] == "urgent") == asked


@given(age=st.integers(min_value=-15_000, max_value=300) | st.sampled_from([1023, 1024, 2046]))
@settings(max_examples=50, deadline=None)
def test_danger_signs_of_another_day_never_hold(client_for_many, code, age):
    """Whatever the day in a code, but for today and yesterday, the danger signs are asked."""
    day = TODAY - age

    response = client_for_many.get(f"/whats-next/outcome/{code(STORY, day=day)}/")

    assert (response.status_code == 200) == (age in (0, 1))


@pytest.mark.parametrize("age", [2, 90, 1023, 1024, 4000])
def test_what_is_about_today_lapses_and_leaves_the_other_answers(client, code, read, freeze, age):
    """The danger signs are asked again, how long ago the injection was is open; everything else
    is still there.
    """
    here = code(STORY)
    freeze(THE_DAY + timedelta(days=age))

    response = client.get(f"/whats-next/outcome/{here}/")

    kept = {q: text for q, text in STORY.items() if q not in (*DANGER, "since")}
    assert read(response["Location"]) == ("urgent", kept)


def test_how_long_ago_is_asked_again_in_its_turn(post, code, read, freeze):
    """With an address of 90 days ago, the danger signs come first, and then how long ago the
    injection was: "under 2 weeks" is no longer true.
    """
    here = code({**STORY, "since": "under-2-weeks"})
    freeze(THE_DAY + timedelta(days=90))

    here = post("urgent", here, urgent="none")["Location"]
    response = post("urgent-here", IN_ADDRESS.fullmatch(here)[2], urgent_here="none")

    page, answers = read(response["Location"])
    assert (page, answers) == ("since", {q: t for q, t in STORY.items() if q != "since"})


@pytest.mark.parametrize("page", ["outcome", "take", "clinician", "compare", "calendar"])
def test_no_page_counts_how_long_ago_it_was_90_days_ago(client, code, read, freeze, page):
    """Whatever page an old address opens, what was true on its day is not told as of today."""
    here = code({**STORY, "since": "under-2-weeks"})
    freeze(THE_DAY + timedelta(days=90))

    response = client.get(f"/whats-next/{page}/{here}/")

    assert read(response["Location"])[0] == "urgent"
    assert "since" not in read(response["Location"])[1]


def test_every_question_that_lapses_is_named_in_the_numbers(client, code, read, freeze, serve):
    """Which answers lapse is data: each question under `now`, and no other."""
    blocks = tuple(
        tuple(replace(each, now=each.now or each.name == "tried") for each in block)
        for block in LIBRARY.layout.blocks
    )
    library = replace(LIBRARY, layout=replace(LIBRARY.layout, blocks=blocks))
    serve(library)
    freeze(THE_DAY + timedelta(days=2))

    response = client.get(f"/whats-next/outcome/{code(STORY)}/")

    kept = {q: text for q, text in STORY.items() if q not in (*DANGER, "since", "tried")}
    assert read(response["Location"])[1] == kept


def test_a_code_of_the_first_release_asks_the_danger_signs(client, read):
    """Its day may be any of many days, so it is not taken for today: an address of the first
    release asks what is about today again, and keeps the rest.
    """
    answers = decode(LIBRARY.layout, QUESTIONS, FIRST_RELEASE).answers

    response = client.get(f"/whats-next/outcome/{FIRST_RELEASE}/")

    page, kept = read(response["Location"])
    assert set(answers) & {*DANGER, "since"} == {*DANGER, "since"}
    assert (page, set(kept)) == ("urgent", set(answers) - {*DANGER, "since"})


def test_a_code_is_no_longer_than_in_the_first_release(code):
    """The day of 42 years takes bits that were spare: the same answers have a code as long."""
    answers = decode(LIBRARY.layout, QUESTIONS, FIRST_RELEASE).answers

    again = code({question: " ".join(chosen) for question, chosen in answers.items()})

    assert len(again) == len(FIRST_RELEASE)


def test_danger_signs_given_again_count_from_today(post, client, code, freeze):
    """Danger signs answered anew hold for today and tomorrow."""
    here = code(STORY)
    freeze(THE_DAY + timedelta(days=1))
    for question in DANGER:
        fields = {question.replace("-", "_"): "none"}
        here = IN_ADDRESS.fullmatch(post(question, here, **fields)["Location"])[2]
    freeze(THE_DAY + timedelta(days=2))

    assert client.get(f"/whats-next/outcome/{here}/").status_code == 200


def test_an_answer_of_yesterday_is_not_made_todays(post, code, read, freeze):
    """Whoever answers the first danger signs anew on the next day gives them a new day. What else
    was said about the day before does not get that day: it is asked again.
    """
    here = code(STORY)
    freeze(THE_DAY + timedelta(days=1))

    response = post("urgent", here, urgent="none")

    page, answers = read(response["Location"])
    assert (page, set(STORY) - set(answers)) == ("urgent-here", {"urgent-here", "since"})


def test_danger_signs_given_again_on_the_same_day_leave_the_rest(post, code, read):
    """On the day of the code nothing lapses: only what is answered is changed."""
    response = post("urgent", code(STORY), urgent="slow-worry")

    assert read(response["Location"])[1] == {**STORY, "urgent": "slow-worry"}
