"""Counts for Prometheus: in its own format, added up over workers, and nothing about a reader."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from tests.serving.test_logs import QUIET, SECRET, answering
from treatment_guide.serving.metrics import BUCKETS, CONTENT_TYPE, Metrics
from treatment_guide.serving.middleware import SECURITY_HEADERS


@pytest.fixture
def folder(tmp_path):
    """Where workers write."""
    return tmp_path


def ask(application, path, method="GET"):
    """Send a request; status, headers and body of the answer."""
    said = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": ""}
    body = b"".join(application(environ, lambda status, headers: said.extend((status, headers))))
    return said[0], dict(said[1]), body


def families(metrics):
    """What Prometheus reads, by name. It refuses what is not in its format."""
    text = metrics.text()
    found = {family.name: family for family in text_string_to_metric_families(text)}
    named = sum(line != "" and line[0] != "#" for line in text.splitlines())
    assert named == sum(len(family.samples) for family in found.values())
    return found


def value(family, name, **labels):
    """One sample of a family."""
    (found,) = [s for s in family.samples if s.name == name and s.labels == labels]
    return found.value


def test_prometheus_reads_the_counts(folder):
    """Each family has its type and its help, and a histogram has buckets, a sum and a count."""
    metrics = Metrics(answering(), folder)
    metrics.note("GET", "/options/prp/", "200", 0.002)
    metrics.note("GET", "/options/prp/", "200", 0.25)
    metrics.note("BREW", "/options/prp/", "405", 5.0)

    found = families(metrics)

    requests, seconds = found["guide_requests"], found["guide_seconds"]
    assert (requests.type, seconds.type) == ("counter", "histogram")
    assert requests.documentation
    assert seconds.documentation
    assert value(requests, "guide_requests_total", kind="options", method="GET", status="200") == 2
    assert (
        value(requests, "guide_requests_total", kind="options", method="OTHER", status="405") == 1
    )
    assert value(seconds, "guide_seconds_count", kind="options") == 3
    assert math.isclose(value(seconds, "guide_seconds_sum", kind="options"), 5.252)


@given(st.lists(st.tuples(st.sampled_from(["/", "/search/", "/go/x/"]), st.floats(0, 20))))
def test_the_buckets_of_any_times_are_right(tmp_path_factory, times):
    """For any times: each bucket holds all that took no longer, and the last one holds all."""
    metrics = Metrics(answering(), tmp_path_factory.mktemp("metrics"))
    for path, seconds in times:
        metrics.note("GET", path, "200", seconds)

    seconds = families(metrics).get("guide_seconds")

    for path, kind in (("/", "page"), ("/search/", "page"), ("/go/x/", "go")):
        took = [t for p, t in times if (kind == "go") == (p == "/go/x/")]
        for bound in (*BUCKETS, "+Inf") if path in [p for p, _ in times] else ():
            expected = sum(t <= float(bound) for t in took)
            assert value(seconds, "guide_seconds_bucket", kind=kind, le=str(bound)) == expected


def test_counts_hold_no_answer_and_add_up_over_workers(folder):
    """Whichever worker is asked, the counts are those of all; no address with a code is in them."""
    first, second = Metrics(answering(), folder), Metrics(answering("404 Not Found"), folder)
    for path in QUIET:
        ask(first, path)
    ask(second, "/options/prp/")
    ask(second, "/metrics")

    _, _, said = ask(first, "/metrics")

    assert SECRET not in said.decode()
    requests = families(first)["guide_requests"]
    assert value(requests, "guide_requests_total", kind="options", method="GET", status="404") == 1
    assert (
        value(requests, "guide_requests_total", kind="whats-next", method="GET", status="200") == 2
    )


def test_a_worker_that_ended_leaves_its_counts(folder):
    """Its number may be given to the next worker: counts never go down."""
    for _ in range(3):
        worker = Metrics(answering(), folder)
        ask(worker, "/options/prp/")
        worker.text()

    labels = {"kind": "options", "method": "GET", "status": "200"}
    assert value(families(worker)["guide_requests"], "guide_requests_total", **labels) == 3


def test_counts_on_a_full_disk_stop_no_answer(folder):
    """A folder that cannot be written costs the counts, not the page."""
    metrics = Metrics(answering(), folder / "not-there")

    assert ask(metrics, "/options/")[2] == b""
    assert b"guide_requests_total" in ask(metrics, "/metrics")[2]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"a": "b"}', '{"x y z": 1}', '{"a": {}}', "\xff"]
)
def test_a_stray_file_costs_no_counts(folder, content):
    """Cut short, or left by somebody else, or by an earlier release."""
    (folder / "stray.json").write_bytes(content.encode("latin-1"))
    (folder / "old.json").write_text(json.dumps({'guide_requests_total{kind="page"}': 1}))
    metrics = Metrics(answering(), folder)
    ask(metrics, "/options/")

    labels = {"kind": "options", "method": "GET", "status": "200"}
    assert value(families(metrics)["guide_requests"], "guide_requests_total", **labels) == 1


def test_the_counts_are_an_answer_like_any_other(folder):
    """The headers of every answer; GET and HEAD alone."""
    metrics = Metrics(answering("405 Method Not Allowed"), folder)

    status, headers, body = ask(metrics, "/metrics")
    _, again, nothing = ask(metrics, "/metrics", "HEAD")

    assert (status, headers["Content-Type"]) == ("200 OK", CONTENT_TYPE)
    assert headers.items() >= SECURITY_HEADERS.items()
    assert (int(headers["Content-Length"]), nothing) == (len(body), b"")
    assert again == headers
    assert ask(metrics, "/metrics", "POST")[0].startswith("405")
