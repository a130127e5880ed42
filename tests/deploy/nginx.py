"""The nginx of Debian with the text of deploy/nginx.conf, in front of a small upstream.

Paths and ports are those of the test; everything else is as it stands in the file.
"""

import itertools
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
NAME = "guide.example.org"


class NotHere(Exception):
    """A program is not there, and could not be installed."""


def program(name: str, package: str) -> str:
    """The path of a program, installed from Debian where that is allowed. Raises NotHere."""
    where = f"{os.environ.get('PATH', '')}:/usr/sbin"
    if not shutil.which(name, path=where) and shutil.which("apt-get") and os.geteuid() == 0:
        command = ["apt-get", "install", "-y", "-q", package]
        subprocess.run(command, capture_output=True, check=False)
    found = shutil.which(name, path=where)
    if not found:
        raise NotHere(f"no {name} here, and none could be installed")
    return found


def free_port() -> int:
    """A port that nobody listens on, and below those that the system gives to clients: a reader
    of a test that runs beside must not get it in the meantime.
    """
    for port in itertools.chain(range(_next(), 32_000), range(20_000, 32_000)):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            _taken.append(port)
            return port
    raise NotHere("no port is free")


_taken: list[int] = []


def _next() -> int:
    """Where to look first: each process elsewhere."""
    return max(_taken) + 1 if _taken else 20_000 + os.getpid() % 1_000 * 11


def has_ipv6() -> bool:
    """True where this machine can listen on ::1."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def certificate(folder: Path) -> None:
    """A certificate for the name, as nginx reads it."""
    names = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    command = [program("openssl", "openssl"), "req", "-x509", "-newkey", "ec", "-nodes", *names]
    command += ["-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2", "-subj", f"/CN={NAME}"]
    subprocess.run(command, check=True, capture_output=True)


def changed(text: str, was: str, becomes: str) -> str:
    """The text with each of these replaced; it has to be there."""
    assert was in text, f"nginx.conf has no {was!r} any more"
    return text.replace(was, becomes)


@dataclass
class Nginx:
    """A running nginx: its ports, its folder, its process."""

    folder: Path
    http: int
    https: int
    ipv6: bool
    process: subprocess.Popen[bytes] | None = None
    #: Whom the requests of the test that runs come from.
    client: str = "127.0.0.1"

    @property
    def upstream(self) -> Path:
        """The file that says where the guide listens."""
        return self.folder / "guide" / "upstream.conf"

    def write(self, further: str = "") -> Path:
        """The configuration, in the folder. `further` goes into its http block."""
        text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
        if self.ipv6:
            text = changed(text, "#listen [::]:", "listen [::1]:")
            text = re.sub(r"(listen \[::1\]:)(80|443)\b", self._port, text)
        text = re.sub(r"(listen )(80|443)\b", self._port, text)
        text = changed(text, "/etc/nginx/tls/", f"{self.folder}/")
        text = changed(text, "/var/cache/guide", f"{self.folder}/cache")
        # A slow machine needs its time to hold a hundred connections at once.
        text = changed(text, "proxy_read_timeout 15s;", "proxy_read_timeout 60s;")
        text = changed(text, "/run/nginx.pid", f"{self.folder}/pid")
        text = changed(text, "/dev/stderr", f"{self.folder}/error.log")
        text = changed(text, "include mime.types;", f"include /etc/nginx/mime.types; {further}")
        user = "user root; " if os.geteuid() == 0 else ""
        places = "".join(
            f"{what}_temp_path {self.folder}/{what}; "
            for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        text = changed(text, "worker_processes auto;", f"daemon off; {user}worker_processes 2;")
        text = changed(text, "  access_log off;", f"  access_log off; {places}")
        errors = self.folder / "guide" / "errors.conf"
        own = errors.read_text(encoding="utf-8")
        errors.write_text(own.replace("/etc/nginx/guide", f"{self.folder}/guide"))
        conf = self.folder / "nginx.conf"
        conf.write_text(text, encoding="utf-8")
        return conf

    def _port(self, found: re.Match[str]) -> str:
        port = self.http if found[2] == "80" else self.https
        return f"{found[1]}{port}" if "[" in found[1] else f"{found[1]}127.0.0.1:{port}"

    def command(self, *words: str) -> list[str]:
        """nginx with this configuration."""
        log = str(self.folder / "error.log")
        return [
            program("nginx", "nginx-light"),
            "-c",
            str(self.folder / "nginx.conf"),
            "-e",
            log,
            *words,
        ]

    def reload(self) -> None:
        """Let it read its files again, as `systemctl reload nginx` does."""
        subprocess.run(self.command("-s", "reload"), check=True, capture_output=True)


@contextmanager
def nginx(folder: Path, servers: list[int], further: str = "") -> Iterator[Nginx]:
    """The example in front of servers on some ports of this machine. Raises NotHere."""
    here = Nginx(folder, free_port(), free_port(), has_ipv6())
    program("nginx", "nginx-light")
    certificate(folder)
    shutil.copytree(DEPLOY / "nginx", folder / "guide")
    here.upstream.write_text("".join(f"server 127.0.0.1:{port};\n" for port in servers))
    here.write(further)
    tried = subprocess.run(here.command("-t"), capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr, tried.stderr
    here.process = subprocess.Popen(here.command(), stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", here.https), 1).close()
                break
            except OSError:
                assert time.monotonic() < until and here.process.poll() is None
                time.sleep(0.02)
        yield here
    finally:
        here.process.terminate()
        here.process.wait(timeout=20)


def secure(alpn: str = "http/1.1") -> ssl.SSLContext:
    """TLS as a browser speaks it, which takes the certificate of the test."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols([alpn])
    return context


@dataclass
class Reply:
    """What came back: status, headers in order, body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes = field(repr=False)

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


Answering = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def upstream(answer: Answering) -> Iterator[int]:
    """A server behind nginx, whose answers the test makes; its port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 65_536  # headers and body in one packet: no waiting for an acknowledgement

        def do_GET(self) -> None:
            answer(self)

        do_POST = do_GET

        def log_message(self, *words: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 512

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
