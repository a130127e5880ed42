"""Conditions compiled to Python expressions over two integers.

`c` holds the bits of the choices that are chosen, `p` of those that are possible (`bits.py`). The
atom "one of these choices" is a mask: true if it shares a bit with `c`, false if it shares none
with `p`, else unknown. All other values follow Kleene's three-valued logic. The source of an
expression holds nothing but numbers, `c`, `p` and Python's operators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from treatment_guide.engine.compiled.bits import Bits, or_all
from treatment_guide.engine.conditions import AllOf, Among, AnyOf, Condition, Not, surely

#: Takes `chosen` and `possible`. Any number but 0 is true; sets of questions are
#: integers over questions.
Compiled = Callable[[int, int], int]


def compiled(source: str) -> Compiled:
    """The function of `c` and `p` with this expression as its body."""
    code = compile(f"lambda c, p: {source}", "<conditions>", "eval")
    made: Compiled = eval(code, {"__builtins__": {}})
    return made


@dataclass(frozen=True)
class Writer:
    """Writes Python expressions for questions about a condition.

    Atoms in `sure` are taken as true unless they are known to be false.
    """

    bits: Bits
    sure: frozenset[Among] = frozenset()

    def supposing(self, condition: Condition) -> Writer:
        """A writer that takes the atoms of this condition as true (it is not known to be false)."""
        return Writer(self.bits, frozenset(surely(condition)))

    def _mask(self, atom: Among) -> int:
        return self.bits.by_id[atom.question].among(atom.choices)

    def _mark(self, atom: Among) -> str:
        return str(self.bits.by_id[atom.question].mark)

    def _taken(self, atom: Among) -> bool:
        """True for an atom that follows from an atom in `sure`."""
        return any(
            sure.question == atom.question and sure.choices <= atom.choices for sure in self.sure
        )

    def true(self, condition: Condition) -> str:
        """The expression for "the condition is true"."""
        if isinstance(condition, Among):
            return f"{'p' if self._taken(condition) else 'c'}&{self._mask(condition)}"
        if isinstance(condition, Not):
            return f"(not {self.maybe(condition.part)})"
        return joined(condition, [self.true(part) for part in condition.parts])

    def maybe(self, condition: Condition) -> str:
        """The expression for "the condition is true or unknown"."""
        if isinstance(condition, Among):
            return f"p&{self._mask(condition)}"
        if isinstance(condition, Not):
            return f"(not {self.true(condition.part)})"
        return joined(condition, [self.maybe(part) for part in condition.parts])

    def settled_by(self, condition: Condition, value: bool) -> str:
        """The expression for the questions (marks) whose answers gave a condition this value.

        Where one part alone decides, only its questions; of several such parts, the first.
        """
        if isinstance(condition, Among):
            return self._mark(condition)
        if isinstance(condition, Not):
            return self.settled_by(condition.part, not value)
        found = [self.settled_by(part, value) for part in condition.parts]
        if value is not isinstance(condition, AnyOf):
            return any_bit(found)
        if not found:
            return "0"
        *before, source = found
        for part, questions in reversed(list(zip(condition.parts, before, strict=False))):
            if questions != source:
                decides = self.true(part) if value else f"not {self.maybe(part)}"
                source = f"({questions} if {decides} else {source})"
        return source

    def unsettled(self, condition: Condition) -> str:
        """The expression for the questions (marks) whose answers can still decide a condition; 0
        once it is decided.
        """
        if isinstance(condition, Among):
            if self._taken(condition):
                return "0"
            mask = self._mask(condition)
            return f"(0 if c&{mask} or not p&{mask} else {self._mark(condition)})"
        if isinstance(condition, Not):
            return self.unsettled(condition.part)
        inside = any_bit(self.unsettled(part) for part in condition.parts)
        if inside == "0" or len(condition.parts) == 1:
            return inside
        if isinstance(condition, AllOf):
            return f"({inside} if {self.maybe(condition)} else 0)"
        return f"(0 if {self.true(condition)} else {inside})"


def joined(condition: AllOf | AnyOf, parts: list[str]) -> str:
    """The expressions of the parts, joined with `and` or `or` as the condition says."""
    if not parts:
        return "0" if isinstance(condition, AnyOf) else "1"
    word = " or " if isinstance(condition, AnyOf) else " and "
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})"


def any_bit(sources: Iterable[str]) -> str:
    """The union of sets of questions, each expression written once."""
    kept = list(dict.fromkeys(source for source in sources if source != "0"))
    fixed = or_all(int(source) for source in kept if source.isdecimal())
    rest = [source for source in kept if not source.isdecimal()]
    found = ([str(fixed)] if fixed else []) + rest
    if not found:
        return "0"
    return found[0] if len(found) == 1 else f"({'|'.join(found)})"
