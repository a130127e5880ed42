"""Where another injection and an operation both fit, both rows say that one delays the other."""

from itertools import product

import pytest

from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome, Standing
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library

GUIDE = current_library().guide
REPEAT = "repeat-guided-injection"
#: The reasons that say it, on the row of the injection and on that of the operation.
ON_INJECTION = {"injection-delays-operation", "tear-steroid"}
ON_OPERATION = {"injection-or-operation"}
OPERATIONS = [name for name, each in GUIDE.options.items() if "operation" in each.traits]
PLACES = [place for place in GUIDE.questions["place"].choices if place != "not-sure"]


def outcomes(place: str) -> list[tuple[dict[str, str], dict[str, Standing]]]:
    """Every mixture of what decides about operations, for somebody whose injection wore off."""
    asked = {
        "cause": GUIDE.questions["cause"].offered({"place": frozenset({place})}),
        "scan": ("mild", "advanced", "tear"),
        "impact": ("mild", "moderate", "severe"),
        "nerve-signs": ("none", "weak"),
        "block": ("helped",),
    }
    fixed = {
        "place": place,
        "urgent": "none",
        "urgent-here": "none",
        "response": "wore-off",
        "since": "over-12-weeks",
        "count": "one",
        "duration": "over-6-months",
        "spread": "limb",
        "health": "none",
        "guided": "imaged",
    }
    found = []
    for chosen in product(*asked.values()):
        said = {**fixed, **dict(zip(asked, chosen, strict=True))}
        answers = {name: frozenset({choice}) for name, choice in said.items()}
        answers["tried"] = frozenset({"exercise", "brace", "medicines"})
        outcome = narrow(Reader(GUIDE, answers))
        assert isinstance(outcome, Outcome)
        found.append((said, {each.option: each for each in outcome.standings}))
    return found


def says(standing: Standing, reasons: set[str]) -> bool:
    return any(caution.because in reasons for caution in standing.cautions)


@pytest.mark.parametrize("place", PLACES)
def test_both_rows_say_that_one_delays_the_other(place: str) -> None:
    """Whoever could have either should not have one close to the other by accident."""
    for said, rows in outcomes(place):
        if rows[REPEAT].group != "fits":
            continue
        for name in OPERATIONS:
            if rows[name].group == "fits":
                assert says(rows[REPEAT], ON_INJECTION), (name, said)
                assert says(rows[name], ON_OPERATION), (name, said)


@pytest.mark.parametrize("place", PLACES)
def test_no_operation_warns_of_a_needle_that_is_not_usual(place: str) -> None:
    """Steroid that may tear a tendon is not spoken of as if it came into question."""
    for said, rows in outcomes(place):
        if rows[REPEAT].group == "less-likely":
            for name in OPERATIONS:
                if rows[name].group == "fits":
                    assert not says(rows[name], ON_OPERATION), (name, said)
