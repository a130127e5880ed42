"""A hospital's notices of help in languages: plain words, each in a language of its own.

Nobody here can judge their style. So they hold no markup, no address, no number but the one to call,
and nothing that is not seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from treatment_guide.library.local_files import HOSPITAL
from treatment_guide.library.model import Help
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Entry

#: The most characters of a notice, and the most languages: all fit on one side of paper.
MOST_HELP, MOST_LANGUAGES = 300, 24
#: Stands for the number to call.
PHONE = "{phone}"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
_MARKUP = re.compile(r"[<>{}\[\]*|`#]|https?:|www\.")
#: Persian and Hindi need these unseen characters within a word.
_JOINERS = "\u200c\u200d"
#: Around a number, so that it is read from left to right within any script.
_LEFT_TO_RIGHT = "\u2066{}\u2069"


def read_help(
    entries: Sequence[Entry], file: str, phone: str, problems: Problems
) -> tuple[Help, ...]:
    """The notices in the order of the file; faults are noted. `phone` is empty for none."""
    if len(entries) > MOST_LANGUAGES:
        message = f"It has {len(entries)} languages; {MOST_LANGUAGES} are the limit."
        problems.add(file, 1, "", message)
    found = []
    for each in entries:
        words = " ".join(each.body.split())
        if wrong := _fault(each, words, phone):
            problems.add(file, each.line, each.id, wrong)
        else:
            found.append(Help(each.id, words.replace(PHONE, _unbroken(phone))))
    return tuple(found)


def _unbroken(phone: str) -> str:
    """A number that no line breaks, with the direction of its own."""
    return _LEFT_TO_RIGHT.format(phone.replace(" ", "\u00a0").replace("-", "\u2011"))


def _fault(each: Entry, words: str, phone: str) -> str:
    """What is wrong with a notice; empty for nothing."""
    bare = words.replace(PHONE, "")
    if not _LANGUAGE.fullmatch(each.id):
        return f"`{each.id}` is no tag of a language: write `## es`, `## zh-Hant`, `## vi`."
    if each.extras or not words:
        return "Write one paragraph in this language."
    if len(words) > MOST_HELP:
        return f"It has {len(words)} characters; {MOST_HELP} are the limit."
    if PHONE in words and not phone:
        return f"It says {PHONE}: give the number in {HOSPITAL} as `language-help-phone`."
    if _MARKUP.search(bare):
        return "Plain words alone: no sign of markup, no address."
    if any(unicodedata.category(char)[0] == "C" and char not in _JOINERS for char in bare):
        return "It has a character that nobody sees."
    if any(char.isdigit() for char in bare):
        return f"A number is typed. The number to call is {PHONE}, from {HOSPITAL}."
    return ""
