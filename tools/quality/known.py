"""Known false alarms of the judges: what is passed over, and why. Each judge asks here only.

A row is the judge, the rule (its whole name), words that the finding must hold (its place in the
page, or its message), and the reason. A row that no longer meets a finding is told at the end.
"""

from typing import NamedTuple


class FalseAlarm(NamedTuple):
    """What is passed over: a judge's rule, words of the finding, and why it is no fault."""

    judge: str
    rule: str
    words: str
    reason: str


FALSE_ALARMS: tuple[FalseAlarm, ...] = ()


def is_known(judge: str, rule: str, finding: str) -> bool:
    """True when a finding of a judge is a known false alarm."""
    return any(
        (judge, rule) == (each.judge, each.rule) and each.words in finding for each in FALSE_ALARMS
    )
