"""Reads pages of Markdown: the order of their parts, links, citations and reading grade."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.model import Fact, Page, Part, Site, Source, address
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.flow import FlowShape
from treatment_guide.library.text import content_files as reading
from treatment_guide.library.text.content_files import Entry
from treatment_guide.library.text.markdown import Rendered, Resolve, render
from treatment_guide.library.text.page_frame import (
    check_fixed_order,
    check_free_order,
    front_dates,
)
from treatment_guide.library.text.page_rules import ReadPart, check_option, check_page
from treatment_guide.library.text.style_rules import (
    GRADE_LIMIT,
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
#: The schemes that a link may have (before its colon).
SCHEMES = (
    "fact",
    "source",
    "term",
    "phone",
    "page",
    "option",
    "step",
    "situation",
    "topic",
    "about",
    "clinics",
)
_TITLED = re.compile(r"^(.*?) *\{#([a-z0-9-]+)\}$")


@dataclass(frozen=True)
class Linker:
    """Resolves the ids in links of words to HTML."""

    flow: FlowShape
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    terms: Mapping[str, Entry]
    site: Site
    ui: Mapping[str, str]
    titles: Mapping[tuple[str, str], str]
    problems: Problems = field(default_factory=Problems)
    base: str = ""  # the path below which the site stands

    def fact(self, name: str) -> Fact | None:
        """A fact, or None for a faulty one. Raises KeyError for an unknown id."""
        if name not in self.facts and ("fact", name) in self.problems.faulty:
            return None
        return self.facts[name]

    def note_lacking(self, file: str, part: str, rendered: Rendered) -> None:
        """Note ids that rendered words name and that do not exist."""
        for line, scheme, target in rendered.lacking:
            if scheme not in SCHEMES:
                message = f"`{scheme}:{target}` is no link this guide knows."
                near = meant(scheme, SCHEMES) or " An address stands in guide/sources/: cite it."
                self.problems.add(file, line, part, message + near)
            else:
                message = f"There is no {scheme} `{target}`."
                self.problems.lacks(scheme, target, file, line, part, message)

    def plain(self) -> Resolve:
        """A resolver for words outside a page: they show no citations."""

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
        """A resolver for a page: each source gets a number, in the order it is first cited.
        `order` collects the ids.
        """

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
        return f'<a href="{self.base}{href}">{html.escape(words, quote=False)}</a>', words


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
        words: Path,
        linker: Linker,
        names: re.Pattern[str],
        ui: Mapping[str, str],
        problems: Problems,
        *,
        whole: bool = True,
    ) -> None:
        """With `whole`, the pages must also keep the rules of `page_rules`."""
        self.whole = whole
        self.words = words
        self.linker = linker
        self.names = names
        self.ui = ui
        self.problems = problems
        self.first_uses = FirstUses(linker.terms, linker.base)
        self.named: set[str] = set()  # ids of the facts on pages, faulty pages included

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
        front = front_dates(raw, self.names, self.problems)
        got = _Reading()
        sections = [self._titled(raw, section, fixed is not None) for section in raw.sections]
        if fixed is not None:
            there = [part for part, _, _ in sections]
            check_fixed_order(raw, there, fixed, self.problems)
        else:
            check_free_order(file, sections, self.problems)
        for part, title, section in sections:
            self._part(file, part, title, section, got)
        if self.whole:
            check_page(kind, name, file, got.read, self.problems)
        if self.whole and fixed is OPTION_PARTS:
            check_option(file, got.read, len(got.order) + len(got.unknown_sources), self.problems)
        grade = reading_grade(got.prose, self.names)
        if grade > GRADE_LIMIT:
            prose = [each for part in got.read for each in part.rendered.prose]
            lint_hard_page(file, grade, prose, self.names, self.problems)
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
        if not found and not section.sound:
            return section.id, section.id, section
        if not found:
            message = "A heading here has the form `## Words {#id}`: words, then an id in braces."
            self.problems.add(raw.file, section.line, section.id, message)
            return section.id, section.id, section
        lint_line(raw.file, section.line, found.group(2), found.group(1), self.names, self.problems)
        return found.group(2), found.group(1), section

    def _part(
        self, file: str, part: str, title: str, section: reading.Section, got: _Reading
    ) -> None:
        complaints: list[str] = []

        def complain(line: int, message: str) -> None:
            complaints.append(message)
            self.problems.add(file, line, part, message)

        resolve = self.linker.numbered(got.order)
        rendered: Rendered = render(section.text, section.line + 1, resolve, complain)
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
        lint_passage(Passage(file, part, rendered.prose), self.names, self.problems)
        got.parts.append(Part(part, title, tuple(rendered.blocks)))
        got.facts += rendered.facts
        got.links += rendered.links
        got.words[part] = sum(count_words(prose.text) for prose in rendered.prose)
        if part not in NOT_PROSE:
            got.prose += [prose.text for prose in rendered.prose]
