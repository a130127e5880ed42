"""`make bench`: how fast the guide is, held against Django's "hello, world" and against nginx.

One worker on the first core, the load on the second, the same client for everything: wrk where it
is or may be installed, else a client in Python. Prints tables; say nothing of absolute numbers
without the machine they come from. The ratios travel.
"""

import argparse
import http.client
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")

from client import parsed as once
from larger import enlarge
from servers import Server, granian, nginx, pinned

HERE = Path(__file__).parent
GUIDE = "treatment_guide.wsgi:application"
#: How many different readers send the mixed load; each page is asked by all of them in turn.
READERS = 200


@dataclass(frozen=True)
class Result:
    """What the client saw: requests a second, microseconds, errors, bytes of an answer."""

    rate: float
    p50: int
    p99: int
    errors: int
    size: int


def install(name: str) -> bool:
    """True when a program is there, or could be installed from Debian."""
    if shutil.which(name):
        return True
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    package = {"nginx": "nginx-light"}.get(name, name)
    done = subprocess.run(["apt-get", "install", "-y", "-q", package], capture_output=True)  # noqa: PLW1510
    return done.returncode == 0 and shutil.which(name) is not None


def load(server: Server, rows: list[tuple[str, str, str, str]], seconds: int) -> Result:
    """The result of sending these requests in turn."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write("".join("\t".join(row) + "\n" for row in rows))
        file.flush()
        if shutil.which("wrk"):
            command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "-s", str(HERE / "wrk.lua")]
            command += [f"http://127.0.0.1:{server.port}/", "--", file.name]
        else:
            command = [sys.executable, str(HERE / "client.py"), str(server.port), str(seconds)]
            command += [file.name]
        said = subprocess.run(
            [*pinned(1), *command], capture_output=True, text=True, check=True
        ).stdout
    rate, p50, p99, errors, size = said.split("RESULT ")[1].split()
    return Result(float(rate), int(p50), int(p99), int(errors), int(size))


def get(*paths: str) -> list[tuple[str, str, str, str]]:
    """Plain requests."""
    return [("GET", path, "", "") for path in paths]


def warm(server: Server, rows: list[tuple[str, str, str, str]]) -> None:
    """Ask each of these once: the rows with many readers measure who comes again."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    for method, path, body, headers in once(rows):
        connection.request(method, path, body or None, headers)
        connection.getresponse().read()
    connection.close()


@dataclass
class Readers:
    """Answers of made-up readers: codes, the same on every machine."""

    codes: list[str]
    choices: list[str]

    @property
    def ticks(self) -> list[tuple[str, str, str, str]]:
        """A tick of each: the live list is the answer."""
        pairs = zip(self.codes, self.choices, strict=True)
        return [("POST", f"/whats-next/response/{c}/", f"response={r}", "1") for c, r in pairs]

    @property
    def pages(self) -> list[tuple[str, str, str, str]]:
        """A question page of each."""
        return get(*(f"/whats-next/response/{code}/" for code in self.codes))

    @property
    def outcomes(self) -> list[tuple[str, str, str, str]]:
        """The outcome of each."""
        return get(*(f"/whats-next/outcome/{code}/" for code in self.codes))


def readers(count: int) -> Readers:
    """So many different readers, none of whom has to go for help."""
    from treatment_guide.engine.answers import NONE
    from treatment_guide.engine.code import encode
    from treatment_guide.library.checks import current_library
    from treatment_guide.web.whats_next import today

    library = current_library()
    chance = random.Random(1)
    found: dict[str, str] = {}
    while len(found) < count:
        answers: dict[str, frozenset[str]] = {}
        for question in library.guide.questions.values():
            offered = question.offered(answers)
            if question.about_danger:
                answers[question.id] = frozenset((NONE,))
            elif offered and chance.random() < 0.8:
                answers[question.id] = frozenset((chance.choice(offered),))
        code = encode(library.layout, answers, day=today())
        found[code] = chance.choice(library.guide.questions["response"].choices)
    return Readers(list(found), list(found.values()))


def build(scratch: Path, **environment: str) -> Path:
    """A build of the content, made by the command that operators use."""
    root = scratch / "build"
    subprocess.run(
        [sys.executable, "manage.py", "build", str(root)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, **environment},
    )
    return root


def say(*cells: object) -> None:
    """A row of a table."""
    widths = (44, 10, 9, 9, 8, 9)
    row = (f"{c:<{w}}" if i == 0 else f"{c:>{w}}" for i, (c, w) in enumerate(zip(cells, widths)))
    print("".join(row), flush=True)


def measured(seconds: int, root: Path, many: Readers, scratch: Path, **environment: str) -> dict:
    """The table of one content; the result of each row by name."""
    found: dict[str, Result] = {}
    say("", "req/s", "p50 ms", "p99 ms", "bytes", "× hello")

    def row(name: str, server: Server, rows: list) -> None:
        if len(rows) <= READERS:
            warm(server, rows)
        result = load(server, rows, seconds)
        found[name] = result
        ratio = result.rate / found["hello, world"].rate
        times = (f"{result.p50 / 1000:.2f}", f"{result.p99 / 1000:.2f}")
        say(name, f"{result.rate:,.0f}", *times, f"{result.size:,}", f"{ratio:.2f}")
        if result.errors:
            raise SystemExit(f"{name}: {result.errors} answers were errors")

    with granian("hello:application") as server:
        row("hello, world", server, get("/"))
        hello_start, hello_memory = server.seconds, server.memory()
    with granian(GUIDE, BUILD_DIR=str(root), **environment) as server:
        guide_start, fresh = server.seconds, server.memory()
        row("a reading page", server, get("/options/prp/"))
        row("a question page, one reader", server, many.pages[:1])
        row(f"a question page, {READERS} readers", server, many.pages[:READERS])
        row("the live list, one reader", server, many.ticks[:1])
        row(f"the live list, {READERS} readers", server, many.ticks[:READERS])
        row("the outcome, one reader", server, many.outcomes[:1])
        row(f"the outcome, {READERS} readers", server, many.outcomes[:READERS])
        row("the live list, never the same reader", server, many.ticks[2 * READERS :])
        row("the outcome, never the same reader", server, many.outcomes[2 * READERS :])
        used = server.memory()
    if shutil.which("nginx"):
        page = scratch / "nginx-root/options/prp"
        shutil.copytree(next(root.glob("2*/pages/options/prp")), page, dirs_exist_ok=True)
        with nginx(scratch / "nginx-root", scratch / "nginx") as server:
            row("the reading page from nginx", server, get("/options/prp/"))
    else:
        say("the reading page from nginx: there is no nginx here, and none could be installed")
    print(
        f"\nstart to first answer: hello {hello_start:.2f} s, "
        f"guide from its build {guide_start:.2f} s ({guide_start / hello_start:.2f} ×)\n"
        f"memory of a worker: hello {hello_memory:.0f} MB, guide {fresh:.0f} MB fresh, "
        f"{used:.0f} MB after the load"
    )
    return found


def sizes(root: Path) -> None:
    """How large built pages are, compressed."""
    files = sorted(root.glob("2*/pages/**/index.html.br"), key=lambda file: file.stat().st_size)
    bytes_ = [file.stat().st_size for file in files]
    largest = files[-1].parent.name
    middle = bytes_[len(bytes_) // 2]
    print(
        f"pages: {len(files)}; brotli bytes: median {middle:,}, largest {bytes_[-1]:,} ({largest})"
    )


def main() -> None:
    """Measure, and say whether the promises hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=4, help="for each row")
    parser.add_argument("--no-larger", action="store_true", help="leave out ten times the content")
    asked = parser.parse_args()
    for name in ("wrk", "nginx"):
        install(name)
    import django

    django.setup()
    client = "wrk" if shutil.which("wrk") else "a client in Python"
    print(f"{date.today()}  Python {platform.python_version()}  {os.cpu_count()} cores  {client}\n")  # noqa: DTZ011
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        many = readers(20 * READERS)
        root = build(scratch)
        found = measured(asked.seconds, root, many, scratch)
        sizes(root)
        promises = [
            ("a reading page", "hello, world", 2.0),
            (f"the live list, {READERS} readers", "hello, world", 0.5),
            (f"the outcome, {READERS} readers", "hello, world", 0.35),
            ("a reading page", "the reading page from nginx", 0.5),
        ]
        if not asked.no_larger:
            print("\nten times the content")
            content = enlarge(ROOT / "content", scratch / "content")
            larger = build(scratch / "larger", CONTENT_DIR=str(content))
            again = measured(
                asked.seconds, larger, many, scratch / "larger", CONTENT_DIR=str(content)
            )
            sizes(larger)
            for name in ("a reading page", "the live list, one reader", "the outcome, one reader"):
                share = again[name].rate / found[name].rate
                print(f"{name}: {share:.2f} of what it was")
        print()
        for name, than, least in promises:
            if than in found:
                ratio = found[name].rate / found[than].rate
                held = "holds" if ratio >= least else "FALLS SHORT"
                print(f"{held}: {name} is {ratio:.2f} × {than} (promised: {least})")


if __name__ == "__main__":
    main()
