"""A code as people type or paste it: in capitals, with dashes of any kind, or the whole address."""

import re
import unicodedata

#: A longer text is no code, whatever stands in it; a code has 40 characters at most.
LONGEST_TYPED = 200

#: The address of a printed page; the release stands behind `?r=`, or in the path of a QR code.
_ADDRESS = re.compile(
    r"/go/([^/?#\s]+)/?(?:(\d{4}\.\d{1,3})/?)?(?:\?r=(\d{4}\.\d{1,3}))?", re.IGNORECASE
)
#: What stands between the characters of a code, or around it, and says nothing.
_BETWEEN = re.compile(
    r"[\s\u00ad\u200b-\u200f\u2010-\u2015\u2212\ufeff.,;()\[\]'\"\u2018-\u201f_/-]+"
)


def cleaned(text: str) -> str:
    """The characters of a code without what stands between them; empty for a text that is too long.

    Too long is not cut: the beginning of a text could be a code that nobody meant. The limit stands
    before the normalization, whose time grows with the square of a run of accents.
    """
    bare = text.strip()
    if len(bare) > LONGEST_TYPED:
        return ""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", bare))


def typed_code(text: str) -> tuple[str, str]:
    """The code in what was typed, and the release where an address names one (else empty)."""
    found = _ADDRESS.search(text)
    if found:
        code, in_path, behind = found.groups()
        return cleaned(code), in_path or behind or ""
    return cleaned(text.rpartition(":")[2]), ""
