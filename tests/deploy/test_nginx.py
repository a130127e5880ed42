"""deploy/nginx.conf does what it says: asked of Debian's nginx, in front of a small upstream."""

import http.client
import os
import re
import socket
import ssl
import threading
import time
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from tests.deploy.nginx import NAME, NotHere, Reply, nginx, secure, upstream
from treatment_guide.library.content_check import current_library
from treatment_guide.serving.deploy_checks import NEEDED
from treatment_guide.serving.middleware import SECURITY_HEADERS

ANSWERS = "/whats-next/outcome/0g4f/"


class Behind:
    """The upstream of the tests: notes what it was asked, and answers by the address."""

    def __init__(self):
        self.asked = []
        self.addresses = []
        self.go_on = threading.Event()

    def answer(self, request):
        self.asked.append((request.command, request.path, request.headers["Host"]))
        self.addresses.append(request.headers.get_all("X-Real-IP"))
        size = int(request.headers.get("Content-Length") or 0)
        body = request.rfile.read(size)
        if request.path.startswith("/hold"):
            self.go_on.wait(60)
        kept = "no-store" if request.path.startswith("/whats-next") else "max-age=300, public"
        request.send_response(200)
        for name, value in {**SECURITY_HEADERS, "Cache-Control": kept}.items():
            request.send_header(name, value)
        said = b"the guide" + body[:20]
        request.send_header("Content-Length", str(len(said)))
        request.end_headers()
        request.wfile.write(said)


#: So that a test can be many clients: nginx believes what it is told of an address.
MANY = "set_real_ip_from 127.0.0.1; real_ip_header X-Test-Client;"
clients = count(1)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """nginx with the example, and what stands behind. Only where no nginx can be had is this
    skipped, and never in CI.
    """
    behind = Behind()
    folder = tmp_path_factory.mktemp("nginx")
    try:
        with upstream(behind.answer) as port, nginx(folder, [port], MANY) as proxy:
            yield proxy, behind
            behind.go_on.set()
    except NotHere as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))


@pytest.fixture
def behind(running):
    """What stands behind, asked nothing yet."""
    running[1].asked.clear()
    return running[1]


@pytest.fixture
def proxy(running):
    """nginx, for a client that has asked for nothing yet."""
    running[0].client = f"198.51.100.{next(clients)}"
    return running[0]


def connect(proxy, name=NAME, alpn="http/1.1", host="127.0.0.1"):
    """A TLS connection that asks for a name."""
    plain = socket.create_connection((host, proxy.https), 20)
    return secure(alpn).wrap_socket(plain, server_hostname=name)


def ask(proxy, path, method="GET", body=None, *, plain=False, host=NAME, **headers):
    """One request on a connection of its own."""
    port = proxy.http if plain else proxy.https
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.sock = socket.create_connection(("127.0.0.1", port), 20)
    if not plain:
        connection.sock = secure().wrap_socket(connection.sock, server_hostname=NAME)
    given = {"Host": host, "X-Test-Client": proxy.client}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body, given)
        answer = connection.getresponse()
        return Reply(answer.status, answer.getheaders(), answer.read())
    finally:
        connection.close()


def burst(proxy, path, number, client=None):
    """The answers to many requests of one client, sent at once on one connection."""
    one = f"GET {path} HTTP/1.1\r\nHost: {NAME}\r\nX-Test-Client: {client or proxy.client}\r\n"
    last = f"{one}Connection: close\r\n\r\n"
    with connect(proxy) as connection:
        connection.sendall((f"{one}\r\n" * (number - 1) + last).encode())
        said = b"".join(iter(lambda: connection.recv(65_536), b"")).decode()
    return re.split(r"(?=HTTP/1\.1 \d{3} )", said)[1:]


def statuses(answers):
    """How often each status came."""
    return Counter(int(answer.split()[1]) for answer in answers)


def is_kind(reply):
    """True for a page of nginx's own with words of the guide and every strict header once."""
    ui = current_library().ui
    name = "error-400" if reply.status < 500 and reply.status != 429 else "error-500"
    text = reply.body.decode()
    return (
        ui[f"{name}-title"] in text
        and ui[f"{name}-text"] in text
        and all(len(reply.all(header)) == 1 for header in NEEDED)
        and reply.all("Cache-Control") == ["no-store"]
    )


def test_a_plain_request_for_our_name_is_sent_to_https(proxy, behind):
    """And no browser keeps where an address with answers led."""
    reply = ask(proxy, f"{ANSWERS}?x=1", plain=True)

    assert (reply.status, reply.all("Location")) == (301, [f"https://{NAME}{ANSWERS}?x=1"])
    assert reply.all("Cache-Control") == ["no-store"]
    assert behind.asked == []


@pytest.mark.parametrize("plain", [True, False])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", f"{NAME}.evil.example"])
def test_another_name_is_sent_nowhere(proxy, behind, plain, host):
    """No open redirect, and no answer of the guide under a name that is not ours."""
    reply = ask(proxy, "/", plain=plain, host=host)

    assert (reply.status, reply.all("Location")) == (421, [])
    assert is_kind(reply)
    assert behind.asked == []


def test_tls_for_another_name_is_refused(proxy):
    """Nobody is shown our certificate who did not ask for us."""
    with pytest.raises(ssl.SSLError):
        connect(proxy, "evil.example")


def test_browsers_get_http_2(proxy):
    """`listen … http2`, in the form that nginx 1.22 takes."""
    with connect(proxy, alpn="h2") as connection:
        assert connection.selected_alpn_protocol() == "h2"


def test_both_families_of_addresses_are_served(proxy):
    """The lines for IPv6 are right where somebody turns them on."""
    if not proxy.ipv6:
        assert proxy.https  # this machine has no IPv6: the other tests have asked over IPv4
        return
    with connect(proxy, host="::1") as connection:
        connection.sendall(f"GET / HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        assert b" 200 OK" in connection.recv(200)


def test_a_page_is_kept_and_an_answer_never(proxy, behind):
    """The guide says what may be kept. It is asked by the name that ALLOWED_HOSTS knows."""
    for _ in range(3):
        assert ask(proxy, "/options/prp/").body == b"the guide"
        assert ask(proxy, ANSWERS).status == 200

    assert behind.asked.count(("GET", "/options/prp/", NAME)) == 1
    assert behind.asked.count(("GET", ANSWERS, NAME)) == 3


@pytest.mark.parametrize("path", ["/", ANSWERS])
def test_what_the_guide_says_goes_through_as_it_is(proxy, path):
    """No header of the guide is there twice, or changed."""
    reply = ask(proxy, path)

    assert {name: reply.all(name) for name in SECURITY_HEADERS} == {
        name: [value] for name, value in SECURITY_HEADERS.items()
    }


@pytest.mark.parametrize(("path", "most"), [(ANSWERS, 40), ("/about/", 200), ("/nowhere", 200)])
def test_one_client_gets_only_so_much(proxy, path, most):
    """Every place has its limit; what is too much is said kindly, and others are not held up."""
    answers = burst(proxy, path, 4 * most)

    assert statuses(answers)[200] >= most
    assert statuses(answers)[200] + statuses(answers)[429] == 4 * most
    refused = [answer for answer in answers if " 429 " in answer.splitlines()[0]]
    assert refused
    for answer in refused:
        assert current_library().ui["error-500-text"] in answer
        assert all(answer.count(f"\r\n{name}: ") == 1 for name in NEEDED)
    assert ask(proxy, path, X_Test_Client="203.0.113.9").status == 200


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:0a0a:000a:0d0a", True),
        ("2001:db8:0a0a:0a::1", "2001:db8:0a0a:0a:1:2:3:4", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("192.0.2.10", "192.0.2.11", False),
        ("::ffff:192.0.2.10", "::ffff:192.0.2.11", False),
    ],
)
def test_a_house_is_one_client(proxy, first, second, same):
    """With IPv6 anybody has 2^64 addresses: a limit by address alone would be none."""
    assert statuses(burst(proxy, ANSWERS, 160, first))[429] > 40

    then = statuses(burst(proxy, ANSWERS, 40, second))

    assert (then[429] > 10) is same


def test_nobody_says_whose_address_feedback_comes_from(proxy, behind):
    """The guide believes X-Real-IP (CLIENT_ADDRESS), so it is nginx that writes it."""
    behind.addresses.clear()
    ask(proxy, ANSWERS, X_Real_IP="203.0.113.77")

    assert behind.addresses == [[proxy.client]]


def test_one_client_holds_only_so_many_connections(proxy, behind):
    """A hundred requests at once; the next is refused until one of them ends."""
    wish = f"GET /hold?%d HTTP/1.1\r\nHost: {NAME}\r\nX-Test-Client: {proxy.client}\r\n\r\n"
    held = []
    behind.go_on.clear()
    try:
        for number in range(101):
            held.append(connect(proxy))
            held[-1].sendall((wish % number).encode())
        refused = 0
        until = time.monotonic() + 30
        while not refused and time.monotonic() < until:
            for connection in held:
                connection.settimeout(0.001)
                try:
                    refused += b" 429 " in connection.recv(400)
                except (TimeoutError, ssl.SSLError):
                    continue
        assert refused == 1
        assert ask(proxy, "/", X_Test_Client="203.0.113.9").status == 200
    finally:
        behind.go_on.set()
        for connection in held:
            connection.close()


def test_a_form_goes_on_only_when_it_is_whole(proxy, behind):
    """Whoever sends it slowly costs a connection of nginx, and no worker."""
    head = f"POST /feedback/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 10\r\n\r\nhalf "
    with connect(proxy) as slow:
        slow.sendall(head.encode())
        for _ in range(5):
            assert ask(proxy, ANSWERS).status == 200
        assert not [path for _, path, _ in behind.asked if path == "/feedback/"]
        slow.sendall(b"whole")
        assert b" 200 OK" in slow.recv(200)
    assert ("POST", "/feedback/", NAME) in behind.asked


@pytest.mark.parametrize(
    ("path", "said", "status"),
    [
        ("/metrics", {}, 404),
        ("/errors/500.html", {}, 404),
        ("/feedback/", {"method": "POST", "body": b"x" * 40_000}, 413),
        ("/" + "x" * 9_000, {}, 414),
        ("/", {"X_Long": "x" * 20_000}, 400),
        ("/../../etc/passwd", {}, 400),
    ],
)
def test_what_nginx_refuses_by_itself_is_refused_kindly(proxy, behind, path, said, status):
    """With the words of the guide and its headers, and without asking it."""
    reply = ask(proxy, path, **said)

    assert reply.status == status
    assert is_kind(reply)
    assert behind.asked == []


def test_plain_http_on_the_secure_port_is_refused_kindly(proxy):
    """A link with the wrong scheme meets words, too."""
    with socket.create_connection(("127.0.0.1", proxy.https), 20) as plain:
        plain.sendall(f"GET / HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        said = b"".join(iter(lambda: plain.recv(4096), b"")).decode()

    assert said.startswith("HTTP/1.1 400 ")
    assert current_library().ui["error-400-title"] in said
    assert "X-Frame-Options: DENY" in said


def test_a_guide_that_is_gone_is_said_kindly(proxy):
    """Kept pages go on; for all else there are words. No log tells an address with answers."""
    assert ask(proxy, "/about/").status == 200
    was = proxy.upstream.read_text()
    proxy.upstream.write_text("server 127.0.0.1:9;\n")
    try:
        proxy.reload()
        until = time.monotonic() + 10
        while (gone := ask(proxy, ANSWERS)).status == 200 and time.monotonic() < until:
            time.sleep(0.05)

        assert gone.status == 502
        assert is_kind(gone)
        assert ask(proxy, "/about/").status == 200
        burst(proxy, ANSWERS, 160)
        assert "0g4f" not in (proxy.folder / "error.log").read_text()
    finally:
        proxy.upstream.write_text(was)
        proxy.reload()


def test_nothing_that_a_reader_sends_is_laid_on_a_disk(proxy):
    """Cached pages alone are files."""
    ask(proxy, "/feedback/", "POST", b"y" * 30_000)
    ask(proxy, ANSWERS)

    files = [path for path in proxy.folder.rglob("*") if path.is_file()]
    assert [f for f in files if b"yyyyyyyy" in f.read_bytes() or b"0g4f" in f.read_bytes()] == []
    assert [f for name in ("client_body", "proxy") for f in (proxy.folder / name).rglob("*")
            if f.is_file()] == []  # fmt: skip


def test_the_error_pages_are_those_of_the_guide():
    """Their words are content, and the name stands in nginx.conf only where it has to be changed."""
    text = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text()

    assert re.findall(rf"(\w+) {re.escape(NAME)};", text) == ["server_name"] * 2
    assert text.count(NAME) == 3  # and once in words
