"""`make bench`: how fast the guide is, held against Django's "hello, world" and against nginx; where
the time of an outcome goes; then what each kind of request costs.

    make bench BENCH="--against PATH"      beside another checkout, such as the release before
    make bench BENCH="--only cost"         the table of costs alone; also speed, or parts

One worker on the first core, the load on the second, the same client for everything: wrk where it
is or may be installed, else a client in Python. Prints tables; say nothing of absolute numbers
without the machine they come from. The ratios travel.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
# One build serves on many ports: without this, pages would name the port.
os.environ.setdefault("PUBLIC_ORIGIN", "https://guide.example.org")

from costs import cost_table
from larger import enlarge
from rounds import READERS_A_SECOND, Readers, Results, Servers, measured, readers, rows_of
from servers import Server, guide, hello, nginx

from treatment_guide.http.clock import today

#: The sides of a comparison. Without another checkout there is the second alone.
BEFORE, AFTER = "before", "after"
#: What is promised: this row is at least so many times that one.
PROMISES = (
    ("a reading page", "hello, world", 2.0),
    ("the live list, never seen", "hello, world", 0.25),
    ("the outcome, never seen", "hello, world", 0.05),
    ("a reading page", "the reading page from nginx", 0.5),
)
#: A row this much slower than before is named.
SLOWER = 0.9


def install(name: str) -> bool:
    """True when a program is there, or could be installed from Debian."""
    if shutil.which(name):
        return True
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    package = {"nginx": "nginx-light"}.get(name, name)
    done = subprocess.run(["apt-get", "install", "-y", "-q", package], capture_output=True)  # noqa: PLW1510
    return done.returncode == 0 and shutil.which(name) is not None


def build(scratch: Path, checkout: Path = ROOT, **environment: str) -> Path:
    """The folder of a new build of a checkout."""
    root = scratch / "build"
    subprocess.run(
        [sys.executable, "manage.py", "build", str(root)],
        cwd=checkout,
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(checkout), **environment},
    )
    return root


def say(*cells: object) -> None:
    """A row of a table."""
    widths = (44, 10, 10, 9, 9, 9, 9)
    row = (f"{c:<{w}}" if i == 0 else f"{c:>{w}}" for i, (c, w) in enumerate(zip(cells, widths)))
    print("".join(row), flush=True)


def speed(
    asked: argparse.Namespace, scratch: Path, sides: dict[str, Path], many: Readers, **env: str
) -> Results:
    """Measure the guide of every side, print the table; the medians."""
    scratch.mkdir(exist_ok=True)
    builds = {}
    for side, checkout in sides.items():
        (scratch / side).mkdir()
        builds[side] = build(scratch / side, checkout, **env)
    if shutil.which("nginx"):
        page = scratch / "nginx-root/options/prp"
        shutil.copytree(next(builds[AFTER].glob("2*/pages/options/prp")), page)
    asking = {
        side: many if checkout == ROOT else many.known_to(checkout)
        for side, checkout in sides.items()
    }
    rows = {side: rows_of(those) for side, those in asking.items()}
    starts: list[tuple[float, ...]] = []

    @contextmanager
    def started() -> Iterator[Servers]:
        with ExitStack() as stack:
            servers: dict[str, dict[str, Server]] = {"hello": {AFTER: stack.enter_context(hello())}}
            servers["guide"] = {
                side: stack.enter_context(guide(sides[side], BUILD_DIR=str(builds[side]), **env))
                for side in sides
            }
            if shutil.which("nginx"):
                folder = nginx(scratch / "nginx-root", scratch / "nginx")
                servers["nginx"] = {AFTER: stack.enter_context(folder)}
            first, own = servers["hello"][AFTER], servers["guide"][AFTER]
            fresh, spent = own.memory(), (first.spent(), own.spent())
            yield servers
            starts.append((first.seconds, own.seconds, *spent, first.memory(), fresh, own.memory()))

    found = measured(rows, started, asked.rounds, asked.seconds)
    (compared if BEFORE in sides else printed)(found)
    first, own, *spent, little, fresh, loaded = map(median, zip(*starts, strict=True))
    print(
        f"\nstart to first answer: hello {first:.2f} s, "
        f"guide from its build {own:.2f} s ({own / first:.2f} ×); of CPU {spent[0]:.2f} s and "
        f"{spent[1]:.2f} s ({spent[1] / spent[0]:.2f} ×)\n"
        f"memory of a worker: hello {little:.0f} MB, guide {fresh:.0f} MB fresh, "
        f"{loaded:.0f} MB after the load"
    )
    sizes(builds[AFTER])
    return found


def printed(found: Results) -> None:
    """The table of one guide."""
    say("", "req/s", "p50 ms", "p99 ms", "bytes", "× hello")
    for (name, _), result in found.items():
        ratio = result.rate / found["hello, world", AFTER].rate
        times = (f"{result.p50 / 1000:.2f}", f"{result.p99 / 1000:.2f}")
        say(name, f"{result.rate:,.0f}", *times, f"{result.size:,}", f"{ratio:.2f}")


def compared(found: Results) -> None:
    """The table of two guides side by side, and the rows that got slower."""
    say("", "before", "after", "after/b.", "p50 b.", "p50 a.", "× hello")
    slower = []
    base = found["hello, world", AFTER].rate
    for (name, side), after in found.items():
        before = found.get((name, BEFORE))
        if side == BEFORE:
            continue
        times = f"{after.rate / base:.2f}"
        if before is None:
            say(name, "", f"{after.rate:,.0f}", "", "", f"{after.p50 / 1000:.2f}", times)
            continue
        ratio = after.rate / before.rate
        halves = (f"{before.p50 / 1000:.2f}", f"{after.p50 / 1000:.2f}")
        say(name, f"{before.rate:,.0f}", f"{after.rate:,.0f}", f"{ratio:.2f}", *halves, times)
        if ratio < SLOWER:
            slower.append(f"{name} ({ratio:.2f})")
    print(f"\nslower by more than 10 %: {', '.join(slower) or 'nothing'}")


def sizes(root: Path) -> None:
    """How large built pages are, compressed."""
    files = sorted(root.glob("2*/pages/**/index.html.br"), key=lambda file: file.stat().st_size)
    bytes_ = [file.stat().st_size for file in files]
    largest = files[-1].parent.name
    middle = bytes_[len(bytes_) // 2]
    print(
        f"pages: {len(files)}; brotli bytes: median {middle:,}, largest {bytes_[-1]:,} ({largest})"
    )


def speeds(asked: argparse.Namespace, scratch: Path, sides: dict[str, Path]) -> None:
    """Measure the content as it is, then ten times as large; say which promises hold."""
    many = readers(READERS_A_SECOND * asked.seconds * asked.rounds)
    found = speed(asked, scratch / "own", sides, many)
    if not asked.no_larger:
        print("\nten times the content")
        content = enlarge(ROOT / "content", scratch / "content")
        again = speed(asked, scratch / "larger", {AFTER: ROOT}, many, CONTENT_DIR=str(content))
        for name in ("a reading page", "the live list, never seen", "the outcome, never seen"):
            share = again[name, AFTER].rate / found[name, AFTER].rate
            print(f"{name}: {share:.2f} of what it was")
    print()
    for name, than, least in PROMISES:
        if (than, AFTER) in found:
            ratio = found[name, AFTER].rate / found[than, AFTER].rate
            held = "holds" if ratio >= least else "FALLS SHORT"
            print(f"{held}: {name} is {ratio:.2f} × {than} (promised: {least})")


def main() -> None:
    """Measure what was asked for. Ends with 1 where a kind of request costs too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=2, help="for each row of a round")
    parser.add_argument("--rounds", type=int, default=5, help="what counts is their median")
    parser.add_argument("--no-larger", action="store_true", help="leave out ten times the content")
    parser.add_argument("--against", type=Path, help="another checkout to measure beside this one")
    parser.add_argument("--only", choices=("speed", "parts", "cost"), help="a third of it")
    asked = parser.parse_args()
    for name in ("wrk", "nginx"):
        install(name)
    import django

    django.setup()
    client = "wrk" if shutil.which("wrk") else "a client in Python"
    print(f"{today()}  Python {platform.python_version()}  {os.cpu_count()} cores  {client}\n")
    sides = {BEFORE: asked.against.resolve()} if asked.against else {}
    sides[AFTER] = ROOT
    held = True
    with tempfile.TemporaryDirectory() as name:
        # As in a deployment, whose builds leave bytecode: else each start compiles every module.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = f"{name}/bytecode"
        if asked.only in (None, "speed"):
            (Path(name) / "own").mkdir()
            speeds(asked, Path(name), sides)
        if asked.only in (None, "parts"):
            print("\nwhere the time of an outcome goes that nobody asked for before\n")
            subprocess.run([sys.executable, str(HERE / "parts.py")], check=True)
        if asked.only in (None, "cost"):
            print("\nCPU per kind of request, dearest first\n")
            held = cost_table(Path(name), sides, build)
    sys.exit(not held)


if __name__ == "__main__":
    main()
