"""The page of an option that was withdrawn: that it was, and why; then what stays for who had it."""

from __future__ import annotations

from typing import Any

from treatment_guide.http.html.recall_notes import notes_on
from treatment_guide.library.model import Library
from treatment_guide.library.text.blocks import Html
from treatment_guide.reading.page_parts import page_sources, parts

#: What a paragraph on when to call links to.
HELP = "/get-help-now/"
#: The template of the page, in place of that of an option.
TEMPLATE = "reading/option/withdrawn.html"


def says_when_to_call(block: Any) -> bool:
    """True for a paragraph that leads to the page for urgent help."""
    return isinstance(block, Html) and f'{HELP}"' in block.html


def withdrawn(library: Library, option: str) -> dict[str, Any] | None:
    """The values of the page; None for an option that is not withdrawn."""
    page = library.withdrawn.get(option)
    if page is None:
        return None
    shown = parts(library, page)
    call = []
    for part in shown:
        calls = [block for block in part["blocks"] if says_when_to_call(block)]
        part["blocks"] = [block for block in part["blocks"] if block not in calls]
        call += calls
    return {
        "template": TEMPLATE,
        "page": page,
        "notes": notes_on(library, page),
        "call": call,
        "parts": shown,
        "sources": page_sources(library, page),
    }
