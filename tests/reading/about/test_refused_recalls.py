"""Recalls of the real content that cannot act: each says why, and what would."""

import pytest

from tests.reading.about.test_recalls import recalled
from treatment_guide.library.model import Library
from treatment_guide.library.recall.applying import in_effect, misfit


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [
        ("option", "check-the-diagnosis", "an outcome without it could be empty"),
        ("option", "prpp", "Is `prp` meant?"),
        ("fact", "no-such-fact", "There is no fact"),
        ("rule", "prp/no-such-rule", "There is no rule"),
        ("notice", "no-such-notice", "There is no notice"),
    ],
)
def test_a_recall_that_cannot_act_says_what_would(library: Library, kind, name, says) -> None:
    assert says in misfit(library, recalled(kind, name))


def test_the_last_rule_that_speaks_for_an_option_goes_with_the_option(library: Library) -> None:
    """An option that nothing speaks for would stand there for nobody: it is withdrawn instead."""
    option = library.guide.options["prp"]
    targets = [recalled("rule", f"prp/{name}") for name in {r.because for r in option.fits}]
    _, faults = in_effect(library, targets)

    assert 'withdraws = "option:prp"' in faults[0].message
