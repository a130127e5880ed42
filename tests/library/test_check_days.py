"""Facts and pages are due within a year of their last check, and spread over the months."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from treatment_guide.library.check_days import (
    FEW,
    SHARE,
    by_month,
    check_spread,
    due_days,
    emptiest,
)
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library
from treatment_guide.library.problems import Problem, Problems
from treatment_guide.library.schema.values import wrong_day

CHECKED = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("check_by", "right"),
    [
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), True),
        (date(2027, 11, 22), True),
        (date(2027, 11, 23), False),
        (date(2028, 1, 1), False),
    ],
)
@pytest.mark.parametrize("file", ["guide/facts/sample-topic.yaml", "en/topics/sample-topic.md"])
def test_a_fact_or_page_is_due_within_a_year(
    content: Path,
    problems_in: Callable[[Path], list[Problem]],
    file: str,
    check_by: date,
    right: bool,
) -> None:
    """A day on or before the last check is a fault, and so is one more than a year later."""
    path = content / file
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub("check-by: .*", f"check-by: {check_by}", text, count=1), encoding="utf-8"
    )

    found = [each.file for each in problems_in(content)]

    assert found == ([] if right else [file])


def test_a_year_after_a_leap_day_has_a_last_day() -> None:
    """A check on February 29 is good until the end of February of the next year."""
    leap = date(2028, 2, 29)

    assert wrong_day(leap, date(2029, 2, 28)) == ""
    assert wrong_day(leap, date(2029, 3, 1)) != ""


def crowded(library: Library, days: list[date]) -> list[Problem]:
    """The faults of a library whose facts are due on these days, and whose pages do not count."""
    fact = next(iter(library.facts.values()))
    facts = {str(i): replace(fact, check_by=day) for i, day in enumerate(days)}
    problems = Problems()
    bare = replace(
        library, facts=facts, pages={}, steps={}, options={}, situations={}, topics={}, about={},
        clinic_pages={},
    )  # fmt: skip
    check_spread(bare, problems)
    return problems.found


@given(st.lists(st.integers(0, 365), min_size=FEW, max_size=2 * FEW))
def test_a_month_with_more_than_its_share_is_a_fault(library: Library, ahead: list[int]) -> None:
    """Each such month is named with its count, and no other month is."""
    days = [CHECKED + timedelta(days=n) for n in ahead]
    full = {m: n for m, n in by_month(days).items() if n > len(days) / SHARE}

    found = crowded(library, days)

    assert [(f"{n} of {len(days)} ", m) for m, n in sorted(full.items())] == [
        (re.match(r"\d+ of \d+ ", each.message)[0], re.search(r"\d{4}-\d\d", each.message)[0])
        for each in found
    ]


def test_a_small_guide_needs_no_spreading(library: Library) -> None:
    """Fewer than sixty may all be due on one day; sixty may not."""
    assert crowded(library, [CHECKED] * (FEW - 1)) == []
    assert len(crowded(library, [CHECKED] * FEW)) == 1


@given(on=st.dates(date(2020, 1, 1), date(2090, 1, 1)), ahead=st.lists(st.integers(0, 365)))
def test_the_month_for_a_new_page_is_within_the_year(on: date, ahead: list[int]) -> None:
    """It is half a year to a year ahead, and none of those months has fewer."""
    days = [on + timedelta(days=n) for n in ahead]

    year, month = map(int, emptiest(days, on).split("-"))

    assert 7 <= (year - on.year) * 12 + month - on.month <= 12
    counts = by_month(days)
    months = [(on.year * 12 + on.month - 1 + n) for n in range(7, 13)]
    assert counts[f"{year}-{month:02}"] == min(
        counts[f"{each // 12}-{each % 12 + 1:02}"] for each in months
    )


def test_due_shows_the_months(capsys: pytest.CaptureFixture[str]) -> None:
    """`manage.py due` tells how many each month holds, and where a new page fits."""
    call_command("due", on=CHECKED)

    said = capsys.readouterr().out
    days = due_days(current_library())
    rows = {m: int(n) for m, n in re.findall(r"^(\d{4}-\d\d) +(\d+)  #", said, re.MULTILINE)}
    assert rows == dict(by_month(days))
    assert sum(rows.values()) == len(days) > 400
    assert said.splitlines()[-1].endswith(emptiest(days, CHECKED))


def test_a_page_and_the_facts_of_its_file_are_due_together() -> None:
    """Whoever checks a page of the guide checks its numbers on the same day."""
    library = current_library()
    root = Path(__file__).parents[2] / "content/guide/facts"
    pages = {page.id: page for page in library.reading_pages}
    apart = []
    for file in sorted(root.glob("*.yaml")):
        days = set(re.findall(r"(?m)^  check-by: (\S+)", file.read_text(encoding="utf-8")))
        days |= {f"{pages[file.stem].check_by}"} if file.stem in pages else set()
        apart += [file.name] if len(days) != 1 else []

    assert len(pages) > 70
    assert apart == []
