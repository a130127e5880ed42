"""Pages of words: their parts in order, their links, their citations, their reading grade."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from treatment_guide.library.model import Fact, Page, Part, Site, Source, address
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.flow import FlowShape
from treatment_guide.library.schema.values import wrong_day
from treatment_guide.library.text import content_files as reading
from treatment_guide.library.text.content_files import Entry
from treatment_guide.library.text.markdown import Rendered, Resolve, render
from treatment_guide.library.text.style_rules import (
    GRADE_LIMIT,
    Passage,
    count_words,
    lint_fairness,
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
SITUATION_PARTS = (
    "in-short",
    "what-is-going-on",
    "with-time",
    "why-the-injection",
    "what-people-ask-next",
    "when-to-get-help",
)
STEP_PARTS = ("in-short", "when", "what-to-expect")
#: Parts that are not running text: left out of the reading grade.
NOT_PROSE = frozenset({"questions"})
#: Pages that are not Markdown but can be linked.
PAGES = {
    "home": "/",
    "get-help-now": "/get-help-now/",
    "whats-next": "/whats-next/",
    "sources": "/sources/",
    "glossary": "/glossary/",
    "options": "/options/",
    "steps": "/steps/",
    "situations": "/situations/",
    "compare": "/compare/",
    "search": "/search/",
    "clinics": "/clinics/",
    "integrator-sheet": "/clinics/integrator-sheet/",
    "test-your-link": "/clinics/test-your-link/",
    "accessibility-report": "/clinics/accessibility-report/",
}
_TITLED = re.compile(r"^(.*?) *\{#([a-z0-9-]+)\}$")


@dataclass(frozen=True)
class Linker:
    """Knows every id that words may mention, and what it becomes."""

    flow: FlowShape
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    terms: Mapping[str, Entry]
    site: Site
    ui: Mapping[str, str]
    titles: Mapping[tuple[str, str], str]
    problems: Problems = field(default_factory=Problems)

    def fact(self, name: str) -> Fact | None:
        """A fact, or None for one that is there and faulty. Raises KeyError for no fact at all."""
        if name not in self.facts and not self.problems.lacks("fact", name, self.facts):
            return None
        return self.facts[name]

    def plain(self) -> Resolve:
        """Links for words that stand outside a page: citations are left to the page around."""

        def resolve(scheme: str, target: str, label: str | None) -> tuple[str, str]:
            if scheme == "source":
                _ = self.sources[target]
                return "", ""
            if scheme == "fact":
                fact = self.fact(target)
                words = fact.sentence if fact else ""
                return html.escape(words, quote=False), words
            return self.link(scheme, target, label)

        return resolve

    def numbered(self, order: list[str]) -> Resolve:
        """Links for a page: each source gets a number, in the order it is first cited."""

        def cite(source: str) -> str:
            _ = self.sources[source]
            if source not in order:
                order.append(source)
            number = order.index(source) + 1
            word = self.ui.get("source-number", "Source")
            return f'<sup><a href="#s{number}"><span class="visually-hidden">{word} </span>{number}</a></sup>'

        def resolve(scheme: str, target: str, label: str | None) -> tuple[str, str]:
            if scheme == "source":
                return cite(target), ""
            if scheme == "fact":
                fact = self.fact(target)
                if fact is None:
                    return "", ""
                marks = "".join(cite(source) for source in fact.sources)
                return html.escape(fact.sentence, quote=False) + marks, fact.sentence
            return self.link(scheme, target, label)

        return resolve

    def link(self, scheme: str, target: str, label: str | None) -> tuple[str, str]:
        """The HTML and the plain words of a link to a page, a term or a phone.

        Raises KeyError when there is no such thing.
        """
        if scheme == "phone":
            phone = self.site.phones[target]
            words = phone.number
            return f'<a href="tel:{phone.dial}">{html.escape(words)}</a>', "it"
        if scheme == "term":
            name = self.terms[target].extras.get("name", target)
            return self._anchor(f"/glossary/#{target}", label or name)
        if scheme == "page":
            return self._anchor(PAGES[target], label or self.ui[f"page-{target}"])
        title = self.titles[(scheme, target)]
        return self._anchor(address(scheme, target), label or title)

    def _anchor(self, href: str, words: str) -> tuple[str, str]:
        return f'<a href="{href}">{html.escape(words, quote=False)}</a>', words


@dataclass
class _Reading:
    """What is gathered while the parts of a page are read."""

    order: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    words: dict[str, int] = field(default_factory=dict)


class PageReader:
    """Reads the Markdown pages of one language."""

    def __init__(
        self,
        words: Path,
        linker: Linker,
        names: re.Pattern[str],
        ui: Mapping[str, str],
        problems: Problems,
    ) -> None:
        self.words = words
        self.linker = linker
        self.names = names
        self.ui = ui
        self.problems = problems
        self.first_uses = FirstUses(linker.terms)

    def option(self, name: str) -> Page | None:
        """The page of an option: fixed parts in fixed order, gains and harms in equal room."""
        return self._page("option", "options", name, OPTION_PARTS)

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
        self, kind: str, folder: str, name: str, fixed: tuple[str, ...] | None
    ) -> Page | None:
        path = self.words / folder / f"{name}.md"
        file = f"en/{folder}/{name}.md".replace("/./", "/")
        raw = reading.read_page(path, file, self.problems)
        if raw is None:
            return None
        front = self._front(raw)
        got = _Reading()
        sections = [self._titled(raw, section, fixed is not None) for section in raw.sections]
        if fixed is not None:
            self._order(raw, [part for part, _, _ in sections], fixed)
        else:
            self._free_order(file, sections)
        for part, title, section in sections:
            self._part(file, part, title, section, got)
        grade = reading_grade(got.prose, self.names)
        if grade > GRADE_LIMIT:
            message = (
                f"The reading grade is {grade}; {GRADE_LIMIT:g} is the limit. Use short words."
            )
            self.problems.add(file, 1, "grade", message)
        gains, harms = got.words.get("gains", 0), got.words.get("harms", 0)
        if fixed is OPTION_PARTS and gains and harms:
            line = next((s.line for p, _, s in sections if p == "harms"), 1)
            lint_fairness(file, line, gains, harms, self.problems)
        if front is None:
            return None
        checked, check_by = front
        # The two entrance pages, home and get help now, lead to one thing each.
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
            reviewed_by=raw.front.get("reviewed-by", ""),
            grade=grade,
            word_count=sum(got.words.values()),
            gains_words=gains,
            harms_words=harms,
        )

    def _titled(
        self, raw: reading.Page, section: reading.Section, fixed: bool
    ) -> tuple[str, str, reading.Section]:
        if fixed:
            return section.id, self.ui.get(f"part-{section.id}", section.id), section
        found = _TITLED.match(section.id)
        if not found:
            message = "A heading here has the form `## Words {#id}`."
            self.problems.add(raw.file, section.line, section.id, message)
            return section.id, section.id, section
        return found.group(2), found.group(1), section

    def _free_order(self, file: str, sections: Sequence[tuple[str, str, reading.Section]]) -> None:
        """A page with headings of its own starts in short, and gives every id once."""
        if not sections or sections[0][0] != "in-short":
            self.problems.add(file, 1, "in-short", "The first part of a page is `in-short`.")
        seen: dict[str, str] = {}
        for part, _, section in sections:
            if seen.get(part, section.id) != section.id:  # the same heading twice is told already
                self.problems.add(file, section.line, part, "This id stands twice on the page.")
            seen[part] = section.id

    def _order(self, raw: reading.Page, there: list[str], fixed: tuple[str, ...]) -> None:
        for missing in [part for part in fixed if part not in there]:
            self.problems.add(raw.file, 1, missing, f"The part `## {missing}` is missing.")
        lines = {section.id: section.line for section in raw.sections}
        for extra in [part for part in there if part not in fixed]:
            self.problems.add(raw.file, lines[extra], extra, "This page has no such part.")
        kept = list(dict.fromkeys(part for part in there if part in fixed))
        wanted = [part for part in fixed if part in there]
        for got, want in zip(kept, wanted, strict=False):
            if got != want:
                message = f"The parts have a fixed order: `## {want}` should stand here."
                self.problems.add(raw.file, lines[got], got, message)
                break

    def _front(self, raw: reading.Page) -> tuple[date, date] | None:
        dates: list[date] = []
        for key in ("title", "summary", "checked", "check-by"):
            if not raw.front.get(key):
                self.problems.add(raw.file, 1, key, "This is needed in the front matter.")
        known = {"title", "short", "summary", "checked", "check-by", "reviewed-by"}
        for extra in sorted(set(raw.front) - known):
            line = raw.front_lines[extra]
            self.problems.add(raw.file, line, extra, "This key is not known here.")
        for key in ("checked", "check-by"):
            try:
                dates.append(date.fromisoformat(raw.front.get(key, "")))
            except ValueError:
                if raw.front.get(key):
                    line = raw.front_lines[key]
                    self.problems.add(raw.file, line, key, "Give a date like 2026-11-22.")
        if len(dates) != 2:
            return None
        if wrong := wrong_day(dates[0], dates[1]):
            self.problems.add(raw.file, raw.front_lines["check-by"], "check-by", wrong)
        return (dates[0], dates[1])

    def _part(
        self, file: str, part: str, title: str, section: reading.Section, got: _Reading
    ) -> None:
        def complain(line: int, message: str) -> None:
            self.problems.add(file, line, part, message)

        resolve = self.linker.numbered(got.order)
        rendered: Rendered = render(section.text, section.line + 1, resolve, complain)
        if not rendered.prose:
            complain(section.line, "This part is empty.")
        lint_passage(Passage(file, part, rendered.prose), self.names, self.problems)
        got.parts.append(Part(part, title, tuple(rendered.blocks)))
        got.facts += rendered.facts
        got.links += rendered.links
        got.words[part] = sum(count_words(prose.text) for prose in rendered.prose)
        if part not in NOT_PROSE:
            got.prose += [prose.text for prose in rendered.prose]
