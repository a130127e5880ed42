"""A page that is not translated yet: its title in the language of the reader, and where to read it."""

from django.conf import settings
from django.template.loader import render_to_string

from treatment_guide.http.html.context import frame
from treatment_guide.library.model import Library, Page


def foreign_page(library: Library, page: Page, path: str) -> str:
    """The page as HTML. `path` is its address within the site, in any language."""
    original = library.original or library
    values = {
        "title": page.title,
        "summary": page.summary,
        "original": original,
        "read": original.ui["read-original"],
        "href": f"{settings.BASE_PATH}{original.language.prefix}{path}",
    }
    return render_to_string("http/foreign.html", {**frame(library, path=path), **values})
