"""Deliberate faults in the real rules, questions and code numbers: each is caught by the property
that names it.

Every fault is planted in the real content, with one made-up option or one change of a question or
a field, and the audit is run over all answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from treatment_guide.engine.answers import Answers, Question
from treatment_guide.engine.code import Field, Layout
from treatment_guide.engine.conditions import ALWAYS, AllOf, Among, Condition, Not
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Option, Rule
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.proof import audit as audit_module
from treatment_guide.engine.proof.audit import audit
from treatment_guide.engine.proof.findings import Finding
from treatment_guide.engine.reader import Reader
from treatment_guide.library.model import Library

World = tuple[Guide, Layout]
Fault = Callable[[Guide, Layout], World]
Proof = Callable[[Guide, Layout], Iterable[Finding]]
NEVER = Not(ALWAYS)


def said(**choices: str) -> Condition:
    """The condition that these questions have one of these choices, named with spaces between."""
    parts = tuple(
        Among(question.replace("_", "-"), frozenset(names.split()))
        for question, names in choices.items()
    )
    return parts[0] if len(parts) == 1 else AllOf(parts)


KNEE = said(place="knee")


def both_ways(**choices: str) -> Condition:
    """What no answer makes true, though it waits for one."""
    return AllOf((said(**choices), Not(said(**choices))))


WEAR = said(place="knee", cause="arthritis")


def rules(*conditions: Condition) -> tuple[Rule, ...]:
    return tuple(Rule(condition, f"rule-{i}") for i, condition in enumerate(conditions))


def option(fits: Condition | tuple[Condition, ...] = WEAR, **kinds: Condition) -> Fault:
    """A made-up option with these rules is added."""
    several = fits if isinstance(fits, tuple) else (fits,)
    made = Option(
        "made-up",
        "injections",
        fits=rules(*several),
        nowhere="nowhere",
        **{kind: rules(condition) for kind, condition in kinds.items()},
    )
    return lambda guide, layout: (with_options(guide, made), layout)


def with_options(guide: Guide, *more: Option) -> Guide:
    return replace(guide, options={**guide.options, **{each.id: each for each in more}})


def floor(**kinds: Condition) -> Fault:
    """The floor gets a rule of this kind."""
    made = {kind: rules(condition) for kind, condition in kinds.items()}
    return lambda guide, layout: (
        with_options(guide, replace(guide.options[guide.floor], **made)),
        layout,
    )


def question(name: str, /, **parts: object) -> Fault:
    """A question has other parts."""

    def plant(guide: Guide, layout: Layout) -> World:
        changed = replace(guide.questions[name], **parts)  # type: ignore[arg-type]
        return replace(guide, questions={**guide.questions, name: changed}), layout

    return plant


def asked_last(name: str) -> Fault:
    """A question is asked after all others."""

    def plant(guide: Guide, layout: Layout) -> World:
        others = {q: each for q, each in guide.questions.items() if q != name}
        return replace(guide, questions={**others, name: guide.questions[name]}), layout

    return plant


def field(name: str, /, **parts: object) -> Fault:
    """A field of the answer code has other parts."""

    def plant(guide: Guide, layout: Layout) -> World:
        blocks = tuple(
            tuple(replace(f, **parts) if f.name == name else f for f in block)  # type: ignore[arg-type]
            for block in layout.blocks
        )
        return guide, Layout(blocks)

    return plant


def numbers(name: str, **changed: int) -> Fault:
    """Choices of a question have other numbers."""

    def plant(guide: Guide, layout: Layout) -> World:
        (found,) = (f for f in layout.fields if f.name == name)
        new = {choice.replace("_", "-"): number for choice, number in changed.items()}
        return field(name, numbers={**found.numbers, **new})(guide, layout)

    return plant


def without_field(name: str) -> Fault:
    """A question has no field in the answer code."""
    return field(name, name="spare", numbers={})


def field_twice(name: str) -> Fault:
    """A field stands twice in the answer code."""

    def plant(guide: Guide, layout: Layout) -> World:
        (found,) = (f for f in layout.fields if f.name == name)
        filling = Field("spare", -found.bits % 5)
        return guide, Layout((*layout.blocks, (found, filling)))

    return plant


def message(kind: str, condition: Condition) -> Fault:
    """A notice, or a question to ask, with this condition is added."""
    made = rules(condition)
    return lambda guide, layout: (replace(guide, **{kind: made}), layout)


def without_danger(guide: Guide, layout: Layout) -> World:
    """No question is about danger signs any more."""
    questions = {
        name: replace(each, levels={}) if each.about_danger else each
        for name, each in guide.questions.items()
    }
    return replace(guide, questions=questions), layout


def another_floor(guide: Guide, layout: Layout) -> World:
    """The floor is an option for knees alone."""
    made = Option("made-up", "basics", fits=rules(KNEE), nowhere="nowhere")
    return replace(with_options(guide, made), floor="made-up"), layout


#: Property, what is wrong, the fault.
FAULTS: list[tuple[int, str, Fault]] = [
    (1, "less-likely, and no answer is named", option(against=ALWAYS)),
    (1, "put off, and no answer is named", option(wait=ALWAYS)),
    (1, "used nowhere, and no answer is named", option(fits=NEVER)),
    (1, "comes after what nobody can say", option(first=NEVER)),
    (2, "not sure of the needle speaks against it", option(against=said(guided="not-sure"))),
    (2, "not sure of the time puts it off", option(wait=said(since="not-sure"))),
    (2, "not sure of the picture counts as not done", option(first=Not(said(scan="not-sure")))),
    (2, "not sure of health speaks against it", option(against=said(health="not-sure"))),
    (3, "no danger signs are asked for", without_danger),
    (3, "danger signs are asked last", asked_last("urgent")),
    (3, "danger signs of the place are asked last", asked_last("urgent-here")),
    (3, "danger signs stand in a code on paper", field("urgent", now=False)),
    (3, "danger signs of the place stand on paper", field("urgent-here", now=False)),
    (3, "the day of the danger signs stands on paper", field("day", now=False)),
    (4, "the floor waits for an infection", floor(wait=said(health="infection"))),
    (4, "a pregnancy speaks against the floor", floor(against=said(health="pregnancy"))),
    (4, "the floor comes after exercise", floor(first=said(tried="exercise"))),
    (4, "the floor is for knees alone", another_floor),
    (5, "a cause that is not offered there", option((WEAR, said(place="knee", cause="heel")))),
    (5, "two rules that say the same", option((WEAR, WEAR))),
    (5, "a rule inside a wider one", option((KNEE, WEAR))),
    (5, "what comes first rules it out", option(KNEE, first=Not(KNEE))),
    (5, "a warning only where it is not used", option(caution=said(place="elbow"))),
    (5, "a notice that nobody can meet", message("notices", said(place="knee", cause="heel"))),
    (5, "a choice that no place offers", question("cause", offers={})),
    (6, "it would wait for what cannot be", option(wait=both_ways(impact="mild"))),
    (6, "what cannot be would speak against it", option(against=both_ways(scan="tear"))),
    (6, "a warning about what cannot be", option(caution=both_ways(health="diabetes"))),
    (6, "a notice about what cannot be", message("notices", both_ways(impact="mild"))),
    (6, "a question to ask about what cannot be", message("asks", both_ways(response="worse"))),
    (8, "two choices with one number", numbers("place", hip=1)),
    (8, "a number too large for its field", numbers("guided", imaged=9)),
    (8, "a field too narrow for its numbers", field("cause", bits=3)),
    (8, "a question without a field", without_field("scan")),
    (8, "a field that stands twice", field_twice("impact")),
    (8, "a tick past the end of its field", numbers("tried", medicines=16)),
    (
        9,
        "it depends on what would rule it out",
        option(said(impact="mild"), first=said(impact="severe")),
    ),
    (
        9,
        "two ways in, and what comes first closes one",
        option((KNEE, said(scan="mild")), first=said(scan="advanced")),
    ),
]


@pytest.fixture(scope="module")
def small(library: Library) -> Guide:
    """The real questions and the floor: a planted fault is looked for, not the whole guide."""
    guide = library.guide
    floor_option = {guide.floor: guide.options[guide.floor]}
    return replace(guide, options=floor_option, notices=(), asks=())


@pytest.fixture(scope="module", autouse=True)
def proved_once() -> Iterator[None]:
    """What depends on the questions and the layout alone is proved once for all faults that leave
    them as they are: that is nine tenths of the time.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in ("danger_signs_come_first", "codes_hold"):
            patch.setattr(audit_module, name, once_for_questions(getattr(audit_module, name)))
        yield


def once_for_questions(prove: Proof) -> Proof:
    """The same proof, made once for the same questions and layout."""
    made: list[tuple[object, Layout, list[Finding]]] = []

    def proved(guide: Guide, layout: Layout) -> list[Finding]:
        for questions, its, found in made:
            if questions is guide.questions and its is layout:
                return found
        made.append((guide.questions, layout, list(prove(guide, layout))))
        return made[-1][2]

    return proved


def test_what_the_faults_are_planted_in_is_sound(small: Guide, library: Library) -> None:
    """Without a fault the audit finds nothing."""
    assert audit(small, library.layout).findings == ()


@pytest.mark.parametrize(
    ("number", "fault"),
    [(number, fault) for number, _, fault in FAULTS],
    ids=[f"{number}: {name}" for number, name, _ in FAULTS],
)
def test_a_planted_fault_is_caught(
    small: Guide, library: Library, number: int, fault: Fault
) -> None:
    """The audit fails, by the property that names the fault."""
    report = audit(*fault(small, library.layout))

    assert report.of(number) != ()


def test_an_order_that_depends_on_answers_is_caught(
    small: Guide, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Property 7: options sorted by how they stand are found."""
    two = with_options(
        small, Option("made-up", "basics", fits=rules(said(place="hip")), nowhere="nowhere")
    )
    turned = replace(two, options=dict(reversed(two.options.items())))

    def sorted_by_group(reader: Reader) -> object:
        outcome = narrow(reader)
        if not isinstance(outcome, Outcome):
            return outcome
        return replace(outcome, standings=tuple(sorted(outcome.standings, key=lambda s: s.group)))

    monkeypatch.setattr(audit_module, "narrow", sorted_by_group)

    assert audit(turned, library.layout).of(7) != ()


def test_choices_offered_in_another_order_are_caught(
    small: Guide, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Property 7: a question that turns its choices round at one place is found."""
    offered = Question.offered

    def turned(self: Question, answers: Answers) -> tuple[str, ...]:
        found = offered(self, answers)
        return found[::-1] if answers.get("place") == frozenset({"knee"}) else found

    monkeypatch.setattr(Question, "offered", turned)

    assert audit(small, library.layout).of(7) != ()


def test_there_are_at_least_thirty_faults() -> None:
    """Every property but the seventh, whose faults are planted apart, has several faults."""
    assert len(FAULTS) >= 30
    assert {number for number, _, _ in FAULTS} == {1, 2, 3, 4, 5, 6, 8, 9}
