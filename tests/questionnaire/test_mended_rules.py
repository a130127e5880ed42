"""What a clinical read of every rule found wrong: each finding, answered as a reader would, has to
come out right. The guideline behind each stands with its rule.
"""

import pytest

from tests.stories import NO_DANGER, choices_of
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome, Standing
from treatment_guide.engine.reader import Reader
from treatment_guide.library.model import Library

#: Somebody for whom everything has been tried, and nothing speaks against anything.
PLAIN = {
    **NO_DANGER,
    "response": "wore-off",
    "since": "over-12-weeks",
    "tried": "exercise medicines",
    "health": "none",
    "impact": "severe",
}


def standings(library: Library, text: str) -> dict[str, Standing]:
    """Where every option stands for `PLAIN` with the answers in `text`, such as
    `place=knee cause=arthritis`; `a+b` ticks two choices.
    """
    given = {q: c.replace("+", " ") for q, c in (each.split("=") for each in text.split())}
    outcome = narrow(Reader(library.guide, choices_of({**PLAIN, **given})))
    assert isinstance(outcome, Outcome)
    return {each.option: each for each in outcome.standings}


@pytest.mark.parametrize(
    ("answers", "option", "group"),
    [
        ("place=back cause=facet health=cancer", "new-imaging", "fits"),
        ("place=back cause=facet health=weak-bones", "new-imaging", "fits"),
        ("place=neck cause=disc health=weak-immunity", "new-imaging", "fits"),
        ("place=back cause=facet health=cancer", "repeat-guided-injection", "later"),
        ("place=back cause=facet health=weak-bones", "repeat-guided-injection", "later"),
        ("place=neck cause=facet health=weak-immunity", "diagnostic-nerve-block", "later"),
        ("place=knee cause=tendon", "repeat-guided-injection", "less-likely"),
        ("place=wrist-hand cause=crps", "repeat-guided-injection", "less-likely"),
        ("place=back cause=facet block=no-help", "repeat-guided-injection", "less-likely"),
        ("place=several cause=not-sure", "repeat-guided-injection", "less-likely"),
        ("place=knee cause=arthritis response=worse", "repeat-guided-injection", "less-likely"),
        ("place=knee cause=arthritis count=three-or-more", "repeat-guided-injection", "later"),
        ("place=knee cause=arthritis since=2-6-weeks", "repeat-guided-injection", "later"),
        ("place=knee cause=arthritis health=hiv-medicines", "repeat-guided-injection", "later"),
        ("place=knee cause=arthritis since=6-12-weeks", "joint-replacement", "later"),
        ("place=knee cause=arthritis response=worse", "joint-replacement", "later"),
        ("place=knee cause=inflammatory scan=advanced", "joint-replacement", "fits"),
        ("place=wrist-hand cause=trigger-finger since=2-6-weeks", "small-release-surgery", "later"),
        ("place=wrist-hand cause=trigger-finger response=worse", "small-release-surgery", "later"),
        ("place=ankle-foot cause=neuroma tried=none", "surgical-consultation", "fits"),
        ("place=ankle-foot cause=neuroma tried=brace", "small-release-surgery", "fits"),
        (
            "place=ankle-foot cause=neuroma tried=exercise nerve-signs=none",
            "small-release-surgery",
            "later",
        ),
        (
            "place=wrist-hand cause=de-quervain health=pregnancy tried=brace",
            "small-release-surgery",
            "later",
        ),
        ("place=shoulder cause=tendon scan=tear tried=none", "surgical-consultation", "fits"),
        ("place=shoulder cause=tendon scan=tear tried=none", "tendon-ligament-repair", "fits"),
        ("place=shoulder cause=tendon scan=mild", "tendon-ligament-repair", "less-likely"),
        ("place=back cause=disc since=2-6-weeks duration=over-6-months", "new-imaging", "fits"),
        ("place=back cause=stenosis spread=limb", "spinal-decompression-fusion", "fits"),
        (
            "place=back cause=after-surgery duration=over-6-months",
            "spinal-cord-stimulation",
            "depends",
        ),
        (
            "place=back cause=after-surgery duration=over-6-months spread=limb",
            "spinal-cord-stimulation",
            "fits",
        ),
        ("place=elbow cause=tendon", "prp", "less-likely"),
        ("place=ankle-foot cause=tendon", "prp", "less-likely"),
        ("place=outer-hip cause=bursa tried=none", "pain-program", "less-likely"),
        ("place=ankle-foot cause=heel impact=moderate", "watchful-waiting", "fits"),
        ("place=wrist-hand cause=carpal-tunnel impact=moderate", "watchful-waiting", "fits"),
        ("place=several cause=not-sure", "frozen-shoulder-release", "less-likely"),
        ("place=several cause=not-sure", "spinal-decompression-fusion", "less-likely"),
    ],
)
def test_what_the_clinical_read_found_comes_out_right(
    library: Library, answers: str, option: str, group: str
) -> None:
    """An option stands where guidelines put it."""
    assert standings(library, answers)[option].group == group


@pytest.mark.parametrize(
    ("answers", "operation"),
    [
        ("place=hip cause=arthritis", "joint-replacement"),
        ("place=wrist-hand cause=trigger-finger", "small-release-surgery"),
        ("place=shoulder cause=frozen-shoulder", "frozen-shoulder-release"),
        ("place=back cause=disc spread=limb", "spinal-decompression-fusion"),
    ],
)
def test_an_operation_and_another_injection_say_that_one_delays_the_other(
    library: Library, answers: str, operation: str
) -> None:
    """Where both fit, a reader sees on both rows that they cannot have both at once."""
    found = standings(library, answers)
    injection = found["repeat-guided-injection"]

    assert injection.group == found[operation].group == "fits"
    assert "injection-delays-operation" in {rule.because for rule in injection.cautions}
    assert "injection-or-operation" in {rule.because for rule in found[operation].cautions}


def test_a_slow_danger_sign_says_what_has_to_be_ruled_out(library: Library) -> None:
    """The notice names infection, a broken bone and cancer, and that mostly it is harmless."""
    words = library.notices["slow-worry"].html

    assert all(said in words for said in ("harmless", "nfection", "broken bone", "cancer"))
