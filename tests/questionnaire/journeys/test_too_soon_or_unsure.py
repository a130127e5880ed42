"""Whole journeys of readers who come early, are worse, or are not sure."""

from tests.questionnaire.journeys.shared import depends, fits, later, not_usual


def test_regional_pain_syndrome_with_an_infection(told):
    """A man with complex regional pain syndrome of the hand, and an infection that has to pass."""
    expected = {
        "pain-program": fits("pain-lasts"),
        "spinal-cord-stimulation": later("infection-first"),
        "other-nerve-stimulation": later("infection-first"),
        "diagnostic-nerve-block": not_usual("nowhere-block"),
    }

    assert expected == told(
        expected,
        place="wrist-hand",
        cause="crps",
        response="none",
        since="over-12-weeks",
        tried="exercise medicines",
        health="infection",
        impact="severe",
    )


def test_too_soon_to_judge(told):
    """A woman with pain at the side of her hip, ten days after the injection, and not sure yet."""
    expected = {
        "check-the-diagnosis": fits("failed-is-a-signal", "book-for-later"),
        "watchful-waiting": fits("steroid-still-working"),
        "exercise-program": fits("rest-first-days"),
        "repeat-guided-injection": later("too-soon"),
        "shockwave": later("shockwave-six-weeks"),
    }

    assert expected == told(
        expected,
        place="outer-hip",
        cause="bursa",
        response="not-sure",
        since="under-2-weeks",
        tried="exercise",
        health="none",
        impact="mild",
    )


def test_worse_since_the_injection(told):
    """A man whose knee is worse since the injection, a month ago: somebody has to look first."""
    expected = {
        "new-imaging": fits("worse-needs-a-look"),
        "exercise-program": fits("gentle-until-checked"),
        "prp": later("worse-first"),
        "hyaluronic-acid": later("worse-first"),
        "joint-replacement": later("replacement-after-injection"),
        "watchful-waiting": not_usual("worse-cannot-wait"),
    }

    assert expected == told(
        expected,
        place="knee",
        cause="arthritis",
        response="worse",
        since="2-6-weeks",
        tried="exercise",
        health="none",
        impact="severe",
    )


def test_morning_stiffness_in_several_joints(told):
    """A woman whose shoulder was injected, and whose joints are now stiff every morning: a doctor
    within days, and every needle and operation after that.
    """
    expected = {
        "check-the-diagnosis": fits("failed-is-a-signal"),
        "new-imaging": fits("sign-needs-a-look"),
        "repeat-guided-injection": later("sign-first"),
        "prp": later("sign-first"),
        "surgical-consultation": later("sign-first"),
        "watchful-waiting": not_usual("sign-cannot-wait"),
    }

    assert expected == told(
        expected,
        urgent="stiff-joints",
        place="shoulder",
        cause="not-sure",
        response="short",
        since="6-12-weeks",
        tried="exercise",
        health="none",
        impact="moderate",
    )


def test_someone_who_is_not_sure_of_anything(told):
    """A man with neck pain who is not sure of anything: nothing that could be used in a neck is put
    off or ruled out, and there is something to talk about.
    """
    expected = {
        "check-the-diagnosis": fits("failed-is-a-signal"),
        "exercise-program": fits("exercise-for-nearly-all"),
        "repeat-guided-injection": depends(),
        "radiofrequency-ablation": depends("block-first", "exercise-first"),
        "spinal-decompression-fusion": depends("spine-when-severe"),
        "joint-replacement": not_usual("nowhere-replacement"),
    }

    assert expected == told(
        expected,
        place="neck",
        cause="not-sure",
        response="not-sure",
        since="not-sure",
        tried="not-sure",
        health="not-sure",
        impact="not-sure",
    )
