"""The rules for a hospital's own words, beside those for all prose.

Such words stand beside pages whose every sentence has a source. So they say how things go at that
place (who, where, how to book), and leave to the guide what a treatment does, what harms, what is
dangerous and what to do about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from treatment_guide.library.problems import Problems
from treatment_guide.library.search.danger import DangerFinder
from treatment_guide.library.search.plain_words import plain
from treatment_guide.library.text.blocks import Html
from treatment_guide.library.text.content_files import Entry
from treatment_guide.library.text.markdown import render
from treatment_guide.library.text.style.guards import Style
from treatment_guide.library.text.style_rules import (
    GRADED_WORDS,
    Passage,
    count_words,
    lint_passage,
    measured,
    reading_grade,
)

#: The most words of one paragraph.
MOST_WORDS = 60
#: Words that praise a place or a treatment, or say what a treatment does: (words, what is wrong).
REFUSED = (
    (
        re.compile(
            r"\b(?:best|better|leading|finest|top|top-rated|award\w*|world-class|first-class|"
            r"state[- ]of[- ]the[- ]art|cutting[- ]edge|breakthrough\w*|revolution\w*|renowned|"
            r"famous|excellen\w*|outstanding|superior|unique\w*|unmatched|number one|trusted|proud\w*|"
            r"experts?|expertise|most (?:advanced|modern|experienced|successful)|innovative)\b",
            re.IGNORECASE,
        ),
        "is praise",
    ),
    (
        re.compile(
            r"\b(?:safe|safely|safer|safest|effective\w*|success\w*|work(?:s|ed)? (?:well|for|on)|"
            r"reliev\w*|relief|heal(?:s|ed|ing)?|cur(?:e|es|ed|ing)|painless\w*|pain[- ]free|proven|"
            r"guarantee\w*|risks?|risk-free|side effects?|harmless|complications?|recommend\w*|"
            r"(?:good|great|fine|lasting|quick) results?|help(?:s|ed)? (?:most|many|nearly|almost|people|"
            r"patients))\b",
            re.IGNORECASE,
        ),
        "says what a treatment does, or advises it: the page says that, with its sources",
    ),
    (
        re.compile(
            r"\b(?:stop|skip|pause|hold|halve|double|take|keep taking)\b[^.?!]{0,40}"
            r"\b(?:medicines?|pills?|tablets?|doses?|blood thinners?|insulin|aspirin|warfarin|steroids?)\b",
            re.IGNORECASE,
        ),
        "says what to do with a medicine: each reader's own team says that",
    ),
    (
        re.compile(
            r"\b(?:emergenc\w*|ambulance|danger\w*|urgent\w*|paramedics?|hospital at once)\b",
            re.IGNORECASE,
        ),
        "speaks of danger: when to call stands on every page, and nothing of yours beside it",
    ),
)
_RIGHT = "Say how it goes with you: who does it, where, how to book."


class OwnWords:
    """Reads paragraphs of a hospital, in the style of their language."""

    def __init__(self, style: Style, finder: DangerFinder | None, problems: Problems) -> None:
        self.style = style
        self.finder = finder
        self.problems = problems

    def paragraph(self, each: Entry, file: str) -> str:
        """The HTML within one paragraph; empty for one with faults, which are noted."""
        before = len(self.problems.found)

        def fault(message: str, line: int = each.body_line) -> None:
            self.problems.add(file, line, each.id, message)

        for extra in sorted(each.extras):
            fault(f"`- {extra}:` is not known here.", each.line)
        rendered = render(
            each.body,
            each.body_line,
            _no_link,
            lambda line, said: fault(said, line),
            self.style.ways,
        )
        for line, scheme, target in rendered.lacking:
            message = (
                f"No link here (`{scheme}:{target}`): a next edition may lack what it leads to."
            )
            fault(message, line)
        blocks = rendered.blocks
        alone = len(blocks) == 1 and isinstance(blocks[0], Html) and blocks[0].html[:3] == "<p>"
        if not alone and len(self.problems.found) == before:
            fault("Write one paragraph: sentences, no list." if each.body else "Words are missing.")
        lint_passage(Passage(file, each.id, rendered.prose), self.style, self.problems)
        text = " ".join(prose.text for prose in rendered.prose)
        if count_words(text) > MOST_WORDS:
            fault(f"It has {count_words(text)} words; {MOST_WORDS} are the limit.")
        grade, limit = reading_grade([text], self.style), self.style.page_limit
        if count_words(text) >= GRADED_WORDS and self.style.too_hard(grade, limit):
            fault(
                f"This reads at {measured(grade, self.style)}; {limit:g} is the limit. Use short words "
                "and short sentences."
            )
        self.left_to_the_guide(text, fault)
        return rendered.inline if len(self.problems.found) == before else ""

    def left_to_the_guide(self, text: str, fault: Callable[[str], None]) -> None:
        """Note what a hospital's own words never say."""
        for pattern, wrong in REFUSED:
            found = pattern.search(text)
            if found:
                fault(f"“{found.group()}” {wrong}. {_RIGHT}")
        for phrase in self.finder.phrases(plain(text)) if self.finder else ():
            if self.finder and phrase.meant in self.finder.levels:
                fault(
                    f"“{phrase.words}” is a danger sign (`{phrase.meant}`). The guide says what to do "
                    "about it, and nothing of yours may stand beside that. Leave it out."
                )


def _no_link(scheme: str, target: str, label: str | None) -> tuple[str, str]:
    raise KeyError(target)
