"""Every kind of file that the content folder may hold: its path, the ids that it defines and the
ids that it names. Any other file is a fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from treatment_guide.library.problems import Problems

#: The kinds of id that some page has to name; an id that no page names is a fault.
_ON_PAGES = ("fact",)
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
#: The language that the others translate. The tables below name its folder; the folder of every
#: other language holds the same files.
ORIGINAL = "en"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=/)")
#: The file that makes a folder one of a language.
OF_LANGUAGE = "language.yaml"


@dataclass(frozen=True)
class FileKind:
    """One kind of file: a pattern for its path, the kinds of id that it defines (`holds`), and
    those that it names. For files named by an id in a list (guide/flow.yaml): the kind of that id
    (`itself`), and the kind under which a missing file is noted (`missing`).
    """

    pattern: str
    holds: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    itself: tuple[str, ...] = ()
    missing: str = ""

    def is_itself(self, kind: str, name: str, file: str) -> bool:
        """True when the id is that of the file: the option `prp` is guide/options/prp.yaml."""
        return kind in self.itself and Path(file).stem == name


def _pages(folder: str, kind: str) -> FileKind:
    pattern = rf"en/{folder}/{_ID}\.md"
    return FileKind(pattern, (), _ON_PAGES, (f"{kind}:page",), f"{kind}:words-file")


FILES = (
    FileKind(r"guide/flow\.yaml"),
    FileKind(
        rf"guide/options/{_ID}\.yaml",
        holds=("trait", "caution", "hazard:rule"),
        names=("reason:words", "shared rule", "interface", "safety:words"),
        itself=("option", "option:page"),
        missing="option:file",
    ),
    FileKind(
        r"guide/shared-rules\.yaml",
        holds=("shared rule", "caution", "hazard:rule"),
        names=("reason:words",),
    ),
    FileKind(
        r"guide/notices\.yaml",
        holds=("notice", "hazard:notice"),
        names=("notice:words", "interface"),
    ),
    FileKind(r"guide/care\.yaml", names=("care:words", "caution")),
    FileKind(r"guide/asks\.yaml", holds=("ask",), names=("ask:words",)),
    FileKind(
        rf"guide/questions/{_ID}\.yaml",
        holds=("choice", "hazard:answer"),
        names=("choice:words", "choice:number"),
        itself=("question", "question:field"),
        missing="question:file",
    ),
    FileKind(
        rf"guide/safety/{_ID}\.yaml",
        holds=("hazard:answer",),
        names=("safety:words", "source"),
        missing="safety:file",
    ),
    FileKind(rf"guide/values/{_ID}\.yaml"),
    FileKind(r"guide/numbers\.yaml", holds=("clinic:number", "question:field", "choice:number")),
    FileKind(
        rf"guide/situations/{_ID}\.yaml",
        itself=("situation", "situation:page"),
        missing="situation:file",
    ),
    FileKind(
        rf"guide/facts/{_ID}\.yaml", holds=("fact",), names=("fact:words", "interface", "source")
    ),
    FileKind(rf"guide/sources/{_ID}\.yaml", holds=("source",)),
    FileKind(r"guide/scorecard\.yaml", names=("criterion:words", "interface")),
    FileKind(r"guide/hazards\.yaml", names=("hazard:words",)),
    FileKind(r"guide/grounds\.yaml", names=("ground:words",)),
    FileKind(r"guide/pictures\.yaml", names=("picture:words",)),
    FileKind(r"guide/conformance\.yaml", names=("success:words",)),
    FileKind(r"guide/(?:proof|diagnoses)\.yaml"),
    FileKind(r"guide/site\.yaml", holds=("phone", "region")),
    FileKind(rf"guide/regions/{_ID}\.yaml", holds=("phone",)),
    FileKind(r"guide/releases/(?:\d{4}\.\d+\.(?:yaml|txt)|next\.txt)"),
    FileKind(r"guide/reviewers\.yaml", names=("interface",)),
    FileKind(rf"reviews/(?:objections/)?{_ID}\.yaml"),
    FileKind(rf"reviews/read/{_ID}\.txt"),
    FileKind(rf"clinics/{_ID}\.yaml", names=("clinic:number",), itself=("clinic",)),
    _pages("options", "option"),
    _pages("steps", "step"),
    _pages("situations", "situation"),
    _pages("topics", "topic"),
    _pages("about", "about"),
    _pages("clinics", "clinics"),
    FileKind(r"en/(?:home|get-help-now)\.md", (), _ON_PAGES, ("page:page",)),
    FileKind(rf"en/questions/{_ID}\.md", holds=("choice:words",), missing="question:words-file"),
    FileKind(rf"en/regions/{_ID}\.md", holds=("region",)),
    FileKind(r"en/reasons\.md", holds=("reason:words",)),
    FileKind(r"en/notices\.md", holds=("notice:words",)),
    FileKind(r"en/care\.md", holds=("care:words",)),
    FileKind(r"en/asks\.md", holds=("ask:words",)),
    FileKind(rf"en/facts/{_ID}\.md", holds=("fact:words",)),
    FileKind(rf"en/values/{_ID}\.md"),
    FileKind(rf"en/checks/{_ID}\.md"),
    FileKind(r"en/safety\.md", holds=("safety:words",)),
    FileKind(r"en/glossary\.md", holds=("term",)),
    FileKind(r"en/scorecard\.md", holds=("criterion:words",)),
    FileKind(r"en/hazards\.md", holds=("hazard:words",)),
    FileKind(r"en/grounds\.md", holds=("ground:words",)),
    FileKind(r"en/pictures\.md", holds=("picture:words",)),
    FileKind(r"en/conformance\.md", holds=("success:words",)),
    FileKind(r"en/(?:names|synonyms)\.md"),
    FileKind(r"guide/danger-phrases\.yaml", names=("danger phrase:words",)),
    FileKind(r"en/danger-phrases\.md", holds=("danger phrase:words",)),
    FileKind(r"en/ui(?:-clinics|-handouts)?\.md", holds=("interface",)),
    FileKind(r"en/language\.yaml"),
    FileKind(rf"recalls/{_ID}\.toml"),
    FileKind(r"README\.md|LICENSE"),
)
NO_KIND = FileKind("")
#: Every folder that may lie in the content folder.
FOLDERS = (
    *("clinics/", "recalls/", "guide/", "guide/options/", "guide/questions/", "guide/situations/"),
    *(
        "guide/facts/",
        "guide/sources/",
        "guide/regions/",
        "guide/releases/",
        "guide/safety/",
        "guide/values/",
    ),
    *("reviews/", "reviews/read/", "reviews/objections/"),
    *("en/", "en/options/", "en/steps/", "en/situations/", "en/topics/", "en/about/"),
    *("en/clinics/", "en/questions/", "en/facts/", "en/regions/", "en/values/", "en/checks/"),
)
#: Files with a fixed name: no list names them.
SINGLE = tuple(
    f"{folder}/{name}"
    for folder, names in (
        (
            "guide",
            (
                "flow.yaml shared-rules.yaml notices.yaml care.yaml asks.yaml numbers.yaml scorecard.yaml "
                "pictures.yaml hazards.yaml grounds.yaml conformance.yaml proof.yaml diagnoses.yaml "
                "site.yaml danger-phrases.yaml reviewers.yaml"
            ),
        ),
        (
            "en",
            (
                "home.md get-help-now.md reasons.md notices.md care.md asks.md glossary.md scorecard.md "
                "pictures.md hazards.md grounds.md conformance.md names.md safety.md synonyms.md "
                "danger-phrases.md ui.md ui-clinics.md ui-handouts.md language.yaml"
            ),
        ),
    )
    for name in names.split()
)


@cache
def kind_of(file: str) -> FileKind:
    """The kind of a file of the content folder, by its name; `NO_KIND` for none."""
    known = in_original(file)
    return next((each for each in FILES if re.fullmatch(each.pattern, known)), NO_KIND)


def in_original(file: str) -> str:
    """A file or folder of any language as the tables name it: `en/options/` for `es/options/`."""
    return _LANGUAGE.sub(ORIGINAL, file, count=1) if _LANGUAGE.match(file) else file


def languages_of(root: Path) -> tuple[str, ...]:
    """The languages of a content folder by the names of their folders, the original first."""
    found = sorted(path.parent.name for path in root.glob(f"*/{OF_LANGUAGE}"))
    others = [name for name in found if name != ORIGINAL and _LANGUAGE.match(f"{name}/")]
    return (ORIGINAL, *others)


def files_of(root: Path, folder: str, ending: str) -> list[str]:
    """The files of a content folder, sorted, without those of no known kind (`check_folder`
    reports these).
    """
    found = sorted((root / folder).glob(f"*.{ending}"))
    return [
        f"{folder}/{path.name}" for path in found if kind_of(f"{folder}/{path.name}") != NO_KIND
    ]


def unlisted(root: Path, file: str, message: str, problems: Problems) -> None:
    """Note a file that no list names. It is not read, so ids that it names may look unused."""
    name, kind = Path(file).stem, kind_of(file).missing
    text = (root / file).read_bytes().decode("utf-8", "replace")
    problems.unread(file, text)
    problems.stands(kind, [(name, f"{file}:1")])
    problems.unused(kind, name, file, 1, "", message)
