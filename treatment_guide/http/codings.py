"""Content negotiation by Accept-Encoding, and entity tags, as RFC 9110 says (12.5.3 and 13.1).

Built files and pages made anew both ask here, so that one rule decides for the whole site.
Accept-Encoding is read here because WhiteNoise and Django's gzip look for the bare word, and take
`br;q=0` for a yes; Werkzeug reads weights, but is a second framework. Tags are read by Django.
"""

import hashlib
import re
from functools import lru_cache

from django.utils.http import parse_etags

#: No coding: the page as it is.
IDENTITY = "identity"
#: What the site can send, the smallest first.
CODINGS = ("br", "gzip", IDENTITY)
#: Characters. No browser sends a longer header, so a longer one is not read.
LONGEST_HEADER = 500
#: The same for If-None-Match: a browser sends one tag, a cache the few that it holds.
LONGEST_TAGS = 2_000

#: One item of the header: a token, and perhaps a weight. What differs from this grammar is no item.
_ITEM = re.compile(
    r"[ \t]*(?P<coding>[!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*"
    r"(?:;[ \t]*[qQ]=(?P<weight>0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?"
)
#: Another name of the same coding (RFC 9110, 8.4.1.3).
_ALIASES = {"x-gzip": "gzip"}


@lru_cache(maxsize=128)  # saves 4 µs of 33 for a built page; browsers send a few dozen headers
def accepted(header: str) -> tuple[str, ...]:
    """The codings of ours that an Accept-Encoding header accepts, the best first.

    A higher weight goes first; where weights are equal, the smaller answer does. `identity` is
    always among them, last where the header refuses it or does not name it: a reader who refuses
    even that gets the page rather than nothing, which section 12.1 leaves to the server.
    """
    weights = _weights(header) if len(header) <= LONGEST_HEADER else {}
    others = weights.get("*", 0.0)
    ours = {coding: weights.get(coding, others) for coding in CODINGS}
    wanted = [coding for coding in CODINGS if ours[coding] > 0 or coding == IDENTITY]
    return tuple(sorted(wanted, key=lambda coding: -ours[coding]))


def _weights(header: str) -> dict[str, float]:
    """The weight of every coding that a header names; of one named twice, the lower one."""
    weights: dict[str, float] = {}
    for item in header.split(","):
        if found := _ITEM.fullmatch(item):
            coding = found["coding"].lower()
            coding = _ALIASES.get(coding, coding)
            weights[coding] = min(float(found["weight"] or 1), weights.get(coding, 1.0))
    return weights


def version_of(page: bytes) -> str:
    """A short text that differs when a page differs: what its entity tags are made of."""
    return hashlib.sha256(page).hexdigest()[:12]


def tag_of(version: str, coding: str) -> str:
    """The entity tag of one form of a page. It is strong, so each coding has its own (8.8.3.3).

    `version` is that of the page without a coding.
    """
    return f'"{version}"' if coding == IDENTITY else f'"{version}-{coding}"'


def is_held(if_none_match: str, tag: str) -> bool:
    """True when an If-None-Match header names a tag or `*`: the reader has this page already.

    Tags are compared weakly, as section 13.1.2 asks: `W/"x"` names `"x"` too.
    """
    if not if_none_match or len(if_none_match) > LONGEST_TAGS:
        return False
    tags = parse_etags(if_none_match)
    return tags == ["*"] or tag in {each.removeprefix("W/") for each in tags}
