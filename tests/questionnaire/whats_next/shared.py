"""What the tests of the questionnaire share: its questions, its signs, any answers."""

import re

from hypothesis import strategies as st

from treatment_guide.library.content_check import current_library

LIBRARY = current_library()
QUESTIONS = LIBRARY.guide.questions
DANGER = [question.id for question in LIBRARY.guide.danger]
ORDINARY = [question for question in QUESTIONS if question not in DANGER]

#: Every sign that needs help today or sooner, with its question and a place that offers it.
SIGNS = {
    sign: (question.id, next((p for p, row in question.offers.items() if sign in row), "knee"))
    for question in LIBRARY.guide.danger
    for sign, level in question.levels.items()
    if level != "days"
}
STORED_SIGNS = [s for s, (q, _) in SIGNS.items() if s not in QUESTIONS[q].never_stored]

#: A code that the first release gave out on the day that the tests take for today: a knee with
#: arthritis, injected under 2 weeks ago, without danger signs.
FIRST_RELEASE = "0g4000a40000000000000000000a6g000gw"

#: A code as it stands in an address.
IN_ADDRESS = re.compile(r"/whats-next/([a-z-]+)/([0-9a-z]+)/")


def any_answer(question):
    """Any answer to a question, or None for no answer."""
    if question.kind == "one":
        return st.sampled_from([None, *question.choices])
    sets = st.sets(st.sampled_from(question.choices), max_size=question.most)
    return sets.map(lambda chosen: " ".join(sorted(chosen)) or None)


#: Any answers at all, the danger signs asked and none of them there.
any_answers = (
    st.fixed_dictionaries({name: any_answer(QUESTIONS[name]) for name in ORDINARY})
    .map(lambda chosen: {name: text for name, text in chosen.items() if text})
    .map(lambda chosen: {**chosen, **dict.fromkeys(DANGER, "none")})
)

TICK = {"HX-Request": "true"}
