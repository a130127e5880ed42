"""Reads the hazard log, `guide/hazards.yaml`, and its words, `en/hazards.md`. What a hazard names as
its control has to be there; tests/reading/about/test_hazards.py looks for the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.appendices import ExtraReader
from treatment_guide.library.loading.rules import RuleBook
from treatment_guide.library.looked_up.ui_keys import PROPERTIES
from treatment_guide.library.model import Control, Hazard
from treatment_guide.library.schema.about import HazardShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, Entry
from treatment_guide.library.text.markdown import Prose
from treatment_guide.library.text.style_rules import Passage, lint_passage

NAME = "hazards"
#: The lines behind the title of a hazard, all needed.
LINES = ("cause", "who", "left")


class HazardReader:
    """Reads the log; each fault is noted with file, line and field."""

    def __init__(
        self, extras: ExtraReader, book: RuleBook, titles: Mapping[tuple[str, str], str]
    ) -> None:
        self.extras = extras
        self.problems = extras.problems
        self.titles = titles
        #: What may be named, by the field that names it, and a word for one of it.
        self.there: dict[str, tuple[str, Collection[str]]] = {
            "answers": ("safety answer", [answer.id for answer in book.safety]),
            "rules": ("rule with the reason", sorted(book.used_reasons)),
            "notices": ("notice", [rule.because for rule in book.notices]),
            "properties": ("property of the audit", PROPERTIES),
        }

    def hazards(self) -> tuple[Hazard, ...]:
        """Every hazard, in the order of the file; none where there is no file."""
        document = self.extras.document(NAME)
        if document is None:
            return ()
        words = self.extras.files.entries(NAME)
        self.extras.lonely("hazard:words", NAME, words, document)
        found = (self._hazard(document, name, words) for name in document.data)
        return tuple(hazard for hazard in found if hazard)

    def _hazard(self, document: Document, name: str, words: Mapping[str, Entry]) -> Hazard | None:
        shape = validated(HazardShape, document, document.data[name], self.problems, (name,))
        entry = words.get(name)
        if entry is None:
            at = (document.file, document.line((name,)), name)
            message = f"It has no words in {self.extras.files.file(NAME)}."
            self.problems.lacks("hazard:words", name, *at, message)
        else:
            self._lint(entry)
        if shape is None or entry is None:
            return None
        cause, who, left = (entry.extras.get(line, "") for line in LINES)
        return Hazard(
            name,
            " ".join(entry.body.split()),
            cause,
            who,
            left,
            shape.severity,
            tuple(shape.closes),
            tuple(self._controls(document, name, shape)),
        )

    def _lint(self, entry: Entry) -> None:
        file = self.extras.files.file(NAME)
        for missing in LINES:
            if not entry.extras.get(missing):
                message = f"It needs a line `- {missing}: …`."
                self.problems.add(file, entry.line, entry.id, message)
        for stray in sorted(entry.extras.keys() - set(LINES)):
            self.problems.add(file, entry.line, entry.id, f"`- {stray}:` is not known here.")
        said = [entry.body, *entry.extras.values()]
        prose = [Prose(entry.body_line, "item", text, text, cited=False) for text in said]
        lint_passage(Passage(file, entry.id, prose), self.extras.style, self.problems)

    def _controls(self, document: Document, hazard: str, shape: HazardShape) -> Iterator[Control]:
        """The controls of a hazard, the strongest kinds first; what is not there is noted."""
        for field, kind in (
            ("answers", "answer"),
            ("rules", "rule"),
            ("notices", "notice"),
            ("properties", "property"),
        ):
            what, known = self.there[field]
            for i, each in enumerate(getattr(shape, field)):
                target = str(each)
                if target not in known:
                    line = document.line((hazard, field, i))
                    message = f"There is no {what} `{target}`.{meant(target, known)}"
                    at = (document.file, line, f"{hazard}.{field}", message)
                    self.problems.lacks(f"hazard:{kind}", target, *at)
                yield Control(kind, target)
        yield from (Control("test", test) for test in shape.tests)
        for i, page in enumerate(shape.pages):
            line = document.line((hazard, "pages", i))
            yield Control("page", self.extras.page(document, line, page, self.titles))
