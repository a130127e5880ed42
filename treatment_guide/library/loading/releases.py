"""Reads the records of earlier releases."""

from __future__ import annotations

from pathlib import Path

from treatment_guide.library.model import Record
from treatment_guide.library.problems import Problems
from treatment_guide.library.release.releases import FOLDER
from treatment_guide.library.schema.about import ReleaseShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import read_yaml


def read_releases(root: Path, problems: Problems) -> dict[str, Record]:
    """The records of every release, by its name."""
    found = {}
    for path in sorted((root / FOLDER).glob("*.yaml")):
        document = read_yaml(path, f"{FOLDER}/{path.name}", problems)
        shape = document and validated(ReleaseShape, document, document.data, problems)
        if document and shape:
            if shape.release != path.stem:
                message = "The file has the name of its release."
                problems.add(document.file, document.line(("release",)), "release", message)
            found[shape.release] = Record(
                shape.day,
                shape.rules,
                shape.words,
                shape.facts,
                shape.shared,
                shape.reasons,
                shape.region,
            )
    return found
