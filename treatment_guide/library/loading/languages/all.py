"""Reads the original and every translation that readers are to get."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from treatment_guide.library.faults.file_kinds import OF_LANGUAGE, languages_of
from treatment_guide.library.loading.languages.language import read_language
from treatment_guide.library.loading.loader import load_library, load_translation
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent, Problem, Problems


def load_languages(
    root: Path,
    given: Mapping[str, str] | None = None,
    base: str = "",
    wanted: Collection[str] = (),
    *,
    whole: bool = True,
    local: Path | None = None,
) -> Library:
    """The library of the original with those of the translations that are served; of these the
    `wanted` ones alone, where any are named. `given` overrides fields of guide/site.yaml. `local` is
    a clinic's own folder.

    Raises BrokenContent: first with all faults of the original, then with those of translations.
    """
    original = load_library(root, given, whole=whole, base=base, local=local)
    faults: list[Problem] = []
    waiting = 0
    unserved: list[str] = []
    for name in languages_of(root)[1:]:
        problems = Problems()
        written = read_language(WordFiles(root, name, problems), original=False)
        if wanted and name not in wanted:
            unserved += [name] if written and written.served else []
            continue
        faults += problems.found
        if written is None or not written.served:
            if written and wanted:
                message = "LANGUAGES names it, and it is not whole: it says `served: false`."
                faults.append(Problem(f"{name}/{OF_LANGUAGE}", 1, "served", message))
            continue
        try:
            made = load_translation(
                original, root, name, given, whole=whole, base=base, local=local
            )
            original.translations[name] = made
        except BrokenContent as broken:
            faults += broken.problems
            waiting += broken.waiting
    for name in sorted({*wanted} - {*languages_of(root)}):
        message = f"LANGUAGES names it: content/ has {', '.join(languages_of(root))}."
        faults.append(Problem(f"{name}/{OF_LANGUAGE}", 1, "", message))
    if faults:
        raise BrokenContent(faults, waiting)
    return with_unserved(original, unserved) if unserved else original


def with_unserved(original: Library, names: Collection[str]) -> Library:
    """The library of the original, with the names of the translations that are left out."""
    made = replace(original, unserved=tuple(names))
    for name, each in original.translations.items():
        made.translations[name] = replace(each, original=made)
    return made
