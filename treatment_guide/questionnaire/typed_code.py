"""A code as people type or paste it: in capitals, with dashes of any kind, or the whole address."""

import re
import unicodedata

#: The most characters of typed text that are read as a code or an address.
LONGEST_TYPED = 200

#: The address of a printed page; the release stands behind `?r=`, or in the path of a QR code.
_ADDRESS = re.compile(
    r"/go/([^/?#\s]+)/?(?:(\d{4}\.\d{1,3})/?)?(?:\?r=(\d{4}\.\d{1,3}))?", re.IGNORECASE
)
#: Characters between or around those of a code, which are ignored.
_BETWEEN = re.compile(
    r"[\s\u00ad\u200b-\u200f\u2010-\u2015\u2212\ufeff.,;()\[\]'\"\u2018-\u201f_/-]+"
)


def cleaned(text: str) -> str:
    """The characters of a code without those between them; empty for a text that is too long.

    A long text is refused, not cut: its beginning could be a code that nobody meant. The limit is
    checked before normalization, whose time grows with the square of a run of accents.
    """
    bare = text.strip()
    if len(bare) > LONGEST_TYPED:
        return ""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", bare))


def typed_code(text: str) -> tuple[str, str]:
    """The code in a typed text, and the release if it is an address with one (else empty)."""
    found = _ADDRESS.search(text)
    if found:
        code, in_path, behind = found.groups()
        return cleaned(code), in_path or behind or ""
    return cleaned(text.rpartition(":")[2]), ""
