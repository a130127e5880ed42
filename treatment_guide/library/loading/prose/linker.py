"""Links in words: the HTML and the plain words of each, by the ids that it names."""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.looked_up.page_addresses import PAGES
from treatment_guide.library.model import Fact, Site, Source, address
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.flow import FlowShape
from treatment_guide.library.text.content_files import Entry
from treatment_guide.library.text.markdown import Rendered, Resolve
from treatment_guide.library.text.phone_words import EMERGENCY
from treatment_guide.library.text.phone_words import link as phone_link

#: The schemes that a link may have (before its colon).
SCHEMES = (
    "fact",
    "source",
    "term",
    "phone",
    "region",
    "page",
    "option",
    "step",
    "situation",
    "topic",
    "about",
    "clinics",
)


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
    language: str = "en"
    #: Facts that have no words in this language yet, and pages that are not translated yet.
    foreign_facts: Collection[str] = ()
    foreign_pages: Collection[tuple[str, str]] = ()
    phrases_said: set[str] = field(default_factory=set)  # the phrases of the region that words say

    def fact(self, name: str) -> Fact | None:
        """A fact, or None for a faulty one. Raises KeyError for an unknown id."""
        if name not in self.facts and ("fact", name) in self.problems.faulty:
            return None
        return self.facts[name]

    def note_lacking(self, file: str, part: str, rendered: Rendered) -> None:
        """Note ids that rendered words name and that do not exist, or not in this language."""
        for name in sorted({*rendered.facts} & {*self.foreign_facts}):
            message = f"The words of the fact `{name}` are not translated yet."
            self.problems.add(file, 1, part, message)
        for line, scheme, target in rendered.lacking:
            if scheme not in SCHEMES:
                message = f"`{scheme}:{target}` is no link this guide knows."
                near = meant(scheme, SCHEMES) or " An address stands in guide/sources/: cite it."
                self.problems.add(file, line, part, message + near)
            elif scheme == "phone" and target in self.site.phones:
                message = (
                    f"Each region has its own words around the number `{target}`: say a phrase of "
                    f"{self.language}/regions/, such as `<region:{target}>`."
                )
                self.problems.add(file, line, part, message)
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
        """The HTML and the plain words of a link to a page or a term, of a number to call, or of
        a phrase of the region.

        Raises KeyError when there is no such thing.
        """
        if scheme == "phone":
            return phone_link({EMERGENCY: self.site.phones[EMERGENCY]}[target]), "it"
        if scheme == "region":
            said = self.site.phrases[target]
            self.phrases_said.add(target)
            return said.html, said.spoken
        if scheme == "term":
            name = self.terms[target].extras.get("name", target)
            return self._anchor(f"/glossary/#{target}", label or name)
        if scheme == "page":
            return self._anchor(PAGES[target], label or self.ui[f"page-{target}"])
        title = self.titles[(scheme, target)]
        if (scheme, target) in self.foreign_pages:
            return self._foreign(address(scheme, target), label or title)
        return self._anchor(address(scheme, target), label or title)

    def _foreign(self, href: str, words: str) -> tuple[str, str]:
        """A link to a page that has a title alone in this language: it says so."""
        link, said = self._anchor(href, words)
        return f"{link} {self.ui['in-original']}", said

    def _anchor(self, href: str, words: str) -> tuple[str, str]:
        return f'<a href="{self.base}{href}">{html.escape(words, quote=False)}</a>', words
