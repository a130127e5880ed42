"""The rules of style, as checks: sentences, numbers, citations, fairness, reading grade.

Sources of the limits: the NHS content guide (sentences of 20 words, paragraphs of 3 sentences),
IPDASi C1 (gains and harms in equal detail), and the readers: over 60, in pain, on a phone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import textstat

from treatment_guide.library.problems import Problems
from treatment_guide.library.text.markdown import Prose

SENTENCE_WORDS = 20
PARAGRAPH_SENTENCES = 3
GRADE_LIMIT = 8.0
#: The highest grade of one paragraph, and from how many words on it is measured. It may be higher
#: than that of a page, because a paragraph may be full of names.
PARAGRAPH_GRADE = 15.0
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
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_EXEMPT = re.compile(
    rf"\b(?:{_MONTHS}) \d{{1,2}}, \d{{4}}\b|\b(?:19|20)\d\d\b|\b[Ss]teps? \d\b",
)
_SPELLED = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"fifty|hundred|thousand|dozen|percent|per cent)\b"
    r"(?= (?:\w+ ){0,2}(?:minutes?|hours?|days?|weeks?|months?|years?|people|patients|injections?|"
    r"sessions?|visits?|times|points?|trials?|studies)\b)|\b(percent|per cent)\b|%",
    re.IGNORECASE,
)
_ONE_IN = re.compile(
    r"\b(?:one|1) (?:in|out of) (?:\d+|[a-z]+ten|two|three|four|five|six|seven|"
    r"eight|nine|ten|twenty)\b",
    re.IGNORECASE,
)
#: Words of a medical device or an advertisement. Readers must not see them.
DEVICE_WORDS = re.compile(
    r"\b(?:(?:we|this guide|this tool|it) diagnoses? you|diagnoses you|(?:we|I) (?:would )?recommend|"
    r"recommend(?:ed)? for you|(?:the|your) best (?:option|choice|treatment)|your risk is|"
    r"you should have (?:an?|the)\b|you need (?:an? )?(?:operation|injection|surgery)|"
    r"right treatment for you|miracle|cures? you)",
    re.IGNORECASE,
)


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


def lint_passage(passage: Passage, names: re.Pattern[str], problems: Problems) -> None:
    """Note every breach of style in one part of a page."""
    for prose in passage.prose:

        def fault(message: str, line: int = prose.line) -> None:
            problems.add(passage.file, line, passage.part, message)

        for sentence in clauses(prose.text):
            if count_words(sentence) > SENTENCE_WORDS:
                fault(
                    f"A sentence has {count_words(sentence)} words; {SENTENCE_WORDS} is the limit: "
                    f"“{sentence[:60]}…”"
                )
        if len(sentences(prose.text)) > PARAGRAPH_SENTENCES:
            fault(f"A paragraph has more than {PARAGRAPH_SENTENCES} sentences.")
        lint_words(prose, names, fault)
        if count_words(prose.text) >= GRADED_WORDS:
            grade = reading_grade([prose.text], names)
            if grade > PARAGRAPH_GRADE:
                fault(
                    f"This paragraph reads at grade {grade}; {PARAGRAPH_GRADE:g} is the limit for "
                    "one, and the page aims at 6. Use short words and short sentences."
                )
        unknown = "don't know" in prose.text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        if passage.part in CITED_PARTS and not prose.cited and not unknown:
            fault(f"No source: “{prose.text[:60]}…” Cite one, or say that we don't know.")


def lint_words(prose: Prose, names: re.Pattern[str], fault: Callable[[str], None]) -> None:
    """Note typed numbers and `DEVICE_WORDS`. `names` matches names that may contain digits."""
    # A name may contain a digit, but does not excuse a count: "trial" is a name, "three trials"
    # not.
    number = _DIGIT.search(prose.typed)
    if number:  # matching many names is slow, so only with a digit
        number = _DIGIT.search(_EXEMPT.sub("", names.sub("", prose.typed)))
    number = number or _SPELLED.search(prose.typed)
    if number:
        fault(f"A number is typed: “{number.group()}”. Make it a fact.")
    if _ONE_IN.search(prose.text):
        fault("“1 in X” is hard to compare. Say how many of 100 people.")
    device = DEVICE_WORDS.search(prose.text)
    if device:
        fault(f"“{device.group()}” is not ours to say. Say what may be talked about.")


def lint_line(
    file: str, line: int, field: str, text: str, names: re.Pattern[str], problems: Problems
) -> None:
    """Note typed numbers and `DEVICE_WORDS` in words outside paragraphs: titles, headings,
    captions, hints, the words of facts and of the interface.
    """
    said = _STEP.sub("", _UNREAD.sub("", text))
    lint_words(
        Prose(line, "paragraph", said, said, cited=True),
        names,
        lambda message: problems.add(file, line, field, message),
    )


def lint_hard_page(
    file: str, grade: float, prose: Sequence[Prose], names: re.Pattern[str], problems: Problems
) -> None:
    """Note that the reading grade of a page is too high, and its hardest paragraph. Where one
    paragraph is too hard by itself, only that is noted.
    """
    graded = [
        (reading_grade([each.text], names), each.line)
        for each in prose
        if count_words(each.text) >= GRADED_WORDS
    ]
    worst, line = max(graded, default=(0.0, 1))
    if worst <= PARAGRAPH_GRADE:
        message = (
            f"The page reads at grade {grade}; {GRADE_LIMIT:g} is the limit, and 6 the aim. Use "
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


def reading_grade(texts: Iterable[str], names: re.Pattern[str]) -> float:
    """The Flesch-Kincaid grade of prose, by textstat. Names that the guide explains count as "it",
    and a title or an item of a list ends a sentence.
    """
    whole = " ".join(text if text[-1:] in ".?!:" else f"{text}." for text in texts if text)
    if not whole:
        return 0.0
    return round(float(textstat.flesch_kincaid_grade(names.sub("it", whole))), 1)
