"""The guide as the example hospital serves it, made from the guide that is loaded already."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from treatment_guide.library.content_check import current_library
from treatment_guide.library.faults.file_kinds import ORIGINAL
from treatment_guide.library.loading.clinics import ClinicReader
from treatment_guide.library.loading.languages.language import read_language
from treatment_guide.library.loading.local.reader import Known, elsewhere, read_local, with_clinics
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import Clinic, Library, Local
from treatment_guide.library.problems import Problem, Problems
from treatment_guide.library.search.danger import dangers
from treatment_guide.library.text.style.guards import Style
from treatment_guide.settings import BASE_DIR

EXAMPLE = BASE_DIR / "deploy/example-local"


def read_folder(
    folder: Path, **changed: Any
) -> tuple[Local | None, dict[int, Clinic], list[Problem]]:
    """What a folder holds, its clinics and its faults, read as a start does beside the real guide.
    `options` and `situations` may be others than the guide's.
    """
    guide = current_library()
    known = Known(
        changed.get("options", guide.options),
        changed.get("situations", guide.situations),
        guide.clinics,
    )
    problems = Problems()
    book: Any = SimpleNamespace(offered=known.options)
    files: Any = SimpleNamespace(folder=folder / "en")
    reader = ClinicReader(files, book, problems)
    local, clinics = read_local(folder, known, reader, style(), dangers(guide))
    assert not problems.lacking
    return local, clinics, problems.found


@cache
def style() -> Style:
    """The rules of style of the guide's own language, with its terms as names."""
    terms = current_library().terms.values()
    written = read_language(WordFiles(BASE_DIR / "content", ORIGINAL, Problems()), original=True)
    assert written
    names = re.compile("|".join(re.escape(term.name) for term in terms))
    return replace(written.style, names=names)


@cache
def hospital_copy() -> Library:
    """The real guide with the example hospital, in each language, as a start joins the two."""
    guide = current_library()
    local, clinics, faults = read_folder(EXAMPLE)
    assert not faults
    made = replace(
        guide,
        local=local,
        clinics={**guide.clinics, **clinics},
        layout=with_clinics(guide.layout, clinics.values()),
    )
    named, here = elsewhere(made)
    for name, each in guide.translations.items():
        made.translations[name] = replace(
            each, local=here, clinics=named, layout=made.layout, original=made
        )
    return made
