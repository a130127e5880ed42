"""One test over many cases: as `pytest.mark.parametrize`, with less to do for pytest.

    @for_each("address", ADDRESSES)
    def test_a_page_has_one_heading(site, address): ...

Every case is run, and the test names each that failed, with its message. To make, report and send an
item takes pytest 4 ms; where the test itself takes less, thousands of items cost a minute. A case
shares the fixtures of its test with the others: a test that changes something takes `parametrize`.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from inspect import Signature, signature
from typing import Any

import pytest

Test = Callable[..., None]
#: How many failed cases are told in full; of the others only the names.
TOLD = 20


def for_each(
    names: str | Sequence[str],
    cases: Iterable[Any],
    ids: Iterable[str] | Callable[[Any], str] | None = None,
) -> Callable[[Test], Test]:
    """Run a test for each case. `names` and `cases` are those of `parametrize`, and so are `ids`.
    No case at all is an error, for such a test cannot fail.
    """
    parts = [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)
    rows = list(cases)
    assert rows, f"no case of {names}: a test of none cannot fail"
    called = [ids(row) for row in rows] if callable(ids) else list(ids or map(repr, rows))

    def around(test: Test) -> Test:
        @wraps(test)
        def all_cases(**fixtures: Any) -> None:
            failed: list[tuple[str, str]] = []
            for name, row in zip(called, rows, strict=True):
                values = (row,) if len(parts) == 1 else row
                try:
                    test(**fixtures, **dict(zip(parts, values, strict=True)))
                except Exception as error:  # noqa: BLE001 (the other cases are run, whatever it is)
                    failed.append((name, f"{type(error).__name__}: {error}"))
            if failed:
                told = [f"{name}\n{message}" for name, message in failed[:TOLD]]
                rest = [name for name, _ in failed[TOLD:]]
                head = f"{len(failed)} of {len(rows)} cases fail."
                pytest.fail("\n\n".join([head, *told, *rest]), pytrace=False)

        asked = signature(test).parameters.values()
        left = [parameter for parameter in asked if parameter.name not in parts]
        all_cases.__signature__ = Signature(left)  # type: ignore[attr-defined]
        return all_cases

    return around
