"""Numbers to call in words: each sentence says only ways by which its numbers can be reached.

Pages, cards and the interface name the emergency number alone, as `call <phone:emergency>`. Every
other number stands in a phrase of a region (en/regions/), where its whole sentence is written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from treatment_guide.library.model.site import Phone, Phrase

#: The number that words outside a region may name. Every region has it, and it can be called.
EMERGENCY = "emergency"
_NUMBER = re.compile(r"<phone:([a-z0-9-]+)>")
_NAMED = re.compile(r"(?:<|\]\()phone:([a-z0-9-]+)[>)]|\{(emergency)\}")
_END = re.compile(r"[.!?](?=\s|\*|$)|\n\s*(?:\n|- )")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences and list items of a text, each with the row it begins on, from 0."""
    start = 0
    for end in (*(found.end() for found in _END.finditer(text)), len(text)):
        sentence = text[start:end]
        blank = len(sentence) - len(sentence.lstrip())
        yield text.count("\n", 0, start + blank), sentence
        start = end


def number_faults(
    text: str,
    words: Mapping[str, re.Pattern[str]],
    ways: Mapping[str, tuple[str, ...]] | None = None,
) -> Iterator[tuple[int, str]]:
    """The faults of the sentences that name a number: the row in `text`, from 0, and what is wrong.

    `words` are those of the language that say a way to reach a number; `ways` are the ways to reach each number, by its id; without them, the emergency number alone
    is known, by call. Numbers that are not known are left to the resolver of links.
    """
    known = {EMERGENCY: ("call",)} if ways is None else ways
    for row, sentence in sentences(text) if _NAMED.search(text) else ():
        bare = _NAMED.sub("", sentence)
        said = {way for way, pattern in words.items() if pattern.search(bare)}
        for found in _NAMED.finditer(sentence):
            name = found.group(1) or found.group(2)
            if name not in known:
                continue
            can = " or ".join(known[name])
            if not said:
                yield row, f"Say in this sentence how to reach the number `{name}`: {can}."
            for way in sorted(said - set(known[name])):
                yield row, f"Nobody can {way} the number `{name}`: its way is to {can}."


def phrase(words: str, button: str, phones: Mapping[str, Phone]) -> Phrase:
    """A phrase of a region with its numbers filled in. Raises KeyError for an unknown number."""
    bare = html.escape(words, quote=False).replace("&lt;phone:", "<phone:")
    marked = re.sub(r"<phone:([a-z0-9-]+)&gt;", r"<phone:\1>", bare)
    named = _NUMBER.search(button)
    return Phrase(
        html=_NUMBER.sub(lambda found: link(phones[found.group(1)]), marked),
        text=_NUMBER.sub(lambda found: phones[found.group(1)].number, words),
        spoken=_NUMBER.sub("it", words),
        button=_NUMBER.sub(lambda found: phones[found.group(1)].number, button),
        dial=phones[named.group(1)].dial if named else "",
    )


def link(phone: Phone) -> str:
    """A number as a link that calls it, or that begins a text message where it takes no calls."""
    scheme = "tel" if "call" in phone.ways else "sms"
    return f'<a href="{scheme}:{phone.dial}">{html.escape(phone.number)}</a>'
