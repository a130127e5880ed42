"""Reads pages of Markdown: the order of their parts, links, citations and reading grade."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from treatment_guide.engine.model import Option
from treatment_guide.library.loading.prose.linker import Linker
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import Library, Page, Part
from treatment_guide.library.model.pages import ROWS
from treatment_guide.library.problems import Problems
from treatment_guide.library.text import content_files as reading
from treatment_guide.library.text.comparators import check_comparators
from treatment_guide.library.text.leading import check_leading
from treatment_guide.library.text.markdown import Rendered, render
from treatment_guide.library.text.page_frame import (
    check_fixed_order,
    check_free_order,
    front_dates,
)
from treatment_guide.library.text.page_rules import ReadPart, check_option, check_page
from treatment_guide.library.text.part_rows import part_rows
from treatment_guide.library.text.stated_rules import STATING, check_complete, check_stated, marked
from treatment_guide.library.text.style.guards import Style
from treatment_guide.library.text.style_rules import (
    Passage,
    count_words,
    lint_fairness,
    lint_hard_page,
    lint_line,
    lint_passage,
    reading_grade,
)
from treatment_guide.library.text.term_links import FirstUses

OPTION_PARTS = (
    "in-short",
    "what-it-is",
    "how-it-is-done",
    "may-suit",
    "may-not-suit",
    "gains",
    "harms",
    "how-sure",
    "recovery",
    "living-with-it",
    "if-it-does-not-work",
    "cost",
    "doing-nothing",
    "questions",
    "guidelines",
)
#: The parts of an option as they stand in its file.
WRITTEN_PARTS = tuple(
    part
    for each in OPTION_PARTS
    for part in {
        "in-short": (each, "glance"),
        "if-it-does-not-work": (each, "look-again"),
    }.get(each, (each,))
)
SITUATION_PARTS = (
    "in-short",
    "what-is-going-on",
    "with-time",
    "why-the-injection",
    "what-people-ask-next",
    "when-to-get-help",
)
STEP_PARTS = ("in-short", "when", "what-to-expect")
#: Parts left out of the reading grade: they are not running text.
NOT_PROSE = frozenset({"questions"})
#: The days and names in the front matter of a page that only the original has.
DAYS = frozenset({"checked", "check-by", "reviewed-by"})
_TITLED = re.compile(r"^(.*?) *\{#([a-z0-9-]+)\}$")


@dataclass
class _Reading:
    """The values collected while the parts of a page are read."""

    order: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)
    unsound: set[str] = field(default_factory=set)  # parts with a reported fault
    unknown_sources: set[str] = field(default_factory=set)
    read: list[ReadPart] = field(default_factory=list)


class PageReader:
    """Reads the Markdown pages of one language."""

    def __init__(
        self,
        files: WordFiles,
        linker: Linker,
        style: Style,
        ui: Mapping[str, str],
        problems: Problems,
        *,
        whole: bool = True,
        original: Library | None = None,
    ) -> None:
        """With `whole`, the pages must also keep the rules of `page_rules`. A translation has an
        `original`.
        """
        self.original = original
        self.whole = whole
        self.files = files
        self.linker = linker
        self.style = style
        self.ui = ui
        self.problems = problems
        self.first_uses = FirstUses(linker.terms, linker.base)
        self.named: set[str] = set()  # ids of the facts on pages, faulty pages included

    def option(self, name: str, rules: Option | None) -> Page | None:
        """The page of an option: fixed parts in fixed order, gains and harms in equal room, and
        points that state its rules (None where these are faulty).
        """
        return self._page("option", "options", name, OPTION_PARTS, rules)

    def step(self, name: str) -> Page | None:
        """The page of a step."""
        return self._page("step", "steps", name, STEP_PARTS)

    def situation(self, name: str) -> Page | None:
        """The page of a situation."""
        return self._page("situation", "situations", name, SITUATION_PARTS)

    def free(self, kind: str, name: str) -> Page | None:
        """A page with headings of its own: `## Heading {#id}`."""
        folder = {"topic": "topics", "about": "about", "clinics": "clinics", "page": "."}[kind]
        return self._page(kind, folder, name, None)

    def _page(
        self,
        kind: str,
        folder: str,
        name: str,
        fixed: tuple[str, ...] | None,
        rules: Option | None = None,
    ) -> Page | None:
        stem = f"{folder}/{name}".removeprefix("./")
        file = self.files.file(stem)
        raw = reading.read_page(self.files.path(stem), file, self.problems)
        if raw is None:
            return None
        if self.original:
            raw = self._with_days(raw, stem)
            if not raw.sections and kind != "page":
                return self._head(raw, kind, name, self.original)
        front = front_dates(raw, self.style, self.problems)
        got = _Reading()
        sections = [self._titled(raw, section, fixed is not None) for section in raw.sections]
        if fixed is not None:
            there = [part for part, _, _ in sections]
            check_fixed_order(raw, there, self._written(fixed, there), self.problems)
            sections = [row for each in sections for row in self._rows(file, each)]
        else:
            check_free_order(file, sections, self.problems)
        for part, title, section in sections:
            self._part(file, part, title, section, got)
        if self.whole:
            check_page(kind, name, file, got.read, self.problems)
        if self.whole and fixed is OPTION_PARTS:
            count = len(got.order) + len(got.unknown_sources)
            check_option(file, got.read, count, self.problems, self.style.you)
            check_comparators(file, got.read, self.linker.facts, self.problems)
            check_leading(file, got.read, self.linker.facts, self.problems)
            if rules:
                check_stated(file, rules, got.read, self.problems)
                check_complete(file, rules, got.read, self.problems)
        grade = reading_grade(got.prose, self.style)
        if self.style.too_hard(grade, self.style.page_limit):
            prose = [each for part in got.read for each in part.rendered.prose]
            lint_hard_page(file, grade, prose, self.style, self.problems)
        self.named |= set(got.facts)
        gains, harms = got.words.get("gains", 0), got.words.get("harms", 0)
        if fixed is OPTION_PARTS and gains and harms and not {"gains", "harms"} & got.unsound:
            line = next((s.line for p, _, s in sections if p == "harms"), 1)
            lint_fairness(file, line, gains, harms, self.problems)
        if front is None:
            self.problems.left_out(file, "")  # no page is made of it
            return None
        checked, check_by = front
        # Home and "get help now" get no links to the word list: each leads to one thing.
        parts, terms = self.first_uses.link(got.parts) if kind != "page" else (got.parts, [])
        return Page(
            kind=kind,
            id=name,
            title=raw.front.get("title", ""),
            short=raw.front.get("short") or self.linker.titles.get((kind, name), ""),
            summary=raw.front.get("summary", ""),
            parts=tuple(parts),
            sources=tuple(got.order),
            facts=tuple(dict.fromkeys(got.facts)),
            links=(*got.links, *(("term", term) for term in terms)),
            checked=checked,
            check_by=check_by,
            grade=grade,
            word_count=sum(got.words.values()),
            gains_words=gains,
            harms_words=harms,
        )

    def _with_days(self, raw: reading.Page, stem: str) -> reading.Page:
        """A translated page with the days of its original, which no translation names itself."""
        source = reading.read_page(self.files.original(stem), "", Problems())
        days = {
            key: value for key, value in (source.front if source else {}).items() if key in DAYS
        }
        for key in sorted(DAYS & raw.front.keys()):
            line, message = raw.front_lines[key], "A translation has the day of its original."
            self.problems.add(raw.file, line, key, f"{message} Take the line out.")
        words = {key: value for key, value in raw.front.items() if key != "translated-from"}
        return replace(raw, front={**words, **days})

    def _head(self, raw: reading.Page, kind: str, name: str, original: Library) -> Page | None:
        """A page that is not translated yet: the original with its title in this language."""
        front_dates(raw, self.style, self.problems)
        page = original.page(kind, name)
        if page is None:
            return None
        self.named |= set(page.facts)
        short = raw.front.get("short") or self.linker.titles.get((kind, name), "")
        return replace(
            page,
            title=raw.front.get("title", ""),
            short=short,
            summary=raw.front.get("summary", ""),
            foreign=original.language.name,
        )

    def _written(self, fixed: tuple[str, ...], there: Sequence[str]) -> tuple[str, ...]:
        """The parts that the file has to have: of an option those that are rows too, but in a guide
        that is not whole.
        """
        if fixed is not OPTION_PARTS:
            return fixed
        return tuple(p for p in WRITTEN_PARTS if self.whole or p in there or p not in ROWS)

    def _rows(
        self, file: str, titled: tuple[str, str, reading.Section]
    ) -> list[tuple[str, str, reading.Section]]:
        """The rows of a part of rows as parts of their own; any other part as it is."""
        part, _, section = titled
        if part not in ROWS:
            return [titled]
        rows = part_rows(file, section, self.problems)
        return [(row.id, self.ui.get(f"part-{row.id}", row.id), row) for row in rows]

    def _titled(
        self, raw: reading.Page, section: reading.Section, fixed: bool
    ) -> tuple[str, str, reading.Section]:
        if fixed:
            return section.id, self.ui.get(f"part-{section.id}", section.id), section
        found = _TITLED.match(section.id)
        if not found and not section.sound:
            return section.id, section.id, section
        if not found:
            message = "A heading here has the form `## Words {#id}`: words, then an id in braces."
            self.problems.add(raw.file, section.line, section.id, message)
            return section.id, section.id, section
        lint_line(raw.file, section.line, found.group(2), found.group(1), self.style, self.problems)
        return found.group(2), found.group(1), section

    def _part(
        self, file: str, part: str, title: str, section: reading.Section, got: _Reading
    ) -> None:
        complaints: list[str] = []

        def complain(line: int, message: str) -> None:
            complaints.append(message)
            self.problems.add(file, line, part, message)

        resolve = self.linker.numbered(got.order)
        if part in STATING:
            resolve = marked(resolve)
        rendered: Rendered = render(
            section.text, section.line + 1, resolve, complain, self.style.ways
        )
        self.linker.note_lacking(file, part, rendered)
        facts = {*rendered.facts} - self.linker.facts.keys()
        if rendered.lacking or facts or complaints:
            got.unsound.add(part)
            got.unknown_sources |= {name for _, kind, name in rendered.lacking if kind == "source"}
            self.problems.left_out(file, section.text)
        sound = part not in got.unsound
        got.read.append(ReadPart(part, title, section.line, rendered, sound))
        if not rendered.prose and section.sound:
            complain(section.line, "This part is empty.")
        lint_passage(Passage(file, part, rendered.prose), self.style, self.problems)
        got.parts.append(Part(part, title, tuple(rendered.blocks)))
        got.facts += rendered.facts
        got.links += rendered.links
        got.words[part] = sum(count_words(prose.text) for prose in rendered.prose)
        if part not in NOT_PROSE:
            got.prose += [prose.text for prose in rendered.prose]
