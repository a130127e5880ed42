"""Reads the value statements: for each thing that may matter to a reader (`matters-first` in
flow.yaml) and each option, whether the option speaks for it or against it, in one sentence.

`guide/values/<thing>.yaml` says which, and what it rests on; `en/values/<thing>.md` has the words.
Under `## not-known` there stand the words for every option of which nobody knows it and that has no
words of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.prose.words import WordReader
from treatment_guide.library.model import OptionPage, ValueStatement
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.schema.value_statements import ValueStatementShape
from treatment_guide.library.text.blocks import FactFigure
from treatment_guide.library.text.content_files import Document, Entry, read_yaml

#: The thing that no option speaks for while nobody has counted its harms.
LOW_RISK = "low-risk"
NOT_KNOWN = "not-known"
#: The most words of a statement: it stands in a row of a table.
MOST_WORDS = 28


class ValueReader:
    """Reads the value statements of one language; each fault is noted."""

    def __init__(
        self,
        words: WordReader,
        options: Mapping[str, OptionPage],
        offered: Iterable[str],
        problems: Problems,
    ) -> None:
        """`offered` are the ids of all options, those with a faulty page included."""
        self.words = words
        self.files = words.files
        self.facts = words.linker.facts
        self.options = options
        self.offered = set(offered)
        self.problems = problems

    def statements(self, things: Iterable[str]) -> dict[str, dict[str, ValueStatement]]:
        """The statements by thing and option, in the order of `things` and of the options."""
        wanted = list(things)
        self.files.strangers("values", set(wanted))
        return {thing: self._thing(thing) for thing in wanted}

    def _thing(self, thing: str) -> dict[str, ValueStatement]:
        file = f"guide/values/{thing}.yaml"
        document = read_yaml(self.files.root / file, file, self.problems)
        words = self.files.entries(f"values/{thing}")
        if document is None or self.files.broken(f"values/{thing}"):
            return {}  # a file cannot be read: that is told
        for stray in sorted(set(document.data) - self.offered):
            message = f"There is no option `{stray}`.{meant(stray, self.options)}"
            at = (file, document.line((stray,)), stray)
            self.problems.lacks("option", stray, *at, message)
        found = {}
        for name, option in self.options.items():
            if name not in document.data:
                message = f"Nobody has said how `{name}` sits with `{thing}`. `speaks: not-known` is honest."
                self.problems.add(file, 1, name, message)
                continue
            data = document.data[name]
            shape = validated(ValueStatementShape, document, data, self.problems, (name,))
            if shape is None:
                continue
            self._rests(document, thing, option, shape)
            key = name if name in words or shape.speaks != NOT_KNOWN else NOT_KNOWN
            if key not in words:
                at = (file, document.line((name,)), name)
                where = self.files.file(f"values/{thing}")
                self.problems.add(*at, f"It has no words: write them under `## {key}` in {where}.")
                continue
            found[name] = ValueStatement(
                thing,
                name,
                shape.speaks,
                self._words(thing, words[key]),
                tuple(shape.source),
                tuple(shape.fact),
            )
        for stray in sorted(set(words) - self.offered - {*document.data, NOT_KNOWN}):
            message = f"There is no option `{stray}`.{meant(stray, self.options)}"
            self.problems.add(self.files.file(f"values/{thing}"), words[stray].line, stray, message)
        return found

    def _words(self, thing: str, entry: Entry) -> str:
        """One statement as HTML; the style rules hold for it as for all words."""
        file = self.files.file(f"values/{thing}")
        if len(entry.body.split()) > MOST_WORDS:
            message = f"A statement has at most {MOST_WORDS} words: it stands in a row of a table."
            self.problems.add(file, entry.body_line, entry.id, message)
        return self.words.line_of_words(entry, file)

    def _rests(
        self, document: Document, thing: str, option: OptionPage, shape: ValueStatementShape
    ) -> None:
        """Note what the statement rests on and the option's page does not show; and a `low-risk`
        that speaks for an option whose harms nobody has counted.
        """
        name, page = option.page.id, option.page
        told = (*self.problems.found, *(each.problem for each in self.problems.lacking))
        if any(each.file == self.files.file(f"options/{name}") for each in told):
            return  # what the page shows is not sure before its own faults are mended
        for kind, ids, there in (
            ("fact", shape.fact, page.facts),
            ("source", shape.source, page.sources),
        ):
            for each in ids:
                if each not in there:
                    message = f"The page of `{name}` names no {kind} `{each}`.{meant(each, there)}"
                    self.problems.add(document.file, document.line((name, kind)), name, message)
        if thing == LOW_RISK and shape.speaks == "for" and not self._counted(option):
            message = (
                f"Nobody has counted what can go wrong with `{name}`, so it is not known to be of "
                "low risk: write `speaks: not-known`."
            )
            self.problems.add(document.file, document.line((name,)), name, message)

    def _counted(self, option: OptionPage) -> bool:
        """True when the page counts harms among people."""
        part = option.page.part("harms")
        shown = [
            name
            for block in (part.blocks if part else ())
            for name in ((block.fact,) if isinstance(block, FactFigure) else block.facts)
        ]
        return any(self.facts[name].kind.startswith("of-") for name in shown)
