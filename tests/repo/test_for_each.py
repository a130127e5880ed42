"""A test over many cases runs all of them, and names each that fails."""

from inspect import signature

import pytest

from tests.for_each import TOLD, for_each


def run(cases, fails, **how):
    """Whether a test over these cases fails, with what it says; and the cases that it came to."""
    seen = []

    @for_each("case", cases, **how)
    def small(case):
        seen.append(case)
        assert case not in fails, "as planted"

    try:
        small()
    except pytest.fail.Exception as failure:
        return str(failure), seen
    return "", seen


def test_each_case_that_fails_is_named_and_the_others_are_run():
    """A fault in the first hides none in the last."""
    said, seen = run(["a", "b", "c"], {"a", "c"})

    assert seen == ["a", "b", "c"]
    assert said.startswith("2 of 3 cases fail.")
    assert "'a'\nAssertionError: as planted" in said and "'c'\n" in said and "'b'" not in said


def test_all_is_well_where_every_case_is():
    """Then nothing is said."""
    assert run(range(5), set()) == ("", [0, 1, 2, 3, 4])


@pytest.mark.parametrize(
    "ids", [["one", "two"], lambda case: f"number {case}"], ids=["list", "made"]
)
def test_a_case_can_have_a_name_of_its_own(ids):
    """As for `parametrize`."""
    said, _ = run([1, 2], {2}, ids=ids)

    assert said.splitlines()[2] in ("two", "number 2")


def test_a_thousand_failures_are_all_named():
    """In full only the first, so that they can be read."""
    said, _ = run(range(1000), set(range(1000)))

    assert said.count("as planted") == TOLD
    assert set(map(str, range(1000))) <= set(said.split())


def test_what_raises_anything_fails():
    """A fault that is no assertion too."""

    @for_each("number", [0, 1])
    def divided(number):
        assert 1 / number

    with pytest.raises(pytest.fail.Exception, match="1 of 2 cases fail") as failure:
        divided()
    assert "ZeroDivisionError" in str(failure.value)


def test_no_case_at_all_is_an_error():
    """A test over nothing would never fail."""
    with pytest.raises(AssertionError, match="cannot fail"):
        for_each("case", [])


def test_a_test_still_asks_for_its_fixtures_and_no_more():
    """What the cases fill in is no fixture; two rows of cases make every pair."""
    pairs = []

    @for_each("left", "ab")
    @for_each(("right", "more"), [(1, 2), (3, 4)])
    def both(fixture, left, right, more):
        pairs.append((fixture, left, right, more))

    assert list(signature(both).parameters) == ["fixture"]
    both(fixture="f")
    assert pairs == [("f", "a", 1, 2), ("f", "a", 3, 4), ("f", "b", 1, 2), ("f", "b", 3, 4)]
