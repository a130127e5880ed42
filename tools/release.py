"""`make release VERSION=2026.3`: one release from one command, or nothing at all.

It asks for a clean tree, a name that is new, something under [Unreleased], and a record that says
what the guide says. Then it writes the release in a scratch tree of the same commit: the name in
site.yaml, pyproject.toml, the labels of the container and the objections that it answers, the entry of CHANGELOG.md, the proof, the
record, the bill of materials. It commits there. Only when all of that went well do the branch and
the tag move. Whatever fails before leaves tree, branch and tags as they were.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from treatment_guide.http.clock import today

ROOT = Path(__file__).resolve().parent.parent
#: A year and a number in that year.
RELEASE = re.compile(r"\d{4}\.[1-9]\d{0,2}")
SITE, PROJECT, CHANGES = "content/guide/site.yaml", "pyproject.toml", "CHANGELOG.md"
CONTAINER = "deploy/Containerfile"
OBJECTIONS = "content/reviews/objections"
#: An objection whose change waits for this release.
WAITS = re.compile(r"""^release: ["']?next["']?$""", re.MULTILINE)
UNRELEASED = "## [Unreleased]\n"
#: Where the release is named, and how.
NAMED = {
    SITE: re.compile(r'^(release: ")(\S+?)(")$', re.MULTILINE),
    PROJECT: re.compile(r'^(version = ")(\S+?)(")$', re.MULTILINE),
    CONTAINER: re.compile(r'(org\.opencontainers\.image\.version=")(\S+?)(")'),
}
#: What is run in the scratch tree, in order: each writes its part.
WRITES = (
    ("manage.py", "check"),
    ("manage.py", "audit", "--record"),
    ("manage.py", "release"),
    ("tools/sbom.py",),
    ("manage.py", "release", "--check"),
)

Run = Callable[[Path, tuple[str, ...]], None]


class Refused(Exception):
    """There is no release; the message says why, and nothing was changed."""


def git(root: Path, *command: str) -> str:
    """The output of git. Raises Refused when it fails."""
    done = subprocess.run(["git", *command], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(f"git {' '.join(command)} failed: {done.stderr.strip()}")
    return done.stdout.strip()


def python(root: Path, command: tuple[str, ...]) -> None:
    """Run one of our own programs in a tree. Raises Refused when it fails."""
    done = subprocess.run(
        [sys.executable, *command], cwd=root, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise Refused(f"{' '.join(command)} failed:\n{said}")


def order(release: str) -> tuple[int, ...]:
    """The key by which releases are sorted: 2026.10 comes after 2026.9."""
    return tuple(int(part) for part in release.split("."))


def refuse_unready(root: Path, version: str) -> str:
    """The branch to release from. Raises Refused, with everything that is not ready."""
    if not RELEASE.fullmatch(version):
        raise Refused(f"`{version}` is no release: a year and a number, as 2026.3.")
    wrong = []
    if changed := git(root, "status", "--porcelain"):
        wrong.append(f"The tree is not clean. Commit or take away:\n{changed}")
    branch = git(root, "branch", "--show-current")
    if not branch:
        wrong.append("No branch is checked out: `git switch main`.")
    now = named_in(root, SITE)
    if order(version) <= order(now):
        wrong.append(f"{version} does not come after {now}, the release in {SITE}.")
    if version in git(root, "tag", "--list", version).split():
        wrong.append(f"The tag {version} is there already.")
    if not unreleased(root):
        wrong.append(f"{CHANGES} has nothing under [Unreleased]: say what changed.")
    if wrong:
        raise Refused("\n".join(wrong))
    return branch


def named_in(root: Path, file: str) -> str:
    """The release that a file names. Raises Refused where it names none, or several."""
    found = NAMED[file].findall((root / file).read_text(encoding="utf-8"))
    if len(found) != 1:
        raise Refused(f"{file} names {len(found)} releases; it has to name one.")
    return str(found[0][1])


def unreleased(root: Path) -> str:
    """What CHANGELOG.md says under [Unreleased]."""
    text = (root / CHANGES).read_text(encoding="utf-8")
    if text.count(UNRELEASED) != 1:
        raise Refused(f"{CHANGES} needs one line `{UNRELEASED.strip()}`.")
    below = text.partition(UNRELEASED)[2]
    lines = re.split(r"^## ", below, maxsplit=1, flags=re.MULTILINE)[0].splitlines()
    return "\n".join(line for line in lines if line and not line.startswith("#"))


def write(root: Path, version: str, day: str, run: Run) -> None:
    """Write a release into a tree. Raises Refused."""
    for file, pattern in NAMED.items():
        named_in(root, file)
        text = (root / file).read_text(encoding="utf-8")
        text = pattern.sub(rf"\g<1>{version}\g<3>", text)
        (root / file).write_text(text, encoding="utf-8")
    text = (root / CHANGES).read_text(encoding="utf-8")
    text = text.replace(UNRELEASED, f"{UNRELEASED}\n## [{version}] - {day}\n")
    (root / CHANGES).write_text(text, encoding="utf-8")
    for file in sorted((root / OBJECTIONS).glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(WAITS.sub(f'release: "{version}"', text), encoding="utf-8")
    for command in WRITES:
        print(f"  {' '.join(command)}", flush=True)
        run(root, command)


@contextmanager
def scratch(root: Path) -> Iterator[Path]:
    """A tree of the commit that is checked out, beside the one of `root`; gone at the end."""
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        tree = Path(folder) / "tree"
        git(root, "worktree", "add", "--detach", str(tree), "HEAD")
        try:
            yield tree
        finally:
            git(root, "worktree", "remove", "--force", str(tree))


def release(root: Path, version: str, day: str, run: Run = python) -> str:
    """Make a release of the branch that is checked out. Returns its commit. Raises Refused, and then
    tree, branch and tags are as before.
    """
    branch = refuse_unready(root, version)
    before = git(root, "rev-parse", "HEAD")
    run(root, ("manage.py", "release", "--check"))
    with scratch(root) as tree:
        write(tree, version, day, run)
        git(tree, "add", "--all")
        git(tree, "commit", "--quiet", "--message", f"Release {version}")
        made = git(tree, "rev-parse", "HEAD")
    if git(root, "rev-parse", "HEAD") != before or git(root, "status", "--porcelain"):
        raise Refused(f"{branch} or the tree changed meanwhile. Begin again.")
    git(root, "tag", "--annotate", version, made, "--message", f"Release {version}")
    try:
        git(root, "merge", "--ff-only", "--quiet", made)
    except Refused:
        git(root, "tag", "--delete", version)
        raise
    return made


def main() -> None:
    """Release, or say why not and exit with 1."""
    parser = argparse.ArgumentParser(description="Make a release: version, record, commit and tag.")
    parser.add_argument("version", help="a year and a number, as 2026.3")
    version = parser.parse_args().version
    try:
        made = release(ROOT, version, today().isoformat())
    except Refused as refused:
        sys.exit(f"No release was made.\n{refused}")
    print(f"{version} is {made[:12]}, with a tag. To publish: git push --follow-tags")


if __name__ == "__main__":
    main()
