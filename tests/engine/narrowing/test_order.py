"""The order of the options, and that each stands once, in the group of the outcome."""

from __future__ import annotations

import pytest

from tests.engine.narrowing.standings import Outcomes, groups
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import GROUPS, Group
from treatment_guide.engine.reader import Reader


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


def test_the_list_shows_every_option_where_the_outcome_has_it(
    guide: Guide, every_outcome: Outcomes
):
    """The groups are the same with the reasons and without, whatever the answers."""
    differ = [a for a, outcome in every_outcome if Reader(guide, a).groups != groups(outcome)]

    assert differ[:3] == []


def test_counts_of_the_groups_add_up_to_all_options(guide: Guide, every_outcome: Outcomes):
    """Every option stands in one of the four groups: nothing is hidden, nothing stands twice."""
    totals = {(tuple(outcome.counts), sum(outcome.counts.values())) for _, outcome in every_outcome}

    assert totals == {(GROUPS, len(guide.options))}


def test_floor_is_always_there_to_talk_about(every_outcome: Outcomes):
    """Whatever the answers, there is something to talk about."""
    assert {groups(outcome)["look"] for _, outcome in every_outcome} == {"fits"}
