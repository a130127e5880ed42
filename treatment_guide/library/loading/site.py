"""Who publishes this copy of the guide, and the regions: whom readers call, in which words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from treatment_guide.library.faults.file_kinds import files_of
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import Phone, Phrase, Region, Site
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.schema.site import RegionShape, SiteShape
from treatment_guide.library.text.content_files import (
    Document,
    Entry,
    read_entries,
    read_yaml,
)
from treatment_guide.library.text.phone_words import number_faults, phrase

NOBODY = Site("https://example.org", "0")
FOLDER = "guide/regions"
_NAMED = re.compile(r"<phone:([a-z0-9-]+)>")


def read_site(
    files: WordFiles,
    ways: Mapping[str, re.Pattern[str]],
    given: Mapping[str, str],
    sources: set[str],
    needed: Collection[str] = (),
    needed_phrases: Collection[str] = (),
) -> Site:
    """The site of guide/site.yaml with its region. Every region has the `needed` numbers and the
    `needed_phrases`.

    `given` overrides fields of the file, and is checked like them. `ways` are the words that say how
    to reach a number.
    """
    root, problems = files.root, files.problems
    document = read_yaml(root / "guide/site.yaml", "guide/site.yaml", problems)
    if not document:
        problems.unread("guide/site.yaml")  # the region and its phones are then unknown
        return NOBODY
    data = {**document.data, **given}
    shape = validated(SiteShape, document, data, problems)
    regions = read_regions(files, ways, sources, needed, needed_phrases)
    chosen = str(data.get("region"))
    if chosen not in regions and not (root / f"{FOLDER}/{chosen}.yaml").exists():
        read_yaml(root / f"{FOLDER}/{chosen}.yaml", f"{FOLDER}/{chosen}.yaml", problems)
    return Site(
        origin=shape.origin if shape else NOBODY.origin,
        release=shape.release if shape else NOBODY.release,
        region=regions.get(chosen, NOBODY.region),
        regions=regions,
        name=shape.name or "" if shape else "",
        publisher=shape.publisher or "" if shape else "",
        contact=shape.contact or "" if shape else "",
    )


def read_regions(
    files: WordFiles,
    ways: Mapping[str, re.Pattern[str]],
    sources: set[str],
    needed: Collection[str] = (),
    needed_phrases: Collection[str] = (),
) -> dict[str, Region]:
    """Every region by its id. All have the same phrases; those that one lacks are noted."""
    root, problems = files.root, files.problems
    found: dict[str, Region] = {}
    ids = [Path(file).stem for file in files_of(root, FOLDER, "yaml")]
    for file in files_of(root, f"{files.language}/regions", "md"):
        if Path(file).stem not in ids:
            message = f"There is no region {FOLDER}/{Path(file).stem}.yaml for these words."
            problems.add(file, 1, "", message)
    for name in ids:
        file = f"{FOLDER}/{name}.yaml"
        document = read_yaml(root / file, file, problems)
        shape = document and validated(RegionShape, document, document.data, problems)
        if not shape or not document:
            words = files.path(f"regions/{name}")
            if words.exists():  # its words are not read either, so phrases in it may be named
                text = words.read_bytes().decode("utf-8", "replace")
                problems.left_out(files.file(f"regions/{name}"), text)
            continue
        for phone, its in shape.phones.items():
            for cited in set(its.source) - sources:
                at = (file, document.line(("phones", phone, "source")), f"phones.{phone}.source")
                problems.lacks("source", cited, *at, f"There is no source `{cited}`.")
        for missing in [phone for phone in needed if phone not in shape.phones]:
            message = f"Pages say whom to call: the number `{missing}` is needed."
            problems.add(file, document.line(("phones",)), "phones", message)
        phones = {
            phone: Phone(its.number, re.sub(r"[^\d+]", "", its.number), tuple(its.ways))
            for phone, its in shape.phones.items()
        }
        cites = tuple(dict.fromkeys(each for its in shape.phones.values() for each in its.source))
        phrases = _phrases(files, ways, name, phones, document)
        country = shape.language.partition("-")[2]
        found[name] = Region(f"{files.language}-{country}", phones, phrases, cites, name)
    wanted = {*needed_phrases, *(each for region in found.values() for each in region.phrases)}
    for name, region in found.items():
        file = files.file(f"regions/{name}")
        for missing in sorted(wanted - set(region.phrases)) if file not in problems.roots else ():
            message = f"The phrase `{missing}` is missing: every region has the same ones."
            problems.add(file, 1, missing, message)
    return found


def _phrases(
    files: WordFiles,
    ways: Mapping[str, re.Pattern[str]],
    region: str,
    phones: Mapping[str, Phone],
    document: Document,
) -> dict[str, Phrase]:
    """The phrases of a region. Numbers that the region lacks, and ways that they lack, are noted;
    so are numbers that neither a phrase nor a page says.
    """
    name_of, problems = f"regions/{region}", files.problems
    file = files.file(name_of)
    said: set[str] = {"emergency"}
    found = {}
    for name, each in read_entries(files.path(name_of), file, problems).items():
        button = each.extras.get("button", "")
        said |= set(_NAMED.findall(each.body + button))
        if _sound(each, button, file, ways, phones, problems):
            found[name] = phrase(" ".join(each.body.split()), button, phones)
        else:
            found[name] = Phrase("", "", "")
    for unsaid in sorted(set(phones) - said) if file not in problems.roots else ():
        at = (document.file, document.line(("phones", unsaid)), f"phones.{unsaid}")
        problems.add(*at, f"No phrase in {file} says this number.")
    return found


def _sound(
    each: Entry,
    button: str,
    file: str,
    ways: Mapping[str, re.Pattern[str]],
    phones: Mapping[str, Phone],
    problems: Problems,
) -> bool:
    """True when a phrase has words and names numbers of its region, each by a way it has."""
    before = len(problems.found)
    for extra in sorted(each.extras.keys() - {"button"}):
        problems.add(file, each.line, each.id, f"`- {extra}:` is not known here.")
    if not each.body:
        problems.add(file, each.line, each.id, "A phrase needs its words.")
    reached = {name: phone.ways for name, phone in phones.items()}
    for words, line in ((each.body, each.body_line), (button, each.line)):
        for name in _NAMED.findall(words):
            if name not in phones:
                message = f"The region has no number `{name}`. Its numbers: {', '.join(phones)}."
                problems.add(file, line, each.id, message)
        for row, message in number_faults(words, ways, reached):
            problems.add(file, line + row, each.id, message)
    if button and len(_NAMED.findall(button)) != 1:
        problems.add(file, each.line, each.id, "A button names one number: the one it calls.")
    if re.search(r"\d", _NAMED.sub("", each.body + button)):
        message = "A number is typed. It stands in guide/regions/ with its source: `<phone:…>`."
        problems.add(file, each.body_line, each.id, message)
    return len(problems.found) == before


def unsaid_phrases(site: Site, said: Collection[str], files: WordFiles) -> None:
    """Note phrases of the regions that no page says."""
    for region, its in site.regions.items():
        for name in sorted(set(its.phrases) - set(said)):
            file = files.file(f"regions/{region}")
            files.problems.add(file, 1, name, "No page says this phrase: take it out.")
