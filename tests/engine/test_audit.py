"""The audit: each of the nine properties, with a fault that breaks it and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine import reference
from tests.engine.reference import open_by_hand, placed, truth
from treatment_guide.engine import narrowing, reader
from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, Question, effective
from treatment_guide.engine.code import Layout
from treatment_guide.engine.compiled.rules import CompiledOption, Compiler
from treatment_guide.engine.conditions import AllOf, Among, AnyOf, Condition, Not
from treatment_guide.engine.groups import group_of, open_in_group
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import Option, Rule
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome, Standing
from treatment_guide.engine.proof import audit as audit_module
from treatment_guide.engine.proof import classes, effects, options
from treatment_guide.engine.proof.audit import PROPERTIES, Finding, Report, audit
from treatment_guide.engine.proof.independent_rules import connected
from treatment_guide.engine.reader import Reader

Build = Callable[..., Guide]
Relaid = Callable[..., Layout]
When = Callable[..., Condition]
Patch = pytest.MonkeyPatch


def broken(report: Report) -> set[int]:
    """The numbers of the properties that an audit found broken."""
    return {finding.property for finding in report.findings}


# --- a sound guide --------------------------------------------------------------------------


def test_tiny_guide_audits_clean(guide: Guide, layout: Layout):
    """A guide without a fault has no findings."""
    assert audit(guide, layout).findings == ()


def test_report_says_how_many_situations_it_covered(
    guide: Guide, layout: Layout, every_answer: Callable[..., Iterator[Answers]]
):
    """The number of situations in the report is that of all sets of answers."""
    assert audit(guide, layout).answer_sets == sum(1 for _ in every_answer(guide.questions))


def test_report_names_the_option_that_needs_most_classes(guide: Guide, layout: Layout):
    """The report says which option is the hardest to review, and how hard."""
    report = audit(guide, layout)

    assert report.largest[0] == "injection"
    assert 0 < report.largest[1] <= report.classes <= report.looked_at


def test_report_gives_the_findings_of_one_property(
    guide: Guide, layout: Layout, with_field: Relaid
):
    """Findings can be read property by property."""
    report = audit(guide, with_field(layout, "urgent", now=False))

    assert (len(report.of(3)) > 0, report.of(8)) == (True, ())


def test_finding_is_read_as_a_sentence():
    """A finding says which property is broken, where, and by what."""
    finding = Finding(4, "look", "later: health: infection")

    assert str(finding) == "property 4, look: later: health: infection"


def test_there_are_nine_properties():
    """The nine properties are numbered one to nine."""
    assert list(PROPERTIES) == list(range(1, 10))


# --- 1. one group, and a reason -------------------------------------------------------------


def test_audit_finds_a_standing_without_a_reason(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 1 is broken where an option stands outside "fits" for no reason at all."""
    monkeypatch.setattr(narrowing, "reasons", lambda *_: ())

    assert broken(audit(guide, layout)) == {1}


def test_audit_finds_a_reason_that_names_nothing(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 1 is broken where a reason names neither an answer nor a question."""
    right = narrowing.reasons
    monkeypatch.setattr(
        narrowing, "reasons", lambda *args: tuple(r._replace(questions=()) for r in right(*args))
    )

    assert broken(audit(guide, layout)) == {1}


def test_audit_finds_a_group_that_is_none_of_the_four(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 1 is broken where an option stands in no known group."""

    def lost(*args: Any) -> Standing:
        return narrowing.place(*args)._replace(group="elsewhere")

    monkeypatch.setattr(options, "place", lost)

    assert 1 in broken(audit(guide, layout))


# --- 2. silence and not-sure move nothing ---------------------------------------------------


def test_audit_finds_a_rule_that_lets_not_sure_put_an_option_off(
    guide: Guide, layout: Layout, with_option: Build, rule: Callable[..., Rule]
):
    """Property 2 is broken by a rule that makes an option wait because somebody is not sure."""
    faulty = with_option(guide, "injection", wait=(rule("who-knows", tried=NOT_SURE),))

    assert broken(audit(faulty, layout)) == {2}


def test_audit_finds_a_rule_that_lets_not_sure_speak_against_an_option(
    guide: Guide, layout: Layout, with_option: Build, rule: Callable[..., Rule]
):
    """Property 2 is broken by a rule that speaks against an option because of a "not sure"."""
    faulty = with_option(guide, "operation", against=(rule("who-knows", scan=NOT_SURE),))

    assert 2 in broken(audit(faulty, layout))


def test_audit_finds_silence_taken_for_no(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 2 is broken where what comes first, and is unknown, makes an option later."""

    def hasty(option: CompiledOption, known: Known) -> str:
        found = group_of(option, known)
        unknown = any(truth_of(rule, known) is None for rule in option.option.first)
        return "later" if found == "depends" and unknown else found

    patch_group(monkeypatch, hasty)

    assert broken(audit(guide, layout)) == {1, 2}  # what silence moved has no answer to name


def test_audit_finds_an_option_that_fits_past_what_comes_first(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 2 is broken where an option fits while something that comes first is unknown."""

    def generous(option: CompiledOption, known: Known) -> str:
        sure = tuple(r for r in option.option.first if truth_of(r, known) is not None)
        lighter = CompiledOption(Compiler(known.bits), replace(option.option, first=sure))
        return group_of(lighter, known)

    patch_group(monkeypatch, generous)

    assert broken(audit(guide, layout)) == {2}


def truth_of(rule: Rule, known: Known) -> bool | None:
    """What is known makes of a rule, by the reference."""
    return truth(rule.condition, reference.Seen(known))


def patch_group(monkeypatch: Patch, group: Callable[..., str]) -> None:
    """Put another function in the place of `group_of`, wherever it is used."""
    for module in (reader, options, effects):
        monkeypatch.setattr(module, "group_of", group)


# --- 3. danger signs ------------------------------------------------------------------------


def test_audit_finds_a_danger_sign_that_leads_to_options(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 3 is broken where options are shown in spite of an urgent sign."""
    calm = {"urgent": frozenset({NONE}), "urgent-here": frozenset({NONE})}
    monkeypatch.setattr(
        audit_module,
        "narrow",
        lambda reader: narrow(Reader(reader.guide, {**reader.answers, **calm})),
    )

    assert broken(audit(guide, layout)) == {3}


@pytest.mark.parametrize("field", ["urgent", "urgent-here", "day", "day-high"])
def test_audit_finds_a_danger_sign_on_paper(
    guide: Guide, layout: Layout, with_field: Relaid, field: str
):
    """Property 3 is broken by an answer code that prints danger signs or their day."""
    assert broken(audit(guide, with_field(layout, field, now=False))) == {3}


def test_audit_finds_a_page_that_skips_the_danger_signs(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 3 is broken where a page is shown before the danger signs are answered."""
    monkeypatch.setattr(audit_module, "gate", lambda *_: None)

    assert broken(audit(guide, layout)) == {3}


def test_audit_finds_a_guide_that_asks_for_no_danger_signs(
    guide: Guide, layout: Layout, with_option: Build
):
    """Property 3 is broken by a guide without a question about danger signs."""
    calm = with_option(guide, "injection", wait=())
    harmless = {k: replace(q, levels={}) for k, q in calm.questions.items()}

    assert broken(audit(replace(calm, questions=harmless), layout)) == {3}


# --- 4. the floor ---------------------------------------------------------------------------


def test_audit_finds_a_floor_that_can_wait(
    guide: Guide, layout: Layout, with_option: Build, rule: Callable[..., Rule]
):
    """Property 4 is broken where the option that is always there can be put off."""
    faulty = with_option(guide, "look", wait=(rule("not-now", urgent="slow"),))

    assert broken(audit(faulty, layout)) == {4}


def test_audit_finds_a_floor_that_can_be_ruled_out(
    guide: Guide, layout: Layout, with_option: Build, rule: Callable[..., Rule]
):
    """Property 4 is broken where the option that is always there can be ruled out."""
    faulty = with_option(guide, "look", against=(rule("not-here", scan="mild"),))

    assert broken(audit(faulty, layout)) == {4}


# --- 5. everything can occur ----------------------------------------------------------------


def test_audit_finds_a_rule_that_is_always_overruled(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 5 is broken by a rule that never decides, as another one always speaks first."""
    overruled = Rule(when(scan="mild"), "mild-can-wait")
    faulty = with_option(guide, "operation", wait=(overruled,))

    assert broken(audit(faulty, layout)) == {5}


def test_audit_names_the_rule_that_never_decides(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """The finding names the option and the words of the rule."""
    overruled = Rule(when(scan="mild"), "mild-can-wait")
    (found,) = audit(with_option(guide, "operation", wait=(overruled,)), layout).findings

    assert (found.subject, found.message) == (
        "operation",
        "the rule `mild-can-wait` never decides",
    )


def test_audit_finds_a_choice_that_nobody_is_offered(
    guide: Guide, layout: Layout, with_question: Build, with_field: Relaid
):
    """Property 5 is broken by a choice that is offered at no place."""
    choices = (*guide.questions["cause"].choices, "gout")
    faulty = with_question(guide, "cause", choices=choices)
    numbers = {"arthritis": 1, "strain": 2, "disc": 3, NOT_SURE: 4, "gout": 5}

    assert broken(audit(faulty, with_field(layout, "cause", numbers=numbers))) == {5}


def test_audit_finds_a_question_to_ask_that_never_comes_up(
    guide: Guide, layout: Layout, when: When
):
    """Property 5 is broken by words that no answer brings up."""
    never = Rule(when(matters=NOT_SURE), "never")

    assert broken(audit(replace(guide, asks=(*guide.asks, never)), layout)) == {5}


def test_audit_finds_an_option_that_never_fits(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 5 is broken by an option that no answers can make fit."""
    faulty = with_option(guide, "support", fits=(Rule(when(place="knee", cause="disc"), "no"),))

    assert "no answers can make it fit" in {f.message for f in audit(faulty, layout).of(5)}


@pytest.fixture
def too_much(guide: Guide, with_option: Build, when: When, monkeypatch: Patch) -> Guide:
    """The guide with one option more, whose rule hangs on everything at once."""
    monkeypatch.setattr(classes, "CLASS_LIMIT", 20)
    everything = when(place="knee", cause="strain", tried="brace", scan="mild")
    return with_option(guide, "muddle", fits=(Rule(everything, "everything"),))


def test_audit_refuses_an_option_that_nobody_could_review(too_much: Guide, layout: Layout):
    """An option whose rules tell too many situations apart is refused: property 5 is not shown."""
    found = audit(too_much, layout).findings

    assert [(finding.property, finding.subject) for finding in found] == [(5, "muddle")]


def test_refusal_names_the_questions_to_drop(too_much: Guide, layout: Layout):
    """The refusal of an option says which questions to drop from its rules."""
    (found,) = audit(too_much, layout).findings

    named = re.search(r"drop a question from these rules \((.*) are the widest\)", found.message)

    assert named is not None
    assert set(named[1].split(", ")) < {"place", "cause", "tried", "scan"}


def test_audit_refuses_a_notice_that_nobody_could_review(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """A message whose rule tells too many situations apart is refused like an option's rules."""
    monkeypatch.setattr(classes, "CLASS_LIMIT", 1)
    floor = {"look": guide.options["look"]}

    found = audit(replace(guide, options=floor, asks=()), layout).findings

    assert [(finding.property, finding.subject) for finding in found] == [
        (5, "notice strains-heal")
    ]


# --- 6. no question in vain -----------------------------------------------------------------


def test_audit_finds_a_rule_that_asks_in_vain(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 6 is broken by a rule that holds or fails alike whatever is answered."""
    mild, tried = when(scan="mild"), when(tried="exercise")
    faulty = with_option(guide, "support", against=(Rule(mild_or_mild_and(mild, tried), "mild"),))

    assert broken(audit(faulty, layout)) == {6}


def test_audit_names_the_question_that_is_asked_in_vain(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """The finding names the question and a situation in which it is asked in vain."""
    mild, tried = when(scan="mild"), when(tried="exercise")
    faulty = with_option(guide, "support", against=(Rule(mild_or_mild_and(mild, tried), "mild"),))

    messages = [finding.message for finding in audit(faulty, layout).findings]

    assert [message.partition(": ")[0] for message in messages] == ["`tried` is asked in vain"]


def mild_or_mild_and(mild: Condition, other: Condition) -> Condition:
    """Mild, or mild and something else: the something else changes nothing."""
    return AnyOf((mild, AllOf((mild, other))))


def test_audit_finds_a_notice_that_asks_in_vain(guide: Guide, layout: Layout, when: When):
    """Property 6 is broken by a message that keeps open a question it does not need."""
    mild, tried = when(scan="mild"), when(tried="exercise")
    faulty = replace(guide, notices=(Rule(mild_or_mild_and(mild, tried), "mild"),))

    assert broken(audit(faulty, layout)) == {6}


def test_audit_finds_a_warning_that_asks_in_vain(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 6 is broken by a warning that keeps open a question it does not need."""
    mild, tried = when(scan="mild"), when(tried="exercise")
    faulty = with_option(guide, "support", caution=(Rule(mild_or_mild_and(mild, tried), "mild"),))

    assert broken(audit(faulty, layout)) == {6}


def test_audit_finds_a_flow_that_keeps_asking(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 6 is broken where a question stays open after everything is settled."""
    monkeypatch.setattr(
        options,
        "open_in_group",
        lambda option, known, group: (
            open_in_group(option, known, group) | known.bits.by_id["scan"].mark
        ),
    )

    assert broken(audit(guide, layout)) == {6}


# --- 7. one order ---------------------------------------------------------------------------


def test_audit_finds_options_that_change_places(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 7 is broken where options are sorted by how well they do."""

    def ranked(reader: Reader) -> Any:
        found = narrow(reader)
        if not isinstance(found, Outcome):
            return found
        return replace(found, standings=tuple(sorted(found.standings, key=lambda s: s.group)))

    monkeypatch.setattr(audit_module, "narrow", ranked)

    assert broken(audit(guide, layout)) == {7}


def test_audit_finds_choices_that_change_places(guide: Guide, layout: Layout):
    """Property 7 is broken where a place offers its causes in an order of its own."""

    @dataclass(frozen=True)
    class Shuffled(Question):
        def offered(self, answers: Answers) -> tuple[str, ...]:
            return tuple(reversed(super().offered(answers)))

    usual = guide.questions["cause"]
    cause = Shuffled(**{field.name: getattr(usual, field.name) for field in fields(usual)})
    faulty = replace(guide, questions={**guide.questions, "cause": cause})

    assert broken(audit(faulty, layout)) == {7}


# --- 8. codes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "parts"),
    [
        ("place", {"numbers": {"knee": 1, "back": 1, NOT_SURE: 3}}),
        ("place", {"numbers": {"knee": 1, "back": 2}}),
        ("place", {"numbers": {"knee": 1, "back": 2, NOT_SURE: 16}}),
        ("tried", {"numbers": {NONE: 1, "exercise": 2, "brace": 2, NOT_SURE: 4}}),
        ("scan", {"name": "spare"}),
        ("spare", {"name": "scan"}),
    ],
    ids=[
        "a number given twice",
        "a choice without a number",
        "a number too large for its field",
        "one bit for two choices",
        "a question without a field",
        "two fields for one question",
    ],
)
def test_audit_finds_answers_that_do_not_come_back(
    guide: Guide, layout: Layout, with_field: Relaid, field: str, parts: dict[str, Any]
):
    """Property 8 is broken by a layout that does not give back every answer."""
    assert broken(audit(guide, with_field(layout, field, **parts))) == {8}


def test_audit_finds_a_code_that_loses_answers(guide: Guide, layout: Layout, monkeypatch: Patch):
    """Property 8 is broken where a code says less than it was made of."""
    right = audit_module.encode
    monkeypatch.setattr(
        audit_module,
        "encode",
        lambda layout, answers, **more: right(
            layout, {q: c for q, c in answers.items() if q != "tried"}, **more
        ),
    )

    assert broken(audit(guide, layout)) == {8}


# --- 9. what depends can fit ----------------------------------------------------------------


def test_audit_finds_an_option_that_depends_in_vain(
    guide: Guide, layout: Layout, with_option: Build, when: When
):
    """Property 9 is broken where what makes an option fit is what comes second to it."""
    faulty = with_option(
        guide,
        "support",
        fits=(Rule(when(place="knee"), "knee"), Rule(when(scan="mild"), "mild")),
        first=(Rule(when(scan="advanced"), "advanced-first"),),
    )

    assert broken(audit(faulty, layout)) == {9}


def test_audit_finds_a_depends_that_no_answer_ends(
    guide: Guide, layout: Layout, monkeypatch: Patch
):
    """Property 9 is broken where an option depends although all its rules are settled."""

    def undecided(option: CompiledOption, known: Known) -> str:
        found = group_of(option, known)
        return "depends" if found == "later" else found

    patch_group(monkeypatch, undecided)

    assert broken(audit(guide, layout)) == {9}


# --- one by one -----------------------------------------------------------------------------
#
# For rules made up by Hypothesis: what the audit says, class by class, is what trying every set
# of answers one by one says.


@dataclass(frozen=True)
class Person:
    """One set of answers, what it lets us know, and the sure answers that may be added to it."""

    answers: Answers
    known: Any
    one_of: list[Any]
    next: list[tuple[str, int]]  # the question answered, the person this makes


@pytest.fixture(scope="module")
def small(guide: Guide) -> Guide:
    """The tiny guide without danger signs and without options: rules are made up."""
    asked = ("place", "cause", "tried", "scan")
    questions = {name: guide.questions[name] for name in asked}
    return Guide(questions, {"look": guide.options["look"]}, "look")


class Everyone(tuple[Person, ...]):
    """Every set of answers to the small guide."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} sets of answers>"


@pytest.fixture(scope="module")
def everyone(small: Guide, every_answer: Callable[..., Iterator[Answers]]) -> Everyone:
    """Every set of answers to the small guide, each with the ones it may be completed to."""
    every = [dict(answers) for answers in every_answer(small.questions)]
    numbers = {frozenset(answers.items()): i for i, answers in enumerate(every)}
    return Everyone(
        Person(
            answers,
            reference.Known(small.questions, answers),
            [
                reference.Known(small.questions, meant)
                for meant in reference.meanings(small, answers)
            ],
            [
                (question, numbers[frozenset(then.items())])
                for question, then in completions(small, every_answer, answers)
            ],
        )
        for answers in every
    )


def completions(
    small: Guide, every_answer: Callable[..., Iterator[Answers]], answers: Answers
) -> Iterator[tuple[str, Answers]]:
    """These answers with one open question answered for sure, keeping all that was said."""
    for name, question in small.questions.items():
        said = answers.get(name, frozenset({NOT_SURE}))
        if NOT_SURE not in said:
            continue
        for only in every_answer({name: replace(question, by=None)}):
            chosen = only.get(name, frozenset())
            then = {q: chosen if q == name else answers.get(q) for q in small.questions}
            then = {q: c for q, c in then.items() if c}
            sure = bool(chosen) and NOT_SURE not in chosen and said - {NOT_SURE} <= chosen
            if sure and effective(small.questions, then) == then:
                yield name, then


class OneByOne:
    """What properties 2, 6 and 9 say of one option, person by person."""

    def __init__(self, everyone: Everyone, option: Option) -> None:
        self.everyone = everyone
        self.option = option
        self.groups = [placed(option, person.known, person.one_of) for person in everyone]
        self.fitting: dict[int, bool] = {}
        self.moving: dict[int, frozenset[str]] = {}

    def can_fit(self, i: int) -> bool:
        """True when some sure answers make the option fit."""
        if i not in self.fitting:
            after = (then for _, then in self.everyone[i].next)
            self.fitting[i] = self.groups[i] == "fits" or any(self.can_fit(t) for t in after)
        return self.fitting[i]

    def can_move(self, i: int) -> frozenset[str]:
        """The open questions that some sure answers let change the group."""
        if i not in self.moving:
            found: set[str] = set()
            for question, then in self.everyone[i].next:
                found |= self.can_move(then)
                if self.groups[then] != self.groups[i]:
                    found.add(question)
            self.moving[i] = frozenset(found)
        return self.moving[i]

    def broken(self) -> set[int]:
        """The properties that somebody's answers break."""
        found = set()
        ruled_out = ("later", "less-likely")
        for i, person in enumerate(self.everyone):
            group = self.groups[i]
            back = any(self.groups[then] not in ruled_out for _, then in person.next)
            still = open_by_hand(self.option, person.known, group) - person.answers.keys()
            found |= {2} if group in ruled_out and back else set()
            found |= {6} if still - self.can_move(i) else set()
            found |= {9} if group == "depends" and not self.can_fit(i) else set()
        return found


ATOMS = [
    Among(question, frozenset(choices))
    for question, choices in (
        ("place", ["knee"]),
        ("place", ["back"]),
        ("cause", ["arthritis"]),
        ("cause", ["disc"]),
        ("cause", ["arthritis", "strain"]),
        ("tried", ["exercise"]),
        ("tried", [NONE]),
        ("tried", [NOT_SURE]),
        ("scan", ["mild"]),
        ("scan", ["advanced"]),
        ("scan", [NOT_SURE]),
    )
]
an_atom = st.sampled_from(ATOMS)
two_atoms = st.tuples(an_atom, an_atom)
a_condition = an_atom | two_atoms.map(AllOf) | two_atoms.map(AnyOf) | an_atom.map(Not)


def rules(kind: str, least: int, most: int) -> st.SearchStrategy[tuple[Rule, ...]]:
    """Some rules of one kind, each with words of its own."""
    return st.lists(a_condition, min_size=least, max_size=most).map(
        lambda found: tuple(Rule(condition, f"{kind}-{i}") for i, condition in enumerate(found))
    )


an_option = st.builds(
    Option,
    st.just("made-up"),
    st.just("basics"),
    fits=rules("fits", 1, 2),
    first=rules("first", 0, 1),
    wait=rules("wait", 0, 1),
    against=rules("against", 0, 1),
    nowhere=st.just("nowhere"),
)


@settings(max_examples=60, deadline=None)
@given(option=an_option)
def test_audit_agrees_with_trying_every_answer_one_by_one(
    small: Guide, layout: Layout, everyone: Everyone, option: Option
):
    """On properties 2, 6 and 9 the audit says of any rules what every single person's answers say.

    Where all rules share questions it says exactly that. Where they do not, it looks at each part
    with the others out of the way: it misses no broken 2 or 9, and may ask for simpler rules.
    """
    audited = replace(small, options={**small.options, option.id: option})
    by = {question.id: question.by for question in small.questions.values()}

    found = broken(audit(audited, layout)) & {2, 6, 9}
    really = OneByOne(everyone, option).broken()

    if len(connected(option.grouping, by)) == 1:
        assert found == really
    else:
        assert really - {6} <= found
