"""The real rules, compiled: they say what the slow reference says of them."""

from hypothesis import given, settings

from tests.content.test_concerns import all_answers
from tests.engine.reference import Known, group_by_hand, open_by_hand
from treatment_guide.engine.groups import open_in_group
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library

GUIDE = current_library().guide


@settings(max_examples=40, deadline=None)
@given(all_answers())
def test_compiled_rules_say_what_the_reference_says(answers):
    """For every option: its group, and the questions that could still change it."""
    reader = Reader(GUIDE, answers)
    truths = Known(GUIDE.questions, reader.answers)
    for name, option in GUIDE.options.items():
        group = reader.groups[name]
        still_open = open_in_group(GUIDE.compiled.options[name], reader.known, group)

        assert group == group_by_hand(GUIDE, option, reader.answers)
        assert set(GUIDE.compiled.bits.named(still_open)) == open_by_hand(option, truths, group)
