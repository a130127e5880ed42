"""Rules for whole pages and their parts, beyond the style of a single paragraph.

The limits come from published standards: at most seven items in a list and a short first part
(Clear Communication Index 8 and 3), short parts under headings (PEMAT 8 and 9), what an option
must contain (DISCERN 9 to 13, IPDASi Q4 to Q6, K1, K11). `manage.py check` reports each breach.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from treatment_guide.library.problems import Problems
from treatment_guide.library.text.blocks import FactFigure, Html
from treatment_guide.library.text.markdown import Rendered
from treatment_guide.library.text.style_rules import count_words

#: Parts that are lists for looking things up: they may be long.
LOOKED_UP = (("topic", "words-your-letter-may-use"),)
FEWEST_SOURCES = 3
FEWEST_QUESTIONS = 5
FEWEST_PARTS = 2
MOST_ITEMS = 7
MOST_PART_WORDS = 330
MOST_FIRST_SENTENCES = 5
#: The least number of points (body, mood, people and work), and of words in each.
LIVING_POINTS = 3
LIVING_WORDS = 6
FEWEST_YOU = 5
#: Parts of an option that need so many words, or a figure.
TELLING = ("what-it-is", "how-it-is-done", "gains", "harms", "doing-nothing")
TELLING_WORDS = 5

_TAG = re.compile(r"<[^>]+>")
_END = re.compile(r"[.?!](?=\s|$)")


@dataclass(frozen=True)
class ReadPart:
    """One part of a page as it was read: its id, its title, the line of its heading, its words.
    `sound` is False where a fault in it is reported already; what it lacks is then not reported.
    """

    id: str
    title: str
    line: int
    rendered: Rendered
    sound: bool = True

    @property
    def words(self) -> str:
        """The words of the part as they are read, without figures."""
        blocks = [block.html for block in self.rendered.blocks if isinstance(block, Html)]
        return " ".join(unescape(_TAG.sub("", " ".join(blocks))).split())

    @property
    def items(self) -> list[tuple[int, str]]:
        """The items of its lists, each with its line."""
        return [(each.line, each.text) for each in self.rendered.prose if each.kind == "item"]


def check_page(
    kind: str, name: str, file: str, parts: Sequence[ReadPart], problems: Problems
) -> None:
    """Note breaches of the rules for all pages."""
    if (kind, name) not in LOOKED_UP and len(parts) < FEWEST_PARTS:
        message = f"A page has at least {FEWEST_PARTS} parts, each under a heading."
        problems.add(file, 1, "", message)
    for part in parts:
        if not part.title:
            problems.add(file, part.line, part.id, "Give the heading words: `## Words {#id}`.")
        if not part.sound or (kind, name) in LOOKED_UP:
            continue
        count = count_words(part.words)
        if count > MOST_PART_WORDS:
            message = f"This part has {count} words; {MOST_PART_WORDS} is the limit. Cut it in two."
            problems.add(file, part.line, part.id, message)
        for line, items in part.rendered.lists:
            if items > MOST_ITEMS:
                message = f"This list has {items} items; {MOST_ITEMS} is the limit."
                problems.add(file, line, part.id, message)
        if part.id == "in-short" and len(_END.findall(part.words)) > MOST_FIRST_SENTENCES:
            message = f"The first part has at most {MOST_FIRST_SENTENCES} sentences."
            problems.add(file, part.line, part.id, message)


def check_option(
    file: str,
    parts: Sequence[ReadPart],
    sources: int,
    problems: Problems,
    you: re.Pattern[str] | None = None,
) -> None:
    """Note breaches of the rules for pages of options. `sources`: how many different ones are
    cited; `you`: the words of the language that speak to the reader (None: not counted).
    """
    if sources < FEWEST_SOURCES:
        message = (
            f"The page cites {sources} source{'' if sources == 1 else 's'}; an option stands on at "
            f"least {FEWEST_SOURCES}. Write `<source:id>` behind what each one says."
        )
        problems.add(file, 1, "sources", message)
    for part in parts:
        if part.sound:
            for line, message in _owed(part):
                problems.add(file, line, part.id, message)
    told = sum(len(you.findall(part.words)) for part in parts) if you else FEWEST_YOU
    if told < FEWEST_YOU and all(part.sound for part in parts):
        message = (
            f"The page says “you” {told} times. Speak to the reader, {FEWEST_YOU} times or more."
        )
        problems.add(file, 1, "", message)


def _owed(part: ReadPart) -> list[tuple[int, str]]:
    """What one part of an option lacks: lines and messages."""
    found: list[tuple[int, str]] = []
    if part.id in TELLING:
        figure = any(isinstance(block, FactFigure) for block in part.rendered.blocks)
        if not figure and 0 < count_words(part.words) < TELLING_WORDS:
            found.append((part.line, "This part says too little. Write a whole sentence."))
    elif part.id == "questions":
        if len(part.items) < FEWEST_QUESTIONS:
            message = (
                f"This part has {len(part.items)} questions to ask; give {FEWEST_QUESTIONS} or more, "
                "each on a line that begins with `- `."
            )
            found.append((part.line, message))
        for line, item in part.items:
            if "?" not in item:
                found.append((line, "A question to ask ends with a question mark."))
    elif part.id == "living-with-it":
        if len(part.items) != LIVING_POINTS:
            message = (
                f"This part has {len(part.items)} points; it has {LIVING_POINTS}: the body, the "
                "mood, and people and work, each on a line that begins with `- `."
            )
            found.append((part.line, message))
        for line, item in part.items:
            if count_words(item) < LIVING_WORDS:
                found.append((line, f"A point here has {LIVING_WORDS} words or more."))
    elif part.id == "recovery" and ("page", "get-help-now") not in part.rendered.links:
        message = "Say when to call: this part needs a link to `page:get-help-now`."
        found.append((part.line, message))
    return found
