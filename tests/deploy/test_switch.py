"""A switch to another release and back, while readers read: deploy/switch.py on a small machine.

The real server, the real nginx with deploy/nginx.conf, the unit's own commands.
"""

import http.client
import itertools
import os
import socket
import threading
import time
from collections import Counter
from typing import Self

import pytest

from tests.deploy.machine import Machine
from tests.deploy.nginx import NAME, NotHere, free_port, nginx, secure
from treatment_guide.http.clock import today

MANY = "set_real_ip_from 127.0.0.1; real_ip_header X-Test-Client;"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
#: What readers do: a page from the build, live pages, a form.
WISHES = [
    ("GET", "/options/prp/", None, {200}),
    ("GET", "/search/?q=knee", None, {200}),
    ("GET", "/whats-next/urgent/0/", None, {200}),
    ("POST", "/whats-next/urgent/0/", "urgent=none", {303}),
    ("GET", "/static/favicon.svg", None, {200}),
    ("GET", "/healthz", None, {200}),
]
#: How to see which release answers: a word of its own in a page that is never kept.
SIGN = "whatsnext-release-two"


class Readers:
    """Threads that read without a pause. Half of them open a connection for each request, half
    keep theirs for pages; where one that was kept is closed before an answer, a page is asked for
    anew, as every browser does (RFC 9112, 9.3.1). A form always has a connection of its own.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.seen: Counter[str] = Counter()
        self.failed: list[str] = []
        self._stop = threading.Event()
        self._clients = itertools.count()
        self._threads = [threading.Thread(target=self._read, args=(n % 2 == 0,)) for n in range(4)]

    def _connect(self) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        # Closed by an answer with `Connection: close`, it would open itself again without TLS.
        connection.auto_open = 0
        plain = socket.create_connection(("127.0.0.1", self.port), 60)
        try:
            connection.sock = secure().wrap_socket(plain, server_hostname=NAME)
        except OSError:
            plain.close()
            raise
        return connection

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: str | None
    ) -> tuple[int, str]:
        """Status and text. Each request comes from a client of its own, so that no limit counts."""
        number = next(self._clients)
        client = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        headers = {"Host": NAME, "X-Test-Client": client, **(FORM if body else {})}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")

    def _read(self, keeps: bool) -> None:
        kept = None
        for method, path, body, wanted in itertools.cycle(WISHES):
            if self._stop.wait(
                0.05
            ):  # 80 requests a second; more would only take time from the servers
                break
            try:
                status, text = 0, ""
                if kept and not body:
                    try:
                        status, text = self._ask(kept, method, path, body)
                    except (OSError, http.client.HTTPException):
                        kept.close()
                        kept = None
                if not status:
                    fresh = self._connect()
                    try:
                        status, text = self._ask(fresh, method, path, body)
                    finally:
                        if keeps and not body and not kept and status:
                            kept = fresh
                        else:
                            fresh.close()
            except (OSError, http.client.HTTPException) as error:
                self.failed.append(f"{method} {path}: {error!r}")
                continue
            if status not in wanted:
                self.failed.append(f"{method} {path}: {status}")
            new = "new" if SIGN in text else "old"
            self.seen[new if path.startswith("/search/") else path] += 1
        if kept:
            kept.close()

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *of: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, count: int) -> None:
        """Until so many more requests were answered."""
        wanted = self.seen.total() + count
        until = time.monotonic() + 120
        while self.seen.total() < wanted:
            assert time.monotonic() < until, f"readers wait: {self.failed[:3]}"
            time.sleep(0.05)

    def sign(self) -> str:
        """Which release answers now."""
        connection = self._connect()
        try:
            return (
                "new" if SIGN in self._ask(connection, "GET", "/search/?q=knee", None)[1] else "old"
            )
        finally:
            connection.close()


@pytest.fixture(scope="module")
def ports():
    """Two ports that take turns."""
    return free_port(), free_port()


@pytest.fixture(scope="module")
def machine(tmp_path_factory, ports):
    """A machine with two releases that are built. Only without nginx is it left out, never in CI."""
    home = tmp_path_factory.mktemp("machine")
    (home / "nginx").mkdir()
    try:
        with nginx(home / "nginx", [9], MANY) as proxy:
            proxy.upstream.write_text("server 127.0.0.1:9;\n")
            here = Machine(home, proxy.upstream, proxy.command(), home / "nginx" / "pid")
            here.environment.write_text(
                # One language: two builds of one take half the time.
                f"PUBLIC_ORIGIN=https://{NAME}\nPUBLISHER=Example Hospital\nLANGUAGES=en\n"
            )
            here.https = proxy.https
            here.first, here.second = here.release("2026.1"), here.release("2026.2")
            page = here.second / "templates" / "base.html"
            text = page.read_text()
            assert "</head>" in text
            page.write_text(text.replace("</head>", f'<meta name="{SIGN}"></head>'))
            builds = [here.built(here.first), here.built(here.second)]
            for build in builds:
                said = build.communicate()[0]
                assert build.returncode == 0, said
            yield here
            here.close()
    except NotHere as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def switched(machine, ports):
    """The first release is put up; then, while readers read, the second; then the first again."""
    status, said = machine.switch(machine.first, ports)
    assert status == 0, said
    signs = {}
    with Readers(machine.https) as readers:
        readers.wait_for(100)
        signs["before"] = readers.sign()
        signs["there"] = (*machine.switch(machine.second, ports), readers.sign())
        signs["state"] = (machine.running, machine.enabled, (machine.home / "current").resolve())
        readers.wait_for(100)
        signs["back"] = (*machine.switch(machine.first, ports), readers.sign())
        readers.wait_for(100)
    return readers, signs


def test_no_request_is_dropped_on_the_way_there_and_back(switched):
    """Not one of some thousand, whether a connection is kept or made anew."""
    readers, _ = switched

    assert readers.failed == []
    assert readers.seen.total() > 300
    assert readers.seen["new"] > 0
    assert readers.seen["old"] > 0


def test_the_new_release_answers_after_a_switch_and_the_old_one_after_a_way_back(switched):
    """Every live page, at once."""
    _, signs = switched

    assert signs["before"] == "old"
    assert signs["there"][0] == 0, signs["there"][1]
    assert signs["there"][2] == "new"
    assert signs["back"][0] == 0, signs["back"][1]
    assert signs["back"][2] == "old"


def test_after_a_switch_one_guide_runs_and_a_restart_would_start_it(switched, machine, ports):
    """The two ports take turns; the link leads to what runs."""
    running, enabled, current = switched[1]["state"]

    assert running == enabled == [f"treatment-guide@{ports[1]}"]
    assert current == machine.second
    assert machine.running == machine.enabled == [f"treatment-guide@{ports[0]}"]
    assert (machine.home / "current").resolve() == machine.first


def test_a_worker_never_takes_up_the_code_of_another_release(switched, machine):
    """The link is switched while a server runs: what it starts later is of its own release."""
    (unit,) = machine.running
    pid = int((machine.home / f"{unit}.pid").read_text())
    link = machine.home / "current"
    link.unlink()
    link.symlink_to(machine.second)
    try:
        children = f"/proc/{pid}/task/{pid}/children"
        with open(children) as file:
            before = set(map(int, file.read().split()))
        os.kill(max(before), 9)
        until = time.monotonic() + 60
        with Readers(machine.https) as readers:
            while True:
                with open(children) as file:
                    now = set(map(int, file.read().split()))
                if now - before:
                    break
                assert time.monotonic() < until
                time.sleep(0.1)
            started = max(now - before)
            maps = f"/proc/{started}/cwd"
            assert os.path.realpath(maps) == str(machine.first)
            assert {readers.sign() for _ in range(20)} == {"old"}
    finally:
        link.unlink()
        link.symlink_to(machine.first)


def refused(machine, release, ports, *, prepared=True):
    """What a switch says that has to fail, while readers read; nothing may have changed for them."""
    before = (machine.running, machine.enabled, (machine.home / "current").resolve())
    told = machine.upstream.read_text()
    with Readers(machine.https) as readers:
        status, said = machine.switch(release, ports, prepared=prepared)
        readers.wait_for(30)

    assert status != 0
    assert "Traceback" not in said
    assert (machine.running, machine.enabled, (machine.home / "current").resolve()) == before
    assert machine.upstream.read_text() == told
    assert readers.failed == []
    assert readers.seen["new"] == 0
    return said


def test_a_release_with_broken_content_is_refused_before_anything_is_touched(
    switched, machine, ports
):
    """The build fails and names the fault."""
    broken = machine.release("broken")
    (broken / "content" / "guide" / "flow.yaml").write_text("x: [")

    assert "flow.yaml" in refused(machine, broken, ports, prepared=False)


@pytest.mark.parametrize(
    ("harm", "says"),
    [("it refuses", "This failed: systemctl"), ("it starts nothing", "Nothing answers on port")],
)
def test_a_release_that_does_not_start_changes_nothing_for_readers(
    switched, machine, ports, harm, says
):
    """What ran goes on, the link leads to it, and nothing is left half-way."""
    switch = machine.second / "deploy" / "switch.py"
    assert "START, DRAIN = 120, 120" in switch.read_text()
    switch.write_text(switch.read_text().replace("= 120, 120", "= 2, 2"))
    (machine.home / "harm").write_text(harm)
    try:
        assert says in refused(machine, machine.second, ports)
    finally:
        (machine.home / "harm").unlink()
        switch.write_text(switch.read_text().replace("= 2, 2", "= 120, 120"))


def test_a_configuration_that_nginx_refuses_changes_nothing(switched, machine, ports):
    """A fault elsewhere in its files must not end the guide that runs."""
    conf = machine.home / "nginx" / "nginx.conf"
    was = conf.read_text()
    conf.write_text(was + "nonsense;\n")
    try:
        assert "-t" in refused(machine, machine.second, ports)
    finally:
        conf.write_text(was)


def test_builds_of_both_releases_stand_outside_of_them(switched, machine):
    """So that going back needs no build of its own."""
    day = f"{today():%Y}"
    builds = [path.name for path in (machine.home / "build").iterdir() if path.name.startswith(day)]

    assert len(builds) >= 2
    assert not (machine.first / ".build").exists()
