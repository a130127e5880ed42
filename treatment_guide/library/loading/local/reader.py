"""Reads a clinic's own folder (LOCAL_DIR). Every fault is told like one of the content.

What it says about an option or a situation that the guide no longer has is no fault: it is told
and not shown. A release that withdraws an option for safety must not wait for a hospital's words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from treatment_guide.engine.code import LOCAL_CLINICS, OUR_CLINICS, Layout
from treatment_guide.library.faults.file_kinds import NO_KIND, kind_of
from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.clinics import ClinicReader
from treatment_guide.library.loading.code_numbers import CLINIC
from treatment_guide.library.loading.local.colors import fault_of as color_fault
from treatment_guide.library.loading.local.language_help import read_help
from treatment_guide.library.loading.local.logo import read_logo
from treatment_guide.library.loading.local.own_words import OwnWords
from treatment_guide.library.local_files import (
    HOSPITAL,
    LANGUAGE_HELP,
    LOGO,
    NOTICES,
    NUMBERS,
    OPTIONS,
    SITUATIONS,
    fault_of,
    is_known,
    may_hold,
    names_in,
)
from treatment_guide.library.model import Clinic, Library, Local
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.adopters.clinics import ClinicShape
from treatment_guide.library.schema.adopters.local import HospitalShape, LocalNumbersShape, in_range
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.schema.values import wrong_day
from treatment_guide.library.search.danger import DangerFinder
from treatment_guide.library.text.content_files import Entry, read_entries, read_yaml
from treatment_guide.library.text.style.guards import Style


@dataclass(frozen=True)
class Known:
    """What the guide has that a folder may speak of: ids of options and situations, its clinics."""

    options: Collection[str]
    situations: Collection[str]
    clinics: Mapping[int, Clinic]


def read_local(
    root: Path | None,
    known: Known,
    clinics: ClinicReader,
    style: Style,
    finder: DangerFinder | None,
) -> tuple[Local | None, dict[int, Clinic]]:
    """What a clinic's own folder holds, and its clinics by number; nothing without a folder. Faults
    are noted where those of `clinics` are.
    """
    if root is None:
        return None, {}
    return LocalReader(root, known, style, finder, clinics.problems).local(clinics)


class LocalReader:
    """Reads one folder. `style` is that of the language of its words."""

    def __init__(
        self,
        root: Path,
        known: Known,
        style: Style,
        finder: DangerFinder | None,
        problems: Problems,
    ) -> None:
        self.root = root
        self.known = known
        self.style = style
        self.finder = finder
        self.problems = problems
        self.read: set[str] = set()
        self.told: list[str] = []
        self.faulty_numbers: set[str] | None = set()  # None: all of them may be there

    def at(self, name: str) -> str:
        """A file of the folder as faults name it: with its whole path, for editors to jump to."""
        return str(self.root / name)

    def local(self, clinics: ClinicReader) -> tuple[Local | None, dict[int, Clinic]]:
        """What the folder holds, and its clinics by number. None where it cannot be used."""
        self.folder()
        hospital = self.hospital()
        numbers = self.numbers()
        found = self.clinics(clinics, numbers)
        if hospital is None:
            return None, {}
        local, phone = hospital
        words = OwnWords(self.with_own_names(local, found), self.finder, self.problems)
        notices = self.notices(words)
        found = [replace(each, notice=notices.get(each.id, "")) for each in found]
        made = replace(
            local,
            logo=self.logo(),
            options=self.about(OPTIONS, "option", self.known.options, words),
            situations=self.about(SITUATIONS, "situation", self.known.situations, words),
            language_help=read_help(
                self.entries(LANGUAGE_HELP), self.at(LANGUAGE_HELP), phone, self.problems
            ),
        )
        return replace(made, told=tuple(self.told)), {each.number: each for each in found}

    def folder(self) -> None:
        """Note what the folder may not hold, and what cannot be read in it."""
        for name in names_in(self.root):
            if not is_known(name):
                ours = kind_of(name.removesuffix("/")) != NO_KIND or name in ("guide/", "content/")
                why = (
                    "A clinic's own folder changes nothing of the guide: its rules, questions, facts "
                    "and pages stay as they are. Take this out."
                    if ours
                    else "The guide does not read this."
                )
                self.problems.add(self.at(name), 1, "", f"{why} It may hold: {may_hold()}.")
            elif wrong := fault_of(self.root, name):
                self.problems.add(self.at(name), 1, "", wrong)
            else:
                self.read.add(name)

    def hospital(self) -> tuple[Local, str] | None:
        """Who the hospital is, and the number for language help (empty for none)."""
        file = self.at(HOSPITAL)
        if HOSPITAL not in self.read:
            self.problems.add(file, 1, "", "This file is needed: it says who you are.")
            return None
        document = read_yaml(self.root / HOSPITAL, file, self.problems)
        shape = document and validated(HospitalShape, document, document.data, self.problems)
        if not document or not shape:
            return None
        if wrong := wrong_day(shape.checked, shape.check_by):
            self.problems.add(file, document.line(("check-by",)), "check-by", wrong)
        colors = None
        if shape.colors:
            colors = (shape.colors.light.lower(), shape.colors.dark.lower())
            for scheme, color in zip(("light", "dark"), colors, strict=True):
                if wrong := color_fault(color, scheme):
                    line = document.line(("colors", scheme))
                    self.problems.add(file, line, f"colors.{scheme}", wrong)
        local = Local(
            name=shape.name,
            website=shape.website,
            made_up=shape.kind == "example",
            checked=shape.checked,
            check_by=shape.check_by,
            colors=colors,
        )
        return local, shape.language_help_phone or ""

    def numbers(self) -> dict[str, int]:
        """The number of each clinic of the folder."""
        if NUMBERS not in self.read:
            return {}
        file = self.at(NUMBERS)
        document = read_yaml(self.root / NUMBERS, file, self.problems)
        shape = document and validated(LocalNumbersShape, document, document.data, self.problems)
        if not document or not shape:
            self.faulty_numbers = None
            return {}
        seen: dict[int, str] = dict.fromkeys(shape.retired, "a clinic that left")
        ours = {clinic.id for clinic in self.known.clinics.values()}
        found = {}
        for name, number in shape.clinics.items():
            wrong = ""
            if not in_range(number):
                wrong = _out_of_range(number)
            elif number in seen:
                wrong = f"{number} belongs to {seen[number]}. A number is never given twice."
            elif name in ours:
                wrong = f"The guide has a clinic `{name}` itself. Give yours another id."
            if wrong:
                self.problems.add(file, document.line(("clinics", name)), f"clinics.{name}", wrong)
                if self.faulty_numbers is not None:
                    self.faulty_numbers.add(name)
            else:
                found[name] = number
            seen.setdefault(number, f"`{name}`")
        for number in shape.retired:
            if not in_range(number):
                line = document.line(("retired",))
                self.problems.add(file, line, "retired", _out_of_range(number))
        for missing in [name for name in shape.clinics if f"clinics/{name}.yaml" not in self.read]:
            message = (
                f"There is no file clinics/{missing}.yaml. A clinic that is gone is retired: write "
                f"its number under `retired`: `retired: [{shape.clinics[missing]}]`."
            )
            self.problems.add(file, document.line(("clinics", missing)), "clinics", message)
        return found

    def clinics(self, reader: ClinicReader, numbers: Mapping[str, int]) -> list[Clinic]:
        """The clinics of the folder; an option that the guide lacks is told and left out."""
        found = []
        for name in sorted(each for each in self.read if each.startswith("clinics/")):
            clinic, file = Path(name).stem, self.at(name)
            document = read_yaml(self.root / name, file, self.problems)
            shape = document and validated(ClinicShape, document, document.data, self.problems)
            numbered = self.faulty_numbers is None or clinic in {*numbers, *self.faulty_numbers}
            if not numbered:
                message = (
                    f"The clinic has no number of its own. Write in {NUMBERS}, under `clinics`: "
                    f"`{clinic}: {_example(numbers)}`, or any other number from {LOCAL_CLINICS[0]} "
                    f"to {LOCAL_CLINICS[-1]} that no clinic of yours ever had."
                )
                self.problems.add(file, 1, "", message)
            if document and shape and clinic in numbers:
                known = [each for each in shape.offers if each in self.known.options]
                for i, gone in enumerate(shape.offers):
                    if gone not in known:
                        line = document.line(("offers", i))
                        self.tell(file, line, "option", gone, self.known.options)
                kept = shape.model_copy(update={"offers": known})
                found.append(reader.clinic(clinic, numbers[clinic], document, kept))
        return found

    def about(
        self, name: str, kind: str, known: Collection[str], words: OwnWords
    ) -> dict[str, str]:
        """The paragraph for each option or situation; one that the guide lacks is told and left
        out.
        """
        found = {}
        for each in self.entries(name):
            if each.id in known:
                found[each.id] = words.paragraph(each, self.at(name))
            else:
                self.tell(self.at(name), each.line, kind, each.id, known)
        return found

    def notices(self, words: OwnWords) -> dict[str, str]:
        """The notice of each clinic that has one."""
        ids = [Path(name).stem for name in self.read if name.startswith("clinics/")]
        found = {}
        for each in self.entries(NOTICES):
            if each.id in ids:
                found[each.id] = words.paragraph(each, self.at(NOTICES))
            else:
                message = f"There is no clinic `{each.id}` in this folder.{meant(each.id, ids)}"
                self.problems.add(self.at(NOTICES), each.line, each.id, message)
        return found

    def logo(self) -> str:
        """The logo; empty for none."""
        if LOGO not in self.read:
            return ""
        return read_logo(self.root / LOGO, self.at(LOGO), self.problems)

    def entries(self, name: str) -> list[Entry]:
        """The entries of a file of words; none where there is no such file."""
        if name not in self.read:
            return []
        return list(read_entries(self.root / name, self.at(name), self.problems).values())

    def tell(self, file: str, line: int, kind: str, name: str, known: Collection[str]) -> None:
        """Keep that the folder names an option or a situation that the guide does not have."""
        self.told.append(
            f"{file}:{line} [{name}] The guide has no {kind} `{name}`, so this is not shown."
            f"{meant(name, known)} Move it to another {kind}, or take it out."
        )

    def with_own_names(self, local: Local, clinics: Iterable[Clinic]) -> Style:
        """The style in which the names of the hospital and its clinics are no hard words."""
        own = sorted({local.name, *(clinic.name for clinic in clinics)}, key=len, reverse=True)
        names = self.style.names
        pattern = "|".join([*map(re.escape, own), names.pattern])
        return replace(self.style, names=re.compile(pattern, names.flags | re.IGNORECASE))


def _out_of_range(number: int) -> str:
    return (
        f"{number} is not yours to give: clinics of this folder have {LOCAL_CLINICS[0]} to "
        f"{LOCAL_CLINICS[-1]}, those of the guide {OUR_CLINICS[0]} to {OUR_CLINICS[-1]}."
    )


def _example(numbers: Mapping[str, int]) -> int:
    return next(n for n in LOCAL_CLINICS if n not in numbers.values())


def elsewhere(library: Library) -> tuple[dict[int, Clinic], Local | None]:
    """The clinics of a library and what the folder holds, for pages in another language: names and
    numbers, without words in the language of the library.
    """
    clinics = {number: replace(each, notice="") for number, each in library.clinics.items()}
    local = library.local
    return clinics, local and replace(local, options={}, situations={}, told=())


def with_clinics(layout: Layout, clinics: Iterable[Clinic]) -> Layout:
    """The layout of the answer code, with the numbers of these clinics too."""
    own = {clinic.id: clinic.number for clinic in clinics}
    return Layout(
        tuple(
            tuple(
                replace(field, numbers={**field.numbers, **own}) if field.name == CLINIC else field
                for field in block
            )
            for block in layout.blocks
        )
    )
