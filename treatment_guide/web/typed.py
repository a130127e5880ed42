"""A code as people type or paste it: in capitals, with dashes of any kind, or the whole address."""

import re
import unicodedata

#: The address of a printed page; the release stands behind `?r=`, or in the path of a QR code.
_ADDRESS = re.compile(
    r"/go/([^/?#\s]+)/?(?:(\d{4}\.\d{1,3})/?)?(?:\?r=(\d{4}\.\d{1,3}))?", re.IGNORECASE
)
#: What stands between the characters of a code, or around it, and says nothing.
_BETWEEN = re.compile(
    r"[\s\u00ad\u200b-\u200f\u2010-\u2015\u2212\ufeff.,;()\[\]'\"\u2018-\u201f_/-]+"
)


def cleaned(text: str) -> str:
    """The characters of a code without what stands between them."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text))


def typed_code(text: str) -> tuple[str, str]:
    """The code in what was typed, and the release where an address names one (else empty)."""
    found = _ADDRESS.search(text)
    if found:
        code, in_path, behind = found.groups()
        return cleaned(code), in_path or behind or ""
    return cleaned(text.rpartition(":")[2]), ""
