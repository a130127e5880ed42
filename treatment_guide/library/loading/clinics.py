"""Clinics that link to the guide, and diagnosis codes of record systems: read and checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from treatment_guide.library.faults.file_kinds import files_of
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.loading.rules import RuleBook
from treatment_guide.library.model import Clinic, Diagnosis, Opening, Phone
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.adopters.clinics import ClinicShape, SystemShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_yaml


class ClinicReader:
    """Reads the clinics and the diagnosis codes. A small guide may have neither."""

    def __init__(self, files: WordFiles, book: RuleBook, problems: Problems) -> None:
        self.root = files.folder.parent
        self.book = book
        self.problems = problems

    def clinics(self) -> dict[int, Clinic]:
        """Every clinic by its number in the answer code."""
        numbers = next((f.numbers for f in self.book.layout.fields if f.name == "clinic"), {})
        files = files_of(self.root, "clinics", "yaml")
        there = {Path(file).stem: self.root / file for file in files}
        self.problems.stands("clinic", ((n, f"clinics/{n}.yaml:1") for n in there))
        self.problems.stands("clinic:number", ((n, "guide/numbers.yaml") for n in numbers))
        for missing in sorted(set(numbers) - set(there)):
            message = (
                f"There is no file clinics/{missing}.yaml. A clinic that is gone is retired: move "
                "its number to `retired`."
            )
            at = ("guide/numbers.yaml", 1, "numbers.clinic", message)
            self.problems.lacks("clinic", missing, *at)
        found: dict[int, Clinic] = {}
        for name, path in there.items():
            file = f"clinics/{name}.yaml"
            if name not in numbers:
                message = "The clinic has no number in guide/numbers.yaml. Give it the next one."
                self.problems.lacks("clinic:number", name, file, 1, "", message)
            document = read_yaml(path, file, self.problems)
            shape = document and validated(ClinicShape, document, document.data, self.problems)
            if document and shape and name in numbers:
                found[numbers[name]] = self.clinic(name, numbers[name], document, shape)
        return dict(sorted(found.items()))

    def clinic(self, name: str, number: int, document: Document, shape: ClinicShape) -> Clinic:
        """One clinic; what it offers has to be options of the guide."""
        for i, option in enumerate(shape.offers):
            if option not in self.book.offered:
                at = (document.file, document.line(("offers", i)), "offers")
                self.problems.lacks("option", option, *at, f"There is no option `{option}`.")
        for i, hours in enumerate(shape.hours):
            if hours.opens >= hours.closes:
                line = document.line(("hours", i))
                self.problems.add(document.file, line, "hours", "It closes before it opens.")
        if shape.check_by <= shape.checked:
            line = document.line(("check-by",))
            self.problems.add(document.file, line, "check-by", "`check-by` comes after `checked`.")
        return Clinic(
            id=name,
            number=number,
            made_up=shape.kind == "example",
            name=shape.name,
            phone=_phone(shape.phone),
            hours=tuple(Opening(tuple(h.days), h.opens, h.closes) for h in shape.hours),
            out_of_hours=_phone(shape.out_of_hours) if shape.out_of_hours else None,
            website=shape.website,
            offers=frozenset(shape.offers),
            wait=shape.wait,
            checked=shape.checked,
            check_by=shape.check_by,
        )

    def diagnoses(self) -> dict[str, dict[str, Diagnosis]]:
        """For each code system: the diagnosis for each code prefix (without its dot)."""
        path = self.root / "guide/diagnoses.yaml"
        if not path.exists():
            return {}
        document = read_yaml(path, "guide/diagnoses.yaml", self.problems)
        found: dict[str, dict[str, Diagnosis]] = {}
        for system, data in (document.data if document else {}).items():
            assert document
            shape = validated(SystemShape, document, data, self.problems, (system,))
            if shape:
                found[system] = self.system(system, document, shape)
        return found

    def system(self, name: str, document: Document, shape: SystemShape) -> dict[str, Diagnosis]:
        """The diagnoses of one system by prefix; a prefix given twice is a fault."""
        found: dict[str, Diagnosis] = {}
        for where, codes, meant in self.rows(name, document, shape):
            for code in codes:
                bare = code.replace(".", "")
                if bare in found:
                    line = document.line(where)
                    self.problems.add(document.file, line, code, "This code stands twice.")
                found[bare] = meant
        return found

    def rows(
        self, name: str, document: Document, shape: SystemShape
    ) -> Iterator[tuple[tuple[str | int, ...], Sequence[str], Diagnosis]]:
        """Every row of the table: its path in the file, its codes, its diagnosis."""
        yield (name, "danger"), shape.danger, Diagnosis(danger=True)
        for i, row in enumerate(shape.places):
            where = (name, "places", i)
            answers = {"place": row.place, **({"cause": row.cause} if row.cause else {})}
            at = (document.file, document.line(where), "places")
            note_not_offered(self.book, answers, at, self.problems)
            yield where, row.codes, Diagnosis(answers)
        yield (name, "no-place"), shape.no_place, Diagnosis()


def note_not_offered(
    book: RuleBook, answers: Mapping[str, str], at: tuple[str, int, str], problems: Problems
) -> None:
    """Note answers that are unknown or not offered together. `at`: file, line and field of them."""
    given = {question: frozenset((choice,)) for question, choice in answers.items()}
    for question, choice in answers.items():
        asked = book.questions.get(question)
        if asked is None:
            problems.lacks("question", question, *at, f"There is no question `{question}`.")
        elif choice not in asked.choices:
            message = f"`{choice}` is not a choice of {question}."
            problems.lacks("choice", f"{question}.{choice}", *at, message)
        elif choice not in asked.offered(given):
            parent = asked.by
            given_there = answers.get(str(parent))
            known = parent is None or given_there in book.questions[parent].choices
            if known:  # an unknown answer has a fault already
                offered = ", ".join(asked.offered(given)) or "nothing"
                message = f"`{choice}` is not offered there by {question}. Offered: {offered}."
                problems.add(*at, message)


def _phone(number: str) -> Phone:
    return Phone(number, re.sub(r"[^\d+]", "", number))
