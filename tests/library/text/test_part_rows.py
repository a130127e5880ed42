"""Parts of an option that are rows, as they stand in its file."""

from treatment_guide.library.model import GLANCE_PARTS
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Section
from treatment_guide.library.text.part_rows import MOST_WORDS, part_rows

GOOD = "- how-sure: Unsure.\n- recovery: Some days.\n- cost: You pay\n  for it.\n- waiting: Little."


def test_every_row_becomes_a_part_with_its_line() -> None:
    """A fault in a row can be told with its line; a row may go on in the next line."""
    problems = Problems()
    rows = part_rows("a.md", Section("glance", 10, GOOD), problems)
    assert not problems.found
    assert [row.id for row in rows] == [*GLANCE_PARTS]
    assert [row.line for row in rows] == [10, 11, 12, 14]
    assert rows[2].text == "You pay\nfor it."


def test_a_missing_misspelled_or_long_row_is_told() -> None:
    """The table has four rows in one order, each short enough for a phone."""
    for text, told in (
        (GOOD.replace("- cost: You pay\n  for it.\n", ""), "once each, in this order"),
        (GOOD.replace("recovery", "recvery"), "Is `recovery` meant"),
        (GOOD.replace("Unsure.", "word " * (MOST_WORDS + 1)), f"more than {MOST_WORDS} words"),
        (f"Some words.\n{GOOD}", "has the form"),
    ):
        problems = Problems()
        part_rows("a.md", Section("glance", 1, text), problems)
        assert any(told in each.message for each in problems.found), (told, problems.found)
