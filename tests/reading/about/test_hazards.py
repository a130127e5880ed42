"""The hazard log: every control is there and can fail, and the page tells all of it."""

import re

from tests.content.standards.read_pages import checks_something, fetched, plain
from tests.for_each import for_each
from treatment_guide.engine.proof.audit import PROPERTIES
from treatment_guide.engine.safety import decide
from treatment_guide.library.content_check import current_library
from treatment_guide.library.looked_up.ui_keys import PROPERTIES as NUMBERS
from treatment_guide.reading.about.hazard_log import KINDS, hazard_log

LIBRARY = current_library()
TESTS = sorted({c.id for h in LIBRARY.hazards for c in h.controls if c.kind == "test"})


@for_each("test", TESTS)
def test_a_test_that_holds_a_hazard_back_exists_and_can_fail(test: str) -> None:
    """The log names no test that is gone, was renamed, or checks nothing."""
    assert checks_something(test)


def test_every_control_and_every_hazard_stands_on_the_page() -> None:
    """`/about/safety/` shows each hazard once, each of its controls, and the counts of the file."""
    log = hazard_log(LIBRARY)
    page = fetched("/about/safety/")
    said = LIBRARY.ui["hazards-counts"].format(
        hazards=len(LIBRARY.hazards), controls=log["controls"], named=log["named"]
    )

    assert said in plain(page)
    assert sum(count for _, count in log["by_kind"]) == log["controls"]
    for hazard in LIBRARY.hazards:
        own = page.partition(f'id="hazard-{hazard.id}"')[2].partition("</details>")[0]
        assert page.count(f'id="hazard-{hazard.id}"') == 1
        assert own.count("<li>") == len(hazard.controls)
        assert plain(hazard.left) in plain(own)


def test_the_log_uses_every_kind_of_control() -> None:
    """Rules, the proof and tests hold hazards back: each kind is named, and no other."""
    assert {c.kind for h in LIBRARY.hazards for c in h.controls} == set(KINDS)


def test_every_property_that_guards_a_reader_guards_against_a_hazard() -> None:
    """A property of the audit that no hazard names guards against nothing that was thought of.
    Property 6 saves readers a question and guards against no harm.
    """
    named = {c.id for h in LIBRARY.hazards for c in h.controls if c.kind == "property"}

    assert named == {str(number) for number in PROPERTIES} - {"6"}
    assert tuple(map(str, PROPERTIES)) == NUMBERS


def test_every_safety_answer_is_a_control() -> None:
    """Each answer that the safety matrix decides about holds some hazard back."""
    named = {c.id for h in LIBRARY.hazards for c in h.controls if c.kind == "answer"}
    asked = {
        a.id
        for a in LIBRARY.guide.safety
        if a.question in ("health", "urgent", "urgent-here", "response")
    }

    assert asked - named == set()


def test_no_conformity_is_claimed() -> None:
    """The page says that the editors judged it, and claims no standard."""
    page = plain(fetched("/about/safety/"))

    assert "claims to conform to neither" in page
    assert "The editors alone judged" in page


def test_who_takes_a_blood_thinner_is_told_not_to_stop_it() -> None:
    """Whatever a blood thinner means for an option that opens the skin, its words say never to
    stop it alone; so does "take care".
    """
    (answer,) = (each for each in LIBRARY.guide.safety if each.id == "health.blood-thinners")
    said = {LIBRARY.care["blood-thinners"].html}
    for option in LIBRARY.guide.options.values():
        opens = {"needle", "operation", "implant"} & set(option.traits)
        if opens and not option.trials_only:
            said |= {LIBRARY.reasons[rule.because] for _, rule in decide(option, answer).rules}

    assert len(said) > 3
    assert [words for words in said if not re.search("[Nn]ever stop", words)] == []
