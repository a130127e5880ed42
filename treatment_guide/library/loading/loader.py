"""Reads the whole content folder into one `Library`, or reports all its faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

from treatment_guide.library.check_days import check_spread
from treatment_guide.library.faults.file_kinds import ORIGINAL
from treatment_guide.library.faults.folder_check import check_folder, check_translation, read_all
from treatment_guide.library.faults.guide_rules import never_forced, places_agree
from treatment_guide.library.faults.settling import settled
from treatment_guide.library.loading.appendices import ExtraReader
from treatment_guide.library.loading.body_map import read_body_maps
from treatment_guide.library.loading.clinics import ClinicReader
from treatment_guide.library.loading.evidence import EvidenceReader, cited_on
from treatment_guide.library.loading.flow import check_named, page_titles, short_words
from treatment_guide.library.loading.languages.language import read_language
from treatment_guide.library.loading.languages.parity import check_parity
from treatment_guide.library.loading.languages.translation import check_core, with_originals
from treatment_guide.library.loading.local.reader import Known, elsewhere, read_local, with_clinics
from treatment_guide.library.loading.prose.advice import AdviceReader
from treatment_guide.library.loading.prose.grounds import read_grounds
from treatment_guide.library.loading.prose.hazards import HazardReader
from treatment_guide.library.loading.prose.linker import Linker
from treatment_guide.library.loading.prose.listed_pages import ListedPages
from treatment_guide.library.loading.prose.names import names_pattern
from treatment_guide.library.loading.prose.pages import PageReader
from treatment_guide.library.loading.prose.self_checks import SelfCheckReader
from treatment_guide.library.loading.prose.value_statements import ValueReader
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.loading.releases import read_releases
from treatment_guide.library.loading.reviews.reviewers import FILE as REVIEWERS
from treatment_guide.library.loading.reviews.reviewers import (
    Reviewers,
    read_reviewers,
    read_reviews,
)
from treatment_guide.library.loading.rules import read_rules
from treatment_guide.library.loading.search.danger_phrases import DangerPhraseReader
from treatment_guide.library.loading.search.synonyms import SynonymReader
from treatment_guide.library.loading.site import read_site, unsaid_phrases
from treatment_guide.library.looked_up.needed import PHONES, PHRASES, check_needed
from treatment_guide.library.looked_up.page_addresses import PAGES
from treatment_guide.library.looked_up.wording import lint_interface, read_interface
from treatment_guide.library.model import Library, Page, Site
from treatment_guide.library.problems import Problems
from treatment_guide.library.release.sentences import rule_lines
from treatment_guide.library.text.content_files import Entry


def load_library(
    root: Path,
    given: Mapping[str, str] | None = None,
    *,
    whole: bool = True,
    base: str = "",
    local: Path | None = None,
) -> Library:
    """The library made from a content folder, and from a clinic's own folder (`local`), if there is
    one. `given` overrides fields of guide/site.yaml by name.
    With `whole`, everything that the site looks up by id must be there; without, a small guide can
    be read, which cannot be served. Links in pages begin with `base`, the path of the site.

    Raises BrokenContent with all faults, if there are any.
    """
    problems = Problems()
    library = _Loader(root, given or {}, problems, whole, base, local).library()
    if problems or library is None:
        raise settled(problems)
    return library


def load_translation(
    original: Library,
    root: Path,
    language: str,
    given: Mapping[str, str] | None = None,
    *,
    whole: bool = True,
    base: str = "",
    local: Path | None = None,
) -> Library:
    """The library of a translation. Rules, sources and days are those of the original, and so is
    what a clinic's own folder (`local`) adds, but for its signatures; pages that are not translated
    yet have a title alone. Raises BrokenContent.
    """
    problems = Problems()
    library = _Loader(root, given or {}, problems, whole, base, local, language, original).library()
    if problems or library is None:
        raise settled(problems)
    clinics, named = elsewhere(original)
    made = replace(
        library,
        guide=original.guide,
        layout=original.layout,
        questions=with_originals(library, original),
        clinics=clinics,
        local=named,
    )
    # What is the same in both, such as sources, is there once in memory and in the file of a build.
    names = (each.name for each in fields(Library) if each.init and each.name != "original")
    both = ((name, getattr(original, name)) for name in names)
    return replace(made, **{name: value for name, value in both if getattr(made, name) == value})


class _Loader:
    def __init__(
        self,
        root: Path,
        given: Mapping[str, str],
        problems: Problems,
        whole: bool,
        base: str,
        local: Path | None = None,
        language: str = ORIGINAL,
        original: Library | None = None,
    ) -> None:
        self.root = root
        self.given = given
        self.original = original
        self.files = WordFiles(root, language, problems)
        self.problems = problems
        self.whole = whole
        self.base = base
        self.local = local

    def library(self) -> Library | None:
        if self.original:
            check_translation(self.root, self.files.language, self.problems)
            check_core(self.files, self.problems)
            check_parity(self.files, self.problems)
        else:
            check_folder(self.root, self.problems)
        written = read_language(self.files, original=self.original is None)
        if written is None:
            read_all(self.root, self.problems)
            return None
        language, style = written.language, written.style
        evidence = EvidenceReader(self.root, language, self.problems, self.original)
        sources = evidence.sources()
        book = read_rules(self.root, set(sources), self.problems)
        if book is None:
            read_all(self.root, self.problems)
            return None
        interface = read_interface(self.files, style.ways, len(language.forms) + 1)
        ui = interface.words
        terms = self.files.entries("glossary")
        style = replace(style, names=names_pattern(self.files, terms))
        if self.whole:  # names that may contain digits are known only in a whole guide
            lint_interface(interface, style, self.problems)
        facts = evidence.facts(sources, ui, self.files.place_names(), style)
        site = read_site(
            self.files,
            style.ways,
            self.given,
            set(sources),
            PHONES if self.whole else (),
            PHRASES if self.whole else (),
        )
        ui |= {"site-name": site.name} if site.name else {}
        titles, foreign = page_titles(self.files, book)
        linker = Linker(
            book.flow,
            sources,
            facts,
            terms,
            site,
            ui,
            titles,
            self.problems,
            self.base + language.prefix,
            language.name,
            evidence.foreign,
            foreign,
        )
        self.stand(titles, terms, site)
        reader = PageReader(
            self.files,
            linker,
            style,
            ui,
            self.problems,
            whole=self.whole,
            original=self.original,
        )
        placed = ListedPages(self.root, self.problems)
        options = placed.options(book, reader)
        steps = {name: reader.step(name) for name in book.flow.steps}
        topics = {name: reader.free("topic", name) for name in book.flow.topics}
        about = {name: reader.free("about", name) for name in book.flow.about}
        clinic_pages = {name: reader.free("clinics", name) for name in book.flow.clinics}
        pages = {name: reader.free("page", name) for name in ("home", "get-help-now")}
        situations = placed.situations(book, reader)
        for folder, listed in (
            ("situations", [name for row in book.flow.situations.values() for name in row]),
            ("options", book.offered),
            ("steps", steps),
            ("topics", topics),
            ("about", about),
            ("clinics", clinic_pages),
        ):
            self.files.strangers(folder, set(listed))
        check_named(self.root, book, linker.titles, self.problems)
        if self.whole:
            check_needed(self.root, language.name, book, pages, self.problems)
        if self.whole and not self.original:
            places_agree(situations, facts, self.problems)
            never_forced(book, self.problems)
        reviewers = self.reviewers(ui)
        extras = ExtraReader(self.files, style, self.problems)
        search = SynonymReader(self.files, self.problems)
        dangers = DangerPhraseReader(
            self.files, book.guide.questions, language.search, style, self.problems
        )
        clinics = ClinicReader(self.files, book, self.problems)
        words = AdviceReader(self.files, linker, style, self.problems)
        questions = words.questions(book)
        reasons = words.reasons(book)
        notices = words.notices(book)
        asks = words.asks(book)
        care = words.care(book)
        safety = words.safety(book)
        values = ValueReader(words, options, book.offered, self.problems)
        glossary = {name: words.term(each) for name, each in terms.items()}
        danger_phrases = dangers.danger_phrases()
        ours = clinics.clinics()
        known = Known(options, situations, ours)
        own_folder = None if self.original else self.local  # it is read once, with the original
        local, own = read_local(own_folder, known, clinics, style, dangers.finder)
        made = Library(
            site=site,
            base=self.base,
            guide=book.guide,
            layout=with_clinics(book.layout, own.values()),
            steps=_there(steps),
            step_options={step: tuple(row) for step, row in book.flow.steps.items()},
            options=options,
            topics=_there(topics),
            about=_there(about),
            pages=_there(pages),
            questions=questions,
            body_maps=read_body_maps(self.root, book.guide.questions, self.problems),
            reasons=reasons,
            notices=notices,
            asks=asks,
            safety=safety,
            care=care,
            facts=facts,
            sources=sources,
            cited_on={},
            terms=dict(sorted(glossary.items(), key=lambda pair: pair[1].name.lower())),
            ui=ui,
            language=language,
            original=self.original,
            situations=situations,
            words=short_words(book, situations, self.problems),
            compare=tuple(book.flow.compare),
            matters_first=dict(book.flow.matters_first),
            self_checks=SelfCheckReader(self.files, style, self.problems).checks(topics),
            value_statements=values.statements(book.flow.matters_first) if self.whole else {},
            scores=tuple(extras.scores(linker.titles, ui)),
            hazards=HazardReader(extras, book, linker.titles).hazards(),
            grounds=read_grounds(extras, book),
            search_names={
                each.page.address: tuple(word.replace("-", " ") for word in each.words)
                for each in situations.values()
            },
            proof=extras.proof(book.offered),
            clinic_pages=_there(clinic_pages),
            clinics={**ours, **own},
            diagnoses=clinics.diagnoses(),
            releases=read_releases(self.root, self.problems),
            conformance=extras.conformance(),
            synonyms=search.synonyms(),
            page_names=search.page_names(linker.titles),
            danger_phrases=danger_phrases,
            local=local,
        )
        pictured = {(page.kind, page.id): page for page in made.reading_pages}
        made = replace(made, pictures=extras.pictures(pictured))
        evidence.unused_facts(facts, reader.named)
        if not self.problems:  # else the file that uses them may be the faulty one
            used = {f"tag-{tag}" for option in options.values() for tag in option.tags}
            used |= {f"standard-{score.standard}" for score in made.scores}
            used |= reviewers.words if reviewers else set()
            used |= {f"at-once-{id_}" for todo in book.todos.values() for id_ in todo.at_once}
            interface.unused(used | evidence.words_used, self.problems)
            if not self.original:
                check_spread(made, self.problems)
            if self.whole:
                unsaid_phrases(site, {*PHRASES, *linker.phrases_said}, self.files)
            dangers.check_calm(made)
        if self.problems:
            return None
        made = replace(made, cited_on=cited_on(made), rules=rule_lines(made, book))
        if reviewers:
            made = replace(
                made, reviews=read_reviews(self.root, made, reviewers, self.problems, self.local)
            )
        return made

    def reviewers(self, ui: Mapping[str, str]) -> Reviewers | None:
        """The roles of reviewers; a guide that is not whole need not have any."""
        if not self.whole and not (self.root / REVIEWERS).exists():
            return None
        return read_reviewers(self.root, ui, self.problems)

    def stand(
        self, titles: Mapping[tuple[str, str], str], terms: Mapping[str, Entry], site: Site
    ) -> None:
        """Note file and line of the ids that words may name."""
        flow = "guide/flow.yaml"
        for kind, name in titles:
            self.problems.stands(kind, [(name, flow)])
        glossary = self.files.file("glossary")
        self.problems.stands("term", ((n, f"{glossary}:{each.line}") for n, each in terms.items()))
        self.problems.stands("phone", ((name, "guide/regions/") for name in site.phones))
        self.problems.stands(
            "region", ((name, f"{self.files.language}/regions/") for name in site.phrases)
        )
        self.problems.stands("page", ((name, "content/README.md") for name in PAGES))


def _there(pages: Mapping[str, Page | None]) -> dict[str, Page]:
    return {name: page for name, page in pages.items() if page is not None}
