"""The documents say what is so: what they name exists, and what exists is named."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.for_each import for_each
from tools.rooms import first_line

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "content" / "README.md",
        ROOT / "static" / "vendor" / "README.md",
    ]
)
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PICTURES = sorted((ROOT / "docs" / "screenshots").glob("*.png"))

#: Folders of one machine, or of one person. `/path/to/…` is nobody's.
MACHINE = re.compile(
    r"(?<![\w/.>])(?:/(?:home|root|Users|tmp|mnt|opt|private|workspace)/|[A-Z]:\\)"
)
MOST_BYTES = 120_000


def name(path: Path) -> str:
    """A path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


def named_in_map() -> Iterator[str]:
    """Every path that the map in ARCHITECTURE.md names, by its indentation.

    A line may name several modules of a folder, with commas between.
    """
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = text.split("## The map", 1)[1].split("```", 2)[1]
    above: list[str] = []
    for row in block.strip("\n").splitlines():
        indent = (len(row) - len(row.lstrip())) // 2
        for path in re.match(r"(?:[^\s,]+, )*[^\s,]+", row.strip()).group().split(", "):
            above[indent:] = [path.rstrip("/")]
            yield "/".join(above) + ("/" if path.endswith("/") else "")


def make_targets() -> set[str]:
    """The commands of the Makefile that `make help` lists."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE))


def local_links(text: str) -> Iterator[str]:
    """Where a document points to inside the repository: links and pictures, not other sites."""
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    found = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    for link in found:
        if not re.match(r"[a-z]+:", link) and not link.startswith("#"):
            yield link.partition("#")[0]


def test_everything_in_the_map_exists() -> None:
    """No folder or module is named in the map of ARCHITECTURE.md that is not there."""
    missing = [
        path
        for path in named_in_map()
        if not (ROOT / path).exists() or (ROOT / path).is_dir() != path.endswith("/")
    ]

    assert missing == []


def test_every_folder_of_code_stands_in_the_map() -> None:
    """A new folder of modules gets its line in the map of ARCHITECTURE.md."""
    code = (path.parent for path in (ROOT / "treatment_guide").rglob("*.py"))
    folders = {f"{name(folder)}/" for folder in code}
    shown = set(named_in_map())

    assert sorted(folder for folder in folders - shown if not leads_to(folder, shown)) == []


def leads_to(folder: str, shown: set[str]) -> bool:
    """True where the map names a folder inside this one."""
    return any(path.startswith(folder) for path in shown)


def test_every_module_says_in_its_first_line_what_it_does() -> None:
    """`make rooms ROOM=…` lists the modules of a folder by these lines."""
    silent = [
        name(path)
        for path in (ROOT / "treatment_guide").rglob("*.py")
        if path.parent.name != "migrations" and not first_line(path)
    ]

    assert silent == []


def test_the_architecture_can_be_read_in_one_sitting() -> None:
    """ARCHITECTURE.md stays under 150 lines."""
    lines = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()

    assert len(lines) < 150


@for_each("document", DOCUMENTS, ids=name)
def test_every_make_command_in_a_document_exists(document: Path) -> None:
    """`make x` in a document is a command of the Makefile."""
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^ {4})make ([a-z-]+)", text, re.MULTILINE))

    assert sorted(named - make_targets()) == []


@for_each("document", DOCUMENTS, ids=name)
def test_every_local_link_leads_to_a_file(document: Path) -> None:
    """A link or picture in a document is there."""
    text = document.read_text(encoding="utf-8")

    assert [link for link in local_links(text) if not (document.parent / link).exists()] == []


@for_each("document", DOCUMENTS, ids=name)
def test_no_document_names_a_path_of_a_machine(document: Path) -> None:
    """A document reads the same wherever the repository lies."""
    text = document.read_text(encoding="utf-8")
    here = f"{ROOT.parent}/"

    assert MACHINE.search(text) is None
    assert here == "//" or here not in text


@pytest.mark.parametrize("picture", PICTURES, ids=name)
def test_pictures_stay_small(picture: Path) -> None:
    """A picture of the README has less than 120 kilobytes, and the README shows it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert picture.stat().st_size < MOST_BYTES
    assert name(picture) in readme


@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_a_decision_has_its_three_parts(decision: Path) -> None:
    """Context, Decision, Consequences, in this order."""
    headings = re.findall(r"^## (.+)$", decision.read_text(encoding="utf-8"), re.MULTILINE)

    assert headings == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_a_gap() -> None:
    """0001, 0002 and so on, and the title carries the same number."""
    numbers = [int(path.name[:4]) for path in DECISIONS]
    titles = [path.read_text(encoding="utf-8").split(".", 1)[0] for path in DECISIONS]

    assert numbers == list(range(1, len(DECISIONS) + 1))
    assert titles == [f"# {number}" for number in numbers]


def test_the_release_stands_in_the_changelog() -> None:
    """The release that the site names has its heading in CHANGELOG.md."""
    site = (ROOT / "content" / "guide" / "site.yaml").read_text(encoding="utf-8")
    release = re.search(r'^release: "(\S+)"$', site, re.MULTILINE)
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert release is not None
    assert f"## [{release.group(1)}]" in changelog
