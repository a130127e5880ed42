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
    """The ids of the parts that are never folded: the answer in short, whatever says when to get
    help, and the first of the others.
    """
    short, *rest = page.parts
    on_help = [part.id for part in rest if _on_help(part)]
    first = [part.id for part in rest if not _on_help(part)][:1]
    return frozenset([short.id, *on_help, *first])


def _on_help(part: Part) -> bool:
    return any(
        link in block.html for block in part.blocks if isinstance(block, Html) for link in HELP
    )
