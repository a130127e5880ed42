"""Patient cases: read from their files, and compared with what a guide says.

A case gives a reader's answers and what guidelines say of such a patient. Its fields:

- `must`, `must-not`: for an option the group, or a list of groups, that is right, or wrong
- `says`: notices that must be shown
- `warned`: for an option the question whose answer must bring a caution; `any` stands for any of
  them, and `some` for any caution at all, one that everybody sees too
- `cautions`, `reasons`: for an option the caution, or the reason, that must be shown (the id of its
  words)
- `help`: how soon help is needed (`emergency`, `today`); then no option is shown
- `why`, `source`: the reason in words, and the ids of its sources
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from treatment_guide.engine.answers import NONE, NOT_SURE, Answers
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import GROUPS
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Standing, Urgent
from treatment_guide.engine.reader import Reader
from treatment_guide.library.faults.nearest import meant

CASES = Path(__file__).parent
ANY, SOME = "any", "some"
FIELDS = {
    "name", "answers", "must", "must-not", "says", "warned", "cautions", "reasons", "help", "why",
    "source",
}  # fmt: skip
NEEDED = {"name", "answers", "why", "source"}

Groups = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Patient:
    """One case. `file` and `name` together are its id; the other fields are those of the file."""

    file: str
    name: str
    answers: Answers
    why: str
    source: tuple[str, ...]
    must: Groups = field(default_factory=dict)
    must_not: Groups = field(default_factory=dict)
    says: tuple[str, ...] = ()
    warned: Groups = field(default_factory=dict)
    cautions: Groups = field(default_factory=dict)
    reasons: Groups = field(default_factory=dict)
    help: str | None = None

    @property
    def id(self) -> str:
        """The file and the name, as pytest shows them."""
        return f"{self.file}:{self.name}"

    @property
    def options(self) -> frozenset[str]:
        """Every option that the case says something about."""
        return frozenset().union(self.must, self.must_not, self.warned, self.cautions, self.reasons)

    def wants(self, option: str) -> bool:
        """True where the option must be open: it fits, or depends on an answer."""
        return option in self.must and set(self.must[option]) <= {"fits", "depends"}

    def holds_back(self, option: str) -> bool:
        """True where the option must not fit."""
        right, wrong = self.must.get(option, GROUPS), self.must_not.get(option, ())
        return "fits" not in right or "fits" in wrong


def many(value: Any) -> tuple[str, ...]:
    """One id, or a list of ids, as a tuple."""
    return tuple(value) if isinstance(value, list) else (str(value),)


def read_patients(folder: Path = CASES) -> list[Patient]:
    """The cases of every file. Raises ValueError for a case that lacks a field, or has a wrong one."""
    return [
        read_patient(path.stem, record)
        for path in sorted(folder.glob("*.yaml"))
        for record in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    ]


def read_patient(file: str, record: Mapping[str, Any]) -> Patient:
    """One case of a file. Raises ValueError that says what is wrong with which case."""
    name = record.get("name", "a case without a name")
    wrong = [f"`{each}` is missing" for each in sorted(NEEDED - record.keys())]
    wrong += [f"`{each}` is no field.{meant(each, FIELDS)}" for each in record.keys() - FIELDS]
    if wrong:
        raise ValueError(f"{file}.yaml, {name}: {'; '.join(wrong)}")
    groups = {
        kind: {option: many(value) for option, value in record.get(kind, {}).items()}
        for kind in ("must", "must-not", "warned", "cautions", "reasons")
    }
    return Patient(
        file,
        name,
        {question: frozenset(many(chosen)) for question, chosen in record["answers"].items()},
        record["why"],
        many(record["source"]),
        groups["must"],
        groups["must-not"],
        many(record.get("says", [])),
        groups["warned"],
        groups["cautions"],
        groups["reasons"],
        record.get("help"),
    )


def unknown(patient: Patient, guide: Guide) -> Iterator[str]:
    """What the case names and the guide does not have, in words."""
    for question, chosen in patient.answers.items():
        if question not in guide.questions:
            yield f"there is no question {question}.{meant(question, guide.questions)}"
            continue
        asked = guide.questions[question]
        known, offered = set(asked.choices), set(asked.offered(patient.answers))
        for choice in sorted(chosen - known):
            yield f"{question} has no choice {choice}.{meant(choice, known)}"
        for choice in sorted(chosen & known - offered - {NONE, NOT_SURE}):
            yield f"{question} does not offer {choice} at this place"
    for option in sorted(patient.options - guide.options.keys()):
        yield f"there is no option {option}.{meant(option, guide.options)}"
    for group in {
        g for kind in (patient.must, patient.must_not) for each in kind.values() for g in each
    }:
        if group not in GROUPS:
            yield f"there is no group {group}.{meant(group, GROUPS)}"
    for question in {q for each in patient.warned.values() for q in each} - {ANY, SOME}:
        if question not in guide.questions:
            yield f"there is no question {question}.{meant(question, guide.questions)}"
    notices = {rule.because for rule in guide.notices}
    for notice in sorted(set(patient.says) - notices):
        yield f"there is no notice {notice}.{meant(notice, notices)}"


def misses(patient: Patient, guide: Guide) -> list[str]:
    """What the guide says otherwise than the case, in words; empty where both agree."""
    found = list(unknown(patient, guide))
    outcome = narrow(Reader(guide, patient.answers))
    if isinstance(outcome, Urgent):
        if outcome.level == patient.help:
            return found
        return [*found, f"help was expected {patient.help or 'not'}: it is {outcome.level}"]
    if patient.help:
        found.append(f"help was expected ({patient.help}), and options are shown")
    said = {notice.because for notice in outcome.notices}
    found += [f"the notice {notice} is not shown" for notice in patient.says if notice not in said]
    for standing in outcome.standings:
        found += misses_of(patient, standing)
    return found


def misses_of(patient: Patient, standing: Standing) -> Iterator[str]:
    """What the guide says otherwise than the case about one option."""
    option, group = standing.option, standing.group
    right, wrong = patient.must.get(option), patient.must_not.get(option, ())
    if (right and group not in right) or group in wrong:
        expected = f"must be {' or '.join(right)}" if right else f"must not be {' or '.join(wrong)}"
        yield f"{option} {expected}; it is {group} ({reasons(standing)})"
    from_answers = {question for caution in standing.cautions for question in caution.questions}
    for question in patient.warned.get(option, ()):
        met = {ANY: from_answers, SOME: standing.cautions}.get(question, {question} & from_answers)
        if not met:
            by = {ANY: " from an answer", SOME: ""}.get(question, f" from the answer to {question}")
            yield f"{option} must carry a caution{by}; it has {cautions(standing)}"
    shown = {caution.because for caution in standing.cautions}
    for caution in patient.cautions.get(option, ()):
        if caution not in shown:
            yield f"{option} must carry the caution {caution}; it has {cautions(standing)}"
    given = {reason.because for reason in standing.reasons}
    for reason in patient.reasons.get(option, ()):
        if reason not in given:
            yield f"{option} must give the reason {reason}; it is {group} ({reasons(standing)})"


def reasons(standing: Standing) -> str:
    """The reasons of a standing: kind, id of the words, questions."""
    return listed(f"{r.kind}: {r.because} by {'+'.join(r.questions)}" for r in standing.reasons)


def cautions(standing: Standing) -> str:
    """The cautions of a standing, each with the questions that it comes from."""
    return listed(f"{c.because} by {'+'.join(c.questions)}" for c in standing.cautions)


def listed(parts: Iterable[str]) -> str:
    """Parts with commas, or the word none."""
    return ", ".join(parts) or "none"
