"""The style, joined once and inlined in every page, and the few files a page asks for."""

import base64
import hashlib
import re
from functools import lru_cache

from django.conf import settings

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

#: The order is the cascade: what stands later wins.
STYLE_FILES = ("tokens", "base", "layout", "components", "utilities", "print")
#: What sheets for paper need beside it: the reader's own, and the clinic's.
SHEET_FILES = ("handout", "sheet")


@lru_cache(maxsize=1)
def style() -> str:
    """The whole style sheet, as it stands in every page."""
    folder = settings.STATIC_DIR / "css"
    texts = [(folder / f"{i}-{name}.css").read_text() for i, name in enumerate(STYLE_FILES, 1)]
    return _COMMENT.sub("", "".join(texts)).replace("\n", "")


@lru_cache(maxsize=1)
def sheet_style() -> str:
    """What a printed sheet needs beside it. Only pages with a sheet carry it."""
    folder = settings.STATIC_DIR / "css"
    return "".join((folder / f"{name}.css").read_text() for name in SHEET_FILES).replace("\n", "")


@lru_cache(maxsize=1)
def style_hashes() -> str:
    """The hashes that let these styles, and no other, through the content security policy."""
    digests = (hashlib.sha256(each.encode()).digest() for each in (style(), sheet_style()))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


@lru_cache(maxsize=16)
def asset(name: str) -> str:
    """The address of a static file, changing when the file does."""
    data = settings.STATIC_DIR.joinpath(*name.split("/")).read_bytes()
    return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(data).hexdigest()[:8]}"
