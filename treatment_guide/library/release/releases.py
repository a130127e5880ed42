"""Hashes of each release, so that a reader of a printed page can be told what changed since.

`guide/releases/<release>.yaml` holds a short hash of each option's rules, of each page's words and
of each fact. It is written by `manage.py release` and never changed after the release is out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import unescape

from treatment_guide.engine.conditions import AllOf, Among, AnyOf, Condition, Not
from treatment_guide.engine.model import Option, Rule
from treatment_guide.library.model import Fact, Library, Page, Record, Region
from treatment_guide.library.model.site import NOWHERE
from treatment_guide.library.text.blocks import Html
from treatment_guide.library.text.phone_words import EMERGENCY, link

FOLDER = "guide/releases"
#: The kinds of change, in the order shown.
KINDS = ("danger", "new", "rules", "facts", "words", "notices")
#: What all pages share, by the kind of change that tells of it.
SHARED = {"danger": ("danger", "cards"), "notices": ("notices", "messages")}
#: The kinds of rules of an option.
RULES = ("fits", "first", "wait", "against", "caution", "done")

_MARKS = re.compile(r"<sup>.*?</sup>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")


def record(library: Library, day: date, region: str = "") -> Record:
    """The hashes of the library as it stands, with whom to call as in `region`: that of the library
    where it is empty or unknown.
    """
    guide = library.guide
    here = library.site.region
    there = library.site.regions.get(region, here)
    signs = [
        (question, choice, library.questions[question.id].choices[choice])
        for question in guide.danger
        for choice in question.choices
    ]
    danger = [f"{q.id} {choice} {q.levels.get(choice)} {words.label}" for q, choice, words in signs]
    cards = [
        bare(as_in(text, here, there))
        for _, _, words in signs
        for text in (words.card, words.hint, words.short)
    ]
    messages = [
        text
        for each in library.notices.values()
        for text in (each.title, *map(bare, (each.html, each.do, each.tell)))
    ]
    messages += [bare(f"{each.name} {each.html}") for each in library.care.values()]
    return Record(
        day=day,
        rules={name: digest(rules_text(option)) for name, option in guide.options.items()},
        words={
            page.address: digest(page_text(page, here, there)) for page in recorded_pages(library)
        },
        facts={name: digest(fact_text(fact)) for name, fact in sorted(library.facts.items())},
        shared={
            "danger": digest(danger),
            "notices": digest(map(rule_text, guide.notices + guide.asks)),
            "cards": digest(cards),
            "messages": digest([*messages, *map(bare, library.asks.values())]),
        },
        reasons={
            name: digest(
                bare(library.reasons[rule.because])
                for kind in RULES
                for rule in getattr(option, kind)
            )
            for name, option in guide.options.items()
        },
        region=there.id,
    )


def recorded_pages(library: Library) -> list[Page]:
    """The pages whose changes are recorded: options, situations and topics."""
    kinds = ("option", "situation", "topic")
    return [page for page in library.reading_pages if page.kind in kinds]


def digest(lines: Iterable[str]) -> str:
    """Eight letters that change when a line does."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]


def condition_text(condition: Condition) -> str:
    """A condition in a normal form: the order of its choices does not matter."""
    if isinstance(condition, Among):
        return f"{condition.question}:{','.join(sorted(condition.choices))}"
    if isinstance(condition, Not):
        return f"not({condition_text(condition.part)})"
    word = "all" if isinstance(condition, AllOf) else "any"
    assert isinstance(condition, (AllOf, AnyOf))
    return f"{word}({';'.join(sorted(map(condition_text, condition.parts)))})"


def rule_text(rule: Rule) -> str:
    """The text of a rule to hash: its condition and the id of its words."""
    return f"{rule.because} {condition_text(rule.condition)}"


def rules_text(option: Option) -> list[str]:
    """The texts of an option's rules, by kind."""
    return [f"{kind} {rule_text(rule)}" for kind in RULES for rule in getattr(option, kind)]


def page_text(page: Page, here: Region = NOWHERE, there: Region = NOWHERE) -> list[str]:
    """The words of a page to hash, without links, markup and source numbers; whom to call in the
    region `here` is said as in the region `there`.
    """
    lines = [page.title, page.summary]
    for part in page.parts:
        for block in part.blocks:
            if isinstance(block, Html):
                lines.append(bare(as_in(block.html, here, there)))
    return lines


def bare(markup: str) -> str:
    """The words of HTML, without source numbers."""
    return re.sub(r"\s+", " ", unescape(_TAGS.sub("", _MARKS.sub("", markup)))).strip()


def as_in(markup: str, here: Region, there: Region) -> str:
    """HTML with the phrases and the emergency number of one region replaced by those of another,
    so that copies for two regions have the same hashes.
    """
    if here == there:
        return markup
    said = [(its.html, there.phrases[name].html) for name, its in here.phrases.items()]
    said.append((link(here.phones[EMERGENCY]), link(there.phones[EMERGENCY])))
    for words, others in sorted(said, key=lambda pair: -len(pair[0])):
        markup = markup.replace(words, others)
    return markup


def fact_text(fact: Fact) -> list[str]:
    """The text of a fact to hash: numbers, people, words. Dates are left out."""
    return [
        f"{fact.kind} {fact.value} {fact.versus} {fact.after} {fact.people} {fact.counted} {fact.certainty}",
        fact.who,
        fact.sentence,
        fact.caveat,
    ]


def written(release: str, made: Record) -> str:
    """A record as the text of its file."""
    lines = [
        "# What this release said, hashed. Written by `manage.py release`; never changed by hand.",
        f'release: "{release}"',
        f"day: {made.day}",
        f"region: {made.region}",
    ]
    for title in ("rules", "words", "facts", "shared", "reasons"):
        rows: Mapping[str, str] = getattr(made, title)
        lines.append(f"{title}:")
        lines += [f'  {name}: "{value}"' for name, value in rows.items()]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Change:
    """One kind of change and the pages with it, as kind and id; no pages where all share it."""

    kind: str
    pages: tuple[tuple[str, str], ...] = ()


def changes(library: Library, then: Record) -> tuple[Change, ...]:
    """What changed since the record `then`, in the order of KINDS. A release records the words of
    the original, so a translation changes with them.
    """
    recorded = library.original or library
    return between(recorded, then, record(recorded, then.day, then.region))


def between(library: Library, then: Record, now: Record) -> tuple[Change, ...]:
    """What changed from one record to another, in the order of KINDS. Pages that the library or the
    later record does not have are left out; options are never removed.
    """
    by_kind: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    moved = {name for name, value in now.facts.items() if then.facts.get(name, value) != value}
    for page in recorded_pages(library):
        here = (page.kind, page.id)
        if page.address not in now.words:
            continue
        if page.address not in then.words:
            by_kind["new"].append(here)
            continue
        ruled = page.kind == "option" and then.rules.get(page.id) != now.rules.get(page.id)
        if ruled:
            by_kind["rules"].append(here)
        said = now.reasons.get(page.id, "") if page.kind == "option" and not ruled else ""
        if moved.intersection(page.facts):
            by_kind["facts"].append(here)
        elif then.words[page.address] != now.words[page.address] or (
            said and then.reasons.get(page.id, said) != said
        ):
            by_kind["words"].append(here)
    for kind, names in SHARED.items():
        # A record made before cards and messages were kept says nothing about them.
        pairs = ((then.shared.get(name), now.shared.get(name)) for name in names)
        if any(before != after for before, after in pairs if before and after):
            by_kind[kind].append(("", ""))
    return tuple(
        Change(kind, tuple(page for page in by_kind[kind] if page[0]))
        for kind in KINDS
        if by_kind[kind]
    )
