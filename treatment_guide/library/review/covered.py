"""What each subject covers: the items of the record that its reader sees, and what follows from
them for this subject alone. Its hash changes with the words of any of them.

Left out are days, layout, other options, and a clinic's own words.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from treatment_guide.engine.conditions import Condition, atoms
from treatment_guide.engine.model import Option, Rule
from treatment_guide.engine.safety import SafetyAnswer, decide, impossible, reacting
from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.model import Library, Page
from treatment_guide.library.once import once_per_library
from treatment_guide.library.release.seen import items
from treatment_guide.library.review.derived import groups_of, row_of
from treatment_guide.library.review.labels import LABELS
from treatment_guide.library.review.subjects import DANGER_WORDS, Subject

RULES = ("fits", "first", "wait", "against", "caution", "done")
#: Fields of a choice's words that tell what an answer means.
SAID = ("label", "hint", "told", "discreet")


#: A link to the word list, as the record writes it. The guide sets most of them by itself, so that a
#: new term would change pages that say the same as before.
_TERM = re.compile(r"\[(?:/[a-z]{2,3})?/glossary/#[a-z0-9-]+\]")
#: Words of the interface that stand on every page with numbers, by the beginning of their keys.
ON_PAGES = (
    *("fact-", "glance", "legend", "points", "range", "of-people", "more-of", "fewer-", "none-of"),
    *("side-", "not-known", "source-secondary", "decision"),
)


@once_per_library
def read_items(library: Library) -> Mapping[str, str]:
    """The words of every item of the record as a reviewer reads them: without days, without the path
    of this copy, and without links to the word list.
    """
    found = items(library, dated=False)
    if library.base:
        here, anywhere = f"[{library.base}/", "[/"
        found = {name: words.replace(here, anywhere) for name, words in found.items()}
    return {name: _TERM.sub("", words) for name, words in found.items()}


def covered(library: Library, subject: Subject) -> dict[str, str]:
    """The words of every item that a subject covers, by its name, sorted."""
    found = read_items(library)
    names = _names(library)
    named = set(names.of(subject))
    words = {name: found[name] for name in named if name in found}
    return dict(sorted((words | names.derived(subject)).items()))


def fingerprint(library: Library, subject: Subject) -> str:
    """The hash of a subject in the language and region of the library: sixteen letters, in fours."""
    words = covered(library, subject)
    return hash_of(subject.id, language(library), library.site.region.id, words)


def hash_of(what: str, language: str, region: str, words: Mapping[str, str]) -> str:
    """The hash of these words as those of the subject with the id `what` in a language and region."""
    rows = [what, language, region]
    rows += [part for name, said in words.items() for part in (name, said)]
    whole = b"".join(b"%d:%b" % (len(row.encode()), row.encode()) for row in rows)
    letters = hashlib.sha256(whole).hexdigest()[:16]
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def language(library: Library) -> str:
    """The language of the words of a library: `en`."""
    return library.language.name


@once_per_library
def _names(library: Library) -> _Names:
    return _Names(library, read_items(library))


class _Names:
    """The names of the items of each kind of subject."""

    def __init__(self, library: Library, found: Mapping[str, str]) -> None:
        self.library = library
        self.found = found
        #: The names of rules that share option, kind and words: all but the first have a number.
        self.same: dict[str, list[str]] = {}
        for name in found:
            if name.startswith("guide/options/"):
                self.same.setdefault(name.partition(".")[0], []).append(name)

    def of(self, subject: Subject) -> Iterable[str]:
        """The names of the items that a subject covers; some may be no items."""
        make = getattr(self, f"_{subject.kind.replace('-', '_')}")
        return (*make(subject.name),)

    def derived(self, subject: Subject) -> dict[str, str]:
        """What follows from items for a subject: its row of the matrix, its groups of options."""
        guide = self.library.guide
        if subject.kind in ("option", "rules"):
            return {"derived/safety": row_of(guide.options[subject.name], guide.safety)}
        if subject.kind == "safety":
            answer = self._answer(subject.name)
            rows = (row_of(option, (answer,)) for option in guide.options.values())
            return {f"derived/{subject.name}": "\n".join(rows)}
        if subject.kind == "situation":
            return {"derived/groups": groups_of(self.library, subject.name)}
        return {}

    def under(self, *starts: str) -> Iterator[str]:
        """The names that are one of these, or lie under it."""
        folders = tuple(f"{start}/" for start in starts)
        return (name for name in self.found if name in starts or name.startswith(folders))

    def ui(self, *starts: str) -> Iterator[str]:
        """The words of the interface whose keys begin so."""
        whole = tuple(f"ui/{start}" for start in starts)
        return (name for name in self.found if name.startswith(whole))

    def _page(self, folder: str, page: Page) -> Iterator[str]:
        yield from self.under(f"{folder}/{page.id}", f"pictures/{page.kind}/{page.id}")
        yield from self.sources(page.sources)
        yield from self.facts(page.facts)
        yield from self.ui(*ON_PAGES)

    def sources(self, names: Iterable[str]) -> Iterator[str]:
        return (f"sources/{name}" for name in names)

    def facts(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            fact = self.library.facts[name]
            yield f"facts/{name}"
            yield from self.sources((*fact.sources, fact.smallest_source))
            for place in fact.places:
                yield from self.choice(PLACE, place)

    def choice(self, question: str, choice: str) -> Iterator[str]:
        yield f"questions/{question}/name"
        yield from (f"questions/{question}/{choice}/{field}" for field in SAID)

    def labels(self, condition: Condition) -> Iterator[str]:
        for atom in atoms(condition):
            for choice in atom.choices:
                yield from self.choice(atom.question, choice)

    def rules(self, option: Option, rules: Iterable[tuple[str, Rule]]) -> Iterator[str]:
        """Rules of an option, each with its kind: their conditions, reasons, sources, labels."""
        for kind, rule in rules:
            yield from self.same.get(f"guide/options/{option.id}/{kind}/{rule.because}", ())
            yield f"reasons/{rule.because}"
            yield from self.sources(rule.sources)
            yield from self.labels(rule.condition)

    def _option(self, name: str) -> Iterator[str]:
        each = self.library.options[name]
        yield from self._page("options", each.page)
        yield from self.facts([each.look_again] if each.look_again else [])
        yield from (f"ui/tag-{tag}" for tag in each.tags)
        yield f"ui/certainty-{each.certainty}"
        yield from self.ui("speaks-", "values-", "option-", "fold-", "more-gains", "more-harms")
        yield from self._value(name)
        yield from self._rules(name)

    def _value(self, option: str) -> Iterator[str]:
        for thing, rows in self.library.value_statements.items():
            if option in rows:
                yield f"value_statements/{thing}/{option}"
                yield from self.choice("matters", thing)
                yield from self.sources(rows[option].sources)
                yield from self.facts(rows[option].facts)

    def _rules(self, name: str) -> Iterator[str]:
        option = self.library.guide.options[name]
        yield from self.under(f"guide/options/{name}")
        yield from self.rules(option, ((kind, r) for kind in RULES for r in getattr(option, kind)))
        if option.nowhere:
            yield f"reasons/{option.nowhere}"
        yield from self.ui("rule-", "safety-")
        yield from (f"safety/trait-{trait}" for trait in option.traits)
        for answer in self.library.guide.safety:
            yield from self._cell(option, answer)

    def _cell(self, option: Option, answer: SafetyAnswer) -> Iterator[str]:
        yield from self.choice(answer.question, answer.choice)
        for nothing in decide(option, answer).nothing:
            yield f"safety/{nothing.because}"
            yield from self.sources(nothing.sources)

    def _answer(self, name: str) -> SafetyAnswer:
        return next(each for each in self.library.guide.safety if each.id == name)

    def _safety(self, name: str) -> Iterator[str]:
        answer = self._answer(name)
        yield from self.under(f"guide/safety/{name}")
        yield from self.choice(answer.question, answer.instead_of)
        yield from self.ui("safety-")
        yield from (f"safety/trait-{trait}" for trait in self.library.guide.by_trait)
        for option in self.library.guide.options.values():
            yield from self._cell(option, answer)
            yield from self.rules(option, reacting(option, answer))

    def _situation(self, name: str) -> Iterator[str]:
        each = self.library.situations[name]
        yield from self._page("situations", each.page)
        yield from self.ui("group-", "situation-")
        for answers in each.answers:
            for question, choice in answers.items():
                yield from self.choice(question, choice)

    def _topic(self, name: str) -> Iterator[str]:
        yield from self._page("topics", self.library.topics[name])
        yield from self.under(f"self_checks/{name}")

    def _step(self, name: str) -> Iterator[str]:
        yield from self._page("steps", self.library.steps[name])
        yield f"step_options/{name}"

    def _home(self, _: str) -> Iterator[str]:
        yield from self._page("pages", self.library.pages["home"])

    def _values(self, step: str) -> Iterator[str]:
        yield from self.ui("speaks-")
        yield from self.under("matters_first")
        for option in self.library.step_options[step]:
            yield from self._value(option)

    def _outcomes(self, place: str) -> Iterator[str]:
        yield from self.choice(PLACE, place)
        yield from self.ui("group-", "sign-", "why-")
        yield "guide/floor"
        for option in self.library.guide.options.values():
            there = [
                (kind, rule)
                for kind in RULES
                for rule in getattr(option, kind)
                if not impossible(rule.condition, PLACE, place)
            ]
            yield from self.rules(option, there)
            yield f"guide/options/{option.id}/trials_only"
            yield f"reasons/{option.nowhere}"

    def _danger_signs(self, _: str) -> Iterator[str]:
        for question in self.library.guide.danger:
            yield from self.under(f"questions/{question.id}", f"guide/questions/{question.id}")
        yield from self._page("pages", self.library.pages["get-help-now"])
        yield from self.under(f"site/regions/{self.library.site.region.id}")
        yield from self.sources(self.library.site.region.sources)
        yield from self.under(*(f"danger_phrases/{name}" for name in ("labels", "levels")))
        yield from self.ui("help-", "get-help-now")

    def _danger_words(self, name: str) -> Iterator[str]:
        yield from self.under(*(f"danger_phrases/{part}" for part in DANGER_WORDS[name]))

    def _told(self, kind: str, rules: Iterable[Rule]) -> Iterator[str]:
        """What is told about the whole situation, with the conditions under which it is."""
        yield from self.under(kind, f"guide/{kind}")
        for rule in rules:
            yield from self.sources(rule.sources)
            yield from self.labels(rule.condition)

    def _notices(self, _: str) -> Iterator[str]:
        guide = self.library.guide
        yield from self._told("notices", guide.notices)
        yield from self.under("guide/todos")
        yield from self.ui("act-", "at-once-", "notices-")
        for notice in self.library.notices.values():
            yield from self.sources(notice.sources)
            yield from self.facts([notice.look_again] if notice.look_again else [])

    def _care(self, _: str) -> Iterator[str]:
        yield from self._told("care", [each.rule for each in self.library.guide.care])

    def _asks(self, _: str) -> Iterator[str]:
        yield from self._told("asks", self.library.guide.asks)

    def _questions(self, name: str) -> Iterator[str]:
        yield from self.under(f"questions/{name}", f"guide/questions/{name}")

    def _glossary(self, _: str) -> Iterator[str]:
        yield from self.under("terms")

    def _labels(self, name: str) -> Iterator[str]:
        yield from self.ui(*LABELS[name])

    def _diagnoses(self, _: str) -> Iterator[str]:
        yield from self.under("diagnoses")
