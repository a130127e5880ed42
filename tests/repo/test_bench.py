"""The cost table knows every kind of request, and can fail."""

import sys
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from treatment_guide.urls import urlpatterns

sys.path.insert(0, str(Path(__file__).parents[2] / "tools/bench"))

from cost import LIMIT, Search
from costs import table, too_dear
from inputs import MOST_BODY, MOST_QUERY, Input, Shape, one_of
from kinds import kinds
from rounds import Readers, Result, Row, median, part_of, readers, rows_of, turns

KINDS = list(kinds())


def test_every_address_is_a_kind_of_its_own() -> None:
    """A new address enters the table by itself."""
    paths = {shape.path for shape in KINDS}
    missing = [
        str(each.pattern) for each in urlpatterns if not any(same(path, each) for path in paths)
    ]

    assert missing == []


def same(path: str, each: SimpleNamespace) -> bool:
    """True when a shape has the path of an address."""
    parts = path.lstrip("/").split("/")
    route = str(each.pattern).split("/")
    return len(parts) == len(route) and all(
        a == b or ("<" in b and "{" in a) for a, b in zip(parts, route, strict=True)
    )


def test_all_that_take_a_form_are_asked_with_one() -> None:
    """The forms are where words come in."""
    posted = {shape.path for shape in KINDS if shape.method == "POST"}

    assert {"/clinics/", "/feedback/", "/infobutton", "/whats-next/{question}/{code}/"} <= posted


@pytest.mark.parametrize("shape", KINDS, ids=lambda shape: shape.name)
def test_inputs_are_bounded_and_the_same_in_every_run(shape: Shape) -> None:
    """Seeded chance; a query and a body no longer than a server and the application take."""
    made = []
    for _ in range(2):
        chance = Random(7)
        one = shape.make(chance)
        for _ in range(30):
            one = shape.change(chance, one)
        made.append(str(one))
        environ = one.environ()
        assert len(environ["QUERY_STRING"]) <= MOST_QUERY
        assert int(environ["CONTENT_LENGTH"]) <= MOST_BODY

    assert made[0] == made[1]


def test_the_search_finds_the_input_that_is_dear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among inputs that cost nothing, the one that costs is found; by the cost, not the clock."""
    search = Search.__new__(Search)

    def cost(one: Input, times: int) -> float:
        return dict(one.query).get("q", "").count("knee") + 0.1

    monkeypatch.setattr(search, "cost", cost, raising=False)
    monkeypatch.setattr(search, "held", lambda one: {"times": cost(one, 1)}, raising=False)
    shape = Shape("search", "/search/", query={"q": one_of("hip", "back", "neck", "knee")})
    row = search.dearest(shape)

    assert row["times"] > 3 and "knee" in row["input"]


def test_a_kind_above_the_limit_is_named() -> None:
    """Whatever kind it is: none has leave to be dearer."""
    rows = {
        name: {"times": times, "seconds": 0.001, "input": name}
        for name, times in (("cheap", LIMIT), ("dear", LIMIT + 1), ("dearest", LIMIT * 9))
    }

    assert too_dear(rows) == ["dearest", "dear"]
    assert [line.split()[0] for line in table(rows, {})[1:]] == [
        "dearest",
        "dear",
        "cheap",
    ]


def test_servers_take_turns_and_the_median_counts() -> None:
    """Each row is asked of both sides at once, and who is first changes with the round."""
    rows = [Row("a page", "guide", []), Row("hello, world", "hello", [])]
    servers = {"guide": {"before": "b", "after": "a"}, "hello": {"after": "h"}}

    assert [side for _, side, _ in turns({"before": rows, "after": rows}, servers, 0)] == [
        "before",
        "after",
        "after",
    ]
    assert [side for _, side, _ in turns({"before": rows, "after": rows}, servers, 1)] == [
        "after",
        "before",
        "after",
    ]
    three = [Result(rate, 10 * rate, 20 * rate, 0, 7) for rate in (9, 1, 5)]
    assert median(three) == Result(5, 50, 100, 0, 7)


def test_no_reader_comes_twice_to_be_measured() -> None:
    """Every round has readers of its own, and each request of a row of new ones is another."""
    many = readers(120)
    rows = [row for row in rows_of(many) if row.new]

    assert [row.name for row in rows[1:]] == [
        "the live list, never seen",
        "the outcome, never seen",
    ]
    for row in rows:
        rounds = [part_of(row.requests, number, 5) for number in range(5)]
        asked = [request for requests in rounds for request in requests]
        assert len(asked) == len(set(asked)) >= 120
    assert len(many.ticks) > 3 * len(many.codes)  # several ticks each


def test_readers_are_the_same_in_every_run() -> None:
    """What is compared is asked the same."""
    first, second = readers(5), readers(5)

    assert isinstance(first, Readers)
    assert first == second


def test_the_parts_of_an_outcome_add_up() -> None:
    """Every part is found in the code as it is, and all of them make the whole."""
    import parts

    # As Django's own client does: a request leaves the tests' database alone.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)

    found, beside = parts.of_each(readers(3).codes)
    names = [name for name, _ in parts.PARTS]

    for each in found:
        assert all(each[name] >= 0 for name in names)  # a part may be shorter than the clock tells
        total = sum(each[name] for name in (*names, parts.REST))
        assert total == pytest.approx(each["all"])
    assert len(list(parts.table(found, beside))) == len(names) + 3
