"""Reads the safety matrix, `guide/safety/<question>.yaml`. A cell that nobody decided is a fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from treatment_guide.engine.answers import Question
from treatment_guide.engine.model import Option
from treatment_guide.engine.safety import Nothing, SafetyAnswer, decide, open_traits
from treatment_guide.library.faults.file_kinds import files_of, unlisted
from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.safety import SafetyAnswerShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_yaml


class SafetyReader:
    """Reads what is written about safety answers, and finds the cells that are silent.

    `used` are the ids of the words that the matrix needs, each with the file and line that name it.
    `whole` is False where an option could not be read with all its rules: no cell is then called
    silent, and traits that the matrix names count as used.
    """

    def __init__(
        self,
        root: Path,
        questions: Mapping[str, Question],
        options: Mapping[str, Option],
        sources: set[str],
        problems: Problems,
        *,
        whole: bool = True,
    ) -> None:
        self.root = root
        self.whole = whole
        self.misspelled = False  # an entry names what there is not, and may mean a silent cell
        self.questions = questions
        self.options = options
        self.sources = sources
        self.problems = problems
        self.traits = {trait for option in options.values() for trait in option.traits}
        self.used: dict[str, tuple[str, int]] = {}

    def answers(self) -> tuple[SafetyAnswer, ...]:
        """Every safety answer, in the order of questions and choices."""
        asking = {name: q for name, q in self.questions.items() if q.safety}
        unread = {file for file, _ in self.problems.unreadable}
        for file in files_of(self.root, "guide/safety", "yaml"):
            if f"guide/questions/{Path(file).stem}.yaml" in unread:
                text = (self.root / file).read_bytes().decode("utf-8", "replace")
                self.problems.left_out(file, text)
            elif Path(file).stem not in asking:
                message = "No question of this name has `safety`. Add it there, or take this out."
                unlisted(self.root, file, message, self.problems)
        return tuple(each for question in asking.values() for each in self._question(question))

    def _question(self, question: Question) -> Iterable[SafetyAnswer]:
        file = f"guide/safety/{question.id}.yaml"
        document = read_yaml(self.root / file, file, self.problems)
        if document is None:
            return
        for stray in sorted(set(document.data) - set(question.safety)):
            message = (
                f"`{stray}` is no safety answer of {question.id}.{meant(stray, question.safety)}"
            )
            self.problems.add(file, document.line((stray,)), stray, message)
        for choice in question.choices:
            if choice in question.safety:
                data = document.data.get(choice, {})
                yield self._answer(document, question, choice, data)

    def _answer(
        self, document: Document, question: Question, choice: str, data: Any
    ) -> SafetyAnswer:
        shape = validated(SafetyAnswerShape, document, data, self.problems, (choice,))
        nothing = []
        for i, each in enumerate(shape.nothing if shape else ()):
            where = (choice, "nothing", i)
            self._known(document, (*where, "traits"), each.traits, self.traits, "trait")
            self._known(document, (*where, "options"), each.options, self.options, "option")
            for missing in sorted(set(each.source) - self.sources):
                at = (document.file, document.line((*where, "source")), "source")
                self.problems.lacks("source", missing, *at, f"There is no source `{missing}`.")
            line = document.line((*where, "because"))
            words = [each.because, *(f"trait-{t}" for t in each.traits if not self.whole)]
            for name in words:
                self.used.setdefault(name, (document.file, line))
            nothing.append(
                Nothing(
                    frozenset(each.traits),
                    frozenset(each.options),
                    each.because,
                    tuple(each.source),
                )
            )
        nearer = shape.nearer if shape else []
        self._known(document, (choice, "nearer"), nearer, self.options, "option")
        return SafetyAnswer(
            question.id,
            choice,
            question.safety[choice],
            question.kind == "one",
            tuple(nothing),
            frozenset(nearer),
        )

    def _known(
        self,
        document: Document,
        where: tuple[Any, ...],
        ids: Iterable[str],
        known: Iterable[str],
        kind: str,
    ) -> None:
        """Note ids that no option has (traits) or that are no option."""
        known = set(known)
        for i, name in enumerate(ids):
            if name not in known:
                line = document.line((*where, i))
                what = "No option has the trait" if kind == "trait" else "There is no option"
                message = f"{what} `{name}`.{meant(name, known)}"
                self.misspelled = True
                field = ".".join(map(str, where))
                self.problems.lacks(kind, name, document.file, line, field, message)

    def check_decided(
        self, answers: Iterable[SafetyAnswer], documents: Mapping[str, Document]
    ) -> None:
        """Note every option without traits, and every cell in which nobody has decided. The words
        of every trait count as used.
        """
        answers = tuple(answers)
        for name, option in self.options.items():
            document = documents[name]
            for i, trait in enumerate(option.traits):
                self.used.setdefault(
                    f"trait-{trait}", (document.file, document.line(("traits", i)))
                )
            if self.misspelled or not self.whole:
                continue
            if answers and not option.traits:
                message = (
                    "Give the option its `traits`: what is done to the body. "
                    f"Others have: {', '.join(sorted(self.traits))}."
                )
                self.problems.add(document.file, 1, "traits", message)
                continue
            for answer in answers:
                if decide(option, answer).silent:
                    line = document.line(("traits",))
                    message = (
                        f"No rule reacts to `{answer.choice}` of {answer.question}. Add one; or write "
                        f"in guide/safety/{answer.question}.yaml why nothing changes for "
                        f"{', '.join(open_traits(option, answer))}."
                    )
                    self.problems.add(document.file, line, "traits", message)
