"""`guide/numbers.yaml` as the layout of the answer code, its numbers checked against the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from treatment_guide.engine.answers import Question
from treatment_guide.engine.code import (
    BITS,
    DAY_FIELDS,
    EDITION,
    LOCAL_CLINICS,
    LONGEST_CODE,
    OUR_CLINICS,
    Field,
    Layout,
)
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.questions import FieldShape, NumbersShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_yaml

FILE = "guide/numbers.yaml"
#: The field of the clinic that gave a code out.
CLINIC = "clinic"
#: Fields that are no question.
OWN = (*DAY_FIELDS, CLINIC, EDITION, "spare")


def read_layout(root: Path, questions: Mapping[str, Question], problems: Problems) -> Layout:
    """The layout of the answer code: a number for every choice. Every fault is noted."""
    document = read_yaml(root / FILE, FILE, problems)
    shape = document and validated(NumbersShape, document, document.data, problems)
    if not document or not shape:
        return Layout(())
    reader = _Reader(document, shape, questions, problems)
    blocks = tuple(tuple(reader.field(each) for each in row) for row in shape.blocks)
    layout = Layout(blocks)
    reader.blocks(layout)
    reader.about_today(layout)
    reader.editions(layout)
    return layout


class _Reader:
    def __init__(
        self,
        document: Document,
        shape: NumbersShape,
        questions: Mapping[str, Question],
        problems: Problems,
    ) -> None:
        self.document = document
        self.shape = shape
        self.questions = questions
        self.problems = problems

    def at(self, where: tuple[str, ...]) -> tuple[str, int, str]:
        """File, line and field of a part of the file."""
        return FILE, self.document.line(where), ".".join(where)

    def fault(self, where: tuple[str, ...], message: str) -> None:
        """Note a fault at a part of the file."""
        self.problems.add(*self.at(where), message)

    def field(self, each: FieldShape) -> Field:
        """One field, its numbers checked against the question's choices."""
        question = self.questions.get(each.field)
        numbers = self.shape.numbers.get(each.field, {})
        retired = frozenset(self.shape.retired.get(each.field, []))
        made = Field(
            each.field,
            each.bits,
            several=question is not None and question.kind == "several",
            numbers=numbers,
            retired=retired,
            now=each.field in self.shape.now,
            edition=question.edition if question else 0,
            elsewhere=LOCAL_CLINICS if each.field == CLINIC else range(0),
        )
        where = ("numbers", each.field)
        if question is None:
            if each.field not in OWN:
                message = f"There is no question `{each.field}`."
                self.problems.lacks("question", each.field, *self.at(where), message)
        else:
            wanted = set(question.choices) - question.never_stored
            for missing in sorted(wanted - set(numbers)):
                message = f"The choice `{missing}` has no number. Give it the next free one."
                name = f"{each.field}.{missing}"
                self.problems.lacks("choice:number", name, *self.at(where), message)
            for extra in sorted(set(numbers) - wanted):
                message = (
                    f"`{extra}` is not a choice of this question. Its number is published: move it "
                    f"to `retired`, as `{each.field}: [{numbers[extra]}]`, or bring the choice back."
                )
                name = f"{each.field}.{extra}"
                self.problems.unused("choice:number", name, *self.at(where), message)
        issued = [*numbers.values(), *retired]
        if len(set(issued)) != len(issued):
            self.fault(where, issued_twice(made, issued))
        if any(not 1 <= n <= made.capacity for n in issued):
            self.fault(where, f"Numbers run from 1 to {made.capacity}.")
        elif any(n in made.elsewhere for n in issued):
            first, last = LOCAL_CLINICS[0], LOCAL_CLINICS[-1]
            self.fault(
                where,
                f"The numbers {first} to {last} belong to clinics' own folders (LOCAL_DIR). "
                f"Clinics of the guide have {OUR_CLINICS[0]} to {OUR_CLINICS[-1]}.",
            )
        return made

    def blocks(self, layout: Layout) -> None:
        """Note blocks that do not fill whole characters, questions without or with two fields,
        numbers without a field, and a layout longer than `LONGEST_CODE`.
        """
        where = ("blocks",)
        for block in layout.blocks:
            if sum(field.bits for field in block) % BITS:
                first = block[0].name
                self.fault(where, f"The block of `{first}` does not fill whole characters.")
        names = [field.name for field in layout.fields if field.name != "spare"]
        for twice in sorted({name for name in names if names.count(name) > 1}):
            self.fault(where, f"The field `{twice}` stands twice.")
        for missing in sorted(set(self.questions) - set(names)):
            message = f"The question `{missing}` has no field."
            self.problems.lacks("question:field", missing, *self.at(where), message)
        for key, named in (("numbers", self.shape.numbers), ("retired", self.shape.retired)):
            for stray in sorted(set(named) - set(names)):
                self.fault((key, stray), "No block has such a field.")
        if sum(field.bits for field in layout.fields) > (LONGEST_CODE - 1) * BITS:
            most = (LONGEST_CODE - 1) * BITS
            self.fault(where, f"A code holds at most {most} bits: nobody could type a longer one.")

    def editions(self, layout: Layout) -> None:
        """Note questions of an edition that the code has no room for."""
        room = next((each.capacity for each in layout.fields if each.name == EDITION), 0)
        for question in self.questions.values():
            if question.edition > room:
                message = (
                    f"The question {question.id} has the edition {question.edition}, and the field "
                    f"`{EDITION}` holds {room} at most."
                )
                self.fault(("blocks",), message)

    def about_today(self, layout: Layout) -> None:
        """Note a missing field of the day, and danger questions that are not under `now`."""
        bits = {field.name: field.bits for field in layout.fields}
        for name, wanted in DAY_FIELDS.items():
            if bits.get(name) != wanted:
                self.fault(("blocks",), f"The field `{name}` is needed, with {wanted} bits.")
        danger = [question.id for question in self.questions.values() if question.about_danger]
        for missing in [name for name in (*DAY_FIELDS, *danger) if name not in self.shape.now]:
            self.fault(("now",), f"`{missing}` is about today: list it here.")
        known = {*self.questions, *DAY_FIELDS}
        for stray in sorted(set(self.shape.now) - known):
            message = f"`{stray}` is no question, and not the day."
            self.problems.lacks("question", stray, *self.at(("now",)), message)


def issued_twice(field: Field, issued: Sequence[int]) -> str:
    """What to say of a field in whose numbers one stands twice: which, of what, and the next free
    one.
    """
    told = []
    for number in sorted({n for n in issued if issued.count(n) > 1}):
        names = [choice for choice, each in field.numbers.items() if each == number]
        names += ["a retired one"] if number in field.retired else []
        told.append(f"{number} is of {' and of '.join(names)}")
    free = max(issued) + 1
    wanted = f": give the new one {free}" if free <= field.capacity else ""
    return (
        f"A number stands twice ({'; '.join(told)}). It is never given to another choice{wanted}."
    )
