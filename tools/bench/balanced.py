"""`make balanced`: two servers behind nginx, which alternates; answers must not depend on the
server.

Each reader goes through the questionnaire step by step, and every step may meet the other server.
The same journeys are made on one server alone, and every page has to be the same. nginx has no
access log, and neither have the servers: what they wrote is searched for codes.
"""

import http.client
import os
import re
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from run import ROOT, build, install
from servers import guide, nginx_conf, running

CHOICES = ("knee", "hip", "back", "neck", "shoulder")
READERS = 40


def journey(port: int, place: str) -> list[tuple[int, str]]:
    """One reader's way: status and page of each step, to the outcome."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    seen: list[tuple[int, str]] = []

    def ask(method: str, path: str, body: str | None = None) -> str:
        headers = {"Host": "localhost"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        seen.append((answer.status, answer.getheader("Location") or text))
        return answer.getheader("Location") or path

    here = ask("POST", "/whats-next/urgent/0/", "urgent=none")
    for _ in range(30):
        question = here.split("/")[2]
        if question == "outcome":
            break
        ask("GET", here)
        answers = {"place": place, "urgent-here": "none"}
        here = ask("POST", here, f"{question}={answers.get(question, 'not-sure')}")
    ask("GET", here)
    connection.close()
    return seen


def main() -> None:
    """Make the journeys on one server, then through nginx over two, and compare."""
    if not install("nginx"):
        raise SystemExit("this needs nginx, and none could be installed")
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        environment = {"BUILD_DIR": str(build(scratch))}
        with guide(ROOT, core=0, **environment) as one, guide(ROOT, core=1, **environment) as two:
            conf, port = nginx_conf(scratch / "nginx", balanced=[one.port, two.port])
            command = ["nginx", "-c", str(conf), "-e", str(scratch / "nginx" / "error.log")]
            with running(command, port, "/healthz", dict(os.environ)):
                alone = {place: journey(one.port, place) for place in CHOICES}
                results: Counter[str] = Counter()
                began = time.perf_counter()

                def read(number: int) -> None:
                    place = CHOICES[number % len(CHOICES)]
                    same = journey(port, place) == alone[place]
                    results["the same" if same else "DIFFERENT"] += 1

                threads = [threading.Thread(target=read, args=(n,)) for n in range(READERS)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                seconds = time.perf_counter() - began
            steps = sum(len(alone[CHOICES[n % len(CHOICES)]]) for n in range(READERS))
            logged = (scratch / "nginx" / "error.log").read_text()
            codes = re.findall(r"/(?:whats-next/[a-z-]+|go)/[0-9a-z]+/", logged)
    print(
        f"{READERS} journeys, {steps} steps through nginx over two servers in {seconds:.1f} s: "
        f"{dict(results)}; codes in nginx's log: {len(codes)}"
    )
    sys.exit(bool(results["DIFFERENT"] or codes))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
