"""The scorecard, the accessibility report, the pictures, the proof and the search words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Mapping
from pathlib import Path

from django.conf import settings

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.looked_up.page_addresses import PAGES
from treatment_guide.library.model import Conformance, Page, Picture, Proof, Score, address
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.about import ConformanceShape, ProofShape, ScoreShape
from treatment_guide.library.schema.flow import PictureShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, Entry, read_yaml
from treatment_guide.library.text.style.guards import Style
from treatment_guide.library.text.style_rules import lint_line


class ExtraReader:
    """Reads these files. Each may be missing in a small guide."""

    def __init__(self, files: WordFiles, style: Style, problems: Problems) -> None:
        """`style` knows names that may contain digits."""
        self.style = style
        self.files = files
        self.root = files.root
        self.problems = problems

    def document(self, name: str) -> Document | None:
        """A file of `guide/`, or None when there is none."""
        path = self.root / f"guide/{name}.yaml"
        return read_yaml(path, f"guide/{name}.yaml", self.problems) if path.exists() else None

    def scores(self, titles: Mapping[tuple[str, str], str], ui: Mapping[str, str]) -> list[Score]:
        """Every criterion of the scorecard, in the order of the file."""
        document = self.document("scorecard")
        if document is None:
            return []
        words = self.files.entries("scorecard")
        self.lonely("criterion:words", "scorecard", words, document)
        found = []
        for name, data in document.data.items():
            shape = validated(ScoreShape, document, data, self.problems, (name,))
            line = document.line((name,))
            if name not in words:
                message = f"It has no words in {self.files.file('scorecard')}."
                self.problems.lacks("criterion:words", name, document.file, line, name, message)
            if not shape or name not in words:
                continue
            note = words[name].extras.get("note", "")
            if shape.state in ("not-met", "not-asked") and not note:
                message = f"`{shape.state}` needs a line `- note: …` in {self.files.file('scorecard')}: why."
                self.problems.add(document.file, line, name, message)
            self.lint("scorecard", words[name])
            if f"standard-{shape.standard}" not in ui:
                message = f"There are no words for the standard `{shape.standard}`."
                key = f"standard-{shape.standard}"
                self.problems.lacks("interface", key, document.file, line, name, message)
            found.append(
                Score(
                    id=name,
                    standard=shape.standard,
                    state=shape.state,
                    words=" ".join(words[name].body.split()),
                    note=note,
                    shown=tuple(self.page(document, line, each, titles) for each in shape.shown),
                    test=shape.test or "",
                    on=shape.on,
                )
            )
        return found

    def conformance(self) -> tuple[Conformance, ...]:
        """Every criterion of the accessibility report, in the order of the file."""
        document = self.document("conformance")
        if document is None:
            return ()
        words = self.files.entries("conformance")
        self.lonely("success:words", "conformance", words, document)
        found = []
        for name, data in document.data.items():
            shape = validated(ConformanceShape, document, data, self.problems, (name,))
            if name not in words:
                message = f"It has no words in {self.files.file('conformance')}."
                at = (document.file, document.line((name,)), name, message)
                self.problems.lacks("success:words", name, *at)
            if name in words:
                self.lint("conformance", words[name])
            if shape and name in words:
                number = name.removeprefix("wcag-").replace("-", ".")
                note = words[name].extras.get("note", "")
                test = shape.test or ""
                found.append(
                    Conformance(
                        number,
                        words[name].body,
                        shape.level,
                        shape.state,
                        note,
                        test,
                        shape.on,
                        shape.only or "",
                    )
                )
        return tuple(found)

    def page(
        self, document: Document, line: int, named: str, titles: Mapping[tuple[str, str], str]
    ) -> str:
        """The address of a page named as `option:prp` or `page:sources`."""
        kind, _, target = named.partition(":")
        if kind == "page" and target in PAGES:
            return PAGES[target]
        if (kind, target) in titles:
            return address(kind, target)
        at = (document.file, line, "shown", f"There is no page `{named}`.")
        self.problems.lacks(kind, target, *at)
        return "/"

    def lint(self, stem: str, words: Entry) -> None:
        """Note typed numbers and `DEVICE_WORDS` in these words."""
        for said in (words.body, *words.extras.values()):
            file = self.files.file(stem)
            lint_line(file, words.body_line, words.id, said, self.style, self.problems)

    def lonely(self, kind: str, stem: str, words: Mapping[str, Entry], document: Document) -> None:
        """Note words whose id is not in the file of `guide/` that they belong to."""
        file = self.files.file(stem)
        self.problems.stands(kind, ((name, f"{file}:{each.line}") for name, each in words.items()))
        for extra in sorted(set(words) - set(document.data)):
            line, message = words[extra].line, f"{document.file} has no `{extra}`."
            self.problems.unused(kind, extra, file, line, extra, message)

    def pictures(
        self, pages: Mapping[tuple[str, str], Page]
    ) -> dict[tuple[str, str, str], Picture]:
        """The pictures by kind of page, page and part."""
        document = self.document("pictures")
        if document is None:
            return {}
        captions = self.files.entries("pictures")
        self.lonely("picture:words", "pictures", captions, document)
        found: dict[tuple[str, str, str], Picture] = {}
        for name, rows in document.data.items():
            line = document.line((name,))
            if name not in captions:
                message = f"It has no caption in {self.files.file('pictures')}."
                self.problems.lacks("picture:words", name, document.file, line, name, message)
                continue
            self.lint("pictures", captions[name])
            for i, row in enumerate(rows):
                shape = validated(PictureShape, document, row, self.problems, (name, i))
                if shape is None:
                    continue
                kind, _, target = shape.page.partition(":")
                page = pages.get((kind, target))
                at = (document.file, document.line((name, i)), name)
                if page is None:
                    message = f"There is no page `{shape.page}`."
                    self.problems.lacks(f"{kind}:page", target, *at, message)
                    continue
                if page.part(shape.part) is None:
                    near = meant(shape.part, (part.id for part in page.parts))
                    message = f"There is no part `{shape.part}` on the page `{shape.page}`.{near}"
                    self.problems.add(*at, message)
                    continue
                if (kind, target, shape.part) in found:
                    message = f"The part `{shape.part}` of `{shape.page}` has a picture already."
                    self.problems.add(document.file, document.line((name, i)), name, message)
                caption = " ".join(captions[name].body.split())
                found[(kind, target, shape.part)] = Picture(name, caption, strokes(name))
        return found

    def proof(self, options: Container[str]) -> Proof | None:
        """What the released proof covered, or None where none is recorded."""
        document = self.document("proof")
        shape = document and validated(ProofShape, document, document.data, self.problems)
        if not shape or not document:
            return None
        if shape.largest not in options:
            at = (document.file, document.line(("largest",)), "largest")
            message = f"There is no option `{shape.largest}`."
            self.problems.lacks("option", shape.largest, *at, message)
        return Proof(
            shape.release,
            shape.proved_on,
            shape.answer_sets,
            shape.classes,
            shape.looked_at,
            shape.largest,
            shape.largest_classes,
        )


def strokes(name: str) -> str:
    """Eight letters that change when a drawing does, if only in a label; empty where there is none.
    Comments and spaces between its words do not count.
    """
    path = Path(settings.BASE_DIR, "templates", "art", f"{name}.svg")
    if not path.is_file():
        return ""
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]
