"""What somebody has answered, for tests to start from: the choices, in the order they are asked."""

from collections.abc import Mapping

#: Asked about danger signs, and there are none.
NO_DANGER = {"urgent": "none", "urgent-here": "none"}

#: Nothing is known but that it is the knee.
KNEE = {"urgent": "none", "place": "knee", "urgent-here": "none"}

#: A knee with arthritis, and all that most people can say of it.
STORY = {
    **KNEE,
    "cause": "arthritis",
    "response": "wore-off",
    "since": "over-12-weeks",
    "count": "one",
    "tried": "exercise medicines",
    "health": "blood-thinners",
    "impact": "moderate",
}


def choices_of(answers: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Answers written with spaces between their choices, as the engine takes them."""
    return {question: frozenset(text.split()) for question, text in answers.items()}
