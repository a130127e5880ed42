"""The page of an option that was withdrawn: that it was, and why; then what stays for who had it."""

from __future__ import annotations

from typing import Any

from treatment_guide.http.html.recall_notes import notes_on
from treatment_guide.library.model import Library
from treatment_guide.reading.page_parts import page_sources, parts

#: The template of the page, in place of that of an option.
TEMPLATE = "reading/option/withdrawn.html"


def withdrawn(library: Library, option: str) -> dict[str, Any] | None:
    """The values of the page; None for an option that is not withdrawn."""
    page = library.withdrawn.get(option)
    if page is None:
        return None
    return {
        "template": TEMPLATE,
        "page": page,
        "notes": notes_on(library, page),
        "parts": parts(library, page),
        "sources": page_sources(library, page),
    }
