"""Known false alarms of the judges: what is passed over, and why. Each judge asks here only.

A row is the judge, the rule (its whole name), words that the finding must hold (its place in the
page, or its message), and the reason.
"""

from typing import NamedTuple


class FalseAlarm(NamedTuple):
    """What is passed over: a judge's rule, words of the finding, and why it is no fault."""

    judge: str
    rule: str
    words: str
    reason: str


#: The fold of the feedback form, and the body map, are what most of these speak of.
FALSE_ALARMS: tuple[FalseAlarm, ...] = (
    FalseAlarm(
        "IBM checker",
        "input_label_exists",
        'id="line"',
        "label and field are hidden together while their fold is closed; open, it finds none",
    ),
    FalseAlarm(
        "IBM checker",
        "label_content_exists",
        'id="area-',
        "an area of the body map is a second place to tap; the words stand in the choice's own label",
    ),
    FalseAlarm(
        "IBM checker",
        "form_label_unique",
        'for="place-',
        "the same: HTML allows a field several labels, and the empty one adds nothing to its name",
    ),
    FalseAlarm(
        "IBM checker",
        "fieldset_label_valid",
        'class="tick-group"',
        "group and legend are hidden together while their fold is closed; open, it finds none",
    ),
    FalseAlarm(
        "IBM checker",
        "input_checkboxes_grouped",
        'name="option"',
        "the ticks of one question stand in a group for each step, each with its legend",
    ),
)


def is_known(judge: str, rule: str, finding: str) -> bool:
    """True when a finding of a judge is a known false alarm."""
    return any(
        (judge, rule) == (each.judge, each.rule) and each.words in finding for each in FALSE_ALARMS
    )
