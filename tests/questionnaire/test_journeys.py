"""Patient stories, from the questionnaire to the outcome page, for a clinician to read.

Each story names a few options: where they stand on the page, and the reasons and warnings that have
to be read there. `fits`: worth asking about now. `depends`: on something not known yet.
`later`: usually after something else. `less-likely`: not usually used here.
"""

import re
from collections.abc import Callable
from html import escape

import pytest

from tests.questionnaire.outcome.shown import Shown
from tests.site_fixtures import Html

Stands = dict[str, tuple[str, set[str]]]


def fits(*reasons: str) -> tuple[str, set[str]]:
    """Worth asking about now, and these words are there."""
    return "fits", set(reasons)


def depends(*reasons: str) -> tuple[str, set[str]]:
    """Depends on something not known yet, and these words are there."""
    return "depends", set(reasons)


def later(*reasons: str) -> tuple[str, set[str]]:
    """Usually after something else, and these words say what."""
    return "later", set(reasons)


def not_usual(*reasons: str) -> tuple[str, set[str]]:
    """Not usually used here, and these words say why."""
    return "less-likely", set(reasons)


@pytest.fixture
def told(client, code, library) -> Callable[..., Stands]:
    """Tell a story and read the outcome page: `told(expected, place="knee", ...)`.

    Gives each option of `expected` as it stands on the page, with those of the expected reasons
    whose words are read with it: in its row, above its group, or under "Take care". No danger sign
    is ticked unless the story says so. Both printed pages are read too: they list what fits.
    """

    def tell(expected: Stands, **answers: str) -> Stands:
        story = {"urgent": "none", "urgent_here": "none", **answers}
        here = code({name.replace("_", "-"): text for name, text in story.items()})
        page = Html(client.get(f"/whats-next/outcome/{here}/").content.decode())
        shown, groups = Shown(page, library), page.groups
        fitting = {option for option, group in groups.items() if group == "fits"}
        take = client.get(f"/whats-next/take/{here}/").content.decode()
        assert set(re.findall(r'aria-labelledby="o-([\w-]+)"', take)) == fitting
        paper = client.get(f"/whats-next/clinician/{here}/").content.decode()
        (listed,) = re.findall(r'<ul class="plain-names">(.*?)</ul>', paper, re.DOTALL)
        printed = {each.split(" (")[0] for each in re.findall(r"<li>(.*?)</li>", listed)}
        assert printed == {name(option) for option in fitting}
        return {
            option: (groups[option], {each for each in reasons if shown.says(option, each)})
            for option, (_, reasons) in expected.items()
        }

    def name(option: str) -> str:
        return escape(library.options[option].page.short)

    return tell


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
