"""The cost table knows every kind of request, and can fail."""

import sys
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from treatment_guide.urls import urlpatterns

sys.path.insert(0, str(Path(__file__).parents[2] / "tools/bench"))

from cost import LIMIT, Search
from costs import table, too_dear
from inputs import MOST_BODY, MOST_QUERY, Input, Shape, one_of
from kinds import EXCEPTED, kinds
from rounds import Result, Row, median, turns

KINDS = list(kinds())


def test_every_address_is_a_kind_of_its_own() -> None:
    """A new address enters the table by itself; the excepted are addresses that are there."""
    paths = {shape.path for shape in KINDS}
    missing = [
        str(each.pattern) for each in urlpatterns if not any(same(path, each) for path in paths)
    ]

    assert missing == []
    assert {str(each.name) for each in urlpatterns} >= EXCEPTED


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
    """Only the outcome and what is made from it may be dearer."""
    rows = {
        name: {"times": times, "excepted": excepted, "seconds": 0.001, "input": name}
        for name, times, excepted in (
            ("cheap", LIMIT, False),
            ("dear", LIMIT + 1, False),
            ("dearest", LIMIT * 9, False),
            ("outcome", LIMIT * 99, True),
        )
    }

    assert too_dear(rows) == ["dearest", "dear"]
    assert [line.split()[0] for line in table(rows, {})[1:]] == [
        "outcome*",
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
