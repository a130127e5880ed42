"""A calendar file for the day to look again (RFC 5545).

The file is always the same one event, so its lines are written here: the package icalendar takes
0.1 s and two more packages to load at every start. The tests read the file back with it.
"""

import hashlib
from datetime import date, timedelta
from urllib.parse import urlsplit

from treatment_guide.library.model import Library

#: The longest line of a calendar file, in bytes, without its end.
LINE_BYTES = 75


def escaped(text: str) -> str:
    """Text as a calendar file holds it."""
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
    """One event for the whole day, with no word on health but its title.

    Made twice on the same day it is the same event, so that a calendar holds it once. `origin` is
    that of this guide; `address` holds a code and is not parsed: Python would keep it in a cache.
    """
    title = escaped(library.ui["again-title"])
    key = hashlib.sha256(f"{address} {day}".encode()).hexdigest()[:24]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escaped(library.ui['site-name'])}//{library.site.release}//EN",
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
