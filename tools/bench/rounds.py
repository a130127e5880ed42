"""Measures servers in turns: in every round each row is asked of every server that has it, one
directly after the other, so that a noisy machine hits all alike. What counts is the median of the
rounds.
"""

import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from client import parsed
from servers import ROOT, Server, pinned

from treatment_guide.engine.code import days_since_2026
from treatment_guide.http.clock import today

HERE = Path(__file__).parent
#: How many different readers send the mixed load; each page is asked by all of them in turn.
READERS = 200

#: A request: method, path, body, "1" for one that htmx sends.
Request = tuple[str, str, str, str]


@dataclass(frozen=True)
class Result:
    """What the client saw: requests a second, microseconds, errors, bytes of an answer."""

    rate: float
    p50: int
    p99: int
    errors: int
    size: int


@dataclass(frozen=True)
class Row:
    """A kind of load: its name, the kind of server it is for, its requests, and whether each of
    them is asked once before: such rows measure who comes again.
    """

    name: str
    server: str
    requests: list[Request]
    warm: bool = True


def get(*paths: str) -> list[Request]:
    """Plain requests."""
    return [("GET", path, "", "") for path in paths]


#: Run in a checkout, which may be of an older release: answers in, their codes of a day out.
ENCODE = """
import json, sys
sys.path.insert(0, sys.argv[1])
import django
django.setup()
from treatment_guide.engine.code import encode
try:
    from treatment_guide.library.content_check import current_library
    from treatment_guide.questionnaire.visit import today
except ImportError:  # a checkout from before the rooms were named
    from treatment_guide.library.checks import current_library
    from treatment_guide.web.whats_next import today
layout, day = current_library().layout, today()
for_each = [{q: frozenset(c) for q, c in answers.items()} for answers in json.load(sys.stdin)]
print(json.dumps([encode(layout, answers, day=day) for answers in for_each]))
"""


@dataclass
class Readers:
    """Answers of made-up readers: codes, the same on every machine."""

    codes: list[str]
    choices: list[str]
    answers: list[dict[str, list[str]]]

    def known_to(self, checkout: Path) -> "Readers":
        """The same readers with the codes that another checkout gives: it may know ours not yet."""
        given = json.dumps(self.answers)
        command = [sys.executable, "-c", ENCODE, str(checkout), str(days_since_2026(today()))]
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "treatment_guide.settings"}
        said = subprocess.run(
            command, cwd=checkout, env=env, input=given, capture_output=True, text=True, check=True
        ).stdout
        return Readers(json.loads(said), self.choices, self.answers)

    @property
    def ticks(self) -> list[Request]:
        """A tick of each: the live list is the answer."""
        pairs = zip(self.codes, self.choices, strict=True)
        return [("POST", f"/whats-next/response/{c}/", f"response={r}", "1") for c, r in pairs]

    @property
    def pages(self) -> list[Request]:
        """A question page of each."""
        return get(*(f"/whats-next/response/{code}/" for code in self.codes))

    @property
    def outcomes(self) -> list[Request]:
        """The outcome of each."""
        return get(*(f"/whats-next/outcome/{code}/" for code in self.codes))


def readers(count: int) -> Readers:
    """So many different readers, none of whom has to go for help."""
    from treatment_guide.engine.answers import NONE
    from treatment_guide.engine.code import encode
    from treatment_guide.library.content_check import current_library
    from treatment_guide.questionnaire.visit import today

    library = current_library()
    chance = random.Random(1)
    found: dict[str, tuple[str, dict[str, list[str]]]] = {}
    while len(found) < count:
        answers: dict[str, frozenset[str]] = {}
        for question in library.guide.questions.values():
            offered = question.offered(answers)
            if question.about_danger:
                answers[question.id] = frozenset((NONE,))
            elif offered and chance.random() < 0.8:
                answers[question.id] = frozenset((chance.choice(offered),))
        code = encode(library.layout, answers, day=days_since_2026(today()))
        given = {question: sorted(chosen) for question, chosen in answers.items()}
        found[code] = (chance.choice(library.guide.questions["response"].choices), given)
    choices, answers_of = zip(*found.values(), strict=True)
    return Readers(list(found), list(choices), list(answers_of))


def rows_of(many: Readers) -> list[Row]:
    """Every row, for the kinds of servers `hello`, `guide` and `nginx`."""
    known, new = slice(0, READERS), slice(2 * READERS, None)
    return [
        Row("hello, world", "hello", get("/")),
        Row("a reading page", "guide", get("/options/prp/")),
        Row("a question page, one reader", "guide", many.pages[:1]),
        Row(f"a question page, {READERS} readers", "guide", many.pages[known]),
        Row("the live list, one reader", "guide", many.ticks[:1]),
        Row(f"the live list, {READERS} readers", "guide", many.ticks[known]),
        Row("the outcome, one reader", "guide", many.outcomes[:1]),
        Row(f"the outcome, {READERS} readers", "guide", many.outcomes[known]),
        Row("the live list, never the same reader", "guide", many.ticks[new], warm=False),
        Row("the outcome, never the same reader", "guide", many.outcomes[new], warm=False),
        Row("the reading page from nginx", "nginx", get("/options/prp/")),
    ]


def load(server: Server, requests: Sequence[Request], seconds: int) -> Result:
    """The result of sending these requests in turn."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write("".join("\t".join(row) + "\n" for row in requests))
        file.flush()
        if shutil.which("wrk"):
            command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "-s", str(HERE / "wrk.lua")]
            command += [f"http://127.0.0.1:{server.port}/", "--", file.name]
        else:
            command = [sys.executable, str(HERE / "client.py"), str(server.port), str(seconds)]
            command += [file.name]
        said = subprocess.run(
            [*pinned(1), *command], capture_output=True, text=True, check=True, cwd=ROOT
        ).stdout
    rate, p50, p99, errors, size = said.split("RESULT ")[1].split()
    return Result(float(rate), int(p50), int(p99), int(errors), int(size))


def warm(server: Server, requests: Sequence[Request]) -> None:
    """Ask each of these once."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    for method, path, body, headers in parsed(list(requests)):
        connection.request(method, path, body or None, headers)
        connection.getresponse().read()
    connection.close()


#: The results of every row, by the row's name and the side: a name for each server of a kind.
Results = dict[tuple[str, str], Result]


def measured(
    rows: Mapping[str, Sequence[Row]],
    servers: Mapping[str, Mapping[str, Server]],
    rounds: int,
    seconds: int,
) -> Results:
    """The medians. `rows` are by side, the same for each; `servers` are by kind and side. Ends the run where an answer is an error."""
    found: dict[tuple[str, str], list[Result]] = {}
    for number in range(rounds):
        for row, side, server in turns(rows, servers, number):
            if row.warm:
                warm(server, row.requests)
            # Never the same reader, in no round: each begins elsewhere.
            start = 0 if row.warm else len(row.requests) * number // rounds
            result = load(server, [*row.requests[start:], *row.requests[:start]], seconds)
            if result.errors:
                raise SystemExit(f"{row.name}: {result.errors} answers were errors")
            found.setdefault((row.name, side), []).append(result)
    return {key: median(results) for key, results in found.items()}


def turns(
    rows: Mapping[str, Sequence[Row]], servers: Mapping[str, Mapping[str, Server]], number: int
) -> Iterator[tuple[Row, str, Server]]:
    """What is measured in a round, in order: who is first in one round is last in the next."""
    for place, each in enumerate(next(iter(rows.values()))):
        sides = list(servers.get(each.server, {}).items())
        for side, server in sides if number % 2 == 0 else reversed(sides):
            yield rows[side][place], side, server


def median(results: Sequence[Result]) -> Result:
    """The median of each number; every error counts."""
    return Result(
        statistics.median(each.rate for each in results),
        int(statistics.median(each.p50 for each in results)),
        int(statistics.median(each.p99 for each in results)),
        sum(each.errors for each in results),
        int(statistics.median(each.size for each in results)),
    )
