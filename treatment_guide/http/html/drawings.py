"""Drawings from templates/art: readable files, sent without what only people need.

A file has one element a line, comments, and long paths over several lines. What is sent is the same
drawing without comments and without the spaces between elements and within paths.
"""

import re
from functools import lru_cache
from pathlib import Path
from xml.dom import minidom

from django.conf import settings

#: Before a letter of a path no space is needed, and elsewhere one is enough.
_BEFORE_LETTER = re.compile(r"\s+(?=[A-Za-z])")
_SPACES = re.compile(r"\s+")


def drawing(name: str) -> str:
    """The drawing of templates/art with this name, as it is sent.

    Raises FileNotFoundError where there is none, ExpatError where it is no XML. Held while the
    process runs, but for somebody who writes (DEBUG).
    """
    return _drawn(name) if settings.DEBUG else _drawn_once(name)


def _drawn(name: str) -> str:
    path = Path(settings.BASE_DIR, "templates", "art", f"{name}.svg")
    return compact(path.read_text(encoding="utf-8"))


#: Saves up to 0.5 ms a drawing, of which a page has up to forty.
_drawn_once = lru_cache(maxsize=128)(_drawn)


def compact(svg: str) -> str:
    """An SVG drawing without comments and needless spaces. For drawings without text in them.

    Raises xml.parsers.expat.ExpatError where it is no XML.
    """
    root = minidom.parseString(svg).documentElement
    assert root is not None  # a document without an element does not parse
    _shorten(root)
    return str(root.toxml())


def _shorten(element: minidom.Element) -> None:
    for child in list(element.childNodes):
        if child.nodeType == child.ELEMENT_NODE:
            _shorten(child)
        else:
            element.removeChild(child)
    path = element.getAttribute("d")
    if path:
        element.setAttribute("d", _SPACES.sub(" ", _BEFORE_LETTER.sub("", path.strip())))
