"""Whole journeys with a painful joint, tendon or hand."""

from tests.questionnaire.journeys.shared import depends, fits, later, not_usual


def test_knee_arthritis_worn_off_on_a_blood_thinner(told):
    """A woman of 68 with knee arthritis. The injection helped for two months and wore off.
    She has done an exercise program, the pain limits her somewhat, and she takes a blood thinner.
    """
    expected = {
        "check-the-diagnosis": fits("failed-is-a-signal"),
        "repeat-guided-injection": fits("first-one-helped", "blood-thinners"),
        "hyaluronic-acid": fits("gel-knee", "gel-disagree", "blood-thinners"),
        "pain-medicines": fits("medicines-review", "nsaid-with-thinners"),
        "exercise-program": fits("done-exercise"),
        "radiofrequency-ablation": depends("block-first"),
        "joint-replacement": later("replacement-severe"),
        "shockwave": not_usual("nowhere-shockwave"),
        "spinal-cord-stimulation": not_usual("nowhere-scs"),
    }

    assert expected == told(
        expected,
        place="knee",
        cause="arthritis",
        response="wore-off",
        since="over-12-weeks",
        tried="exercise",
        health="blood-thinners",
        impact="moderate",
    )


def test_tennis_elbow_short_relief(told):
    """A painter with tennis elbow. The injection eased it for three weeks, four months ago.
    He has not tried an exercise program.
    """
    expected = {
        "exercise-program": fits("exercise-for-nearly-all"),
        "watchful-waiting": fits("often-settles"),
        "bracing-and-orthotics": fits("strap-elbow"),
        "prp": not_usual("prp-elbow-little"),
        "prolotherapy": later("exercise-first"),
        "repeat-guided-injection": not_usual("elbow-steroid-worse-later"),
        "joint-replacement": not_usual("nowhere-replacement"),
    }

    assert expected == told(
        expected,
        place="elbow",
        cause="tendon",
        response="short",
        since="over-12-weeks",
        tried="none",
        health="none",
        impact="moderate",
    )


def test_severe_hip_arthritis_four_weeks_after_the_injection(told):
    """A man with advanced hip arthritis and severe pain. The injection, a month ago, did nothing.
    He has exercised and lost weight. A new joint has to wait until the steroid is well past.
    """
    expected = {
        "surgical-consultation": fits("surgeon-may-help", "a-talk-not-a-promise"),
        "new-imaging": fits("picture-before-surgery-talk"),
        "weight-management": fits("done-weight"),
        "joint-replacement": later("replacement-after-injection"),
        "hyaluronic-acid": not_usual("nowhere-hyaluronic-acid"),
        "prp": not_usual("nowhere-prp"),
    }

    assert expected == told(
        expected,
        place="hip",
        cause="arthritis",
        response="none",
        since="2-6-weeks",
        tried="exercise weight",
        health="none",
        impact="severe",
        scan="advanced",
    )


def test_frozen_shoulder_with_diabetes(told):
    """A woman with a frozen shoulder and diabetes. The injection eased it, not enough,
    two months ago, and she has done an exercise program.
    """
    expected = {
        "watchful-waiting": fits("often-settles", "frozen-shoulder-not-always-full"),
        "repeat-guided-injection": fits("first-one-helped", "diabetes-steroid"),
        "frozen-shoulder-release": fits("frozen-release", "frozen-all-alike"),
        "prp": not_usual("nowhere-prp"),
        "tendon-ligament-repair": not_usual("nowhere-repair"),
    }

    assert expected == told(
        expected,
        place="shoulder",
        cause="frozen-shoulder",
        response="partial",
        since="6-12-weeks",
        tried="exercise",
        health="diabetes",
        impact="moderate",
    )


def test_carpal_tunnel_in_pregnancy_with_lasting_numbness(told):
    """A pregnant woman with carpal tunnel syndrome. She wore a splint, the injection helped for
    three weeks, and her fingers are now numb all the time.
    """
    expected = {
        "nerve-tests": fits("nerve-may-be-pinched", "nerve-signs-test"),
        "surgical-consultation": fits("nerve-signs-surgeon"),
        "small-release-surgery": fits("release-carpal", "carpal-pregnant"),
        "pain-medicines": fits("medicines-pregnant"),
        "watchful-waiting": not_usual("nerve-cannot-wait"),
    }

    assert expected == told(
        expected,
        place="wrist-hand",
        cause="carpal-tunnel",
        response="short",
        since="over-12-weeks",
        tried="brace",
        health="pregnancy",
        impact="moderate",
        nerve_signs="numb-always",
    )


def test_trigger_finger_after_one_injection(told):
    """A man with a trigger finger. One injection helped for two months; he has tried nothing else."""
    expected = {
        "repeat-guided-injection": fits("first-one-helped"),
        "small-release-surgery": fits("release-trigger", "trigger-second-injection"),
        "surgical-consultation": fits("surgeon-may-help"),
        "pain-program": not_usual("local-fix-exists"),
        "shockwave": not_usual("nowhere-shockwave"),
    }

    assert expected == told(
        expected,
        place="wrist-hand",
        cause="trigger-finger",
        response="wore-off",
        since="over-12-weeks",
        tried="none",
        health="none",
        impact="moderate",
        count="one",
    )


def test_heel_pain_that_came_back_the_next_day(told):
    """A nurse with heel pain. The injection worked for one day, four months ago.
    She has done her exercises and cut down on standing.
    """
    expected = {
        "shockwave": fits("shockwave-heel", "shockwave-special"),
        "bracing-and-orthotics": fits("support-foot"),
        "activity-changes": fits("load-for-all", "done-pacing"),
        "hyaluronic-acid": not_usual("nowhere-hyaluronic-acid"),
        "spinal-decompression-fusion": not_usual("nowhere-spine-surgery"),
    }

    assert expected == told(
        expected,
        place="ankle-foot",
        cause="heel",
        response="hours",
        since="over-12-weeks",
        tried="exercise pacing",
        health="none",
        impact="moderate",
    )


def test_a_replaced_knee_that_hurts(told):
    """A man whose painful knee has been replaced: no needle into it, and its surgeon looks first."""
    expected = {
        "new-imaging": fits("replaced-joint-look"),
        "surgical-consultation": fits("replaced-joint-surgeon"),
        "repeat-guided-injection": not_usual("replaced-joint"),
        "prp": not_usual("replaced-joint"),
        "hyaluronic-acid": not_usual("replaced-joint"),
        "joint-replacement": not_usual("already-replaced"),
        "watchful-waiting": not_usual("replaced-joint-look"),
    }

    assert expected == told(
        expected,
        place="knee",
        cause="arthritis",
        response="none",
        since="6-12-weeks",
        tried="exercise",
        health="joint-replacement",
        impact="moderate",
    )


def test_torn_shoulder_tendon_and_a_wish_to_avoid_surgery(told):
    """A gardener with a torn shoulder tendon who would rather avoid surgery: nothing is taken from
    her list, and asking is not agreeing.
    """
    expected = {
        "exercise-program": fits("exercise-for-nearly-all"),
        "surgical-consultation": fits("surgeon-may-help", "asking-is-not-agreeing"),
        "tendon-ligament-repair": fits("repair-cuff", "cuff-both-help", "asking-is-not-agreeing"),
        "small-release-surgery": not_usual("nowhere-release"),
    }

    assert expected == told(
        expected,
        place="shoulder",
        cause="tendon",
        response="partial",
        since="6-12-weeks",
        tried="exercise",
        health="none",
        impact="moderate",
        scan="tear",
        matters="avoid-surgery",
    )
