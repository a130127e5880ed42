"""Reads how a language is written: `<language>/language.yaml`."""

from __future__ import annotations

from dataclasses import dataclass

from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model.language import Language, SearchWords
from treatment_guide.library.schema.language import LanguageShape, SearchShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import read_yaml
from treatment_guide.library.text.style.guards import NOTHING, Style, style_of


@dataclass(frozen=True)
class Written:
    """A language as readers see it, its style (which knows no names yet), and whether readers are
    to get it.
    """

    language: Language
    style: Style
    served: bool


def read_language(files: WordFiles, *, original: bool = True) -> Written | None:
    """How the language of these files is written, or None; faults are noted. A translation is not
    the `original`.
    """
    file = f"{files.language}/language.yaml"
    document = read_yaml(files.folder / "language.yaml", file, files.problems)
    shape = document and validated(LanguageShape, document, document.data, files.problems)
    if not shape:
        return None
    language = Language(
        name=files.language,
        own_name=shape.own_name,
        tags=tuple(shape.tags),
        direction=shape.direction,
        decimal=shape.numbers.decimal,
        thousands=shape.numbers.thousands,
        day_pattern=shape.days.pattern,
        months=tuple(shape.days.months),
        forms=tuple(shape.counts),
        comma=shape.lists.comma,
        semicolon=shape.lists.semicolon,
        replaced=tuple((each.pattern, each.by) for each in shape.lists.replaced),
        search=_search(shape.search),
        original=original,
    )
    return Written(language, style_of(files.language, shape.style, NOTHING), shape.served)


def _search(shape: SearchShape) -> SearchWords:
    stop = frozenset(shape.stop.split())
    endings = sorted(shape.endings.split(), key=lambda ending: (-len(ending), ending))
    return SearchWords(
        stop=stop,
        fillers=(stop - frozenset(shape.telling.split())) | frozenset(shape.fillers.split()),
        articles=frozenset(shape.articles.split()),
        or_words=frozenset(shape.or_words.split()),
        porter=shape.stemmer == "porter",
        endings=tuple(endings),
        least=shape.least,
        sounds=tuple((each.pattern, each.by) for each in shape.sounds),
    )
