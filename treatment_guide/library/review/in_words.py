"""What changed since something was signed, in words: the sentences that went and that came, numbers
with the words around them, rules as sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from treatment_guide.engine.conditions import AllOf, Among, AnyOf, Condition, Not, atoms
from treatment_guide.library.model import Change, Library
from treatment_guide.library.release.sentences import KINDS, condition_words

#: The kind of a change, by what the name of its item begins with; the first match counts.
_KINDS = (
    (re.compile(r"facts/"), "number"),
    (re.compile(r"sources/"), "source"),
    (re.compile(r"reasons/"), "reason"),
    (re.compile(r"derived/groups|step_options/|guide/floor"), "groups"),
    (re.compile(r"derived/|guide/safety/|safety/"), "matrix"),
    (re.compile(r"guide/"), "rule"),
    (re.compile(r"notices/|care/|asks/"), "message"),
    (re.compile(r"value_statements/|matters_first/"), "value"),
    (re.compile(r"questions/|ui/|site/"), "label"),
    (re.compile(r"danger_phrases/|diagnoses/"), "search"),
)
#: All kinds: the words of a page, of its pictures and terms are what is left.
CHANGE_KINDS = tuple(dict.fromkeys((*(kind for _, kind in _KINDS), "page")))
#: Fields of a fact whose words its sentence holds.
IN_SENTENCE = ("sentence_of_hundred", "value", "versus", "after")
_CONDITION = re.compile(r"(?:[\w-]+\.)*condition: (.*)")
_FACT = re.compile(r"<fact:([a-z0-9-]+)>")


def changes(
    library: Library, then: Mapping[str, str], now: Mapping[str, str]
) -> tuple[Change, ...]:
    """What differs between the items that were read and those of now, in their order by name."""
    return tuple(
        _change(library, name, then, now)
        for name in sorted({*then, *now})
        if then.get(name) != now.get(name)
    )


def kind_of(item: str) -> str:
    """The kind of a change of an item, one of `CHANGE_KINDS`."""
    return next((kind for start, kind in _KINDS if start.match(item)), "page")


def _change(library: Library, name: str, then: Mapping[str, str], now: Mapping[str, str]) -> Change:
    was, stands = then.get(name, "").split("\n"), now.get(name, "").split("\n")
    went = [row for row in was if row not in stands]
    came = [row for row in stands if row not in was]
    return Change(
        kind=kind_of(name),
        name=title_of(name, now.get(name) or then[name]),
        was=" ".join(_said(library, name, went, then)),
        now=" ".join(_said(library, name, came, now)),
    )


def title_of(name: str, words: str) -> str:
    """What an item is called: the heading of a part, the name of a number or a source, its id."""
    if "/part/" in name:
        return words.partition("\n")[0]
    fields = dict(row.partition(": ")[::2] for row in words.split("\n"))
    said = fields.get("short") or fields.get("name") or ""
    return said if said or name.startswith("facts/") else name.rpartition("/")[2]


def _said(library: Library, name: str, rows: list[str], words: Mapping[str, str]) -> Iterator[str]:
    """Rows of an item as a reader understands them."""
    kind = name.split("/")[3:4] if name.startswith("guide/options/") else []
    if name.startswith("facts/"):
        rows = _without_repeats(rows)
    for row in rows:
        if not row:
            continue
        if condition := _CONDITION.fullmatch(row):
            said = rule_words(library, condition[1])
            yield f"{library.ui[f'rule-{kind[0]}']}: {said}" if kind and kind[0] in KINDS else said
        elif "/part/" not in name:
            yield row.removeprefix("sentence: ")
        else:
            yield with_sentences(words, row)


def with_sentences(items: Mapping[str, str], row: str) -> str:
    """A row of a page with the sentence of each number in its place."""
    return _FACT.sub(lambda found: _sentence(items, found[1]), row)


def _without_repeats(rows: list[str]) -> list[str]:
    """Rows of a fact without those that its sentence says again, where that is among them."""
    if not any(row.startswith("sentence: ") for row in rows):
        return rows
    return [row for row in rows if row.partition(": ")[0] not in IN_SENTENCE]


def _sentence(words: Mapping[str, str], fact: str) -> str:
    """The sentence of a fact among these items; its id where it is not there."""
    rows = words.get(f"facts/{fact}", "").split("\n")
    return next((r.removeprefix("sentence: ") for r in rows if r[:10] == "sentence: "), fact)


def rule_words(library: Library, text: str) -> str:
    """A condition in its normal form as a sentence. As it is, where the guide no longer has one of
    its questions or choices.
    """
    condition, rest = _parsed(text)
    known = library.guide.questions
    if rest or not all(
        atom.question in known and atom.choices <= {*known[atom.question].choices}
        for atom in atoms(condition)
    ):
        return text
    return condition_words(condition, library)


def _parsed(text: str) -> tuple[Condition, str]:
    """A condition at the beginning of a text in normal form, and the text behind it."""
    for start, make in (("all(", AllOf), ("any(", AnyOf)):
        if text.startswith(start):
            parts, rest = [], text.removeprefix(start)
            while rest and rest[0] != ")":
                part, rest = _parsed(rest.removeprefix(";"))
                parts.append(part)
            return make(tuple(parts)), rest[1:]
    if text.startswith("not("):
        part, rest = _parsed(text.removeprefix("not("))
        return Not(part), rest[1:]
    atom = re.match(r"[^;)]*", text)
    assert atom  # it matches an empty text, too
    question, _, choices = atom[0].partition(":")
    return Among(question, frozenset(choices.split(","))), text[atom.end() :]
