"""The rules of a guide, compiled to expressions over what is chosen and what is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Generic, TypeVar, cast

from treatment_guide.engine.answers import NOT_SURE, Questions
from treatment_guide.engine.compiled.bits import Bits, or_all
from treatment_guide.engine.compiled.expressions import Compiled, Writer, any_bit, compiled
from treatment_guide.engine.conditions import (
    AllOf,
    Among,
    AnyOf,
    Condition,
    atoms,
)
from treatment_guide.engine.model import GROUPS, Option, Rule
from treatment_guide.engine.outcome import Caution, Reason

T = TypeVar("T")
#: Takes `chosen` and `possible`; returns for each of some rules whether it acts.
Flags = Callable[[int, int], tuple[object, ...]]
#: Takes the same; returns for each option the place of its group in GROUPS.
Groups = Callable[[int, int], tuple[int, ...]]


class Compiler:
    """Compiles conditions; an expression that several rules share is compiled once."""

    def __init__(self, bits: Bits) -> None:
        self.bits = bits
        self.writer = Writer(bits)
        self._made: dict[str, Compiled] = {}

    def __call__(self, source: str) -> Compiled:
        """The function of an expression."""
        found = self._made.get(source)
        if found is None:
            found = self._made[source] = compiled(source)
        return found

    def flags(self, rules: Sequence[Rule], value: bool) -> Flags:
        """The function that returns for each rule whether its condition has this value."""
        write = self.writer
        sources = [
            write.true(rule.condition) if value else f"not {write.maybe(rule.condition)}"
            for rule in rules
        ]
        return cast(Flags, self(f"({','.join(sources)},)" if sources else "()"))


class CompiledRules(Generic[T]):
    """Some rules of one kind, and which of them act.

    They act when their condition has the value `acts_when`: true, or false for what comes first.
    `effect` makes the Reason or Caution of a rule that acts, from the id of its words and the ids
    of the questions to name. `flags` gives for each rule whether it acts, `settled_by` the
    questions (marks) whose answers made a rule act. `effects` holds, by the number of the rule, the
    effects that can be made in advance: those that always name the same questions.
    """

    def __init__(
        self,
        compiler: Compiler,
        rules: Sequence[Rule],
        effect: Callable[[str, tuple[str, ...]], T],
        acts_when: bool = True,
    ) -> None:
        write = compiler.writer
        self.rules = tuple(rules)
        self.effect = effect
        self.flags = compiler.flags(rules, acts_when)
        settled = [write.settled_by(r.condition, acts_when) for r in rules]
        self.settled_by = [compiler(source) for source in settled]
        self.effects: dict[int, T] = {
            i: effect(rule.because, compiler.bits.named(int(settled[i])))
            for i, rule in enumerate(rules)
            if acts_when and plain(rule.condition)
        }
        #: The effects of all rules in order, if all can be made in advance; else None.
        self.all_effects = list(self.effects.values()) if len(self.effects) == len(rules) else None


def plain(condition: Condition) -> bool:
    """True for an atom, or a conjunction of such conditions: it names the same questions whenever
    it is true.
    """
    if isinstance(condition, AllOf):
        return all(plain(part) for part in condition.parts)
    return isinstance(condition, Among)


class CompiledOption:
    """One option, with its rules compiled.

    `ruled_out`: an `against` is true, or every `fits` is false.
    `closed`: it is ruled out, or held back (a `wait` is true, or a `first` is false).
    `ready`: a `fits` is true, and every `first` is true.
    `grouped`: the group's place in GROUPS: ruled out, held back, ready, else `depends`.
    `marks` and `choices` are the questions and the choices that its grouping rules look at;
    `marks_warned` are those and the questions of its warnings.
    """

    def __init__(self, compiler: Compiler, option: Option) -> None:
        write = compiler.writer
        self.option = option
        self.id = option.id
        against, fits, wait, first = (
            tuple(rule.condition for rule in rules)
            for rules in (option.against, option.fits, option.wait, option.first)
        )
        self.against = CompiledRules(compiler, option.against, partial(Reason, "against"))
        self.fits = CompiledRules(compiler, option.fits, partial(Reason, "fits"))
        self.wait = CompiledRules(compiler, option.wait, partial(Reason, "wait"))
        self.first = CompiledRules(compiler, option.first, partial(Reason, "first"), False)
        self.caution = CompiledRules(compiler, option.caution, Caution)
        done = write.true(AnyOf(tuple(rule.condition for rule in option.done)))
        self.done = compiler(done) if option.done else None
        used, done_first = AnyOf(fits), AllOf(first)
        ruled_out = f"{write.true(AnyOf(against))} or not {write.maybe(used)}"
        held_back = f"{write.true(AnyOf(wait))} or not {write.maybe(done_first)}"
        ready = f"{write.true(used)} and {write.true(done_first)}"
        self.ruled_out, self.ready = compiler(ruled_out), compiler(ready)
        self.closed = compiler(f"{ruled_out} or {held_back}")
        less_likely, later, fits_now, depends = map(
            GROUPS.index, ("less-likely", "later", "fits", "depends")
        )
        self.group_source = (
            f"({less_likely} if {ruled_out} else {later} if {held_back}"
            f" else {fits_now} if {ready} else {depends})"
        )
        self.grouped = compiler(self.group_source)
        self.spoken_against = compiler(write.true(AnyOf(against)))
        #: The reason "used nowhere" of an option whose every `fits` is false, by the questions
        #: (marks) to name, where all of them are answered.
        self.unused = {
            marks: Reason("nowhere", option.nowhere, compiler.bits.named(marks))
            for marks in subsets(mentions(compiler.bits, atoms(used))[0])
        }
        self.unused_by = compiler(f"0 if {write.maybe(used)} else {write.settled_by(used, False)}")
        self.open_against = compiler(any_bit(write.unsettled(each) for each in against))
        self.open_wait = compiler(any_bit(write.unsettled(each) for each in wait))
        open_fits = any_bit(write.unsettled(each) for each in fits)
        self.open_fits = compiler(f"0 if {write.true(used)} else {open_fits}")
        self.open_first_each = [compiler(open_first(write, condition, fits)) for condition in first]
        self.open_first = compiler(any_bit(open_first(write, each, fits) for each in first))
        self.open_caution = compiler(open_effects(write, option.caution))
        mentioned = [atom for rule in option.grouping for atom in atoms(rule.condition)]
        self.marks, self.choices = mentions(compiler.bits, mentioned)
        warned = [atom for rule in option.caution for atom in atoms(rule.condition)]
        self.marks_warned = self.marks | mentions(compiler.bits, warned)[0]


def mentions(bits: Bits, atoms: Iterable[Among]) -> tuple[int, int]:
    """The questions (marks) and the choices (bits) that atoms mention."""
    marks = choices = 0
    for atom in atoms:
        question = bits.by_id[atom.question]
        marks |= question.mark
        choices |= question.among(atom.choices)
    return marks, choices


def subsets(marks: int) -> Iterator[int]:
    """All sets of some questions, as marks; not the empty one."""
    left = marks
    while left:
        yield left
        left = (left - 1) & marks


def open_first(write: Writer, first: Condition, fits: Sequence[Condition]) -> str:
    """The expression for the questions that could decide an unknown `first`.

    Only the uses (`fits`) that are still possible count. If the only one left is "weak nerve", and
    a weak nerve makes `first` true by itself, then nothing else about `first` needs to be asked.
    """
    ways: dict[str, list[str]] = {}
    for way in fits:
        ways.setdefault(write.supposing(way).unsettled(first), []).append(write.maybe(way))
    found = any_bit(
        f"({questions} if {' or '.join(each)} else 0)"
        for questions, each in ways.items()
        if questions != "0"
    )
    return f"(0 if {write.true(first)} or not {write.maybe(first)} else {found})"


def open_effects(write: Writer, rules: Iterable[Rule]) -> str:
    """The expression for the questions that could still make one of these rules act.

    A rule whose atoms name only `not-sure` keeps no question open: nobody is asked a question whose
    only useful answer is "not sure".
    """
    live = (rule.condition for rule in rules if not only_about_unsure(rule.condition))
    return any_bit(write.unsettled(condition) for condition in live)


def only_about_unsure(condition: Condition) -> bool:
    """True for a condition that names no choice but `not-sure`."""
    return all(atom.choices <= {NOT_SURE} for atom in atoms(condition))


class CompiledGuide:
    """All rules of a guide, compiled. `care` gives for each `Care` whether its answer is given.

    `always_open` are the questions that are open until answered: danger signs, and questions that
    narrow nothing. `open_effects` gives the questions that could make a notice or an ask act.
    `all_grouped` is `grouped` of all options, in one expression: many times as fast.
    """

    def __init__(
        self,
        questions: Questions,
        options: Mapping[str, Option],
        notices: Sequence[Rule],
        asks: Sequence[Rule],
        care: Sequence[Rule] = (),
    ) -> None:
        self.bits = Bits(questions)
        self.compiler = Compiler(self.bits)
        self.options = {
            name: CompiledOption(self.compiler, option) for name, option in options.items()
        }
        grouping = ",".join(option.group_source for option in self.options.values())
        self.all_grouped = cast(Groups, self.compiler(f"({grouping},)" if grouping else "()"))
        self.notices = CompiledRules(self.compiler, notices, Caution)
        self.asks = CompiledRules(self.compiler, asks, Caution)
        self.care = self.compiler.flags(care, True)
        self.always_open = or_all(
            q.mark for q in self.bits.order if q.question.about_danger or not q.question.narrows
        )
        self.open_effects = self.compiler(open_effects(self.compiler.writer, (*notices, *asks)))
