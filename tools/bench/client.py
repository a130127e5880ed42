"""A load client for machines without wrk: sixteen connections, one thread each, in Python.

    client.py PORT SECONDS FILE      prints the same RESULT line as wrk.lua

Python is slower than what it measures: ratios are right only between slow pages.
"""

import http.client
import sys
import threading
import time
from pathlib import Path

CONNECTIONS = 16


def rows(file: str) -> list[tuple[str, str, str, dict[str, str]]]:
    """The requests of a file: method, path, body, headers."""
    lines = Path(file).read_text().splitlines()
    return parsed([tuple(line.split("\t")) for line in lines])


def parsed(lines: list[tuple[str, ...]]) -> list[tuple[str, str, str, dict[str, str]]]:
    """Requests with their headers."""
    found = []
    for method, path, body, htmx in lines:
        headers = {"Accept-Encoding": "br, gzip"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if htmx == "1":
            headers["HX-Request"] = "true"
        found.append((method, path, body, headers))
    return found


def run(port: int, seconds: float, requests: list) -> str:
    """Send the requests in turn for some seconds; the line that says how it went."""
    times: list[float] = []
    errors = size = 0
    until = time.perf_counter() + seconds

    def send(first: int) -> None:
        nonlocal errors, size
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        turn = first
        while time.perf_counter() < until:
            method, path, body, headers = requests[turn % len(requests)]
            turn += CONNECTIONS
            began = time.perf_counter()
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            data = answer.read()
            times.append(time.perf_counter() - began)
            size += len(data)
            errors += answer.status >= 400
        connection.close()

    threads = [threading.Thread(target=send, args=(i,)) for i in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    p50, p99 = (times[int(len(times) * part)] * 1e6 for part in (0.5, 0.99))
    rate = len(times) / seconds
    return f"RESULT {rate:.1f} {p50:.0f} {p99:.0f} {errors} {size // max(1, len(times))}"


if __name__ == "__main__":
    sys.stdout.write(run(int(sys.argv[1]), float(sys.argv[2]), rows(sys.argv[3])) + "\n")
