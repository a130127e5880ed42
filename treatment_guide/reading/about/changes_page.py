"""What changed about health, by release: the page, the feed, and the same for one clinic."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed

from treatment_guide.http.addresses import to
from treatment_guide.http.html.context import frame
from treatment_guide.http.html.recall_notes import Note, note_of, pages_with
from treatment_guide.http.origin import public_origin
from treatment_guide.library.model import Clinic, Library, Recall
from treatment_guide.library.release.history import Entry, about, history

Values = dict[str, Any]
#: The most entries of the feed: releases and recalls.
MOST_ENTRIES = 50


def changes(library: Library) -> Values:
    """The page of all changes: what is withdrawn, then every release, the newest first."""
    return {
        "withdrawn": [_withdrawn(library, recall) for recall in _newest(library.recalls)],
        "entries": [_entry(library, entry) for entry in history(library)],
        "clinic": None,
        "clinics": library.clinics.values(),
    }


def clinic_changes(library: Library, clinic: str) -> Values | None:
    """The same for what one clinic of the folder offers; None where there is no such clinic."""
    released = library.released or library
    found = next((each for each in released.clinics.values() if each.id == clinic), None)
    if found is None:
        return None
    recalls = [each for each in library.recalls if _concerns(library, each, found)]
    shown = [_withdrawn(library, recall) for recall in _newest(recalls)]
    for each in shown:
        each["pages"] = [p for p in each["pages"] if p.kind != "option" or p.id in found.offers]
    return {
        "withdrawn": shown,
        "entries": [_entry(library, about(entry, found.offers)) for entry in history(library)],
        "clinic": found,
        "offers": [
            page
            for name in released.options
            if name in found.offers and (page := library.page("option", name))
        ],
    }


def addresses(library: Library) -> list[str]:
    """The addresses of the pages of clinics."""
    return [to("clinic_changes", clinic.id) for clinic in library.clinics.values()]


def _newest(recalls: Any) -> list[Recall]:
    """The newest first; of one day options before all else."""
    return sorted(recalls, key=lambda recall: (-recall.day.toordinal(), recall.kind != "option"))


def _concerns(library: Library, recall: Recall, clinic: Clinic) -> bool:
    """True for a recall that pages of its options tell of, and for one of no page."""
    pages = pages_with(library, recall)
    return not pages or any(page.kind == "option" and page.id in clinic.offers for page in pages)


def _withdrawn(library: Library, recall: Recall) -> dict[str, Any]:
    """A recall: its note, and the pages that tell of it."""
    note: Note = note_of(library, recall)
    anchor = f"{recall.kind}-{recall.name}".replace("/", "-")
    return {"id": anchor, "note": note, "pages": pages_with(library, recall)}


def _entry(library: Library, entry: Entry) -> dict[str, Any]:
    """An entry with the pages of each change."""
    return {
        "release": entry.release,
        "day": entry.day,
        "first": entry.first,
        "changes": [
            {
                "kind": change.kind,
                "pages": [
                    page for kind, name in change.pages if (page := library.page(kind, name))
                ],
            }
            for change in entry.changes
        ],
    }


def feed(library: Library) -> str:
    """The changes as an Atom feed: an entry for each release, and for each file of recalls.

    Django's generator of feeds writes it. Its view is not used: it takes host and protocol from the
    request, and this site uses PUBLIC_ORIGIN.
    """
    site = public_origin(library)
    here, own = f"{site}{to('changes')}", f"{site}{to('changes_feed')}"
    title = library.ui["changes-feed-title"].format(name=library.ui["site-name"])
    made = Atom1Feed(
        title=title,
        link=here,
        description=library.ui["changes-lead"],
        language=library.site.language,
        feed_url=own,
        author_name=library.site.publisher or library.ui["site-name"],
    )
    shown = changes(library)
    rows = [*map(_recall_row, shown["withdrawn"]), *map(_release_row, shown["entries"])]
    rows = sorted((row for row in rows if row["day"]), key=lambda row: row["day"], reverse=True)
    for row in rows[:MOST_ENTRIES]:
        part = {**frame(library), **row, "origin": site}
        made.add_item(
            title=" ".join(render_to_string("reading/changes/_change_title.html", part).split()),
            link=f"{here}#{row['id']}",
            unique_id=f"{here}#{row['id']}",
            description=render_to_string("reading/changes/_change.html", part).strip(),
            updateddate=datetime.combine(row["day"], time(), UTC),
        )
    return str(made.writeString("utf-8"))


def _recall_row(shown: dict[str, Any]) -> dict[str, Any]:
    return {**shown, "day": shown["note"].recall.day}


def _release_row(shown: dict[str, Any]) -> dict[str, Any]:
    return {"entry": shown, "id": f"r{shown['release']}", "day": shown["day"]}
