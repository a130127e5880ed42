"""What changed since a page was printed, in words. The address on paper carries its release."""

import re
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from treatment_guide.http.addresses import at
from treatment_guide.http.html.words import say
from treatment_guide.library.model import Library
from treatment_guide.library.once import once_per_library
from treatment_guide.library.release.releases import Change, changes
from treatment_guide.questionnaire.answer_words import joined_phrases

#: The form of a release in an address. Other text is ignored.
_RELEASE = re.compile(r"\d{4}\.\d{1,3}")
#: The kinds of change that may change an outcome.
WEIGHTY = ("danger", "rules", "facts")
#: The most names in one line; the rest are given as a number.
MOST_NAMES = 5


def release_in(request: HttpRequest, path: str = "") -> str:
    """The release that an address names, in its path or as `?r=`; empty for none."""
    # Without a query there is nothing to parse: 10 µs of each tick.
    typed = path or (request.GET.get("r", "") if request.META.get("QUERY_STRING") else "")
    return typed if _RELEASE.fullmatch(typed) else ""


def since(
    library: Library, release: str, brief: bool = False, printed: bool = False
) -> dict[str, Any] | None:
    """The values for the note "what changed since your page was printed"; None where there is
    nothing to say.

    `brief`: only changes that may change the outcome. The full note is on the danger-sign page.
    `printed`: the answers came with a code, so perhaps from paper, even where no release is named.
    What is withdrawn is told whatever the release: a recall belongs to none.
    """
    withdrawn = withdrawn_line(library) if release or printed else ""
    note = _since_release(library, release, brief) if release else None
    if not withdrawn:
        return note
    said = note if note and note["state"] != "same" else {"state": "", "release": release}
    return {**said, "withdrawn": withdrawn}


def withdrawn_line(library: Library) -> SafeString:
    """The withdrawn options in words, each with a link to its page; empty for none."""
    names = [
        format_html('<a href="{}">{}</a>', at(page.address), library.released_name(name))
        for name, page in library.withdrawn.items()
    ]
    if not names:
        return SafeString("")
    return say(library, "since-withdrawn", names=SafeString(joined_phrases(library, names)))


def _since_release(library: Library, release: str, brief: bool) -> dict[str, Any] | None:
    record = library.releases.get(release)
    if record is None and release != library.site.release:
        return {"state": "unknown", "release": release}
    found = _changes(library).get(release, ()) if record else ()
    told = [change for change in found if not brief or change.kind in WEIGHTY]
    lines = [line(library, change, MOST_NAMES // 2 if brief else MOST_NAMES) for change in told]
    if found and not lines:
        return None
    return {
        "state": "changed" if lines else "same",
        "release": release,
        "day": record.day if record and not brief else None,
        "lines": lines,
    }


@once_per_library  # saves 47 ms a visit from paper; one entry a release
def _changes(library: Library) -> dict[str, tuple[Change, ...]]:
    """The changes since each release that has a record. What is withdrawn is told apart."""
    released = library.released or library
    return {name: tuple(changes(released, record)) for name, record in library.releases.items()}


def line(library: Library, change: Change, most: int = MOST_NAMES) -> str:
    """One kind of change in words, with the names of the first few pages."""
    pages = {(page.kind, page.id): page for page in library.reading_pages}
    names = [pages[each].short or pages[each].title for each in change.pages]
    words = library.ui[f"since-{change.kind}"]
    if len(names) > most:
        more = library.ui["since-more"].format(count=len(names) - most)
        names = [*names[:most], more]
    return words.format(names=joined_phrases(library, names))
