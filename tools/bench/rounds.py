"""Measures servers in turns: in every round each row is asked of every server that has it, one
directly after the other, so that a noisy machine hits all alike. What counts is the median of the
rounds.
"""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from servers import ROOT, Server, pinned

from treatment_guide.engine.code import days_since_2026
from treatment_guide.http.clock import today

HERE = Path(__file__).parent
#: How many choices a reader ticks, one after the other.
TICKS = 5
#: More readers than a worker can serve in a second: nobody is asked for twice.
READERS_A_SECOND = 800

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
    """A kind of load: its name, the kind of server it is for, its requests, and whether each round
    has requests of its own, so that none is ever asked twice.
    """

    name: str
    server: str
    requests: list[Request]
    new: bool = False


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
except ImportError:  # a checkout from before the rooms were named
    from treatment_guide.library.checks import current_library
layout, day = current_library().layout, int(sys.argv[2])
for_each = [{q: frozenset(c) for q, c in answers.items()} for answers in json.load(sys.stdin)]
print(json.dumps([encode(layout, answers, day=day) for answers in for_each]))
"""

#: Answers as JSON has them.
Given = dict[str, list[str]]


@dataclass
class Readers:
    """Made-up readers, the same on every machine, none like another.

    `answers` are those of each at the end, `ticks` what they ticked on the way: the answers before,
    the question, the choice. `codes` and `before` are the codes of either.
    """

    answers: list[Given]
    ticks: list[tuple[Given, str, str]]
    codes: list[str]
    before: list[str]

    def known_to(self, checkout: Path) -> "Readers":
        """The same readers with the codes that another checkout gives: it may know ours not yet."""
        given = json.dumps([*self.answers, *(answers for answers, _, _ in self.ticks)])
        command = [sys.executable, "-c", ENCODE, str(checkout), str(days_since_2026(today()))]
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "treatment_guide.settings"}
        said = subprocess.run(
            command, cwd=checkout, env=env, input=given, capture_output=True, text=True, check=True
        ).stdout
        codes, count = json.loads(said), len(self.answers)
        return Readers(self.answers, self.ticks, codes[:count], codes[count:])

    @property
    def lists(self) -> list[Request]:
        """Every tick: the live list is the answer."""
        return [
            ("POST", f"/whats-next/{question}/{code}/", f"{question}={choice}", "1")
            for code, (_, question, choice) in zip(self.before, self.ticks, strict=True)
        ]

    @property
    def questions(self) -> list[Request]:
        """The page of a question of each."""
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

    library, day = current_library(), days_since_2026(today())
    chance = random.Random(1)
    found: dict[str, dict[str, frozenset[str]]] = {}
    ticks: dict[tuple[str, str, str], tuple[Given, str, str]] = {}
    while len(found) < count:
        answers: dict[str, frozenset[str]] = {}
        ticked = []
        for question in library.guide.questions.values():
            offered = question.offered(answers)
            if question.about_danger:
                answers[question.id] = frozenset((NONE,))
            elif offered and chance.random() < 0.8:
                choice = chance.choice(offered)
                ticked.append((dict(answers), question.id, choice))
                answers[question.id] = frozenset((choice,))
        code = encode(library.layout, answers, day=day)
        if code in found:
            continue
        found[code] = answers
        for before, name, choice in ticked[-TICKS:]:
            key = (encode(library.layout, before, day=day), name, choice)
            ticks[key] = (given(before), name, choice)
    return Readers(
        [given(answers) for answers in found.values()],
        list(ticks.values()),
        list(found),
        [code for code, _, _ in ticks],
    )


def given(answers: Mapping[str, frozenset[str]]) -> Given:
    """Answers as JSON can hold them."""
    return {question: sorted(chosen) for question, chosen in answers.items()}


def rows_of(many: Readers) -> list[Row]:
    """Every row, for the kinds of servers `hello`, `guide` and `nginx`."""
    return [
        Row("hello, world", "hello", get("/")),
        Row("a reading page", "guide", get("/options/prp/")),
        Row("a question page, never seen", "guide", many.questions, new=True),
        Row("the live list, never seen", "guide", many.lists, new=True),
        Row("the outcome, never seen", "guide", many.outcomes, new=True),
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


#: The results of every row, by the row's name and the side: a name for each server of a kind.
Results = dict[tuple[str, str], Result]


#: Servers by kind and side.
Servers = Mapping[str, Mapping[str, Server]]


def measured(
    rows: Mapping[str, Sequence[Row]],
    started: Callable[[], AbstractContextManager[Servers]],
    rounds: int,
    seconds: int,
) -> Results:
    """The medians. `rows` are by side, the same for each; `started` starts the servers, new ones in
    each round. Ends the run where an answer is an error, or where a reader came twice.
    """
    found: dict[tuple[str, str], list[Result]] = {}
    for number in range(rounds):
        with started() as servers:
            for row, side, server in turns(rows, servers, number):
                requests = part_of(row.requests, number, rounds) if row.new else row.requests
                result = load(server, requests, seconds)
                if result.errors:
                    raise SystemExit(f"{row.name}: {result.errors} answers were errors")
                if row.new and result.rate * seconds > len(requests):
                    raise SystemExit(f"{row.name}: {len(requests)} requests were too few")
                found.setdefault((row.name, side), []).append(result)
    return {key: median(results) for key, results in found.items()}


def part_of(requests: Sequence[Request], number: int, rounds: int) -> Sequence[Request]:
    """The requests of one round alone."""
    share = len(requests) // rounds
    return requests[number * share : (number + 1) * share]


def turns(
    rows: Mapping[str, Sequence[Row]], servers: Servers, number: int
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
