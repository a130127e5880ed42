"""Who publishes this copy of the guide, and whom its readers call."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from treatment_guide.library.model import Phone, Site
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.schema.site import RegionShape, SiteShape
from treatment_guide.library.text.content_files import read_yaml

NOBODY = Site("https://example.org", "en", "0", {})


def read_site(
    root: Path,
    given: Mapping[str, str],
    sources: set[str],
    problems: Problems,
    needed: Collection[str] = (),
) -> Site:
    """The site of guide/site.yaml, with the phones of its region, the `needed` ones among them.

    `given` overrides fields of the file, and is checked like them.
    """
    document = read_yaml(root / "guide/site.yaml", "guide/site.yaml", problems)
    if not document:
        problems.unread("guide/site.yaml")  # the region and its phones are then unknown
        return NOBODY
    data = {**document.data, **given}
    shape = validated(SiteShape, document, data, problems)
    site = replace(
        NOBODY, phones=read_phones(root, str(data.get("region")), sources, problems, needed)
    )
    if not shape:
        return site
    return replace(
        site,
        origin=shape.origin,
        language=shape.language,
        release=shape.release,
        name=shape.name or "",
        publisher=shape.publisher or "",
        contact=shape.contact or "",
    )


def read_phones(
    root: Path, region: str, sources: set[str], problems: Problems, needed: Collection[str] = ()
) -> dict[str, Phone]:
    """The numbers to call in a region, as they are read and as they are dialed."""
    file = f"guide/regions/{region}.yaml"
    document = read_yaml(root / file, file, problems)
    shape = document and validated(RegionShape, document, document.data, problems)
    if not shape or not document:
        return {}
    for cited in set(shape.source) - sources:
        line = document.line(("source",))
        problems.lacks("source", cited, file, line, "source", f"There is no source `{cited}`.")
    for missing in [name for name in needed if name not in shape.phones]:
        message = f"Pages say whom to call: the number `{missing}` is needed."
        problems.add(file, document.line(("phones",)), "phones", message)
    return {
        name: Phone(number, re.sub(r"[^\d+]", "", number)) for name, number in shape.phones.items()
    }
