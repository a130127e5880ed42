"""Text to paste into a note, a letter, a telephone protocol, a text message.

Plain ASCII and short lines, because many record systems accept nothing else. The address has a
line of its own, so that it can be read, typed and tapped.
"""

import textwrap
from dataclasses import dataclass
from functools import lru_cache

from treatment_guide.clinics.clinic_link import Link

#: The longest line, and the longest text message.
COLUMNS = 75
MESSAGE = 160
KINDS = ("note", "letter", "phone", "message")


@dataclass(frozen=True)
class Block:
    """One text to paste: its kind, its words."""

    kind: str
    text: str

    @property
    def rows(self) -> int:
        """How many lines it has, for the box it is shown in."""
        return self.text.count("\n") + 1


def blocks(link: Link) -> tuple[Block, ...]:
    """Every text for this link."""
    return tuple(Block(kind, _text(link, kind)) for kind in KINDS)


def _text(link: Link, kind: str) -> str:
    ui = link.library.ui
    phones = link.library.site.phones
    clinic = link.clinic
    told = link.library.language.listed(
        [each.told for each in link.said if each.question in ("place", "cause")]
    )
    places = {
        "address": link.address,
        "code": link.grouped.upper(),
        "box": link.box,
        "told": told,
        "emergency": phones["emergency"].number,
        "release": link.library.site.release,
        "day": f"{link.library.pages['get-help-now'].checked:%Y-%m}",
        "contact": ui["paste-call"].format(name=clinic.name, phone=clinic.phone.number)
        if clinic
        else ui["paste-call-blank"],
    }
    if kind == "message":
        return ui["paste-message"].format(**places)
    rows = []
    for row in ui[f"paste-{kind}"].splitlines():
        text = row.format(**places)
        if link.address in text or len(text) <= COLUMNS:
            rows.append(text.rstrip())
        else:
            rows += _wrapped(text) if "{" in row else list(_wrapped_once(text))
    return "\n".join(rows)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, COLUMNS)


@lru_cache(maxsize=64)  # saves 0.06 ms a link
def _wrapped_once(text: str) -> tuple[str, ...]:
    """The lines of a text that is equal for every link, cached because wrapping is slow. Texts
    with the choices of a link are not cached.
    """
    return tuple(_wrapped(text))
