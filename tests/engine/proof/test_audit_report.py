"""The audit of a sound guide, and what its report says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.engine.fixture_types import Relaid
from treatment_guide.engine.answers import Answers
from treatment_guide.engine.code import Layout
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.proof.audit import PROPERTIES, Finding, audit


def test_tiny_guide_audits_clean(guide: Guide, layout: Layout):
    """A guide without a fault has no findings."""
    assert audit(guide, layout).findings == ()


def test_report_says_how_many_situations_it_covered(
    guide: Guide, layout: Layout, every_answer: Callable[..., Iterator[Answers]]
):
    """The number of situations in the report is that of all sets of answers."""
    assert audit(guide, layout).answer_sets == sum(1 for _ in every_answer(guide.questions))


def test_report_names_the_option_that_needs_most_classes(guide: Guide, layout: Layout):
    """The report says which option is the hardest to review, and how hard."""
    report = audit(guide, layout)

    assert report.largest[0] == "injection"
    assert 0 < report.largest[1] <= report.classes <= report.looked_at


def test_report_gives_the_findings_of_one_property(
    guide: Guide, layout: Layout, with_field: Relaid
):
    """Findings can be read property by property."""
    report = audit(guide, with_field(layout, "urgent", now=False))

    assert (len(report.of(3)) > 0, report.of(8)) == (True, ())


def test_finding_is_read_as_a_sentence():
    """A finding says which property is broken, where, and by what."""
    finding = Finding(4, "look", "later: health: infection")

    assert str(finding) == "property 4, look: later: health: infection"


def test_there_are_twelve_properties():
    """The twelve properties are numbered one to twelve."""
    assert list(PROPERTIES) == list(range(1, 13))
