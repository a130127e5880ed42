"""Mistakes of an editor in the value statements. See `planting.py`."""

from tests.library.mistakes.planting import Mistake, one, swap

LOW_RISK, LOW_RISK_WORDS = "guide/values/low-risk.yaml", "en/values/low-risk.md"
PROLOTHERAPY = "prolotherapy: {speaks: not-known, source: [rabago-2013]}"

#: Fourteen words, in a sentence that is not too long by itself.
LONG = "Nobody who has ever been told of this would find it at all strange."

MISTAKES_OF_VALUES: list[Mistake] = [
    one(
        "low risk of what nobody has counted",
        swap(LOW_RISK, PROLOTHERAPY, "prolotherapy: {speaks: for, source: [rabago-2013]}"),
        LOW_RISK,
        "prolotherapy:",
        "Nobody has counted what can go wrong",
    ),
    one(
        "an option about which nobody has said a thing",
        swap(LOW_RISK, f"{PROLOTHERAPY}\n", ""),
        LOW_RISK,
        1,
        "Nobody has said how `prolotherapy` sits with `low-risk`",
    ),
    one(
        "a statement that rests on nothing",
        swap(LOW_RISK, PROLOTHERAPY, "prolotherapy: {speaks: against}"),
        LOW_RISK,
        "prolotherapy:",
        "Say what it rests on",
    ),
    one(
        "a statement that rests on a source of another page",
        swap(LOW_RISK, PROLOTHERAPY, "prolotherapy: {speaks: mixed, source: [bennell-2021]}"),
        LOW_RISK,
        "prolotherapy:",
        "names no source `bennell-2021`",
    ),
    one(
        "a statement too long for its row",
        swap(
            LOW_RISK_WORDS,
            "The scan itself does",
            "Now and then, and then again, the scan itself does",
        ),
        LOW_RISK_WORDS,
        "scan itself",
        "at most 28 words",
    ),
]
