"""The rules of style, as checks: sentences, numbers, citations, fairness, reading grade.

Sources of the limits: the NHS content guide (sentences of 20 words, paragraphs of 3 sentences),
IPDASi C1 (gains and harms in equal detail), and the readers: over 60, in pain, on a phone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from treatment_guide.library.problems import Problems
from treatment_guide.library.text.markdown import Prose
from treatment_guide.library.text.style.guards import Style

PARAGRAPH_SENTENCES = 3
#: From how many words on one paragraph is graded.
GRADED_WORDS = 10
FAIR = (2 / 3, 3 / 2)
CITED_PARTS = frozenset(
    {
        "gains",
        "harms",
        "how-sure",
        "guidelines",
        "doing-nothing",
        "cost",
        "with-time",
        "why-the-injection",
    }
)

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_DIGIT = re.compile(r"\d[\d,.]*")
#: Links, placeholders, and code in backticks: not read as words.
_UNREAD = re.compile(r"<[a-z]+:[^>]*>|\]\([^)]*\)|\{[^}]*\}|`[^`]*`")
#: The number of a step at the start of a line.
_STEP = re.compile(r"^\d+\. ", re.MULTILINE)


@dataclass(frozen=True)
class Passage:
    """The prose of one part of a file."""

    file: str
    part: str
    prose: Sequence[Prose]


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [s for s in _SENTENCE_END.split(text.strip()) if s]


def clauses(text: str) -> list[str]:
    """The parts of a paragraph to count words in: sentences, split at colons."""
    return [c for s in sentences(text) for c in s.split(": ") if c]


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def lint_passage(passage: Passage, style: Style, problems: Problems) -> None:
    """Note every breach of style in one part of a page."""
    if style.foreign(passage.file):
        return
    for prose in passage.prose:

        def fault(message: str, line: int = prose.line) -> None:
            problems.add(passage.file, line, passage.part, message)

        for sentence in clauses(prose.text):
            if count_words(sentence) > style.sentence_words:
                fault(
                    f"A sentence has {count_words(sentence)} words; {style.sentence_words} is the "
                    f"limit: "
                    f"“{sentence[:60]}…”"
                )
        if len(sentences(prose.text)) > PARAGRAPH_SENTENCES:
            fault(f"A paragraph has more than {PARAGRAPH_SENTENCES} sentences.")
        lint_words(prose, style, fault)
        if count_words(prose.text) >= GRADED_WORDS:
            grade = reading_grade([prose.text], style)
            if style.too_hard(grade, style.paragraph_limit):
                fault(
                    f"This paragraph reads at {measured(grade, style)}; {style.paragraph_limit:g} is the "
                    "limit for one. Use short words and short sentences."
                )
        said = prose.text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        unknown = style.unknown.search(said)
        if passage.part in CITED_PARTS and not prose.cited and not unknown:
            fault(f"No source: “{prose.text[:60]}…” Cite one, or say that we don't know.")


def lint_words(prose: Prose, style: Style, fault: Callable[[str], None]) -> None:
    """Note typed numbers and words of a device. `style` knows names that may contain digits."""
    # A name may contain a digit, but does not excuse a count: "trial" is a name, "three trials"
    # not.
    number = _DIGIT.search(prose.typed)
    if number:  # matching many names is slow, so only with a digit
        number = _DIGIT.search(style.digits.sub("", style.names.sub("", prose.typed)))
    number = number or style.numbers.search(prose.typed)
    if number:
        fault(f"A number is typed: “{number.group()}”. Make it a fact.")
    if style.one_of.search(prose.text):
        fault("“1 in X” is hard to compare. Say how many of 100 people.")
    device = style.device.search(prose.text)
    if device:
        fault(f"“{device.group()}” is not ours to say. Say what may be talked about.")


def lint_line(
    file: str, line: int, field: str, text: str, style: Style, problems: Problems
) -> None:
    """Note typed numbers and words of a device in words outside paragraphs: titles, headings,
    captions, hints, the words of facts and of the interface.
    """
    if style.foreign(file):
        return
    said = _STEP.sub("", _UNREAD.sub("", text))
    lint_words(
        Prose(line, "paragraph", said, said, cited=True),
        style,
        lambda message: problems.add(file, line, field, message),
    )


def lint_hard_page(
    file: str, grade: float, prose: Sequence[Prose], style: Style, problems: Problems
) -> None:
    """Note that the reading grade of a page is too high, and its hardest paragraph. Where one
    paragraph is too hard by itself, only that is noted.
    """
    graded = [
        (reading_grade([each.text], style), each.line)
        for each in prose
        if count_words(each.text) >= GRADED_WORDS
    ]
    hardest = min if style.formula.ease else max
    worst, line = hardest(graded, default=(style.page_limit, 1))
    if not style.too_hard(worst, style.paragraph_limit):
        message = (
            f"The page reads at {measured(grade, style)}; {style.page_limit:g} is the limit. Use "
            f"short words and short sentences. The hardest words begin at line {line}."
        )
        problems.add(file, 1, "grade", message)


def lint_fairness(file: str, line: int, gains: int, harms: int, problems: Problems) -> None:
    """Note gains and harms of unequal length: the smaller must have 2/3 of the other's words."""
    ratio = gains / max(harms, 1)
    if not FAIR[0] <= ratio <= FAIR[1]:
        problems.add(
            file,
            line,
            "harms",
            f"Gains have {gains} words and harms {harms}: keep them between 2 to 3 and 3 to 2.",
        )


def reading_grade(texts: Iterable[str], style: Style) -> float:
    """How hard prose is, by the formula of its language. Of English, names that the guide explains
    count as "it"; a title or an item of a list ends a sentence.
    """
    whole = " ".join(text if text[-1:] in ".?!:" else f"{text}." for text in texts if text)
    if not whole:
        return 0.0
    if style.formula.name == "flesch-kincaid":
        whole = style.names.sub("it", whole)
    return round(style.formula.measure(whole), 1)


def measured(grade: float, style: Style) -> str:
    """A reading grade with what measures it."""
    return f"grade {grade}" if not style.formula.ease else f"{grade} ({style.formula.name})"
