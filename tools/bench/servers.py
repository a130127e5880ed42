"""Starts what is measured: Granian or nginx, pinned to one core, and asks how it is."""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pinned(core: int) -> list[str]:
    """The words that pin a command to a core, where that can be done."""
    able = shutil.which("taskset") and (os.cpu_count() or 1) > 1
    return ["taskset", "-c", str(core)] if able else []


@dataclass
class Server:
    """A running server: its port, its process, how long the first answer took."""

    port: int
    process: subprocess.Popen[bytes]
    seconds: float

    def memory(self) -> float:
        """Megabytes of the largest process under it: a worker."""
        return max(resident(pid) for pid in tree(self.process.pid))

    def spent(self) -> float:
        """Seconds of CPU that it and all under it took so far: a busy machine changes it little."""
        return sum(taken(pid) for pid in tree(self.process.pid))

    def get(self, path: str) -> int:
        """The status of an address."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


def tree(pid: int) -> list[int]:
    """A process and all its children. What ends while we look has no children."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            found += tree(int(child))
    return found


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def taken(pid: int) -> float:
    """Seconds of CPU that a process took, and those of its children that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def hello(core: int = 0) -> Iterator[Server]:
    """Django's "hello, world" under Granian with one worker."""
    with _granian(ROOT, "hello:application", "/", core, {}) as server:
        yield server


@contextmanager
def guide(root: Path, core: int = 0, **environment: str) -> Iterator[Server]:
    """The guide in a checkout, with one worker, started as `make serve` starts it there.

    The environment names the build (BUILD_DIR). A checkout from before `manage.py serve` gets the
    command line that its Makefile had.
    """
    if not (root / "treatment_guide/management/commands/serve.py").exists():
        with _granian(root, "treatment_guide.wsgi:application", "/", core, environment) as server:
            yield server
        return
    port = free_port()
    command = [*pinned(core), sys.executable, "manage.py", "serve"]
    listening = {"HOST": "127.0.0.1", "PORT": str(port), "WORKERS": "1", "PYTHONPATH": str(root)}
    with running(command, port, "/", {**os.environ, **listening, **environment}, root) as server:
        yield server


@contextmanager
def _granian(
    root: Path, application: str, path: str, core: int, environment: dict[str, str]
) -> Iterator[Server]:
    """A WSGI application under Granian, from its command line."""
    port = free_port()
    command = [
        *pinned(core), sys.executable, "-m", "granian", "--interface", "wsgi",
        "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "4", "--no-access-log", "--log-level", "error", application,
    ]  # fmt: skip
    places = os.pathsep.join([str(root), str(ROOT / "tools" / "bench")])
    env = {**os.environ, "PYTHONPATH": places, **environment}
    with running(command, port, path, env, root) as server:
        yield server


def nginx_conf(
    scratch: Path, folder: Path | None = None, balanced: Sequence[int] = ()
) -> tuple[Path, int]:
    """A configuration of nginx with one worker, and its port: it shows a folder, its compressed
    files given as they lie, or asks servers on some ports in turn.
    """
    port = free_port()
    scratch.mkdir(exist_ok=True)
    conf = scratch / "nginx.conf"
    # Started as root it would give up the rights to read a temporary folder.
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    servers = "".join(f"server 127.0.0.1:{each};" for each in balanced)
    shown = f"root {folder};" if folder else "location / { proxy_pass http://guide; }"
    upstream = f"upstream guide {{ {servers} }}" if balanced else ""
    conf.write_text(
        f"""daemon off; {user} worker_processes 1; pid {scratch}/pid; error_log {scratch}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; types {{ text/html html; }} gzip_static on; sendfile on; tcp_nopush on;
  client_body_temp_path {scratch}/a; proxy_temp_path {scratch}/b; fastcgi_temp_path {scratch}/c;
  uwsgi_temp_path {scratch}/d; scgi_temp_path {scratch}/e; proxy_set_header Host localhost;
  {upstream}
  server {{ listen 127.0.0.1:{port}; {shown} }}
}}
"""
    )
    return conf, port


@contextmanager
def nginx(folder: Path, scratch: Path, core: int = 0) -> Iterator[Server]:
    """A folder under nginx, pinned to a core."""
    conf, port = nginx_conf(scratch, folder)
    command = [*pinned(core), "nginx", "-c", str(conf), "-e", str(scratch / "error.log")]
    with running(command, port, "/", dict(os.environ)) as server:
        yield server


@contextmanager
def running(
    command: list[str], port: int, path: str, env: dict[str, str], folder: Path = ROOT
) -> Iterator[Server]:
    """A command until its port has answered; stopped at the end, as an operator stops it."""
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(command, env=env, cwd=folder, stdout=said, stderr=said)
        try:
            server = Server(port, process, 0.0)
            while True:
                try:
                    server.get(path)
                    break
                except (OSError, urllib.error.URLError):
                    if process.poll() is not None or time.perf_counter() - began > 60:
                        said.seek(0)
                        why = said.read().decode(errors="replace")
                        command_line = " ".join(command)
                        raise SystemExit(f"It does not start: {command_line}\n{why}") from None
                    time.sleep(0.002)
            server.seconds = time.perf_counter() - began
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=40)
