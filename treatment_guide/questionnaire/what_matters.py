"""What matters to this reader, for the comparison of options."""

from treatment_guide.library.in_words.places import PLACE
from treatment_guide.questionnaire.visit import Visit


def ordered(here: Visit) -> tuple[str, ...]:
    """The parts that options are compared by, those that matter to this reader first."""
    library = here.library
    chosen = here.answers.get("matters", frozenset())
    first = [
        library.matters_first[choice]
        for choice in library.guide.questions["matters"].choices
        if choice in chosen and choice in library.matters_first
    ]
    return tuple(dict.fromkeys([*first, *library.compare]))


def matters_in_words(here: Visit) -> list[str]:
    """What matters to this reader, in words."""
    chosen = here.answers.get("matters", frozenset())
    words = here.library.questions["matters"].choices
    return [words[c].label for c in words if c in chosen and c in here.library.matters_first]


def place_of(here: Visit) -> str | None:
    """The place in the body that this reader named; None for several places, or for not sure."""
    words = here.library.questions[PLACE].choices
    chosen = here.answers.get(PLACE, frozenset())
    return next((choice for choice in chosen if words[choice].named), None)
