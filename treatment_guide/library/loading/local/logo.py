"""The logo of a hospital: SVG, written anew from elements and attributes that are allowed.

Whatever could run, load something or style other parts is a fault; notes of drawing programs are
left out. The logo is shown as an image, in which no browser runs anything either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from xml.parsers import expat

from treatment_guide.library.problems import Problems

#: The most bytes of the file: it is fetched once a visit, on a phone.
MOST_BYTES = 24_000
MOST_ELEMENTS, DEEPEST = 400, 20
#: The widest and the narrowest logo: width to height.
WIDEST, NARROWEST = 6.0, 0.5
_ELEMENTS = """
svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop
"""
_ATTRIBUTES = """
viewBox d points x y x1 y1 x2 y2 cx cy r rx ry fx fy width height transform id offset fill fill-rule
fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
stroke-dasharray clip-rule opacity stop-color stop-opacity gradientUnits gradientTransform
spreadMethod
"""
ELEMENTS = frozenset(_ELEMENTS.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
#: What drawing programs write down for themselves: left out with all that is in it.
NOTES = frozenset(("title", "desc", "metadata"))
_NOTES = re.compile(
    r"(?:version|baseProfile|class|role|enable-background|data-.*|xml:space|xmlns.*)"
)
_VALUE = re.compile(r"[\w\s#.,()%+-]*")
_LINKS = re.compile(r"url\s*\(", re.IGNORECASE)
_OWN_LINK = re.compile(r"url\(#[\w-]+\)")
_SVG = "http://www.w3.org/2000/svg"
_RIGHT = {
    "script": "A logo runs nothing. Take it out.",
    "style": 'Write colors as attributes: `fill="#14523f"`.',
    "text": "Turn letters into paths: readers may lack the font.",
    "image": "A logo loads nothing. Draw it with paths.",
    "use": "Draw each part itself: a link may lead anywhere.",
    "foreignObject": "No other kind of page inside. Take it out.",
}


def read_logo(path: Path, file: str, problems: Problems) -> str:
    """The logo in a file, cleaned; empty for one with faults, which are noted."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        message = (
            f"The logo has {size:,} bytes; {MOST_BYTES:,} are the limit. Save it as plain SVG, with "
            "fewer points."
        )
        problems.add(file, 1, "", message)
        return ""
    return _Cleaner(file, problems).cleaned(path.read_bytes())


class _Cleaner:
    """Writes a logo anew while expat reads it."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self.written: list[str] = []
        self.open: list[str] = []
        self.skipped = 0  # how deep inside a note
        self.count = 0
        self.sound = True
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        self.parser.StartDoctypeDeclHandler = self._refusing("No `<!DOCTYPE`: take the line out.")
        self.parser.ProcessingInstructionHandler = self._refusing(
            "No `<?…?>` here: a style sheet elsewhere is never read."
        )

    def cleaned(self, data: bytes) -> str:
        """The whole logo; empty where it has a fault."""
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            if self.sound:
                said = expat.ErrorString(error.code)
                self.fault(f"This is no SVG: {said}.", error.lineno)
        except _Enough:
            pass
        return "".join(self.written) if self.sound else ""

    def fault(self, message: str, line: int = 0) -> None:
        """Note a fault on the line that is read."""
        self.sound = False
        self.problems.add(self.file, line or self.parser.CurrentLineNumber, "", message)

    def _refusing(self, message: str) -> Callable[..., None]:
        def refuse(*_: object) -> None:
            self.fault(message)
            raise _Enough  # before any entity is expanded

        return refuse

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) + self.skipped >= DEEPEST:
            self.fault(f"More than {MOST_ELEMENTS} elements, or {DEEPEST} inside each other.")
            raise _Enough
        if self.skipped or name in NOTES or (":" in name and self.open):
            self.skipped += 1
            return
        if name not in ELEMENTS or (name == "svg") == bool(self.open):
            right = _RIGHT.get(name, f"Possible are: {', '.join(sorted(ELEMENTS - {'svg'}))}.")
            self.fault(f"`<{name}>` has no place in a logo. {right}")
            self.skipped += 1
            return
        kept = {key: value for key, value in given.items() if self.keeps(name, key, value)}
        if not self.open:
            self.root(given, kept)
        self.open.append(name)
        markup = "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
        self.written.append(f"<{name}{markup}>")

    def end(self, name: str) -> None:
        """An element ends."""
        if self.skipped:
            self.skipped -= 1
        else:
            self.written.append(f"</{self.open.pop()}>")

    def words(self, text: str) -> None:
        """Text between elements: spaces alone, but in notes."""
        if text.strip() and not self.skipped:
            self.fault(f"Words stand between the shapes: “{text.strip()[:30]}”. {_RIGHT['text']}")

    def keeps(self, element: str, name: str, value: str) -> bool:
        """True for an attribute that is written; others are left out, or noted."""
        if name == "style":
            self.fault(_RIGHT["style"])
        elif name.lower().startswith("on") or name.rpartition(":")[2].lower() == "href":
            self.fault(f"`{name}` has no place in a logo: it runs nothing and leads nowhere.")
        elif ":" in name or _NOTES.fullmatch(name):
            return False
        elif name not in ATTRIBUTES:
            self.fault(
                f"`{name}` is not known here. Possible are: {', '.join(sorted(ATTRIBUTES))}."
            )
        elif not _VALUE.fullmatch(value) or len(_LINKS.findall(value)) != len(
            _OWN_LINK.findall(value)
        ):
            self.fault(f"`{name}` holds what it must not: “{value[:40]}”.")
        else:
            return not (element == "svg" and name in ("width", "height", "x", "y", "id"))
        return False

    def root(self, given: Mapping[str, str], kept: dict[str, str]) -> None:
        """Check the first element: its namespace and its measures."""
        if given.get("xmlns") != _SVG:
            self.fault(f'The first line is `<svg xmlns="{_SVG}" viewBox="0 0 200 50">`.')
        kept["xmlns"] = _SVG
        try:
            _, _, width, height = map(float, kept.get("viewBox", "").replace(",", " ").split())
            ratio = width / height if width > 0 < height else 0
        except ValueError:
            self.fault('It needs its measures: `viewBox="0 0 200 50"`.')
            return
        if not NARROWEST <= ratio <= WIDEST:
            self.fault(
                f"It is {ratio:.1f} times as wide as high; {NARROWEST:g} to {WIDEST:g} times is "
                "possible. A small mark is best: the name stands beside it."
            )


class _Enough(Exception):
    """Nothing more of the file is read."""
