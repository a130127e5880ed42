"""The table a clinician signs, and the difference between two releases, over the real content."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from treatment_guide.library.model import Library
from treatment_guide.library.release.outcomes import (
    BESIDES,
    Row,
    as_csv,
    difference,
    from_csv,
    table,
)
from treatment_guide.management.commands import situations


@pytest.fixture(scope="module")
def rows(library: Library) -> list[Row]:
    return table(library)


def test_every_rule_that_places_an_option_stands_in_the_table(
    library: Library, rows: list[Row]
) -> None:
    """Nobody signs a table in which a rule is missing: each one decides some outcome."""
    shown = {(row.option, rule) for row in rows for rule in row.rules.split()}
    acting = {
        (option.id, rule.because)
        for option in library.guide.options.values()
        for rule in option.grouping
    }

    assert acting - shown == set()


def test_no_outcome_stands_twice(rows: list[Row]) -> None:
    """An outcome of an option is told once, however many answers lead to it."""
    keys = [row.key for row in rows]

    assert len(set(keys)) == len(keys)


def test_every_outcome_is_told_in_words(rows: list[Row]) -> None:
    """A row says where the option stands, why, and for whom, without a single id."""
    assert [row for row in rows if not (row.stands and row.reasons and row.answers)] == []


def test_everything_told_beside_the_outcomes_stands_in_the_table(
    library: Library, rows: list[Row]
) -> None:
    """Each caution, notice, question to ask and danger sign, with its words and when it is told."""
    shown = {row.key: row for row in rows if row.group in BESIDES}
    wanted = {
        *(("", rule.because, "notice") for rule in library.guide.notices),
        *(("", rule.because, "ask") for rule in library.guide.asks),
        *(
            (option.id, rule.because, kind)
            for option in library.guide.options.values()
            for kind, rules in (("caution", option.caution), ("done", option.done))
            for rule in rules
        ),
        *(("", f"{q.id}.{sign}", "danger") for q in library.guide.danger for sign in q.levels),
    }

    assert set(shown) == wanted
    assert library.questions["urgent"].choices["breathing"].card in (
        shown["", "urgent.breathing", "danger"].reasons
    )


@pytest.mark.parametrize("kind", BESIDES)
def test_other_words_beside_the_outcomes_are_a_difference(kind: str, rows: list[Row]) -> None:
    """A card that says to wait instead of to call, a caution for others than before: both told."""
    before = next(row for row in rows if row.group == kind)
    calmer = replace(before, reasons="Wait and see.")
    for_others = replace(before, answers="Place: nowhere")

    for after in (calmer, for_others):
        found = difference(rows, [after if row is before else row for row in rows])
        assert found.reworded == ((before, after),)
    gone = difference(rows, [row for row in rows if row is not before])
    assert gone.went == (before,)


def test_an_older_table_without_a_kind_is_compared_in_what_it_has(rows: list[Row]) -> None:
    """Tables of outcomes alone were written before: what they lack did not come."""
    older = [row for row in rows if row.group not in BESIDES]

    found = difference(older, rows)

    assert (found.changed, found.unknown) == (0, BESIDES)


def test_the_table_comes_back_from_its_file(rows: list[Row]) -> None:
    """What was written for a spreadsheet is read again without a loss."""
    assert from_csv(as_csv(rows)) == rows


def test_the_same_table_has_no_difference(rows: list[Row]) -> None:
    """Between a release and itself nothing has changed."""
    assert difference(rows, rows).changed == 0


def test_a_difference_tells_what_came_what_went_and_what_reads_otherwise(rows: list[Row]) -> None:
    """A changed group is an outcome that went and one that came; changed words are told as such."""
    first, second, *rest = rows
    assert not {first.group, second.group} & set(BESIDES)
    moved = replace(first, group="later", stands="Usually after something else")
    reworded = replace(second, reasons="Other words.")

    found = difference(rows, [moved, reworded, *rest])

    assert (found.came, found.went) == ((moved,), (first,))
    assert found.reworded == ((second, reworded),)
    assert (found.changed, found.total) == (3, len(rows) + 1)


def test_the_command_writes_both_files_and_compares(
    library: Library,
    rows: list[Row],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`manage.py situations` writes the page and the spreadsheet, and tells the difference."""
    made = {id(library): rows}  # the table of this library, made once
    monkeypatch.setattr(situations, "table", lambda of: made[id(of)])
    before = tmp_path / "before.csv"
    before.write_text(as_csv(rows[1:]), encoding="utf-8")
    page, sheet = tmp_path / "table.html", tmp_path / "table.csv"

    call_command("situations", html=page, csv=sheet, since=before)

    assert f"1 of {len(rows)} situations changed" in capsys.readouterr().out
    assert from_csv(sheet.read_text(encoding="utf-8")) == rows
    assert page.read_text(encoding="utf-8").count("<tr>") == len(rows) + 1


def test_a_file_that_is_no_table_is_told(tmp_path: Path) -> None:
    """Comparing with something else ends with words, before anything is computed."""
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(CommandError, match="no table of outcomes"):
        call_command("situations", since=other)
