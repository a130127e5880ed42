"""What concerns an option is all that has a part in it: the rest of the answers may be left out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from treatment_guide.engine.changes import Changes
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library

GUIDE = current_library().guide


@st.composite
def all_answers(draw):
    """Answers of a made-up reader, any of them left open."""
    answers = {}
    for question in GUIDE.questions.values():
        offered = question.offered(answers)
        if offered and not question.about_danger and draw(st.booleans()):
            most = 1 if question.kind == "one" else 3
            ticked = draw(st.sets(st.sampled_from(offered), min_size=1, max_size=most))
            answers[question.id] = question.read(ticked, answers)
    return answers


@settings(max_examples=40)
@given(all_answers())
def test_answers_that_do_not_concern_an_option_change_nothing_about_it(answers):
    """Where it stands, what would change it: only the questions that concern it decide."""
    for option in GUIDE.options.values():
        concerned = GUIDE.concerns[option.id]
        those = {q: chosen for q, chosen in answers.items() if q in concerned}

        few, all_of_them = Reader(GUIDE, those), Reader(GUIDE, answers)
        assert few.groups[option.id] == all_of_them.groups[option.id]
        assert Changes(few).of(option.id) == Changes(all_of_them).of(option.id)


def test_not_every_question_concerns_every_option():
    """Otherwise nothing would be gained by it."""
    assert any(len(those) < len(GUIDE.questions) for those in GUIDE.concerns.values())
