"""Which properties an audit found broken."""

from __future__ import annotations

from treatment_guide.engine.proof.audit import Report


def broken(report: Report) -> set[int]:
    """The numbers of the properties that an audit found broken."""
    return {finding.property for finding in report.findings}
