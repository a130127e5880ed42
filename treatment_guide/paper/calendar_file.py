"""The calendar file (RFC 5545) for the day to look again.

It is always one event with the same lines, so it is written here: the package icalendar adds 0.1 s
and two packages to every start. The tests read the file with it.
"""

import hashlib
from datetime import date, timedelta
from urllib.parse import urlsplit

from treatment_guide.library.model import Library

#: The longest line of a calendar file, in bytes, without its end.
LINE_BYTES = 75


def escaped(text: str) -> str:
    """Text escaped for a calendar file."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, no character broken in two."""
    pieces = [""]
    for char in line:
        # A piece that continues a line starts with a space.
        if len((pieces[-1] + char).encode()) > LINE_BYTES - (len(pieces) > 1):
            pieces.append("")
        pieces[-1] += char
    return "\r\n ".join(pieces)


def calendar_file(library: Library, day: date, address: str, origin: str, today: date) -> str:
    """A calendar file with one event for the whole `day`. It says nothing about health but its
    title.

    Files made on the same day have the same event id, so that a calendar stores the event once.
    `origin` is that of this guide. `address` holds a code and is not parsed, because `urlsplit`
    caches.
    """
    title = escaped(library.ui["again-title"])
    key = hashlib.sha256(f"{address} {day}".encode()).hexdigest()[:24]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escaped(library.ui['site-name'])}//{library.site.release}//{library.language.name.upper()}",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{key}@{urlsplit(origin).hostname}",
        f"DTSTAMP:{today:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{title}",
        f"DESCRIPTION:{escaped(library.ui['again-open'].format(address=address))}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{title}",
        "TRIGGER;RELATED=START:PT9H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)
