"""The live site below a path of a host (BASE_PATH), behind nginx: every link stays below it.

One nginx leaves the path on what it passes on, another takes it off. Both are common.
"""

import http.client
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.deploy.nginx import NotHere, free_port, program
from tests.serving.server.running import started
from tests.stories import KNEE, choices_of
from treatment_guide.engine.code import days_since_2026, encode
from treatment_guide.http.clock import today
from treatment_guide.library.content_check import current_library

BASE = "/patients/guide"
LIBRARY = current_library()
CODE = encode(LIBRARY.layout, choices_of(KNEE), day=days_since_2026(today()))
#: One page of each kind, within the site.
PAGES = (
    "/",
    "/options/prp/",
    "/situations/",
    "/topics/how-to-decide/",
    "/about/rules/",
    "/sources/",
    "/compare/?option=prp&option=surgical-consultation",
    "/search/?q=knee",
    "/get-help-now/",
    "/clinics/",
    "/clinics/integrator-sheet/",
    "/whats-next/",
    f"/whats-next/urgent/{encode(LIBRARY.layout, {})}/",
    f"/go/{encode(LIBRARY.layout, choices_of(KNEE), paper=True)}/",
)
CONF = """
daemon off; master_process off; pid {folder}/pid; error_log stderr crit;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{on};
    location {base}/ {{ proxy_pass http://127.0.0.1:{guide}; proxy_set_header Host $http_host; }}
  }}
  server {{
    listen 127.0.0.1:{off};
    location {base}/ {{ proxy_pass http://127.0.0.1:{guide}/; proxy_set_header Host $http_host; }}
  }}
}}
"""


def listens(port: int) -> bool:
    """True once somebody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def ports(tmp_path_factory) -> Iterator[dict[str, int]]:
    """A guide that runs with BASE_PATH, behind the two kinds of proxy."""
    folder = tmp_path_factory.mktemp("below")
    found = {"left on": free_port(), "taken off": free_port()}
    try:
        nginx = program("nginx", "nginx")
    except NotHere as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))
    with started(folder / "log", BASE_PATH=BASE) as guide:
        conf = folder / "nginx.conf"
        on, off = found.values()
        conf.write_text(CONF.format(folder=folder, base=BASE, guide=guide.port, on=on, off=off))
        proxy = subprocess.Popen([nginx, "-c", str(conf), "-p", str(folder)])
        try:
            until = time.monotonic() + 20
            for port in found.values():
                while not listens(port):
                    assert time.monotonic() < until, "nginx does not answer"
                    time.sleep(0.05)
            yield found
        finally:
            proxy.terminate()
            proxy.wait()


@pytest.fixture(params=["left on", "taken off"])
def ask(ports, request):
    """Ask one of the proxies: status, headers and text of the answer."""

    def asked(path: str, method: str = "GET", body: str | None = None, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", ports[request.param], timeout=20)
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            connection.request(method, path, body, {"Host": "localhost", **form, **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    return asked


def test_every_link_stays_below_the_path_and_leads_somewhere(ask):
    """Links, forms, files, short words and redirects of one page of each kind."""
    found, outside = set(), {}
    for page in PAGES:
        status, headers, text = ask(BASE + page)
        while status in (301, 302, 303):
            assert headers["Location"].startswith(f"{BASE}/")
            status, headers, text = ask(headers["Location"])
        assert status == 200, page
        links = re.findall(r'(?:href|action|src|hx-post)="(/[^"]*)"', text)
        outside |= {link: page for link in links if not link.startswith(f"{BASE}/")}
        found |= {re.split("[?#]", link)[0] for link in links}

    assert outside == {}
    assert len(found) > 100
    dead = {link for link in found if ask(link)[0] >= 400} - {f"{BASE}/infobutton"}
    assert dead == set()


def test_a_tick_and_an_answer_lead_on_below_the_path(ask):
    """With htmx the address in the bar, and without it the redirect."""
    first = f"{BASE}/whats-next/response/{CODE}/"

    _, headers, _ = ask(first, "POST", "response=none", **{"HX-Request": "true"})
    assert headers["HX-Replace-Url"].startswith(f"{BASE}/whats-next/response/")
    status, headers, _ = ask(first, "POST", "response=none")
    assert (status, headers["Location"].startswith(f"{BASE}/whats-next/")) == (303, True)


def test_a_sheet_names_the_whole_address(ask):
    """What stands on paper, and what the QR code says, lead below the path."""
    _, _, text = ask(f"{BASE}/whats-next/take/{CODE}/")

    assert re.search(rf"https?://[^/\s]+{BASE}/go/\w+/", text)


def test_an_address_without_its_slash_is_led_below_the_path(ask):
    """As everywhere, with the path."""
    status, headers, _ = ask(f"{BASE}/options")

    assert (status, headers["Location"]) == (301, f"{BASE}/options/")
