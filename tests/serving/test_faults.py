"""Things that go wrong around the guide: never a wrong page, a lost answer or a leak.

A running server is broken by `make faults` (tools/faults.py); what needs no server is here.
"""

import sys
from datetime import timedelta

import pytest

from treatment_guide.engine.code import EPOCH
from treatment_guide.serving.addresses import every_address
from treatment_guide.serving.health import version

ANSWERS = {"urgent": "none", "place": "knee", "urgent-here": "none"}


@pytest.mark.parametrize("day", [-20_000, -1, 0, 31, 1_000, 100_000])
def test_a_wrong_clock_asks_for_danger_signs_again(client, code, freeze, day):
    """Whatever day the machine believes in: an old answer is asked anew, and nothing breaks."""
    address = f"/whats-next/outcome/{code(ANSWERS)}/"
    freeze(EPOCH + timedelta(days=day))

    answer = client.get(address)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/whats-next/urgent/")
    assert client.get(answer["Location"]).status_code == 200


def test_no_page_writes_a_file(wsgi, code):
    """A read-only file system is enough: no request opens a file for writing."""
    written = []

    def watch(event, args):
        if watching and event == "open":
            path, mode, _ = args
            if isinstance(mode, str) and set(mode) & set("wax+"):
                written.append(path)

    watching = True
    sys.addaudithook(watch)
    for address in every_address_but_feedback():
        wsgi(path=address)
    wsgi(path=f"/whats-next/outcome/{code(ANSWERS)}/")
    wsgi("POST", f"/whats-next/cause/{code(ANSWERS)}/", body=b"cause=arthritis")
    watching = False

    assert written == []


def every_address_but_feedback():
    """Every published address of the guide."""
    from treatment_guide.library.content_check import current_library

    return every_address(current_library())


def test_health_tells_what_is_served(client, library):
    """Release, version of the content, and what was proven: nothing about anybody."""
    said = client.get("/healthz").json()

    assert said["release"] == library.site.release
    assert said["content"] == version()
    assert (said["built"], said["proven"]) == (None, None)  # no build is served in tests


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "10.1.2.3:8000", "guide", "no such name"])
def test_health_is_told_by_any_name(client, host):
    """A container engine, a cluster or a balancer asks by an address that no reader uses."""
    assert client.get("/healthz", headers={"Host": host}).status_code == 200
    assert client.get("/no-such-page/", headers={"Host": "guide.invalid"}).status_code == 400
