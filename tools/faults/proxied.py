"""What nginx does with the same attacks: deploy/nginx.conf in front of a guide, over TLS."""

import http.client
import socket
import ssl
import time
from contextlib import suppress

from attacks import HALF, PROMISED, attack, half_forms_of_http2, said
from guide import Failed, NotHere, Place

from tests.deploy.nginx import NAME, Nginx, nginx, secure
from tests.deploy.nginx import NotHere as NoNginx

#: Clients of one address may hold a hundred connections: so many addresses attack.
SOURCES = 10
EACH = 100


def asked(proxy: Nginx, method: str, path: str, body: str = "") -> int:
    """The status that a reader gets over TLS; 0 when the connection fails."""
    connection = http.client.HTTPConnection(NAME)
    headers = {"Host": NAME}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.sock = over_tls(proxy.https, b"", "127.0.0.1", "http/1.1")
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def slowest(proxy: Nginx, seconds: float) -> dict[str, float]:
    """How long a page, `/healthz` and a form take a reader at worst. Raises Failed."""
    requests = {
        "page": ("GET", "/options/prp/"),
        "health": ("GET", "/healthz"),
        "form": ("POST", "/whats-next/place/0/", "place=knee"),
    }
    worst = dict.fromkeys(requests, 0.0)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for name, request in requests.items():
            began = time.monotonic()
            status = asked(proxy, *request)
            took = time.monotonic() - began
            worst[name] = max(worst[name], took)
            if status not in (200, 302) or took > PROMISED:
                raise Failed(f"{name}: {status or 'cut off'} after {took:.1f} s")
        time.sleep(0.2)  # a reader, not a flood: nginx takes twenty forms a second from one client
    return worst


def over_tls(port: int, data: bytes, source: str, alpn: str) -> ssl.SSLSocket:
    """A connection over TLS that has sent these bytes."""
    plain = socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(source, 0))
    found = secure(alpn).wrap_socket(plain, server_hostname=NAME)
    found.sendall(data)
    return found


def slow_over_tls(proxy: Nginx, data: bytes, alpn: str, count: int) -> str:
    """Slow clients over TLS are held while a reader reads; what nginx did with them."""
    held: list[ssl.SSLSocket] = []
    refused = 0
    try:
        for number in range(count):
            try:
                held.append(over_tls(proxy.https, data, f"127.0.0.{2 + number % SOURCES}", alpn))
            except OSError:
                refused += 1
        worst = slowest(proxy, 8)
        if len(held) < count * 0.8:
            raise Failed(f"no attack: {len(held)} held")
    finally:
        for connection in held:
            with suppress(OSError):
                connection.close()
    return f"{len(held)} held, {refused} refused, longest waits {said(worst)}"


def behind_nginx(place: Place) -> str:
    """Silence, slow forms and half forms of HTTP/2 against nginx, with the guide behind it."""
    folder = place.scratch / "nginx"
    folder.mkdir(exist_ok=True)
    half = HALF.replace(b"localhost", NAME.encode())
    http2 = half_forms_of_http2()
    told = {}
    try:
        with (
            place.guide(readers=0, ALLOWED_HOSTS=f"{NAME},localhost") as guide,
            nginx(folder, [guide.port]) as proxy,
        ):
            before = set(guide.workers())
            count = SOURCES * EACH
            with attack(proxy.https, count, lambda number: (b"", b"G")[number % 2]) as came:
                told["silent"] = f"{came[b'held']} held, longest waits {said(slowest(proxy, 12))}"
            told["slow forms"] = slow_over_tls(proxy, half, "http/1.1", count // 2)
            told["HTTP/2 that breaks off"] = slow_over_tls(proxy, http2, "h2", count // 4)
            if asked(proxy, "GET", "/options/prp/") != 200 or set(guide.workers()) != before:
                raise Failed("the guide is not what it was")
    except NoNginx as why:
        raise NotHere(str(why)) from why
    return "; ".join(f"{name}: {what}" for name, what in told.items())
