"""`make release` makes a whole release, or leaves everything as it was."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tools import release as releasing
from tools.release import CHANGES, CONTAINER, NAMED, PROJECT, SITE, Refused, git, release

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-12-01"


@pytest.fixture
def clone(tmp_path):
    """A small project with the files that name the release, on a branch, clean."""
    texts = {
        SITE: 'origin: https://x.example\nrelease: "2026.9"\n',
        PROJECT: '[project]\nname = "x"\nversion = "2026.9"\n',
        CONTAINER: 'FROM x\nLABEL org.opencontainers.image.version="2026.9"\n',
        CHANGES: "# Changelog\n\n## [Unreleased]\n\n### Clinical\n\n- New.\n\n## [2026.9] - 2026-01-01\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    for command in (
        ("init", "--quiet", "--initial-branch=main"),
        ("config", "user.name", "Somebody"),
        ("config", "user.email", "somebody@example.org"),
        ("add", "--all"),
        ("commit", "--quiet", "--message", "All"),
    ):
        subprocess.run(("git", *command), cwd=tmp_path, check=True)
    return tmp_path


def state(root):
    """All that a release could leave behind: commit, tags, trees, changed files."""
    return [
        git(root, "rev-parse", "HEAD"),
        git(root, "tag", "--list"),
        git(root, "worktree", "list"),
        git(root, "status", "--porcelain"),
        git(root, "branch", "--all"),
    ]


class Programs:
    """Stands in for our own programs: writes down each, and fails at one."""

    def __init__(self, fails="", stays=True):
        self.fails, self.ran = fails, []

    def __call__(self, root, command):
        words = " ".join(command)
        self.ran.append((root, words))
        if words == "manage.py release":
            folder = root / "content/guide/releases"
            folder.mkdir(parents=True)
            (folder / "record.yaml").write_text((root / SITE).read_text())
        if self.fails and self.fails in words and len(self.ran) > 1:
            raise Refused(f"{words} failed")


def test_a_release_is_one_commit_with_a_tag_that_name_it_everywhere(clone):
    before = git(clone, "rev-parse", "HEAD")
    made = release(clone, "2026.10", DAY, Programs())

    assert git(clone, "rev-parse", "HEAD") == made == git(clone, "rev-parse", "2026.10^{commit}")
    assert git(clone, "rev-parse", "HEAD~1") == before
    assert git(clone, "status", "--porcelain") == ""
    for file in NAMED:
        assert releasing.named_in(clone, file) == "2026.10", file
    log = (clone / CHANGES).read_text()
    assert f"## [Unreleased]\n\n## [2026.10] - {DAY}\n\n### Clinical\n\n- New." in log
    assert '"2026.10"' in (clone / "content/guide/releases/record.yaml").read_text()


def test_an_objection_that_waited_for_the_release_gets_its_name(clone):
    """`release: next` becomes the release; one that was answered before stays."""
    folder = clone / releasing.OBJECTIONS
    folder.mkdir(parents=True)
    for name, said in {"new": "next", "old": '"2026.8"'}.items():
        (folder / f"{name}.yaml").write_text(f"state: changed\nrelease: {said}\n")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "Answered")
    release(clone, "2026.10", DAY, Programs())

    assert (folder / "new.yaml").read_text() == 'state: changed\nrelease: "2026.10"\n'
    assert (folder / "old.yaml").read_text() == 'state: changed\nrelease: "2026.8"\n'


def test_everything_is_written_and_checked_in_a_tree_apart(clone):
    """The record as it is now is looked at first; all that writes runs in the scratch tree."""
    programs = Programs()
    release(clone, "2026.10", DAY, programs)

    first, *rest = programs.ran
    assert first == (clone, "manage.py release --check")
    assert [words for _, words in rest] == [" ".join(each) for each in releasing.WRITES]
    assert all(root != clone for root, _ in rest)


@pytest.mark.parametrize("command", [" ".join(each) for each in releasing.WRITES])
def test_whatever_fails_leaves_all_as_it_was(clone, command):
    before = state(clone)
    with pytest.raises(Refused, match="failed"):
        release(clone, "2026.10", DAY, Programs(command))

    assert state(clone) == before


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("2026.9", "does not come after 2026.9"),
        ("2026.8", "does not come after"),
        ("2026.010", "is no release"),
        ("v2026.10", "is no release"),
        ("2026.10; rm -rf /", "is no release"),
        ("", "is no release"),
    ],
)
def test_a_wrong_name_is_refused(clone, version, says):
    before = state(clone)
    with pytest.raises(Refused, match=re.escape(says)):
        release(clone, version, DAY, Programs())
    assert state(clone) == before


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (("write", "new.txt", "x"), "not clean"),
        (
            ("write", CHANGES, "# Changelog\n\n## [Unreleased]\n\n### Clinical\n\n## [1]\n"),
            "nothing under",
        ),
        (("write", CHANGES, "# Changelog\n"), "needs one line"),
        (("write", PROJECT, "[project]\n"), "names 0 releases"),
        (("git", "tag", "2026.10"), "is there already"),
        (("git", "switch", "--quiet", "--detach"), "No branch"),
    ],
)
def test_what_is_not_ready_is_refused(clone, harm, says):
    """And all that is wrong is told at once."""
    how, *rest = harm
    if how == "git":
        git(clone, *rest)
    else:
        (clone / rest[0]).write_text(rest[1])
        if rest[0] != "new.txt":
            git(clone, "commit", "--quiet", "--all", "--message", "harm")
    before = state(clone)
    with pytest.raises(Refused, match=re.escape(says)):
        release(clone, "2026.10", DAY, Programs())
    assert state(clone) == before


def test_a_tree_that_changes_meanwhile_gets_no_release(clone):
    """Somebody commits while the proof runs: nothing is lost, and there is no tag."""

    class Meddled(Programs):
        def __call__(self, root, command):
            super().__call__(root, command)
            if command == ("tools/sbom.py",):
                (clone / "other.txt").write_text("x")
                git(clone, "add", "--all")
                git(clone, "commit", "--quiet", "--message", "Other")

    with pytest.raises(Refused, match="changed meanwhile"):
        release(clone, "2026.10", DAY, Meddled())

    assert git(clone, "tag", "--list") == ""
    assert git(clone, "log", "-1", "--format=%s") == "Other"


def test_the_project_names_one_release_everywhere():
    """The site, the project, the label of the container and the bill of materials."""
    bill = json.loads((ROOT / "docs/sbom.cdx.json").read_text(encoding="utf-8"))

    named = {releasing.named_in(ROOT, file) for file in NAMED}
    assert named == {bill["metadata"]["component"]["version"]}
