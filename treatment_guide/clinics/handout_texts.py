"""Text to paste into a note, a letter, a telephone protocol, a text message.

Short lines, and in the original plain ASCII, because many record systems accept nothing else. The
address has a line of its own, so that it can be read, typed and tapped. What patients read is in
their language; what clinicians read is in that of the clinic.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from treatment_guide.clinics.clinic_link import Link
from treatment_guide.http.clock import today
from treatment_guide.library.model import Language
from treatment_guide.library.review.translated import unsigned

#: The longest line, and the longest text message.
COLUMNS = 75
MESSAGE = 160
KINDS = ("note", "letter", "phone", "message")
#: Those that patients read.
FOR_PATIENTS = ("note", "message")


@dataclass(frozen=True)
class Block:
    """One text to paste: its kind, its words, and the languages that these are in."""

    kind: str
    text: str
    languages: tuple[Language, ...]

    @property
    def id(self) -> str:
        """What names it on a page."""
        translated = [each.name for each in self.languages if not each.original]
        return "-".join(("paste", self.kind, *translated))

    @property
    def tag(self) -> str:
        """The tag of its language; empty for text in several."""
        return self.languages[0].name if len(self.languages) == 1 else ""

    @property
    def rows(self) -> int:
        """How many lines it has, for the box it is shown in."""
        return self.text.count("\n") + 1


def blocks(link: Link, told: Sequence[Link] = ()) -> tuple[Block, ...]:
    """Every text for this link. `told` are the same link in each language that the patient gets:
    notes stand one below the other in one text, messages are one each. Without: that of the link.
    """
    found = []
    for kind in KINDS:
        each = [*told] if told and kind in FOR_PATIENTS else [link]
        joined = [each] if kind != "message" else [[one] for one in each]
        found += [_block(kind, links) for links in joined]
    return tuple(found)


def _block(kind: str, links: Sequence[Link]) -> Block:
    languages = tuple(each.library.language for each in links)
    return Block(kind, "\n\n".join(_told(each, kind) for each in links), languages)


def _told(link: Link, kind: str) -> str:
    """A text; of a translation that people have not signed, with a line that says so."""
    library = link.library
    end = [library.ui["handout-translated"]] if unsigned(library, today()) else []
    return "\n".join([_text(link, kind), *end])


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
