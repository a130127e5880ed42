"""The proof of the safety matrix: properties 10 and 11."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treatment_guide.engine.compiled.bits import QuestionBits
from treatment_guide.engine.compiled.rules import CompiledOption
from treatment_guide.engine.groups import group_of
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import GROUPS, Option, Rule
from treatment_guide.engine.proof.classes import Space
from treatment_guide.engine.proof.findings import Finding, answers_text
from treatment_guide.engine.proof.options import OptionSpace
from treatment_guide.engine.safety import Decision, Kind, SafetyAnswer, decide


def decisions_hold(guide: Guide) -> Iterator[Finding]:
    """Property 10: for every safety answer and every option there is a decision, and it is true: a
    rule that reacts can act because of this answer and not for its counterpart, and nothing is
    written where a rule reacts.
    """
    told = {(answer.question, answer.choice) for answer in guide.safety}
    for question in guide.questions.values():
        for choice in question.safety:
            if (question.id, choice) not in told:
                yield Finding(10, f"{question.id}.{choice}", "nothing says what it means")
    for answer in guide.safety:
        for option in guide.options.values():
            decision = decide(option, answer)
            if decision.silent:
                yield Finding(10, option.id, f"nobody has decided what {answer.id} means for it")
            yield from _true(guide, option, answer, decision)


def _true(
    guide: Guide, option: Option, answer: SafetyAnswer, decision: Decision
) -> Iterator[Finding]:
    if any(option.id in each.options for each in decision.nothing) and decision.rules:
        because = decision.rules[0][1].because
        message = f"{answer.id} changes nothing, it is written, and `{because}` reacts to it"
        yield Finding(10, option.id, message)
    for kind, rule in decision.rules:
        if not option.trials_only and not moved_by(guide, kind, rule, answer):
            message = f"`{rule.because}` names {answer.id}, which never makes it act"
            yield Finding(10, option.id, message)


def moved_by(guide: Guide, kind: Kind, rule: Rule, answer: SafetyAnswer) -> bool:
    """True when, for some answers to all else, the rule acts with the safety answer and not with
    its counterpart (a `first`: the reverse).
    """
    bits = guide.compiled.bits
    question = bits.by_id[answer.question]
    flags = guide.compiled.compiler.flags((rule,), kind != "first")
    with_answer, without = question.choices[answer.choice], question.choices[answer.instead_of]
    for known in Space(bits, (rule.condition,)).known:
        now, before = (exchanged(known, question, own) for own in (with_answer, without))
        if now is None or before is None:
            continue
        acts, acted = (flags(each.chosen, each.possible)[0] for each in (now, before))
        if acts != acted:
            return True
    return False


def exchanged(known: Known, question: QuestionBits, own: int) -> Known | None:
    """The same with the answer `own` to a question; None where it is not offered."""
    return known.answering(question, own) if own & question.offered_to(known.chosen) else None


def never_nearer(guide: Guide, option: Option, spaces: Iterable[OptionSpace]) -> Iterator[Finding]:
    """Property 11: putting a safety answer in the place of its harmless counterpart never brings an
    option nearer to `fits`, unless the matrix says so. To an answer of several choices it is added.
    """
    spaces = list(spaces)
    for answer in guide.safety:
        if option.id in answer.nearer:
            if not any(_nearer(space, answer) for space in spaces):
                message = f"{answer.id} may bring it nearer, it is written, and never does"
                yield Finding(11, option.id, message)
            continue
        for space in spaces:
            known = _nearer(space, answer)
            if known:
                text = answers_text(space.bits.answers(known.chosen))
                yield Finding(11, option.id, f"{answer.id} brings it nearer: {text}")
                break


def _nearer(space: OptionSpace, answer: SafetyAnswer) -> Known | None:
    """Answers for which the safety answer brings the option nearer, in one part of its rules."""
    bits, rules = space.bits, space.rules
    question = bits.by_id[answer.question]
    if not rules.choices & question.mask:
        return None  # no rule of this part looks at the question
    adds, harmless = question.choices[answer.choice], question.choices[answer.instead_of]
    seen: set[int] = set()
    for known in space.space.known:
        own = known.chosen & question.mask
        if own & question.not_sure or not own or own & adds:
            continue
        if question.question.kind == "one":
            own = harmless
        rest = (known.chosen & ~question.mask) | own
        if rest in seen:
            continue
        seen.add(rest)
        then = adds if question.question.kind == "one" else adds | own & ~question.none
        before, now = exchanged(known, question, own), exchanged(known, question, then)
        if before is None or now is None:
            continue
        if nearness(rules, now) < nearness(rules, before):
            return now
    return None


def nearness(rules: CompiledOption, known: Known) -> int:
    """How far an option is from `fits`: 0 for `fits`, 3 for `less-likely`."""
    return GROUPS.index(group_of(rules, known))
