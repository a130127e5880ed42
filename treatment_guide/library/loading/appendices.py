"""The scorecard, the pictures and the search words: content that stands beside the pages."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from treatment_guide.library.loading.pages import PAGES
from treatment_guide.library.loading.words import LANGUAGE, WordFiles
from treatment_guide.library.model import Conformance, Page, Picture, Proof, Score, address
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.about import ConformanceShape, ProofShape, ScoreShape
from treatment_guide.library.schema.flow import PictureShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_yaml


class ExtraReader:
    """Reads what stands beside the pages. Each file may be missing in a small guide."""

    def __init__(self, files: WordFiles, problems: Problems) -> None:
        self.files = files
        self.root = files.folder.parent
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
        for extra in sorted(set(words) - set(document.data)):
            line = words[extra].line
            message = "The scorecard has no such criterion."
            self.problems.add(f"{LANGUAGE}/scorecard.md", line, extra, message)
        found = []
        for name, data in document.data.items():
            shape = validated(ScoreShape, document, data, self.problems, (name,))
            line = document.line((name,))
            if name not in words:
                message = f"It has no words in {LANGUAGE}/scorecard.md."
                self.problems.add(document.file, line, name, message)
            if not shape or name not in words:
                continue
            if f"standard-{shape.standard}" not in ui:
                message = f"There are no words for the standard `{shape.standard}`."
                self.problems.add(document.file, line, name, message)
            found.append(
                Score(
                    id=name,
                    standard=shape.standard,
                    state=shape.state,
                    words=" ".join(words[name].body.split()),
                    note=words[name].extras.get("note", ""),
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
        for extra in sorted(set(words) - set(document.data)):
            message = "The report has no such criterion."
            self.problems.add(f"{LANGUAGE}/conformance.md", words[extra].line, extra, message)
        found = []
        for name, data in document.data.items():
            shape = validated(ConformanceShape, document, data, self.problems, (name,))
            if name not in words:
                message = f"It has no words in {LANGUAGE}/conformance.md."
                self.problems.add(document.file, document.line((name,)), name, message)
            if shape and name in words:
                number = name.removeprefix("wcag-").replace("-", ".")
                note = words[name].extras.get("note", "")
                test = shape.test or ""
                found.append(
                    Conformance(
                        number, words[name].body, shape.level, shape.state, note, test, shape.on
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
        self.problems.add(document.file, line, "shown", f"There is no page `{named}`.")
        return "/"

    def pictures(
        self, pages: Mapping[tuple[str, str], Page]
    ) -> dict[tuple[str, str, str], Picture]:
        """The pictures by kind of page, page and part."""
        document = self.document("pictures")
        if document is None:
            return {}
        captions = self.files.entries("pictures")
        for extra in sorted(set(captions) - set(document.data)):
            line = captions[extra].line
            message = "It stands on no page: guide/pictures.yaml has no such drawing."
            self.problems.add(f"{LANGUAGE}/pictures.md", line, extra, message)
        found: dict[tuple[str, str, str], Picture] = {}
        for name, rows in document.data.items():
            line = document.line((name,))
            if name not in captions:
                message = f"It has no caption in {LANGUAGE}/pictures.md."
                self.problems.add(document.file, line, name, message)
                continue
            for i, row in enumerate(rows):
                shape = validated(PictureShape, document, row, self.problems, (name, i))
                if shape is None:
                    continue
                kind, _, target = shape.page.partition(":")
                page = pages.get((kind, target))
                if page is None or page.part(shape.part) is None:
                    message = f"There is no part `{shape.part}` on a page `{shape.page}`."
                    self.problems.add(document.file, document.line((name, i)), name, message)
                    continue
                if (kind, target, shape.part) in found:
                    message = f"The part `{shape.part}` of `{shape.page}` has a picture already."
                    self.problems.add(document.file, document.line((name, i)), name, message)
                caption = " ".join(captions[name].body.split())
                found[(kind, target, shape.part)] = Picture(name, caption)
        return found

    def proof(self, options: Container[str]) -> Proof | None:
        """What the released proof covered, or None where none is recorded."""
        document = self.document("proof")
        shape = document and validated(ProofShape, document, document.data, self.problems)
        if not shape or not document:
            return None
        if self.problems.lacks("option", shape.largest, options):
            message = f"There is no option `{shape.largest}`."
            self.problems.add(document.file, document.line(("largest",)), "largest", message)
        return Proof(
            shape.release,
            shape.proved_on,
            shape.situations,
            shape.classes,
            shape.looked_at,
            shape.largest,
            shape.largest_classes,
        )

    def search_words(self) -> dict[str, Any]:
        """What people say for what the pages say, and the words that mean danger."""
        if not (self.files.folder / "synonyms.md").exists():
            return {}
        entries = self.files.entries("synonyms")
        rows: dict[str, str] = {}
        if "synonyms" in entries:
            # The entry reader takes a closing list for extras; here every row is one.
            lines = [row for row in entries["synonyms"].body.splitlines() if ": " in row]
            pairs = dict(row.removeprefix("- ").split(": ", 1) for row in lines)
            rows = {**pairs, **entries["synonyms"].extras}
        danger = entries["danger-words"].body.split(",") if "danger-words" in entries else []
        return {
            "synonyms": synonyms_of(rows),
            "danger_words": tuple(word.strip() for word in danger if word.strip()),
        }


def synonyms_of(rows: Mapping[str, str]) -> dict[str, str]:
    """Synonyms from words: `jab, shot: injection` gives one entry for each word said."""
    return {
        said.strip(): meant.strip()
        for left, meant in rows.items()
        for said in left.split(",")
        if said.strip()
    }
