"""Arriving from a clinic: what it told is shown and can be changed; danger signs come first."""

import pytest

from tests.questionnaire.outcome.shown import Shown
from treatment_guide.engine.code import encode
from treatment_guide.engine.flow import questions_left
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library

TOLD = {"place": "knee", "cause": "arthritis"}


@pytest.fixture
def from_clinic(code):
    """The code of a clinic's link."""
    return code(TOLD, clinic=1)


def arrive(client, code):
    """Follow the link of a note to the first page."""
    return client.get(f"/go/{code}/", follow=True)


def test_what_the_clinic_told_stands_on_the_page_of_the_danger_signs(client, html, from_clinic):
    """Its name, the place and the cause, each with a way to change it."""
    guide = current_library()
    page = html(arrive(client, from_clinic))
    told = page.words("section", id="arrived")

    assert guide.clinics[1].name in told
    assert guide.questions["place"].choices["knee"].label in told
    assert guide.questions["cause"].choices["arthritis"].label in told
    links = [a.get("href") for a in page.find("section", id="arrived")[0].iter("a")]
    assert len(links) == 3 and all(link.startswith("/whats-next/urgent/") for link in links)


def test_an_answer_left_out_is_asked(client, html, from_clinic, code):
    """Without the place there is no cause; without the cause the place stays."""
    page = html(arrive(client, from_clinic))
    place, cause, clinic = (a.get("href") for a in page.find("section", id="arrived")[0].iter("a"))

    assert place == f"/whats-next/urgent/{code({}, clinic=1)}/"
    assert cause == f"/whats-next/urgent/{code({'place': 'knee'}, clinic=1)}/"
    assert clinic == f"/whats-next/urgent/{code(TOLD)}/"


def test_a_code_without_a_clinic_names_none(client, html, code):
    """A reader's own printed code is not called the clinic's."""
    page = html(arrive(client, code(TOLD)))

    assert current_library().ui["arrived-code"] in page.words("section", id="arrived")
    assert current_library().clinics[1].name not in page.text


def test_who_comes_without_a_code_sees_nothing_of_it(client, html):
    """The first page of the questionnaire is as it was."""
    assert not html(client.get("/whats-next/urgent/0/")).find("section", id="arrived")


def test_nothing_is_assumed_beyond_what_the_link_says(client, from_clinic, code):
    """After the danger signs the code holds the clinic's answers and theirs, and no more."""
    there = client.post(f"/whats-next/urgent/{from_clinic}/", {"urgent": "none"})

    assert there["Location"] == "/whats-next/urgent-here/{}/".format(
        code({**TOLD, "urgent": "none"}, clinic=1)
    )


def test_the_questionnaire_is_shorter_by_what_the_link_says(library):
    """Neither place nor cause is asked again."""
    told = {question: frozenset((choice,)) for question, choice in TOLD.items()}

    assert questions_left(Reader(library.guide, told), "urgent") == (
        questions_left(Reader(library.guide, {}), "urgent") - len(told)
    )


def test_a_danger_sign_is_answered_with_help_from_a_clinics_link_too(client, html, from_clinic):
    """At once, by the page for everyone."""
    there = client.post(f"/whats-next/urgent/{from_clinic}/", {"urgent": "breathing"})

    assert html(there).words("h1") == current_library().pages["get-help-now"].title


def test_the_outcome_shows_the_clinic_and_what_is_offered_there(client, html, code):
    """Every option says "offered here" or "ask where"; the clinic's card has its file's words."""
    guide = current_library()
    clinic = guide.clinics[1]
    answers = {**TOLD, "urgent": "none", "urgent-here": "none"}
    page = html(client.get(f"/whats-next/outcome/{code(answers, clinic=1)}/"))

    card = page.words("section", id="clinic")
    assert clinic.phone.number in card and clinic.out_of_hours.number in card
    assert clinic.website in card
    offered = guide.ui["offered-here"].format(clinic=clinic.name)
    rows = Shown(page, guide).rows
    assert rows.keys() == guide.options.keys()
    for option, row in rows.items():
        assert (offered in "".join(row.itertext())) == (option in clinic.offers)


def test_the_code_to_keep_goes_on_naming_the_clinic(client, code):
    """What is printed from the outcome leads back with the clinic."""
    answers = {**TOLD, "urgent": "none", "urgent-here": "none"}
    page = client.get(f"/whats-next/outcome/{code(answers, clinic=1)}/")

    assert f"/go/{code(TOLD, clinic=1)}/" in page.text


def test_without_a_clinic_no_page_speaks_of_one(client, html, code):
    """No empty card, no "ask where"."""
    answers = {**TOLD, "urgent": "none", "urgent-here": "none"}
    page = html(client.get(f"/whats-next/outcome/{code(answers)}/"))

    assert not page.find("section", id="clinic")
    assert current_library().clinics[1].name not in page.text


def test_a_clinics_number_never_given_is_a_wrong_code(client, library):
    """Nobody can make up a clinic."""
    code = encode(library.layout, {}, clinic=200)

    assert client.get(f"/go/{code}/").status_code == 404


@pytest.mark.parametrize("page", ["take", "clinician"])
def test_printed_pages_name_the_clinic_and_its_telephone(client, code, page):
    """Of the clinic that the code names, and of none without one."""
    clinic = current_library().clinics[1]
    answers = {**TOLD, "urgent": "none", "urgent-here": "none"}

    with_clinic = client.get(f"/whats-next/{page}/{code(answers, clinic=1)}/").text
    without = client.get(f"/whats-next/{page}/{code(answers)}/").text
    assert clinic.name in with_clinic and clinic.phone.number in with_clinic
    assert clinic.name not in without
