"""Which pages of words have folds, and which of their parts are never folded."""

from __future__ import annotations

from treatment_guide.library.model import Page, Part
from treatment_guide.library.text.blocks import Html

#: Pages with fewer words are short enough to be read through.
FOLDED_FROM = 550
#: A part with such a link says what is dangerous, or when to call.
HELP = ('/get-help-now/"', 'href="tel:')


def has_folds(page: Page) -> bool:
    """True for a topic that is too long to be read through."""
    return page.kind == "topic" and page.word_count >= FOLDED_FROM


def always_open(page: Page) -> frozenset[str]:
    """The ids of the parts that are never folded: the first two, and those on help."""
    first = {part.id for part in page.parts[:2]}
    return frozenset(first | {part.id for part in page.parts if _on_help(part)})


def _on_help(part: Part) -> bool:
    return any(
        link in block.html for block in part.blocks if isinstance(block, Html) for link in HELP
    )
