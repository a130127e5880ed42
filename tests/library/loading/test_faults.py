"""Every fault an author can make is told with its file, line and field, and all are told at once.

Each file of `files/faults/` is named after its fault and is laid over the folder `files/valid/`;
`files/faults.yaml` says what the loader has to report.
"""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test import override_settings

from treatment_guide.library import content_check as checks
from treatment_guide.library.problems import Problem

FILES = Path(__file__).parents[1] / "files"
#: Files that can be copied under another name, so that many faults fit into one folder.
SUBJECTS = ("sample-option", "sample-question", "sample-topic", "sample-note", "sample-situation")

ProblemsIn = Callable[[Path], list[Problem]]
Lay = Callable[[Path], Path]


@dataclass(frozen=True)
class Fault:
    """One row of the table: a faulty file, where it is laid, and what has to be said about it."""

    name: str
    at: str
    file: str
    line: int
    field: str
    says: str
    alone: str = ""

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0]

    @property
    def subject(self) -> str | None:
        """The file it is a faulty version of, when that file can be copied."""
        stem = Path(self.at).stem
        return stem if stem in SUBJECTS else None

    @property
    def content(self) -> bytes:
        return (FILES / "faults" / self.name).read_bytes()

    @property
    def own(self) -> "Fault":
        """The same fault in a copy of its own, named after the fault."""
        if self.subject is None:
            return self

        def renamed(text: str) -> str:
            return text.replace(str(self.subject), self.stem)

        at, file, field = renamed(self.at), renamed(self.file), renamed(self.field)
        return Fault(self.name, at, file, self.line, field, self.says)


def table() -> list[Fault]:
    rows = yaml.safe_load((FILES / "faults.yaml").read_text(encoding="utf-8"))
    return [Fault(name, **{"file": row["at"], **row}) for name, row in rows.items()]


FAULTS = table()
TOGETHER = [fault for fault in FAULTS if not fault.alone]


def each(faults: list[Fault]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("fault", faults, ids=[fault.stem for fault in faults])


def places(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.field) for problem in problems]


def message_at(problems: list[Problem], fault: Fault) -> str:
    """The messages at the place of a fault; empty when nothing is reported there."""
    here = (fault.file, fault.line, fault.field)
    found = [p.message for p in problems if (p.file, p.line, p.field) == here]
    return " ".join(found)


# --- each fault alone --------------------------------------------------------


@pytest.fixture(scope="module")
def reports() -> dict[Fault, list[Problem]]:
    """What was reported for the faults tried so far."""
    return {}


@pytest.fixture
def found(
    fault: Fault,
    reports: dict[Fault, list[Problem]],
    tmp_path: Path,
    lay: Lay,
    problems_in: ProblemsIn,
) -> list[Problem]:
    """What is reported when this fault alone is laid over the valid folder."""
    if fault not in reports:
        content = lay(tmp_path / "content")
        (content / fault.at).write_bytes(fault.content)
        reports[fault] = problems_in(content)
    return reports[fault]


@each(FAULTS)
def test_a_fault_is_told_with_its_file_line_and_field(fault: Fault, found: list[Problem]) -> None:
    """A fault is reported where it stands, in words that say what is wrong."""
    assert fault.says.lower() in message_at(found, fault).lower(), places(found)


@each(FAULTS)
def test_a_fault_brings_no_other_with_it(fault: Fault, found: list[Problem]) -> None:
    """One fault is one problem: what merely mentions the faulty part is not accused too."""
    assert places(found) == [(fault.file, fault.line, fault.field)]


def test_every_faulty_file_has_a_row_in_the_table() -> None:
    """No faulty file lies about without saying what has to be reported."""
    files = {path.name for path in (FILES / "faults").iterdir()}

    assert files == {fault.name for fault in FAULTS}


# --- all faults together -----------------------------------------------------


def with_more(folder: Path, copies: dict[str, list[str]]) -> None:
    """Adds the copies to the lists that name their originals, on the same lines as these."""
    flow = folder / "guide/flow.yaml"
    text = flow.read_text(encoding="utf-8")
    for subject, names in copies.items():
        text = re.sub(rf"\b{subject}\]", ", ".join([subject, *names]) + "]", text)
    flow.write_text(text, encoding="utf-8")

    numbers = folder / "guide/numbers.yaml"
    text = numbers.read_text(encoding="utf-8")
    blocks = "".join(
        f", [{{field: {name}, bits: 5}}]" for name in copies.get("sample-question", [])
    )
    text = text.replace("sample-question, bits: 5}]", "sample-question, bits: 5}]" + blocks)
    choices = re.search(r"sample-question: (\{.*\})", text)
    assert choices
    for name in copies.get("sample-question", []):
        text += f"  {name}: {choices.group(1)}\n"
    numbers.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def all_faults(tmp_path_factory: pytest.TempPathFactory, lay: Lay) -> Path:
    """One folder with every fault that leaves room for the others, each in a copy of its own."""
    folder = lay(tmp_path_factory.mktemp("faults") / "content")
    originals = [path for path in folder.rglob("*") if path.is_file()]
    copies: dict[str, list[str]] = {}
    for fault in TOGETHER:
        own = fault.own
        if fault.subject:
            copies.setdefault(fault.subject, []).append(fault.stem)
            old, new = fault.subject.encode(), fault.stem.encode()
            for path in originals:
                if path.stem == fault.subject:
                    made = path.with_name(path.name.replace(fault.subject, fault.stem))
                    made.write_bytes(path.read_bytes().replace(old, new))
            (folder / own.at).write_bytes(fault.content.replace(old, new))
        else:
            (folder / own.at).write_bytes(fault.content)
    with_more(folder, copies)
    return folder


@pytest.fixture(scope="module")
def all_found(all_faults: Path, problems_in: ProblemsIn) -> list[Problem]:
    return problems_in(all_faults)


@pytest.fixture(scope="module")
def check_output(all_faults: Path) -> str:
    """What `manage.py check` prints for the folder with all faults."""
    # The views are imported before, so that they take the library of the test process.
    importlib.import_module(settings.ROOT_URLCONF)
    with pytest.MonkeyPatch.context() as patch, override_settings(CONTENT_DIR=all_faults):
        for asked in ("released_library", "current_library"):
            patch.setattr(checks, asked, getattr(checks, asked).__wrapped__)
        with pytest.raises(SystemCheckError) as stopped:
            call_command("check")
    return str(stopped.value)


@each(TOGETHER)
def test_a_fault_is_told_among_all_the_others(fault: Fault, all_found: list[Problem]) -> None:
    """Loading goes on after a fault: it is told with its file, line and field among many."""
    assert fault.says.lower() in message_at(all_found, fault.own).lower()


def test_all_faults_together_are_told_and_nothing_else(all_found: list[Problem]) -> None:
    """In one run all faults are listed, and nothing that is sound: independent mistakes do not hide
    each other.
    """
    expected = sorted((f.own.file, f.own.line, f.own.field) for f in TOGETHER)

    assert sorted(places(all_found)) == expected


def test_faults_are_sorted_by_file_and_line_what_cannot_be_read_first(
    all_found: list[Problem], check_output: str
) -> None:
    """First the files that others wait for; in each half by file, then by line as a number, so that
    line 9 stands before line 10, in what `manage.py check` prints too.
    """
    keys = [(problem.file, problem.line) for problem in all_found]
    turn = next(i for i in range(1, len(keys)) if keys[i] < keys[i - 1])
    printed = re.findall(r"content/(\S+?):(\d+)", check_output)

    assert keys[:turn] == sorted(keys[:turn])
    assert keys[turn:] == sorted(keys[turn:])
    assert ("guide/sources/yaml-broken.yaml", 2) in keys[:turn]
    assert next((file, int(line)) for file, line in printed) == keys[0]


@each(TOGETHER)
def test_manage_check_lists_a_fault(fault: Fault, check_output: str) -> None:
    """`manage.py check` is the author's tool: it names file, line and field of every fault."""
    own = fault.own
    where = f"content/{own.file}:{own.line}" + (f" [{own.field}]" if own.field else "")

    said = [line for line in check_output.splitlines() if line.startswith(f"{where} ")]

    assert fault.says.lower() in " ".join(said).lower()


def test_no_two_faults_are_laid_in_the_same_place() -> None:
    """In the folder with all faults none hides another."""
    laid = [fault.own.at for fault in TOGETHER]

    assert sorted(laid) == sorted(set(laid))


def test_the_reason_for_leaving_a_fault_out_is_true() -> None:
    """A fault is left out of the common folder only where another one takes its place."""
    taken = {fault.at: fault.name for fault in TOGETHER if fault.subject is None}
    left_out = {fault.name: taken.get(fault.at) for fault in FAULTS if fault.alone}

    assert left_out == {f.name: f.alone.removeprefix("the place of ") for f in FAULTS if f.alone}
