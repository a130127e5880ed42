"""A hospital's own words say how things go there, and leave all else to the guide."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.local.conftest import FaultsIn
from tests.local_copy import read_folder

#: Words for an option, and what the fault says.
REFUSED = [
    ("This is the best treatment, and we do it.", "praise"),
    ("We are the leading place for this.", "praise"),
    ("Our award-winning team does this.", "praise"),
    ("Our experts do this in a state-of-the-art room.", "praise"),
    ("This is safe, and we do it on Mondays.", "says what a treatment does"),
    ("It works well for knees.", "says what a treatment does"),
    ("It helps most people who come to us.", "says what a treatment does"),
    ("You go home pain-free.", "says what a treatment does"),
    ("We recommend this to you.", "recommend"),
    ("This is the right treatment for you.", "right treatment"),
    ("Stop your blood thinner before you come.", "medicine"),
    ("Please keep taking all your pills.", "medicine"),
    ("In an emergency call our front desk.", "danger"),
    ("If you have chest pain, wait for us to call.", "danger sign"),
    ("Call us first when your leg goes numb and weak all at once.", "danger sign"),
    ("We do this on 4 days.", "number is typed"),
    ("We do this on four days a week.", "number is typed"),
    ("See [our page](https://hospital.example/prp).", "link"),
    ("See [the page](page:get-help-now).", "No link"),
    ("It has <fact:prp-pain>.", "No link"),
    ("Read <source:aaos-knee>.", "No link"),
    ("<script>alert(1)</script> We do this.", "No HTML"),
    ("We do <b>this</b>.", "No HTML"),
    ("We do {{ site.name }} this.", "curly brace"),
    ("We do {% include 'x' %} this.", "curly brace"),
    ("![us](logo.svg) We do this.", "image"),
    ("We do this.\n\nWe do that.", "one paragraph"),
    ("- We do this.\n- We do that.", "one paragraph"),
    ("### Our page\nWe do this.", "heading"),
    ("We do this. " * 4, "3 sentences"),
    ("We do this and then " + "that and " * 20 + "this.", "20"),
    (
        (
            "Multidisciplinary rehabilitation necessitates comprehensive interdisciplinary evaluation "
            "preceding individualized procedural intervention."
        ),
        "grade",
    ),
    ("", "missing"),
    ("We do this.\n- told: This is it.", "not known"),
]


@pytest.mark.parametrize(("words", "says"), REFUSED, ids=[words[:30] for words, _ in REFUSED])
@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("en/options.md", "prp"),
        ("en/situations.md", "knee-arthritis"),
        ("en/notices.md", "valley-pain-clinic"),
    ],
)
def test_what_the_guide_says_is_not_said_again_beside_it(
    hospital: Path, faults_in: FaultsIn, words: str, says: str, name: str, id_: str
) -> None:
    """Praise, gains, harms, medicines, dangers, numbers, links, markup: each with file and line."""
    path = hospital / name
    path.write_text(f"## {id_}\n{words}\n")
    found = faults_in()

    assert any(says in fault.message for fault in found), found
    assert {fault.file for fault in found} == {str(path)}


@pytest.mark.parametrize(
    "words",
    [
        "Dr. Kim does this at our Riverside building. Ask the front desk for a day.",
        "We do not do this here. Your family doctor can send you to another hospital.",
        "We do this **only** on Monday mornings. You can come by bus, and somebody can wait with you.",
        "A nurse calls you the week before, and goes through your list of medicines with you.",
        "We have no waiting list for this. Bring your letter, and your health plan card.",
    ],
)
def test_how_things_go_at_a_place_may_be_said(
    hospital: Path, faults_in: FaultsIn, words: str
) -> None:
    """Who, where, how to book, and what is not done here."""
    (hospital / "en/options.md").write_text(f"## prp\n{words}\n")

    assert faults_in() == []


def test_the_name_of_the_hospital_is_no_hard_word(hospital: Path) -> None:
    """Long names do not make short sentences hard."""
    name = "University Interdisciplinary Rehabilitation Hospital"
    yaml = hospital / "hospital.yaml"
    yaml.write_text(yaml.read_text().replace("Example Valley Hospital", name))
    (hospital / "en/options.md").write_text(
        f"## prp\nCome to the {name} by bus, or ask a friend.\n"
    )
    local, _, faults = read_folder(hospital)

    assert faults == []
    assert local and name in local.options["prp"]


def test_words_are_html_that_is_safe(hospital: Path) -> None:
    """Bold is the only markup; signs of HTML are escaped."""
    (hospital / "en/options.md").write_text("## prp\nAsk for **Dr. Kim** & the nurse.\n")
    local, _, _ = read_folder(hospital)

    assert local
    assert local.options["prp"] == "Ask for <strong>Dr. Kim</strong> &amp; the nurse."
