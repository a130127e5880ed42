"""The rows of the reader's sheet where they mark which option they lean to, as HTML made at start."""

from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from treatment_guide.http.html.fragments import html, made_at_start
from treatment_guide.library.model import Library


@made_at_start  # saves 0.2 ms a sheet
def lean_rows(library: Library) -> dict[tuple[str, bool], str]:
    """The row of every option, by its id and whether the reader had it."""
    return {
        (option, had): html(
            library,
            "paper/_lean_row.html",
            each={"id": option, "name": page.page.short, "had": had},
        )
        for option, page in library.options.items()
        for had in (False, True)
    }


def lean_html(library: Library, found: Sequence[dict[str, Any]]) -> SafeString:
    """The rows of these options (`sheets.named`), each with its end of line."""
    rows = lean_rows(library)
    return mark_safe("".join(f"{rows[each['id'], each['had']]}\n" for each in found))
