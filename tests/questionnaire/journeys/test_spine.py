"""Whole journeys with a painful back or neck."""

from tests.questionnaire.journeys.shared import depends, fits, later, not_usual


def test_sciatica_with_a_weak_leg(told):
    """A man with sciatica. The injection, three weeks ago, did nothing, the pain is severe,
    and the leg has grown weak. He has tried medicines only.
    """
    expected = {
        "surgical-consultation": fits("nerve-signs-surgeon"),
        "spinal-decompression-fusion": fits("spine-disc", "disc-same-at-a-year"),
        "nerve-tests": fits("nerve-may-be-pinched"),
        "new-imaging": fits("nerve-signs-look"),
        "watchful-waiting": not_usual("nerve-cannot-wait"),
        "joint-replacement": not_usual("nowhere-replacement"),
    }

    assert expected == told(
        expected,
        place="back",
        cause="disc",
        response="none",
        since="2-6-weeks",
        tried="medicines",
        health="none",
        impact="severe",
        nerve_signs="weak",
    )


def test_early_sciatica(told):
    """A woman with sciatica for a month. The injection did nothing. The leg is strong."""
    expected = {
        "watchful-waiting": fits("sciatica-often-settles", "know-the-spine-signs"),
        "activity-changes": fits("stay-active"),
        "pain-medicines": fits("sciatica-medicines"),
        "radiofrequency-ablation": not_usual("limb-pain-not-facet"),
        "spinal-cord-stimulation": not_usual("nowhere-scs"),
    }

    assert expected == told(
        expected,
        place="back",
        cause="disc",
        response="none",
        since="2-6-weeks",
        tried="medicines",
        health="none",
        impact="moderate",
        duration="under-6-weeks",
        spread="limb",
        nerve_signs="none",
    )


def test_facet_pain_after_a_test_block_that_helped(told):
    """A man with pain from the small joints of his back, and a pacemaker. The injection worked for
    hours, an exercise program helped a little, and a test block took the pain away.
    """
    expected = {
        "radiofrequency-ablation": fits("rfa-facet", "rfa-spine-disagree", "heart-device"),
        "diagnostic-nerve-block": fits("block-facet"),
        "pain-program": fits("pain-lasts"),
        "spinal-cord-stimulation": not_usual("nowhere-scs"),
        "spinal-decompression-fusion": not_usual("nowhere-spine-surgery"),
    }

    assert expected == told(
        expected,
        place="back",
        cause="facet",
        response="hours",
        since="over-12-weeks",
        tried="exercise",
        health="heart-device",
        impact="moderate",
        block="helped",
        spread="both",
    )


def test_lasting_leg_pain_after_back_surgery(told):
    """A woman with severe leg pain years after back surgery, on a blood thinner. Exercise, medicines
    and the injection have not helped.
    """
    expected = {
        "spinal-cord-stimulation": fits("scs-after-surgery", "scs-contested", "scs-thinners"),
        "pain-program": fits("pain-lasts"),
        "nerve-tests": fits("nerve-after-surgery"),
        "surgical-consultation": fits("surgeon-may-help", "repeat-back-surgery"),
        "radiofrequency-ablation": not_usual("limb-pain-not-facet"),
        "prp": not_usual("nowhere-prp"),
    }

    assert expected == told(
        expected,
        place="back",
        cause="after-surgery",
        response="none",
        since="over-12-weeks",
        tried="exercise medicines",
        health="blood-thinners",
        impact="severe",
        spread="limb",
        duration="over-6-months",
    )


def test_spinal_stenosis_after_short_relief(told):
    """A man of 74 with a narrow spinal canal: his legs stop him after a few minutes of walking.
    The injection helped for three weeks. He has exercised, takes medicines, and his kidneys are
    weak.
    """
    expected = {
        "surgical-consultation": fits("surgeon-may-help", "a-talk-not-a-promise"),
        "spinal-decompression-fusion": fits("spine-stenosis", "stenosis-unclear"),
        "new-imaging": fits("spine-after-six-weeks", "scans-mislead-spine"),
        "pain-medicines": fits("medicines-review", "nsaid-with-kidney-heart"),
        "repeat-guided-injection": fits("first-one-helped", "spine-injection-disagree"),
        "radiofrequency-ablation": not_usual("limb-pain-not-facet"),
        "spinal-cord-stimulation": not_usual("nowhere-scs"),
    }

    assert expected == told(
        expected,
        place="back",
        cause="stenosis",
        response="short",
        since="6-12-weeks",
        tried="exercise medicines",
        health="kidney-heart-stomach",
        impact="severe",
        duration="over-6-months",
        scan="advanced",
        spread="limb",
    )


def test_sacroiliac_pain_after_a_test_block_that_helped(told):
    """A woman with pain beside the sacrum, who could not do the exercises. A test block took the
    pain away for an afternoon.
    """
    expected = {
        "diagnostic-nerve-block": fits("block-si", "block-is-a-test"),
        "radiofrequency-ablation": fits("rfa-si", "rfa-spine-disagree"),
        "exercise-program": fits("exercise-for-nearly-all"),
        "surgical-consultation": depends(),
        "spinal-decompression-fusion": not_usual("nowhere-spine-surgery"),
        "prp": not_usual("nowhere-prp"),
    }

    assert expected == told(
        expected,
        place="buttock",
        cause="si-joint",
        response="short",
        since="over-12-weeks",
        tried="exercise-cannot medicines",
        health="none",
        impact="moderate",
        block="helped",
    )


def test_a_pinched_nerve_in_the_neck_with_diabetes(told):
    """A man with arm pain from a neck disc for two months, and diabetes. The injection, a month
    ago, eased it in part. He has tried nothing else yet.
    """
    expected = {
        "watchful-waiting": fits("sciatica-often-settles", "know-the-spine-signs"),
        "exercise-program": fits("exercise-for-nearly-all"),
        "repeat-guided-injection": later("weeks-apart", "diabetes-steroid"),
        "surgical-consultation": later("exercise-before-surgeon"),
        "spinal-decompression-fusion": later("spine-when-severe", "neck-surgery-faster"),
        "diagnostic-nerve-block": not_usual("limb-pain-not-facet"),
    }

    assert expected == told(
        expected,
        place="neck",
        cause="disc",
        response="partial",
        since="2-6-weeks",
        tried="none",
        health="diabetes",
        impact="moderate",
        duration="6-12-weeks",
        spread="limb",
        nerve_signs="none",
    )
