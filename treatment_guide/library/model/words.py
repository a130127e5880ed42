"""Words that stand outside pages: questions, notices, the word list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class ChoiceWords:
    """The words of one choice. `told` is the answer in the reader's own voice; `marked` is the
    label as HTML with its key words bold. `change` and `gone` say when a change adds the choice or
    takes it away: "after a program of 6 weeks", "once the infection has gone". `short` names a
    danger sign in a few words, for paper. `named` are the words by which facts name a place; no
    fact can be about a place without them. `discreet` stands for the label outside the page of the
    question, so on anything printed or pasted: for a choice that tells of an illness. `original` is
    the label of a danger sign as HTML in the language that it was translated from; empty there.
    """

    label: str
    marked: str = ""
    hint: str = ""
    told: str = ""
    card: str = ""
    short: str = ""
    change: str = ""
    gone: str = ""
    named: tuple[str, ...] = ()
    discreet: str = ""
    original: str = ""

    @property
    def outside(self) -> str:
        """The label as it is said outside the page of the question."""
        return self.discreet or self.label


@dataclass(frozen=True)
class QuestionWords:
    """The words of one question. `find_out` says whom to ask when the answer is not known."""

    title: str
    name: str
    why: str
    hint: str
    told: str
    choices: Mapping[str, ChoiceWords]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    find_out: str = ""


@dataclass(frozen=True)
class Term:
    """One entry of the word list."""

    id: str
    name: str
    html: str


#: The ways in which an option may sit with a thing that matters.
SPEAKS = ("for", "against", "mixed", "not-known")


@dataclass(frozen=True)
class ValueStatement:
    """How an option sits with a thing that may matter to a reader: `speaks` is `for`, `against`,
    `mixed` or `not-known`; `html` says it in one sentence. `sources` and `facts` of the option's
    page are what it rests on.
    """

    thing: str
    option: str
    speaks: str
    html: str
    sources: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class SelfCheck:
    """A question about what was just read, and its answer."""

    question: str
    answer: str


@dataclass(frozen=True)
class Message:
    """A notice: a title and a text that explains. `do` says what to do, as HTML; `tell` what to
    tell, where several are told at once. `look_again` is the id of the fact with the time after
    which to look again, if any.
    """

    title: str
    html: str
    sources: tuple[str, ...] = ()
    look_again: str = ""
    do: str = ""
    tell: str = ""


@dataclass(frozen=True)
class CareWords:
    """What to take care of, as HTML, and its short name, which marks the options it touches."""

    name: str
    html: str
