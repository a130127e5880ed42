"""The options on a sheet: what fits, what waits for an answer, what comes later and after what.

Options that are not usually used here are only counted, so that a sheet cannot be quoted to refuse
care.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from treatment_guide.engine.answers import NOT_SURE
from treatment_guide.engine.changes import Change, Changes
from treatment_guide.engine.conditions import atoms
from treatment_guide.engine.outcome import Outcome, Standing
from treatment_guide.engine.reader import Reader
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library
from treatment_guide.paper.sheet_words import in_running_text
from treatment_guide.questionnaire.answer_words import joined_phrases


@dataclass(frozen=True)
class FindOut:
    """Something to find out: the id and name of its question, whom to ask in which words, and the
    options that wait for it.
    """

    id: str
    name: str
    words: str
    waiting: tuple[str, ...]


@dataclass(frozen=True)
class After:
    """Options that usually come after something else, and what that is; the last has no words where
    nothing that can change would bring them nearer.
    """

    words: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Care:
    """Something about the reader's health, and the options that it matters for."""

    words: str
    names: tuple[str, ...]


def short_names(library: Library, found: Iterable[Standing]) -> tuple[str, ...]:
    """The names of options inside a sentence, in their order."""
    return tuple(in_running_text(library.options[s.option].page.short) for s in found)


def find_outs(library: Library, reader: Reader, outcome: Outcome) -> list[FindOut]:
    """What to find out: the question first that the most options wait for, then the one that the
    most of the rest wait for, and so on; then what the reader was not sure of. Each option stands
    once.
    """
    open_for = {
        each: {q for reason in each.reasons for q in reason.questions}
        for each in outcome.group("depends")
    }
    named = set().union(*open_for.values())
    asked = [
        question
        for question in library.guide.questions
        if question in named or reader.answers.get(question) == frozenset({NOT_SURE})
    ]
    found: list[FindOut] = []
    left = dict(open_for)
    while asked:
        counts = Counter(q for questions in left.values() for q in questions)
        best = max(asked, key=lambda q: counts[q])  # of equal ones the first asked
        asked.remove(best)
        here = [each for each, questions in left.items() if best in questions]
        for each in here:
            del left[each]
        words = library.questions[best]
        if words.find_out:
            found.append(FindOut(best, words.name, words.find_out, short_names(library, here)))
    return found


def afters(library: Library, reader: Reader, outcome: Outcome) -> list[After]:
    """The options that usually come later, by what would bring them nearer, in fixed order."""
    changes = Changes(reader)
    by_words: dict[str, list[Standing]] = {}
    for standing in outcome.group("later"):
        words = change_words(library, changes.of(standing.option))
        by_words.setdefault(words, []).append(standing)
    return [
        After(words, short_names(library, by_words[words]))
        for words in sorted(by_words, key=lambda words: not words)
    ]


def change_words(library: Library, change: Change | None) -> str:
    """A change as a phrase with a large first letter; empty for none."""
    if change is None:
        return ""
    choices = [library.questions[m.question].choices[m.choice] for m in change.moves]
    phrases = [
        each.gone if move.gone else each.change
        for each, move in zip(choices, change.moves, strict=True)
    ]
    joined = joined_phrases(library, phrases)
    return joined[:1].upper() + joined[1:]


@once_per_library  # saves 0.2 ms a sheet
def health_cautions(library: Library) -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
    """By option and id of a caution: the safety answers that it speaks of, as question and choice.

    Only those of questions of several ticks: what a sheet says once, under "take care".
    """
    safety = {
        (question.id, choice)
        for question in library.guide.questions.values()
        if question.kind == "several" and not question.about_danger
        for choice in question.safety
    }
    return {
        (option.id, rule.because): frozenset(
            (atom.question, choice)
            for atom in atoms(rule.condition)
            for choice in atom.choices
            if (atom.question, choice) in safety
        )
        for option in library.guide.options.values()
        for rule in option.caution
    }


def cares(
    library: Library, reader: Reader, outcome: Outcome, *, in_full: bool = False
) -> list[Care]:
    """Each answer about health that matters for an option here, once, with those options."""
    spoken_of = health_cautions(library)
    touched: dict[tuple[str, str], list[Standing]] = {}
    for standing in outcome.standings:
        if standing.group == "less-likely":
            continue
        said = {
            answer
            for caution in standing.cautions
            for answer in spoken_of[standing.option, caution.because]
        }
        for answer in said:
            touched.setdefault(answer, []).append(standing)
    return [
        Care(words.label if in_full else words.outside, short_names(library, touched[name, choice]))
        for name, chosen in reader.answers.items()
        for choice, words in library.questions[name].choices.items()
        if choice in chosen and (name, choice) in touched
    ]


def waiting_words(library: Library, names: Sequence[str], most: int) -> str:
    """The options that wait for an answer: their names, or how many where they are more than
    `most`; empty for none.
    """
    if len(names) > most:
        return library.ui["sheet-wait"].format(count=len(names))
    return (
        library.ui["sheet-wait-named"].format(names=library.language.semicolon.join(names))
        if names
        else ""
    )
