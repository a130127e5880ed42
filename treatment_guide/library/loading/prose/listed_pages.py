"""Options and situations: each a page of words with the fields of its file in `guide/`."""

from __future__ import annotations

from pathlib import Path

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.loading.clinics import note_not_offered
from treatment_guide.library.loading.prose.pages import PageReader
from treatment_guide.library.loading.prose.words import check_reminder
from treatment_guide.library.loading.rules import RuleBook
from treatment_guide.library.model import OptionPage, SituationPage
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.flow import SituationShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_yaml


class ListedPages:
    """Reads the pages that have a file of fields as well; each fault is noted."""

    def __init__(self, root: Path, problems: Problems) -> None:
        self.root = root
        self.problems = problems

    def options(self, book: RuleBook, reader: PageReader) -> dict[str, OptionPage]:
        """The options in fixed order."""
        found: dict[str, OptionPage] = {}
        for name in book.offered:
            rules = None if name in book.incomplete else book.options.get(name)
            page = reader.option(name, rules)
            shape = book.option_shapes.get(name)
            if shape is None:
                continue
            document = book.documents[name]
            related = self.related(document, shape.related, reader)
            for i, tag in enumerate(shape.tags):
                if f"tag-{tag}" not in reader.ui:
                    line = document.line(("tags", i))
                    tags = (key.removeprefix("tag-") for key in reader.ui if key[:4] == "tag-")
                    message = f"There are no words for the tag `{tag}`.{meant(tag, tags)}"
                    at = (document.file, line, "tags", message)
                    self.problems.lacks("interface", f"tag-{tag}", *at)
            again = shape.look_again or ""
            if again:
                where = (document.file, document.line(("look-again",)))
                check_reminder(reader.linker, again, where, self.problems)
                if page and again in reader.linker.facts and again not in page.facts:
                    message = f"The page does not show `{again}`: name it in the row `when`."
                    self.problems.add(*where, "look-again", message)
            if page:
                found[name] = OptionPage(
                    page, shape.step, shape.certainty, tuple(shape.tags), related, again
                )
        return found

    def related(
        self, document: Document, listed: list[str], reader: PageReader
    ) -> tuple[tuple[str, str], ...]:
        """Related pages, written as an option's id or as `topic:id`."""
        found = []
        for i, each in enumerate(listed):
            kind, _, target = each.rpartition(":")
            if (kind or "option", target) not in reader.linker.titles:
                line = document.line(("related", i))
                at = (document.file, line, "related", f"There is no page `{each}`.")
                self.problems.lacks(kind or "option", target, *at)
            found.append((kind or "option", target))
        return tuple(found)

    def situations(self, book: RuleBook, reader: PageReader) -> dict[str, SituationPage]:
        """The situations, by place, each with answers that the questions really offer."""
        found: dict[str, SituationPage] = {}
        for place, row in book.flow.situations.items():
            for name in row:
                file = f"guide/situations/{name}.yaml"
                document = read_yaml(self.root / file, file, self.problems)
                page = reader.situation(name)
                if document is None:
                    continue
                shape = validated(SituationShape, document, document.data, self.problems)
                if shape is None:
                    continue
                for i, answers in enumerate(shape.answers):
                    at = (file, document.line(("answers", i)), "answers")
                    note_not_offered(book, answers, at, self.problems)
                    if PLACE not in answers:
                        message = f"Answers name a `{PLACE}`: pages are listed by it."
                        self.problems.add(*at, message)
                related = self.related(document, shape.related, reader)
                if page:
                    found[name] = SituationPage(
                        page, place, tuple(shape.answers), tuple(shape.words), related
                    )
        return found
