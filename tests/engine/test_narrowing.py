"""Narrowing: where an option stands for one set of answers, and why.

The order of the groups is one rule per line, each with its negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatment_guide.engine.answers import NOT_SURE, Answers, Question
from treatment_guide.engine.conditions import ALWAYS, AllOf, Among
from treatment_guide.engine.groups import group_of
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import GROUPS, Group, Option, Rule
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Caution, Outcome, Reason, Standing, Urgent
from treatment_guide.engine.reader import Reader

Say = Callable[..., Answers]
Build = Callable[..., Guide]
Truths = dict[Among, bool | None]
Outcomes = list[tuple[Answers, Outcome]]

quick = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def every_outcome(guide: Guide, every_answer: Callable[..., Iterator[Answers]]) -> Outcomes:
    """Every set of answers without an urgent sign, and what it leads to."""
    found = []
    for answers in every_answer(guide.questions, ["place", "cause", "tried", "scan"]):
        for slow in ({}, {"urgent": frozenset({"none"})}, {"urgent": frozenset({"slow"})}):
            outcome = narrow(Reader(guide, {**slow, **answers}))
            assert isinstance(outcome, Outcome)
            found.append(({**slow, **answers}, outcome))
    return found


FITS, OR_FITS, FIRST, AND_FIRST, WAIT, OR_WAIT, AGAINST, OR_AGAINST = (
    Among(name, frozenset({"said"}))
    for name in (
        "fits",
        "or-fits",
        "first",
        "and-first",
        "wait",
        "or-wait",
        "against",
        "or-against",
    )
)
EVERY = (FITS, OR_FITS, FIRST, AND_FIRST, WAIT, OR_WAIT, AGAINST, OR_AGAINST)

#: An option with two rules of each kind that decides the group.
OPTION = Option(
    "option",
    "step",
    fits=(Rule(FITS, "fits"), Rule(OR_FITS, "or-fits")),
    first=(Rule(FIRST, "first"), Rule(AND_FIRST, "and-first")),
    wait=(Rule(WAIT, "wait"), Rule(OR_WAIT, "or-wait")),
    against=(Rule(AGAINST, "against"), Rule(OR_AGAINST, "or-against")),
)
VALUES = (True, False, None)
#: A question for each rule: "said" makes it true, "other" makes it false.
QUESTIONS = {atom.question: Question(atom.question, "one", ("said", "other")) for atom in EVERY}
COMPILED = Guide(QUESTIONS, {"option": OPTION}, "option").compiled


def group(known: Truths) -> Group:
    """The group of the option, whatever is known about its rules."""
    said = {
        atom.question: frozenset({"said" if value else "other"})
        for atom, value in known.items()
        if value is not None
    }
    return group_of(COMPILED.options["option"], Known(COMPILED.bits, COMPILED.bits.chosen(said)))


def truths(**fixed: tuple[bool | None, ...]) -> st.SearchStrategy[Truths]:
    """Whatever may be known about the rules, some held to certain values."""
    return st.fixed_dictionaries(
        {
            atom: st.sampled_from(fixed.get(atom.question.replace("-", "_"), VALUES))
            for atom in EVERY
        }
    )


NO = (False,)
YES = (True,)
UNKNOWN = (None,)
NOT_TRUE = (False, None)
NOT_FALSE = (True, None)


# --- 1. less-likely -------------------------------------------------------------------------


@quick
@given(truths(against=YES))
def test_one_against_that_is_true_makes_it_less_likely(known: Truths):
    """One rule that speaks against an option is enough, whatever else is so."""
    assert group(known) == "less-likely"


@quick
@given(truths(fits=NO, or_fits=NO))
def test_no_way_to_fit_makes_it_less_likely(known: Truths):
    """An option that is used for nothing this person has is less likely, whatever else is so."""
    assert group(known) == "less-likely"


@quick
@given(truths(against=NOT_TRUE, or_against=NOT_TRUE, fits=NOT_FALSE))
def test_nothing_else_makes_it_less_likely(known: Truths):
    """No wait, nothing that comes first and nothing unknown makes an option less likely."""
    assert group(known) != "less-likely"


# --- 2. later: waiting ----------------------------------------------------------------------


@quick
@given(truths(wait=YES, against=NOT_TRUE, or_against=NOT_TRUE, fits=NOT_FALSE))
def test_one_wait_that_is_true_makes_it_later(known: Truths):
    """One rule that puts an option off is enough, unless it is less likely anyway."""
    assert group(known) == "later"


@quick
@given(truths(wait=NOT_TRUE, or_wait=NOT_TRUE, first=NOT_FALSE, and_first=NOT_FALSE))
def test_unknown_wait_does_not_make_it_later(known: Truths):
    """What might put an option off, but is not known to, does not put it off."""
    assert group(known) != "later"


# --- 3. later: something comes first --------------------------------------------------------


@quick
@given(truths(first=NO, against=NOT_TRUE, or_against=NOT_TRUE, fits=NOT_FALSE))
def test_one_missing_first_makes_it_later(known: Truths):
    """One thing that comes first and was not done makes an option later."""
    assert group(known) == "later"


@quick
@given(truths(first=UNKNOWN, and_first=NOT_FALSE, wait=NOT_TRUE, or_wait=NOT_TRUE))
def test_unknown_first_does_not_make_it_later(known: Truths):
    """What comes first, and is not known to be missing, does not make an option later."""
    assert group(known) != "later"


# --- 4. fits --------------------------------------------------------------------------------


@quick
@given(
    truths(
        fits=YES,
        first=YES,
        and_first=YES,
        wait=NOT_TRUE,
        or_wait=NOT_TRUE,
        against=NOT_TRUE,
        or_against=NOT_TRUE,
    )
)
def test_one_way_to_fit_is_enough_when_all_that_comes_first_is_done(known: Truths):
    """An option fits when one of its uses applies and everything that comes first is done."""
    assert group(known) == "fits"


@quick
@given(truths(fits=NOT_TRUE, or_fits=NOT_TRUE))
def test_it_never_fits_without_a_use_that_is_known_to_apply(known: Truths):
    """An option whose use is only possible does not fit yet."""
    assert group(known) != "fits"


@quick
@given(truths(first=NOT_TRUE))
def test_it_never_fits_past_something_that_comes_first(known: Truths):
    """An option does not fit while something that comes first is missing or unknown."""
    assert group(known) != "fits"


# --- 5. depends -----------------------------------------------------------------------------


@quick
@given(
    truths(
        fits=UNKNOWN,
        or_fits=NOT_TRUE,
        first=NOT_FALSE,
        and_first=NOT_FALSE,
        wait=NOT_TRUE,
        or_wait=NOT_TRUE,
        against=NOT_TRUE,
        or_against=NOT_TRUE,
    )
)
def test_it_depends_while_its_use_is_unknown(known: Truths):
    """An option depends while its use is neither known nor ruled out and nothing speaks against."""
    assert group(known) == "depends"


@quick
@given(
    truths(
        fits=NOT_FALSE,
        first=UNKNOWN,
        and_first=NOT_FALSE,
        wait=NOT_TRUE,
        or_wait=NOT_TRUE,
        against=NOT_TRUE,
        or_against=NOT_TRUE,
    )
)
def test_it_depends_while_what_comes_first_is_unknown(known: Truths):
    """An option depends while something that comes first may or may not be done."""
    assert group(known) == "depends"


@quick
@given(truths(**{atom.question.replace("-", "_"): (True, False) for atom in EVERY}))
def test_nothing_depends_when_everything_is_known(known: Truths):
    """Somebody who answered everything is told of no option that it depends."""
    assert group(known) != "depends"


# --- more answers make it firmer ------------------------------------------------------------


def resolved(known: Truths, data: st.DataObject) -> Truths:
    """The same, with more known than before."""
    return {
        atom: data.draw(st.sampled_from(VALUES)) if value is None else value
        for atom, value in known.items()
    }


@quick
@given(truths(), st.data())
def test_less_likely_stays_less_likely_when_more_is_known(known: Truths, data: st.DataObject):
    """No further answer brings back an option that is less likely; only a changed one does."""
    before = group(known)

    after = group(resolved(known, data))

    assert before != "less-likely" or after == "less-likely"


@quick
@given(truths(), st.data())
def test_later_never_turns_into_fits_when_more_is_known(known: Truths, data: st.DataObject):
    """No further answer makes an option that is later fit; only a changed one does."""
    before = group(known)

    after = group(resolved(known, data))

    assert before != "later" or after in ("later", "less-likely")


# --- not sure of the cause ------------------------------------------------------------------


@pytest.fixture(scope="module")
def with_cream(guide: Guide, when: Callable[..., AllOf], with_option: Build) -> Guide:
    """The guide with one option more: a cream for discs, but not after a brace."""
    return with_option(
        guide,
        "cream",
        fits=(Rule(when(cause="disc"), "for-discs"),),
        against=(Rule(when(cause="disc", tried="brace"), "not-after-a-brace"),),
        nowhere="nowhere-cream",
    )


def standing(guide: Guide, answers: Answers, option: str) -> Standing:
    """Where one option stands."""
    outcome = narrow(Reader(guide, answers))
    assert isinstance(outcome, Outcome)
    return next(each for each in outcome.standings if each.option == option)


def test_not_sure_of_the_cause_rules_out_what_fits_none_of_the_causes(with_cream: Guide, say: Say):
    """Not sure means one of the causes of this place: what is less likely for each is so."""
    answers = say(place="back", cause=NOT_SURE, tried="brace")

    assert standing(with_cream, answers, "cream").group == "less-likely"


def test_not_sure_of_the_cause_keeps_what_fits_one_of_the_causes(with_cream: Guide, say: Say):
    """An option that fits one of the causes of this place is not ruled out by being unsure."""
    answers = say(place="back", cause=NOT_SURE, tried="exercise")

    assert standing(with_cream, answers, "cream").group == "depends"


def test_silence_about_the_cause_rules_nothing_out(with_cream: Guide, say: Say):
    """Only a "not sure" that was said means one of these; silence does not."""
    answers = say(place="back", tried="brace")

    assert standing(with_cream, answers, "cream").group == "depends"


def test_not_sure_of_something_else_rules_nothing_out(with_cream: Guide, say: Say):
    """Not sure what was tried is no more than silence."""
    answers = say(place="back", cause="disc", tried=NOT_SURE)

    assert standing(with_cream, answers, "cream").group == "fits"


def test_unsure_cause_is_ruled_out_because_of_the_place(with_cream: Guide, say: Say):
    """What fits no cause of this place names the place as its reason."""
    answers = say(place="back", cause=NOT_SURE, tried="brace")

    assert standing(with_cream, answers, "cream").reasons == (
        Reason("nowhere", "nowhere-cream", ("place",)),
    )


# --- reasons --------------------------------------------------------------------------------


def test_a_use_that_always_applies_names_no_answer(with_cream: Guide, say: Say):
    """A rule that always acts is not "because you said back": no answer stands behind it."""
    cream = replace(with_cream.options["cream"], fits=(Rule(ALWAYS, "for-all"),))
    options = {**with_cream.options, "cream": cream}

    found = standing(replace(with_cream, options=options), say(place="back"), "cream")

    assert found.reasons == (Reason("fits", "for-all", ()),)


@pytest.mark.parametrize(
    ("said", "option", "reasons"),
    [
        (
            {"place": "knee", "cause": "arthritis", "tried": "exercise"},
            "injection",
            (Reason("fits", "worn-knee", ("place", "cause")),),
        ),
        (
            {"scan": "mild", "cause": "disc"},
            "operation",
            (Reason("against", "hardly-worn", ("scan",)),),
        ),
        (
            {"cause": "strain"},
            "operation",
            (Reason("nowhere", "nowhere-operation", ("cause",)),),
        ),
        (
            {"place": "back"},
            "support",
            (Reason("nowhere", "nowhere-support", ("place",)),),
        ),
        (
            {"urgent": "slow", "cause": "disc", "tried": "exercise"},
            "injection",
            (Reason("wait", "sign-first", ("urgent",)),),
        ),
        (
            {"cause": "disc", "tried": "none"},
            "injection",
            (Reason("first", "exercise-first", ("tried",)),),
        ),
        (
            {"urgent": "slow", "cause": "disc", "tried": "none"},
            "injection",
            (
                Reason("wait", "sign-first", ("urgent",)),
                Reason("first", "exercise-first", ("tried",)),
            ),
        ),
        (
            {"cause": "disc"},
            "injection",
            (Reason("open", "exercise-first", ("tried",)),),
        ),
        (
            {"tried": "exercise"},
            "operation",
            (Reason("open", None, ("cause",)),),
        ),
        (
            {"place": "back"},
            "operation",
            (Reason("open", None, ("cause",)), Reason("open", "exercise-first", ("tried",))),
        ),
    ],
    ids=[
        "fits",
        "against",
        "nowhere by its answer",
        "nowhere by the place",
        "wait",
        "first",
        "wait and first",
        "open first",
        "open use",
        "open use and first",
    ],
)
def test_reason_names_the_rule_and_the_answers_that_made_it(
    guide: Guide, say: Say, said: dict[str, str], option: str, reasons: tuple[Reason, ...]
):
    """Every group comes with the rule that acted and the answers, or open questions, behind it."""
    assert standing(guide, say(**said), option).reasons == reasons


def test_reason_names_the_place_when_the_cause_is_not_offered_there(with_cream: Guide, say: Say):
    """Where nothing was said about the cause, the place that rules it out is named."""
    found = standing(with_cream, say(place="knee"), "cream")

    assert found.reasons == (Reason("nowhere", "nowhere-cream", ("place",)),)


def test_reason_names_the_cause_when_it_rules_out_a_place_nobody_named(guide: Guide, say: Say):
    """Who said slipped disc, and no place, reads that the cause rules out the knee support."""
    found = standing(guide, say(cause="disc"), "support")

    assert found.reasons == (Reason("nowhere", "nowhere-support", ("cause",)),)


def test_missing_first_names_the_place_when_the_cause_is_not_offered_there(
    guide: Guide, say: Say, when: Callable[..., AllOf], with_option: Build
):
    """What comes first and cannot be so at this place names the place, not an unsaid cause."""
    discs_first = with_option(guide, "support", first=(Rule(when(cause="disc"), "discs-first"),))

    found = standing(discs_first, say(place="knee"), "support")

    assert found.reasons == (Reason("first", "discs-first", ("place",)),)


def test_every_option_outside_fits_has_a_reason_that_names_a_question(every_outcome: Outcomes):
    """Nothing stands outside "fits" without words that point to an answer or a question."""
    bare = [
        (answers, each.option)
        for answers, outcome in every_outcome
        for each in outcome.standings
        if each.group != "fits" and not any(reason.questions for reason in each.reasons)
    ]

    assert bare[:3] == []


def test_reasons_name_answers_that_were_given(every_outcome: Outcomes):
    """ "Because you said" is never followed by something that was not said."""
    unsaid = [
        (answers, each.option, reason)
        for answers, outcome in every_outcome
        for each in outcome.standings
        for reason in each.reasons
        if reason.kind != "open" and not answers.keys() >= set(reason.questions)
    ]

    assert unsaid[:3] == []


def test_open_reasons_name_questions_that_can_still_be_answered(every_outcome: Outcomes):
    """ "Depends on" names only what was left open or answered with "not sure"."""
    settled = [
        (answers, each.option, reason)
        for answers, outcome in every_outcome
        for each in outcome.standings
        for reason in each.reasons
        if reason.kind == "open"
        and any(NOT_SURE not in answers.get(q, {NOT_SURE}) for q in reason.questions)
    ]

    assert settled[:3] == []


# --- cautions and marks ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ({"cause": "disc", "tried": "exercise"}, "fits"),
        ({"cause": "disc"}, "depends"),
        ({"cause": "disc", "tried": "none"}, "later"),
    ],
    ids=["fits", "depends", "later"],
)
def test_caution_travels_with_an_option_that_is_not_ruled_out(
    guide: Guide, say: Say, said: dict[str, str], group: str
):
    """A warning stands beside an option wherever the option may still be talked about."""
    found = standing(guide, say(scan="advanced", **said), "injection")

    assert (found.group, found.cautions) == (group, (Caution("little-help-when-worn", ("scan",)),))


def test_caution_is_not_shown_where_the_option_is_ruled_out(guide: Guide, say: Say):
    """Nobody is warned of something they are not offered."""
    found = standing(guide, say(cause="strain", scan="advanced"), "injection")

    assert (found.group, found.cautions) == ("less-likely", ())


@pytest.mark.parametrize("said", [{}, {"scan": NOT_SURE}, {"scan": "mild"}], ids=str)
def test_caution_is_not_shown_unless_it_is_known_to_apply(
    guide: Guide, say: Say, said: dict[str, str]
):
    """A warning that only might apply is not given."""
    found = standing(guide, say(cause="disc", tried="exercise", **said), "injection")

    assert found.cautions == ()


def test_the_list_shows_every_option_where_the_outcome_has_it(
    guide: Guide, every_outcome: Outcomes
):
    """The groups are the same with the reasons and without, whatever the answers."""
    differ = [a for a, outcome in every_outcome if Reader(guide, a).groups != groups(outcome)]

    assert differ[:3] == []


def test_caution_never_moves_an_option(guide: Guide, every_outcome: Outcomes):
    """Without its warnings, every option stands where it stood, whatever the answers."""
    bare = {name: replace(option, caution=()) for name, option in guide.options.items()}
    without = replace(guide, options=bare)

    moved = [
        a for a, outcome in every_outcome if groups(narrow(Reader(without, a))) != groups(outcome)
    ]

    assert moved[:3] == []


def test_done_marks_an_option_the_reader_has_had(guide: Guide, say: Say):
    """Somebody who has a brace sees it marked as had."""
    assert standing(guide, say(tried="brace"), "support").done is True


@pytest.mark.parametrize("said", [{}, {"tried": NOT_SURE}, {"tried": "exercise"}], ids=str)
def test_option_is_not_marked_as_had_unless_it_was(guide: Guide, say: Say, said: dict[str, str]):
    """Silence, "not sure" and another answer mark nothing."""
    assert standing(guide, say(**said), "support").done is False


def test_done_never_moves_an_option(guide: Guide, every_outcome: Outcomes):
    """Without its marks, every option stands where it stood, whatever the answers."""
    bare = {name: replace(option, done=()) for name, option in guide.options.items()}
    without = replace(guide, options=bare)

    moved = [
        a for a, outcome in every_outcome if groups(narrow(Reader(without, a))) != groups(outcome)
    ]

    assert moved[:3] == []


def groups(outcome: Urgent | Outcome) -> dict[str, str]:
    """The group of every option."""
    assert isinstance(outcome, Outcome)
    return {each.option: each.group for each in outcome.standings}


# --- notices and questions to ask -----------------------------------------------------------


def test_notice_appears_with_the_answers_that_made_it(guide: Guide, say: Say):
    """A message about the whole situation names the answers it rests on."""
    outcome = narrow(Reader(guide, say(cause="strain")))

    assert outcome.notices == (Caution("strains-heal", ("cause",)),)


def test_notice_does_not_appear_while_it_is_unknown(guide: Guide):
    """Silence brings up no message."""
    assert narrow(Reader(guide, {})).notices == ()


def test_question_to_ask_may_rest_on_not_sure(guide: Guide, say: Say):
    """Who is not sure of the cause is given the words to ask for it."""
    assert narrow(Reader(guide, say(cause=NOT_SURE))).asks == (
        Caution("ask-for-the-cause", ("cause",)),
    )


# --- danger signs ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "level", "signs"),
    [
        ({"urgent": "collapse"}, "emergency", ("collapse",)),
        ({"urgent": "unsafe"}, "emergency", ("unsafe",)),
        ({"urgent": "fever"}, "today", ("fever",)),
        ({"urgent": ["fever", "collapse"]}, "emergency", ("collapse",)),
        ({"urgent": ["fever", "slow"]}, "today", ("fever",)),
        ({"urgent": ["fever", "none"]}, "today", ("fever",)),
        ({"place": "knee", "urgent_here": "pop"}, "today", ("pop",)),
        ({"urgent": "fever", "urgent_here": "bladder"}, "emergency", ("bladder",)),
    ],
    ids=[
        "emergency",
        "self-harm",
        "same day",
        "emergency beside same day",
        "same day beside slow",
        "sign beside none",
        "sign of the place",
        "both questions",
    ],
)
def test_danger_sign_comes_before_everything(
    guide: Guide, say: Say, said: dict[str, str], level: str, signs: tuple[str, ...]
):
    """An emergency or same-day sign is the whole outcome, at the highest level ticked."""
    assert narrow(Reader(guide, say(**said))) == Urgent(level, signs)


@pytest.mark.parametrize(
    "said",
    [{}, {"urgent": "none"}, {"urgent": "slow"}, {"place": "knee", "urgent_here": "bladder"}],
    ids=["silence", "none", "a sign for within days", "a sign of another place"],
)
def test_without_an_urgent_sign_the_options_are_shown(guide: Guide, say: Say, said: dict[str, str]):
    """No sign, or one that can wait some days, leads to the options."""
    assert isinstance(narrow(Reader(guide, say(**said))), Outcome)


@pytest.mark.parametrize("part", ["standings", "notices", "asks", "group", "counts"])
def test_urgent_has_no_options(part: str):
    """No option can stand beside a danger sign: there is no place for one."""
    assert not hasattr(Urgent("emergency", ("collapse",)), part)


# --- order ----------------------------------------------------------------------------------


def test_options_keep_one_order(guide: Guide, every_outcome: Outcomes):
    """Whatever the answers, options stand in the order of the guide: nothing is ranked."""
    orders = {tuple(each.option for each in outcome.standings) for _, outcome in every_outcome}

    assert orders == {tuple(guide.options)}


@pytest.mark.parametrize("group", GROUPS)
def test_options_keep_their_order_within_a_group(
    guide: Guide, every_outcome: Outcomes, group: Group
):
    """Within a group, too, options stand in the order of the guide."""
    order = list(guide.options)
    found = {tuple(each.option for each in outcome.group(group)) for _, outcome in every_outcome}

    assert [names for names in found if sorted(names, key=order.index) != list(names)] == []


def test_counts_of_the_groups_add_up_to_all_options(guide: Guide, every_outcome: Outcomes):
    """Every option stands in one of the four groups: nothing is hidden, nothing stands twice."""
    totals = {(tuple(outcome.counts), sum(outcome.counts.values())) for _, outcome in every_outcome}

    assert totals == {(GROUPS, len(guide.options))}


def test_floor_is_always_there_to_talk_about(every_outcome: Outcomes):
    """Whatever the answers, there is something to talk about."""
    assert {groups(outcome)["look"] for _, outcome in every_outcome} == {"fits"}
