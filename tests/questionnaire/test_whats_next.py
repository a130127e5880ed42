"""The questionnaire as a browser without scripts sees it: every answer is a POST, every page a code."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import THE_DAY
from tests.site_fixtures import TODAY
from tests.stories import KNEE, STORY, choices_of
from treatment_guide.engine.code import ALPHABET, decode, encode, grouped
from treatment_guide.engine.model import GROUPS
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
QUESTIONS = LIBRARY.guide.questions
DANGER = [question.id for question in LIBRARY.guide.danger]
ORDINARY = [question for question in QUESTIONS if question not in DANGER]

#: Every sign that needs help today or sooner, with its question and a place that offers it.
SIGNS = {
    sign: (question.id, next((p for p, row in question.offers.items() if sign in row), "knee"))
    for question in LIBRARY.guide.danger
    for sign, level in question.levels.items()
    if level != "days"
}
STORED_SIGNS = [s for s, (q, _) in SIGNS.items() if s not in QUESTIONS[q].never_stored]

#: A code that the first release gave out on the day that the tests take for today: a knee with
#: arthritis, injected under 2 weeks ago, without danger signs.
FIRST_RELEASE = "0g4000a40000000000000000000a6g000gw"

#: A code as it stands in an address.
IN_ADDRESS = re.compile(r"/whats-next/([a-z-]+)/([0-9a-z]+)/")


def any_answer(question):
    """Any answer to a question, or None for no answer."""
    if question.kind == "one":
        return st.sampled_from([None, *question.choices])
    sets = st.sets(st.sampled_from(question.choices), max_size=question.most)
    return sets.map(lambda chosen: " ".join(sorted(chosen)) or None)


#: Any answers at all, the danger signs asked and none of them there.
any_answers = (
    st.fixed_dictionaries({name: any_answer(QUESTIONS[name]) for name in ORDINARY})
    .map(lambda chosen: {name: text for name, text in chosen.items() if text})
    .map(lambda chosen: {**chosen, **dict.fromkeys(DANGER, "none")})
)


@pytest.fixture
def post(client):
    """Answer a question: `post("cause", code, cause="arthritis")`. Several choices: "a b"."""

    def answer(question, code, headers=None, **fields):
        data = {name.replace("_", "-"): text.split() for name, text in fields.items()}
        return client.post(f"/whats-next/{question}/{code}/", data, headers=headers or {})

    return answer


@pytest.fixture
def read():
    """What an address of the questionnaire says: its page, and the answers in its code."""

    def split(address):
        page, code = IN_ADDRESS.fullmatch(address).groups()
        found = decode(LIBRARY.layout, QUESTIONS, code)
        return page, {name: " ".join(sorted(chosen)) for name, chosen in found.answers.items()}

    return split


@pytest.fixture(scope="session")
def expected():
    """The groups that the engine gives for some answers."""

    def groups(answers):
        return {
            s.option: s.group for s in narrow(Reader(LIBRARY.guide, choices_of(answers))).standings
        }

    return groups


# Answers


def test_an_answer_leads_to_the_next_page_with_the_answer_in_its_code(post, code, read):
    """A chosen answer is sent on: 303 to the next question, whose address holds it as a code."""
    response = post("cause", code(KNEE), cause="arthritis")

    assert (response.status_code, read(response["Location"])) == (
        303,
        ("response", {**KNEE, "cause": "arthritis"}),
    )


@pytest.mark.parametrize("question", ORDINARY)
def test_a_question_can_be_skipped(post, code, read, question):
    """An ordinary question sent empty is left open, and the journey goes on."""
    answers = {**STORY, question: next(iter(QUESTIONS[question].choices))}

    response = post(question, code({**STORY, **answers}))

    assert (response.status_code, question in read(response["Location"])[1]) == (303, False)


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_has_a_link_to_skip_it(client, html, code, question):
    """Skipping is a link on the page, and it leads to a page that answers."""
    page = html(client.get(f"/whats-next/{question}/{code(KNEE)}/"))

    skip = [a.get("href") for a in page.find("a") if LIBRARY.ui["skip-question"] in a.itertext()]

    assert [client.get(address).status_code for address in skip] == [200]


@pytest.mark.parametrize("question", DANGER)
def test_danger_signs_cannot_be_skipped(client, html, code, question):
    """No link leads past the danger signs."""
    page = html(client.get(f"/whats-next/{question}/{code({'urgent': 'none', 'place': 'knee'})}/"))

    words = page.words("main")

    assert (LIBRARY.ui["skip-question"] in words, LIBRARY.ui["show-now"] in words) == (False, False)


def test_an_answer_replaces_the_one_before(post, code, read):
    """Answering again changes that answer and leaves all others."""
    response = post("health", code(STORY), health="diabetes allergy")

    assert read(response["Location"])[1] == {**STORY, "health": "allergy diabetes"}


@pytest.mark.parametrize("question", [q for q in STORY if q != "place"])
def test_change_comes_back_to_the_outcome(client, html, post, code, question):
    """From the outcome, "Change" opens one question, and its answer leads back to the outcome."""
    page = html(client.get(f"/whats-next/outcome/{code(STORY)}/"))
    change = next(link for link in page.links if link.startswith(f"/whats-next/{question}/"))
    again = {question.replace("-", "_"): STORY[question]}

    response = post(question, IN_ADDRESS.fullmatch(change)[2], **again)

    assert response["Location"].startswith("/whats-next/outcome/")


def test_a_changed_place_asks_its_danger_signs_and_comes_back(client, post, code, read):
    """A new place has danger signs of its own; they are asked, then the outcome comes back."""
    asked = post("place", code(STORY), place="hip")["Location"]
    page, _ = read(asked)

    answered = post(page, IN_ADDRESS.fullmatch(asked)[2], urgent_here="none")

    assert (page, read(answered["Location"])[0]) == ("urgent-here", "outcome")


@pytest.mark.parametrize("question", [q for q in QUESTIONS if not QUESTIONS[q].core])
def test_a_sharpening_answer_comes_back_to_the_outcome(post, code, read, question):
    """A question asked from the outcome, to sharpen it, leads back to the outcome."""
    choice = QUESTIONS[question].choices[0]

    response = post(question, code(STORY), **{question.replace("-", "_"): choice})

    assert read(response["Location"])[0] == "outcome"


def test_the_whole_questionnaire_leads_to_the_outcome(client, html, post, expected):
    """Whoever starts and answers what is asked ends at the outcome of those answers."""
    start = html(client.get("/whats-next/"))
    here = next(link for link in start.links if IN_ADDRESS.fullmatch(link))
    asked = []
    while not here.startswith("/whats-next/outcome/"):
        question, code = IN_ADDRESS.fullmatch(here).groups()
        asked.append(question)
        here = post(question, code, **{question.replace("-", "_"): STORY[question]})["Location"]

    outcome = html(client.get(here))

    assert (asked, outcome.groups) == (list(STORY), expected(STORY))


@settings(max_examples=60, deadline=None)
@given(answers=any_answers)
def test_the_outcome_is_what_the_rules_say(client_for_many, html, code, expected, answers):
    """For any answers, the page shows every option once, in the group the rules give."""
    page = html(client_for_many.get(f"/whats-next/outcome/{code(answers)}/"))

    assert page.groups == expected(answers)


@pytest.fixture(scope="session")
def client_for_many(django_test_environment):
    """A client for tests that ask many times."""
    from django.test import Client

    return Client()


@settings(max_examples=40, deadline=None)
@given(answers=any_answers, data=st.data())
def test_a_page_ticks_what_its_code_says(client_for_many, html, code, answers, data):
    """Back, Reload, a second tab: a question opened by its address shows the answer given."""
    question = data.draw(st.sampled_from(ORDINARY))
    from treatment_guide.engine.answers import effective

    chosen = choices_of(answers)
    counted = effective(QUESTIONS, chosen).get(question, frozenset())

    page = html(client_for_many.get(f"/whats-next/{question}/{code(answers)}/"))

    ticked = {box.get("value") for box in page.find("input") if "checked" in box.attrib}
    assert ticked == counted


# Danger signs


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


@pytest.mark.parametrize("sign", SIGNS)
def test_a_ticked_sign_leads_to_help_without_a_code(post, code, sign):
    """An emergency or same-day sign leads to help at once, and its address holds no answer."""
    question, place = SIGNS[sign]

    response = post(
        question, code({"urgent": "none", "place": place}), **{question.replace("-", "_"): sign}
    )

    level = "" if sign in QUESTIONS[question].never_stored else QUESTIONS[question].levels[sign]
    assert (response.status_code, response["Location"]) == (
        303,
        f"/get-help-now/{'#' if level else ''}{level}",
    )


@pytest.mark.parametrize("sign", SIGNS)
def test_a_ticked_sign_wins_over_none(post, code, sign):
    """A sign ticked beside "none of these" counts."""
    question, place = SIGNS[sign]
    here = code({"urgent": "none", "place": place})

    response = post(question, here, **{question.replace("-", "_"): f"{sign} none"})

    assert response["Location"].startswith("/get-help-now/")


@pytest.mark.parametrize("page", ["outcome", "compare", *QUESTIONS])
@pytest.mark.parametrize("sign", STORED_SIGNS)
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
def test_thoughts_of_self_harm_stand_in_no_address(post, code, others):
    """Whatever is ticked beside them, thoughts of self-harm lead to help and to no code."""
    response = post("urgent", code(STORY), urgent=f"unsafe {others}")

    assert response["Location"] in ("/get-help-now/", "/get-help-now/#emergency")


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


# Codes from paper


@given(answers=any_answers)
@settings(max_examples=40, deadline=None)
def test_a_code_from_paper_says_nothing_about_now(answers):
    """A code for paper holds neither danger signs nor how long ago the injection was."""
    chosen = choices_of(answers)

    paper = decode(LIBRARY.layout, QUESTIONS, encode(LIBRARY.layout, chosen, day=5, paper=True))

    kept = {q: c for q, c in chosen.items() if q not in (*DANGER, "since")}
    assert (dict(paper.answers), paper.day) == (kept, None)


def test_a_code_from_paper_asks_the_danger_signs_first(client, code, read):
    """A printed address opens the danger signs, with the other answers kept."""
    response = client.get(f"/go/{code(STORY, paper=True)}/")

    kept = {q: text for q, text in STORY.items() if q not in (*DANGER, "since")}
    assert read(response["Location"]) == ("urgent", kept)


def test_a_code_with_danger_signs_in_it_asks_them_all_the_same(client, code, read):
    """Even a code from an answer page, typed in, asks the danger signs anew."""
    response = client.get(f"/go/{code(STORY)}/")

    page, answers = read(response["Location"])
    assert (page, set(answers) & {*DANGER, "since"}) == ("urgent", set())


@given(answers=any_answers)
@settings(max_examples=40, deadline=None)
def test_a_code_from_paper_comes_to_the_same_outcome(
    client_for_many, html, code, expected, answers
):
    """Once the danger signs are answered anew, the outcome is that of the printed answers."""
    here = client_for_many.get(f"/go/{code(answers, paper=True)}/")["Location"]
    for question in DANGER:
        here = client_for_many.post(
            f"/whats-next/{question}/{IN_ADDRESS.fullmatch(here)[2]}/", {question: "none"}
        )["Location"]

    outcome = f"/whats-next/outcome/{IN_ADDRESS.fullmatch(here)[2]}/"
    page = html(client_for_many.get(outcome))

    without = {q: text for q, text in answers.items() if q != "since"}
    assert page.groups == expected(without)


def test_a_code_from_paper_comes_with_what_else_it_asks(client, post, code, read):
    """After the danger signs, the only question left of a whole set is how long ago it was."""
    here = client.get(f"/go/{code(STORY, paper=True)}/")["Location"]
    here = post("urgent", IN_ADDRESS.fullmatch(here)[2], urgent="none")["Location"]

    response = post("urgent-here", IN_ADDRESS.fullmatch(here)[2], urgent_here="none")

    assert read(response["Location"])[0] == "since"


def test_a_code_in_capitals_answers(client, code):
    """A printed square can hold capitals, which make it coarser and easier to scan."""
    paper = code(STORY, paper=True)

    capitals = client.get(f"/GO/{paper.upper()}/")["Location"]

    assert capitals == client.get(f"/go/{paper}/")["Location"]


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        lambda code: code.upper(),
        lambda code: grouped(code),
        lambda code: grouped(code).replace("-", " "),
        lambda code: f"  {grouped(code)} ",
        lambda code: code.replace("0", "O"),
        lambda code: code.replace("0", "o"),
        lambda code: code.replace("1", "I"),
        lambda code: code.replace("1", "l"),
    ],
    ids=["plain", "capitals", "hyphens", "spaces", "spaces around", "O", "o", "I for 1", "l for 1"],
)
def test_a_typed_code_is_read_kindly(client, code, typed):
    """The box takes a code as people type it: capitals, hyphens, spaces, O for 0, I or l for 1."""
    paper = code(STORY, paper=True)

    response = client.get("/go/", {"code": typed(paper)})

    assert response["Location"] == client.get(f"/go/{paper}/")["Location"]


def test_the_typed_code_of_the_test_has_what_people_mistype(code):
    """The code of these tests holds both a 0 and a 1, so that the test above means something."""
    assert {"0", "1"} <= set(code(STORY, paper=True))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0g4!", "fault-code-letters"),
        ("x" * 81, "fault-code-length"),
        ("0g5", "fault-code-check"),
        ("00", "fault-code-form"),
    ],
)
def test_a_wrong_code_is_said_kindly_in_the_box(client, html, typed, words):
    """A typed code that is wrong stays in the box, with what is wrong about it."""
    response = client.get("/go/", {"code": typed})

    page = html(response)

    (box,) = page.find("input", name="code")
    assert (response.status_code, box.get("value"), LIBRARY.ui[words] in page.text) == (
        422,
        typed[:200],
        True,
    )


def test_the_outcome_gives_a_code_for_paper(client, html, code):
    """What the outcome page offers to keep and share is a code without danger signs."""
    page = html(client.get(f"/whats-next/outcome/{code(STORY)}/"))

    assert f"/go/{code(STORY, paper=True)}/?r={LIBRARY.site.release}" in page.links


def test_an_option_that_only_waits_is_never_called_beyond_change(client, html, code):
    """What waits for time to pass will change: only what is not usual here can be beyond change."""
    early = {**STORY, "since": "under-2-weeks", "response": "worse"}
    page = html(client.get(f"/whats-next/outcome/{code(early)}/"))
    sections = {s.get("id"): "".join(s.itertext()) for s in page.find("section")}

    said = {group for group in GROUPS if LIBRARY.ui["nothing-changes"] in sections[group]}

    assert ("later" in page.groups.values(), said) == (True, {"less-likely"})


def test_many_changes_at_once_are_not_spelled_out(client, html, code):
    """A sore heel needs three other answers for a stimulator: the page says several, and no more."""
    heel = {**STORY, "place": "ankle-foot", "cause": "heel", "tried": "exercise"}
    page = html(client.get(f"/whats-next/outcome/{code(heel)}/"))
    (row,) = page.find("li", data_option="spinal-cord-stimulation")

    assert LIBRARY.ui["change-several"] in "".join(row.itertext())


def test_the_words_to_ask_stand_once(client, html, code):
    """What would settle an option stands among the questions to ask, and not again in each row."""
    page = html(client.get(f"/whats-next/outcome/{code({**STORY, 'place': 'back'})}/"))
    to_ask = LIBRARY.questions["nerve-signs"].find_out

    assert page.text.count(to_ask) == 1


def test_the_outcome_says_what_to_do_now(client, html, code):
    """Whom to call, and the page to take along, stand right after the options that fit."""
    page = html(client.get(f"/whats-next/outcome/{code(STORY)}/"))
    order = [found.get("id") for found in page.find("section")]
    (now,) = page.find("section", id="do-now")
    links = [link.get("href", "") for link in now.iter("a")]

    assert order.index("do-now") == order.index("fits") + 1
    assert any(link.startswith("/whats-next/take/") for link in links)
    assert "/get-help-now/" in links
    assert [button.get("type") for button in now.iter("button")] == ["submit"]
    assert "#do-now" in page.links


def test_what_usually_comes_first_names_the_question(client, html, code):
    """ "You said: pain medicines" explains nothing; the answer stands under its question."""
    page = html(client.get(f"/whats-next/outcome/{code({**STORY, 'tried': 'medicines'})}/"))
    (row,) = page.find("li", data_option="joint-replacement")

    assert f"{LIBRARY.questions['tried'].name}: " in "".join(row.itertext())


@pytest.mark.parametrize("unsure", ["place", "cause"])
def test_who_does_not_know_what_hurts_is_told_where_to_begin(client, html, code, unsure):
    """Not sure where, or why: nearly everything depends then, so a notice names the first step."""
    page = html(client.get(f"/whats-next/outcome/{code({**KNEE, unsure: 'not-sure'})}/"))
    (notices,) = page.find("section", id="notices")

    assert "/options/check-the-diagnosis/" in [a.get("href") for a in notices.iter("a")]


# What is set aside


def test_an_answer_set_aside_is_shown(client, html, code):
    """An answer that another has made meaningless is kept, and shown as set aside."""
    page = html(client.get(f"/whats-next/outcome/{code({**STORY, 'cause': 'heel'})}/"))
    (told,) = page.find("section", id="told")

    aside = [
        "".join(row.itertext())
        for row in told.iter("div")
        if LIBRARY.ui["set-aside"] in "".join(row.itertext()) and row.find("dt") is not None
    ]

    assert [LIBRARY.questions["cause"].choices["heel"].label in row for row in aside] == [True]


def test_an_answer_set_aside_comes_back_with_its_place(post, code, read):
    """Going back to the place that offered it brings the answer back."""
    here = code({**STORY, "place": "ankle-foot", "cause": "heel"})
    away = IN_ADDRESS.fullmatch(post("place", here, place="knee")["Location"])[2]

    back = post("place", away, place="ankle-foot")["Location"]

    assert read(back)[1]["cause"] == "heel"


# The list, by htmx


TICK = {"HX-Request": "true"}


def test_a_tick_gives_the_list_alone(post, html, code):
    """The answer to a tick is the list of options and nothing around it."""
    response = post("cause", code(KNEE), headers=TICK, cause="arthritis")

    text = response.content.decode().strip()

    assert (response.status_code, text.startswith('<section id="live"'), "<h1" in text) == (
        200,
        True,
        False,
    )


def test_a_tick_gives_the_groups_of_the_answers(post, html, code, expected):
    """The list shows every option in the group that the answers so far give."""
    response = post("cause", code(KNEE), headers=TICK, cause="arthritis")

    assert html(response).groups == expected({**KNEE, "cause": "arthritis"})


def test_a_tick_gives_the_address_of_the_same_question(post, code, read):
    """The address takes the new code, so that Reload and Back show what was ticked."""
    response = post("cause", code(KNEE), headers=TICK, cause="arthritis")

    assert read(response["HX-Replace-Url"]) == ("cause", {**KNEE, "cause": "arthritis"})


def test_the_list_on_the_page_is_the_list_of_a_tick(client, post, html, code):
    """A reloaded page shows the same list as the tick did."""
    response = post("cause", code(KNEE), headers=TICK, cause="arthritis")

    page = html(client.get(response["HX-Replace-Url"]))

    assert page.groups == html(response).groups


def test_the_list_is_never_an_answer_to_looking(client, html, code):
    """A fragment answers a POST only: the same address looked at is a whole page."""
    response = client.get(f"/whats-next/cause/{code(KNEE)}/", headers=TICK)

    assert len(html(response).find("h1")) == 1


@pytest.mark.parametrize("question", DANGER)
def test_a_tick_of_a_danger_sign_changes_nothing(post, code, question):
    """There is no list beside the danger signs, so a tick there gives nothing."""
    here = code({"urgent": "none", "place": "knee"})

    response = post(question, here, headers=TICK, **{question.replace("-", "_"): "none"})

    assert (response.status_code, response.content) == (204, b"")


def test_no_option_stands_beside_the_danger_signs(client, html, code):
    """The pages of danger signs list no options."""
    pages = [client.get(f"/whats-next/{question}/{code(STORY)}/") for question in DANGER]

    assert [html(page).groups for page in pages] == [{}, {}]


def test_a_tick_that_leads_elsewhere_opens_the_page(post, code):
    """A tick after the danger signs lapsed opens their page: htmx would put it where the list is."""
    lapsed = code(KNEE, day=TODAY - 5)

    response = post("cause", lapsed, headers=TICK, cause="arthritis")

    assert (response.has_header("Location"), response["HX-Redirect"].split("/")[2]) == (
        False,
        "urgent",
    )


# What cannot be


@pytest.mark.parametrize("headers", [{}, TICK], ids=["submitted", "ticked"])
def test_more_than_three_things_that_matter_are_too_many(post, html, code, headers):
    """At most three things can matter most: a fourth is a fault, and all ticks stay."""
    four = "avoid-surgery no-more-needles quick-relief sleep"

    response = post("matters", code(STORY), headers=headers, matters=four)

    ticked = {box.get("value") for box in html(response).find("input") if "checked" in box.attrib}
    assert (response.status_code, ticked) == (422, set(four.split()))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_choice_that_does_not_exist_is_refused(post, html, code, question):
    """A choice that no question has is a fault of the request, said on a page."""
    here = code(KNEE)

    response = post(question, here, **{question.replace("-", "_"): "nonsense"})

    assert (response.status_code, len(html(response).find("h1"))) == (400, 1)


def wrong_codes():
    """Codes that were never issued, by what is wrong about them."""
    right = encode(LIBRARY.layout, {"place": frozenset({"knee"}), "cause": frozenset({"heel"})})
    other = ALPHABET[(ALPHABET.index(right[-1]) + 1) % len(ALPHABET)]
    never = next(
        body + check
        for body in ("z", "zz", "zzz")
        for check in ALPHABET
        if not _raises(body + check, "check") and _raises(body + check, "never issued")
    )
    return {
        "a wrong check character": right[:-1] + other,
        "two characters swapped": right[1] + right[0] + right[2:],
        "one character too few": right[:-2] + right[-1],
        "a letter no code has": right[:-1] + "u",
        "a sign": right + "!",
        "too long": "0" * 100,
        "not in its one form": "00",
        "a choice never issued": never,
        "other letters": "кнее",
    }


def _raises(text, why):
    from treatment_guide.engine.code import WrongCode

    try:
        decode(LIBRARY.layout, QUESTIONS, text)
    except WrongCode as wrong:
        return wrong.why == why
    return False


@pytest.mark.parametrize("address", ["/whats-next/cause/", "/whats-next/outcome/", "/go/", "/GO/"])
@pytest.mark.parametrize("wrong", wrong_codes().values(), ids=wrong_codes())
def test_a_wrong_code_is_a_kind_page(client, html, address, wrong):
    """A code that was never issued is said to be wrong, on a page that leads on; never a guess."""
    response = client.get(f"{address}{wrong}/")

    page = html(response)

    assert (response.status_code, page.words("h1"), "/go/" in page.links) == (
        404,
        LIBRARY.ui["error-code-title"],
        True,
    )


@pytest.mark.parametrize("question", ["nonsense", "outcomes", "URGENT", "urgent_here"])
def test_a_question_that_does_not_exist_is_a_kind_page(client, html, question):
    """An address with an unknown question is a page that is not there."""
    response = client.get(f"/whats-next/{question}/0/")

    assert (response.status_code, len(html(response).find("h1"))) == (404, 1)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/", "GET, HEAD"),
        ("/options/prp/", "GET, HEAD"),
        ("/search/", "GET, HEAD"),
        ("/compare/", "GET, HEAD"),
        ("/whats-next/", "GET, HEAD"),
        ("/whats-next/cause/{code}/", "GET, HEAD, POST"),
        ("/whats-next/outcome/{code}/", "GET, HEAD"),
        ("/whats-next/compare/{code}/", "GET, HEAD"),
        ("/go/", "GET, HEAD"),
        ("/go/{code}/", "GET, HEAD"),
        ("/healthz", "GET, HEAD"),
        ("/sitemap.xml", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_what_is_allowed(client, html, code, method, address, allowed):
    """Every address says which methods it takes, on a page, to one that it does not."""
    response = client.generic(method, address.replace("{code}", code(KNEE)))

    assert (response.status_code, response["Allow"], len(html(response).find("h1"))) == (
        405,
        allowed,
        1,
    )


@pytest.mark.parametrize("address", ["/", "/whats-next/", "/whats-next/outcome/{code}/", "/go/"])
def test_a_page_to_read_takes_no_answers(client, code, address):
    """Only a question takes answers."""
    response = client.post(address.replace("{code}", code(KNEE)), {"cause": "arthritis"})

    assert response.status_code == 405
