#!/usr/bin/env python3
"""Switch a machine to the release that this file lies in, without a dropped request.

    sudo python3 /srv/treatment-guide/releases/2026.2/deploy/switch.py

Two ports take turns. The release is built and checked, and started on the port that is free; when
it answers, nginx is told of it; when the last worker of nginx that knew the other port has ended,
what ran there is stopped. Until nginx is told, whatever fails leaves everything as it was. Going
back is the same, with the file of the release before; so is the daily build, with today's.

Needs root, systemd with treatment-guide@.service, nginx with nginx.conf, and Python 3.11.
"""

import argparse
import http.client
import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

RELEASE = Path(__file__).resolve().parents[1]
#: Seconds for a server to start, and for nginx to finish what it began.
START, DRAIN = 120, 120


class Failed(Exception):
    """The switch cannot be made."""


def arguments() -> argparse.Namespace:
    """Where things are on this machine."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    home = RELEASE.parent.parent
    parser.add_argument("--current", type=Path, default=home / "current", help="%(default)s")
    parser.add_argument("--builds", type=Path, default=home / "build", help="%(default)s")
    parser.add_argument("--environment", type=Path, default=Path("/etc/treatment-guide.env"))
    parser.add_argument("--upstream", type=Path, default=Path("/etc/nginx/guide/upstream.conf"))
    parser.add_argument("--ports", type=int, nargs=2, default=(8001, 8002))
    parser.add_argument("--nginx", type=shlex.split, default=["nginx"], help="its command")
    parser.add_argument("--nginx-pid", type=Path, default=Path("/run/nginx.pid"))
    return parser.parse_args()


def say(words: str) -> None:
    """Tell whoever switches what is being done."""
    print(words, flush=True)


def run(*command: str | Path, environment: dict[str, str] | None = None) -> None:
    """Run a command in the folder of the release. Raises Failed when it fails."""
    env = {**os.environ, **(environment or {})}
    if subprocess.run(command, cwd=RELEASE, env=env, check=False).returncode:
        raise Failed(f"This failed: {shlex.join(map(str, command))}")


def read_environment(file: Path) -> dict[str, str]:
    """The variables in a file, as systemd's EnvironmentFile reads them."""
    found = {}
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for line in map(str.strip, lines):
        if line and line[0] not in "#;":
            name, _, value = line.partition("=")
            quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
            found[name.strip()] = value[1:-1] if quoted else value.strip()
    return found


def port_now(upstream: Path) -> int | None:
    """The port that nginx asks, or None when it asks none of this machine yet."""
    text = upstream.read_text(encoding="utf-8") if upstream.exists() else ""
    words = [line.split("#")[0].strip(" ;").rpartition(":")[2] for line in text.splitlines()]
    ports = [int(word) for word in words if word.isdecimal()]
    return ports[0] if ports else None


def replace(file: Path, write: Callable[[Path], object]) -> None:
    """Write a file or link beside the one that stands, then put it in its place at once."""
    draft = file.with_name(f".{file.name}.new")
    draft.unlink(missing_ok=True)
    write(draft)
    draft.replace(file)


def wait_until_well(port: int) -> None:
    """Until the server on a port says that it is well. Raises Failed."""
    until = time.monotonic() + START
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.2)
    raise Failed(f"Nothing answers on port {port}: journalctl -u treatment-guide@{port}")


def workers_of(master: Path) -> set[int]:
    """The processes of nginx that answer."""
    pid = master.read_text().strip()
    return {int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def wait_until_gone(processes: set[int]) -> bool:
    """Until none of these processes lives; False when that takes too long."""
    until = time.monotonic() + DRAIN
    while any(Path(f"/proc/{pid}").exists() for pid in processes):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def prepare(here: argparse.Namespace) -> None:
    """Build, and check: nothing that runs is touched."""
    python = RELEASE / ".venv" / "bin" / "python"
    environment = {**read_environment(here.environment), "BUILD_DIR": str(here.builds)}
    say(f"1. Build {RELEASE.name}, and check it")
    run(python, "manage.py", "build", environment=environment)
    run(python, "manage.py", "check", "--deploy", environment=environment)


def switch(here: argparse.Namespace) -> None:
    """Start beside what runs, lead nginx there, then stop what ran. Raises Failed."""
    before = port_now(here.upstream)
    port = here.ports[1] if before == here.ports[0] else here.ports[0]
    unit, old_unit = f"treatment-guide@{port}", f"treatment-guide@{before}"
    was = here.current.resolve() if here.current.exists() else None
    told = here.upstream.read_text(encoding="utf-8") if here.upstream.exists() else ""
    try:
        say(f"2. Start it on port {port}")
        replace(here.current, lambda draft: draft.symlink_to(RELEASE))
        run("systemctl", "restart", unit)
        wait_until_well(port)
        say("3. Lead nginx there")
        replace(here.upstream, lambda draft: draft.write_text(f"server 127.0.0.1:{port};\n"))
        run(*here.nginx, "-t")
        old_workers = workers_of(here.nginx_pid)
        run(*here.nginx, "-s", "reload")
    except (Failed, OSError) as failed:
        if was:
            replace(here.current, lambda draft: draft.symlink_to(was))
        replace(here.upstream, lambda draft: draft.write_text(told))
        subprocess.run(["systemctl", "stop", unit], check=False)
        raise Failed(f"{failed}\nNothing is changed for readers.") from failed
    run("systemctl", "enable", unit)
    say("4. Wait for what began before")
    if not wait_until_gone(old_workers):
        say(f"   Some of it takes more than {DRAIN} seconds, and is stopped.")
    if before in here.ports:
        say(f"5. Stop what ran on port {before}")
        run("systemctl", "disable", old_unit)
        run("systemctl", "stop", old_unit)


def in_words(*steps: Callable[[argparse.Namespace], None]) -> None:
    """Do these; what goes wrong is said in words."""
    here = arguments()
    try:
        for step in steps:
            step(here)
    except Failed as failed:
        sys.exit(str(failed))
    say(f"{RELEASE.name} answers.")


if __name__ == "__main__":
    in_words(prepare, switch)
