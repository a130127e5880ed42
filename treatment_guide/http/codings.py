"""Content negotiation by Accept-Encoding, and entity tags, as RFC 9110 says (12.5.3 and 13.1).

Used for built files and for pages made per request. Accept-Encoding is read here, because
WhiteNoise and Django's gzip only look for the word and take `br;q=0` for a yes; Werkzeug reads
weights, but is a second framework. Django reads the tags.
"""

import hashlib
import re
from functools import lru_cache

from django.utils.http import parse_etags

#: No compression.
IDENTITY = "identity"
#: The codings that the site can send, the smallest answer first.
CODINGS = ("br", "gzip", IDENTITY)
#: The most characters of Accept-Encoding that are read. No browser sends as many.
LONGEST_HEADER = 500
#: The same for If-None-Match: a browser sends one tag, a cache a few.
LONGEST_TAGS = 2_000

#: One item of Accept-Encoding: a token, and perhaps a weight. Other text is ignored.
_ITEM = re.compile(
    r"[ \t]*(?P<coding>[!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*"
    r"(?:;[ \t]*[qQ]=(?P<weight>0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?"
)
#: Another name of the same coding (RFC 9110, 8.4.1.3).
_ALIASES = {"x-gzip": "gzip"}


@lru_cache(maxsize=128)  # saves 4 µs of 33 for a built page; browsers send a few dozen headers
def accepted(header: str) -> tuple[str, ...]:
    """The codings in `CODINGS` that an Accept-Encoding header accepts, the best first.

    A higher weight comes first; with equal weights, the smaller answer. `identity` is always
    included, last where the header refuses it or does not name it: section 12.1 lets a server send
    the page rather than an error.
    """
    weights = _weights(header) if len(header) <= LONGEST_HEADER else {}
    others = weights.get("*", 0.0)
    ours = {coding: weights.get(coding, others) for coding in CODINGS}
    wanted = [coding for coding in CODINGS if ours[coding] > 0 or coding == IDENTITY]
    return tuple(sorted(wanted, key=lambda coding: -ours[coding]))


def _weights(header: str) -> dict[str, float]:
    """The weight of every coding that a header names; of a coding named twice, the lower weight."""
    weights: dict[str, float] = {}
    for item in header.split(","):
        if found := _ITEM.fullmatch(item):
            coding = found["coding"].lower()
            coding = _ALIASES.get(coding, coding)
            weights[coding] = min(float(found["weight"] or 1), weights.get(coding, 1.0))
    return weights


def version_of(page: bytes) -> str:
    """A hash of a page, from which its entity tags are made."""
    return hashlib.sha256(page).hexdigest()[:12]


def tag_of(version: str, coding: str) -> str:
    """The entity tag of a page in one coding. It is strong, so each coding has its own (8.8.3.3).

    `version` is the `version_of` the uncompressed page.
    """
    return f'"{version}"' if coding == IDENTITY else f'"{version}-{coding}"'


def is_held(if_none_match: str, tag: str) -> bool:
    """True when an If-None-Match header names `tag` or is `*`: the client has this page.

    Tags are compared weakly, as section 13.1.2 requires: `W/"x"` equals `"x"`.
    """
    if not if_none_match or len(if_none_match) > LONGEST_TAGS:
        return False
    tags = parse_etags(if_none_match)
    return tags == ["*"] or tag in {each.removeprefix("W/") for each in tags}
