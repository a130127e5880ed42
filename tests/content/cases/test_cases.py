"""Patients from guidelines: what the guide says of each is what their guideline says.

The files beside this one hold the cases; `patients.py` explains their fields.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.content.cases.patients import Patient, misses, read_patient, read_patients
from treatment_guide.engine.answers import LEVELS
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library

PATIENTS = read_patients()

#: Only for trials: never anything but `less-likely`.
TRIALS_ONLY = {"stem-cells", "joint-embolization", "low-dose-radiotherapy"}
#: Open to everybody: no answer speaks against it or puts it off.
ALWAYS_OPEN = {"check-the-diagnosis", "activity-changes", "pain-medicines"}
NEW_OPTIONS = {"needle-tendon-procedures", "joint-preserving-surgery", "sacroiliac-fusion"}
NO_ANSWER = {"none", "not-sure"}


def told(patient: Patient, found: Iterable[str]) -> str:
    """What a failing case prints: answers, what differs, why it was expected, by which source."""
    answers = "\n".join(f"    {q}: {', '.join(sorted(c))}" for q, c in patient.answers.items())
    return "\n".join(
        [patient.id, answers, *(f"  - {each}" for each in found)]
        + [f"  because: {patient.why} [{', '.join(patient.source)}]"]
    )


def chosen(question: str) -> set[str]:
    """Every choice of a question that some case has."""
    return {choice for patient in PATIENTS for choice in patient.answers.get(question, ())}


def left_out(library: Library, question: str) -> set[str]:
    """The choices of a question that no case has; `none` and `not-sure` are no matter."""
    return set(library.guide.questions[question].choices) - NO_ANSWER - chosen(question)


@pytest.mark.parametrize("patient", PATIENTS, ids=[patient.id for patient in PATIENTS])
def test_the_guide_says_of_a_patient_what_guidelines_say(patient: Patient) -> None:
    """Groups, notices, cautions and the need of help are those that the case's sources ask for."""
    found = misses(patient, current_library().guide)

    if found:
        pytest.fail(told(patient, found), pytrace=False)


def test_every_case_stands_on_a_source_of_the_guide(library: Library) -> None:
    """What a case expects can be looked up: its sources are in the bibliography."""
    cited = {source for patient in PATIENTS for source in patient.source}

    assert sorted(cited - library.sources.keys()) == []


def test_no_two_cases_have_one_name() -> None:
    """A failure names one case."""
    assert len({patient.id for patient in PATIENTS}) == len(PATIENTS)


def test_every_case_expects_something() -> None:
    """A case without an expectation would always hold."""
    assert [p.id for p in PATIENTS if not (p.options or p.says or p.help)] == []


def test_there_are_enough_cases() -> None:
    """At least 160 patients."""
    assert len(PATIENTS) >= 160


@pytest.mark.parametrize("question", ["place", "cause", "health", "since", "urgent-here"])
def test_every_choice_is_some_patients(library: Library, question: str) -> None:
    """Every place, cause, illness, time and danger sign of a place is some patient's."""
    assert left_out(library, question) == set()


def test_every_danger_sign_is_some_patients(library: Library) -> None:
    """Every sign that is asked of everybody is some patient's, and so is "already checked"."""
    assert left_out(library, "urgent") == set()


def test_every_answer_about_safety_is_some_patients() -> None:
    """Boosted HIV medicines, two and more injections, pain that is worse: each has its cases."""
    assert "hiv-medicines" in chosen("health")
    assert {"two", "three-or-more"} <= chosen("count")
    assert {"worse"} <= chosen("response")


def test_every_level_of_danger_has_a_case(library: Library) -> None:
    """Somebody needs an ambulance, somebody a doctor today, somebody one within days."""
    signs = library.guide.questions["urgent"].levels
    levels = {patient.help for patient in PATIENTS} | {signs.get(s) for s in chosen("urgent")}

    assert set(LEVELS) <= levels


def test_every_step_of_the_ladder_is_some_patients(library: Library) -> None:
    """For each of the five steps there is somebody to whom it is open."""
    wanted = {step for step, those in library.step_options.items() if any(map(some_want, those))}

    assert set(library.step_options) - wanted == set()


def some_want(option: str) -> bool:
    """True where an option must be open to some patient."""
    return any(patient.wants(option) for patient in PATIENTS)


def test_every_notice_is_shown_to_some_patient(library: Library) -> None:
    """For each message about the whole situation there is somebody who must see it."""
    said = {notice for patient in PATIENTS for notice in patient.says}

    assert {rule.because for rule in library.guide.notices} - said == set()


def test_every_option_stands_in_two_cases(library: Library) -> None:
    """No option, old or new, is left to the audit alone."""
    counts = {
        option: sum(option in patient.options for patient in PATIENTS)
        for option in library.guide.options.keys() | TRIALS_ONLY | NEW_OPTIONS
    }

    assert {option: n for option, n in counts.items() if n < 2} == {}


def test_every_option_is_open_to_somebody(library: Library) -> None:
    """For each option, trials apart, some patient must have it open."""
    options = library.guide.options.keys() | NEW_OPTIONS

    assert {each for each in options - TRIALS_ONLY if not some_want(each)} == set()


def test_every_option_is_held_back_from_somebody(library: Library) -> None:
    """For each option that can be held back there is a patient for whom it must not fit."""
    options = library.guide.options.keys() | NEW_OPTIONS | TRIALS_ONLY
    held = {each for each in options if any(patient.holds_back(each) for patient in PATIENTS)}

    assert options - ALWAYS_OPEN - held == set()


def test_a_case_with_an_unknown_id_is_told_what_was_meant(library: Library) -> None:
    """A slip of the pen in a case is told in words, not by a traceback."""
    patient = read_patient(
        "made-up",
        {
            "name": "x",
            "answers": {"plaze": ["knee"], "place": ["kneee"], "health": ["pregnant"]},
            "must": {"prpp": "fits", "prp": "fit"},
            "says": ["worze"],
            "why": "x",
            "source": ["x"],
        },
    )

    found = "\n".join(misses(patient, library.guide))

    for meant in ("question plaze", "choice kneee", "choice pregnant", "option prpp", "group fit", "notice worze"):  # fmt: skip
        assert f"no {meant}" in found
    assert "Is `place` meant?" in found


def test_a_case_without_a_reason_is_refused() -> None:
    """A case without `why`, or with a field that does not exist, is told by its file and name."""
    with pytest.raises(ValueError, match=r"knee.yaml, x: `source` is missing; `why` is missing"):
        read_patient("knee", {"name": "x", "answers": {}})
    with pytest.raises(ValueError, match=r"`mustnt` is no field. Is `must-not` meant\?"):
        read_patient("knee", {"name": "x", "answers": {}, "why": "", "source": [], "mustnt": {}})
