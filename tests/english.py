"""How English is written, from content/en/language.yaml, for tests of rooms that are given it."""

import re
from dataclasses import replace
from pathlib import Path

from treatment_guide.library.loading.languages.language import read_language
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.style.guards import Style

CONTENT = Path(__file__).parents[1] / "content"
_read = read_language(WordFiles(CONTENT, "en", Problems()))
assert _read
ENGLISH, STYLE = _read.language, _read.style


def style_with(names: re.Pattern[str]) -> Style:
    """The style of English with names that may contain digits."""
    return replace(STYLE, names=names)
