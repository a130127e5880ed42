"""Files of recalls: what they say, and every fault with file, line and field."""

import os
from datetime import date

import pytest

from treatment_guide.library.model import RecallWords
from treatment_guide.library.recall.reading import digest, recalls_in, texts_of

GOOD = """
withdraws = ["option:prp", "rule:shockwave/wave-heel"]
day = 2026-11-30
by = "The pharmacy of Example Hospital"

[en]
why = "The kit was found to be unclean."
do = "Call your doctor."

[es]
why = "El equipo no estaba limpio."
"""


def test_a_file_withdraws_what_it_names_in_all_its_languages():
    recalls, faults = recalls_in({"recalls/prp.toml": GOOD})

    assert faults == []
    assert [(r.kind, r.name, r.option) for r in recalls] == [
        ("option", "prp", "prp"),
        ("rule", "shockwave/wave-heel", "shockwave"),
    ]
    assert recalls[0].day == date(2026, 11, 30)
    assert recalls[0].said("es").why == "El equipo no estaba limpio."


def test_a_language_without_words_gets_those_of_the_guide():
    """A recall acts in all languages at once, before anybody has translated it."""
    recalls, _ = recalls_in({"recalls/prp.toml": GOOD})

    assert recalls[0].said("fr") == RecallWords(
        "en", "The kit was found to be unclean.", "Call your doctor."
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says"),
    [
        ('why = "The kit was found to be unclean."\n', "", 6, "why", "Say in [en] why"),
        ("The kit was found to be unclean.", " ", 7, "why", "Say in [en] why"),
        ("[en]", "[de]", 1, "why", "in English"),
        ("day = 2026-11-30", 'day = "today"', 3, "day", "without quotes"),
        ("day = 2026-11-30", "day = 2026-11-30T10:00:00", 3, "day", "without quotes"),
        ("day = 2026-11-30\n", "", 1, "day", "on which day"),
        ('by = "The pharmacy of Example Hospital"', 'by = ""', 4, "by", "who withdraws it"),
        ("option:prp", "opton:prp", 2, "withdraws", "Is `option` meant?"),
        ("option:prp", "prp", 2, "withdraws", "no kind and id"),
        ("option:prp", "option:prp/x", 2, "withdraws", "named by its option"),
        ("rule:shockwave/wave-heel", "rule:shockwave", 2, "withdraws", "named by its option"),
        ('["option:prp", "rule:shockwave/wave-heel"]', "[]", 2, "withdraws", "what is withdrawn"),
        ("withdraws =", "withdraw =", 2, "withdraw", "Is `withdraws` meant?"),
        ("The kit", "<b>The kit", 7, "why", "without < and >"),
        ("The kit", "The kit " * 100, 7, "why", "at most 600"),
        ('do = "Call', 'to = "Call', 8, "to", "no field `to`"),
        ("[es]", "[español]", 10, "", "no TOML"),
        ("[es]", "[spanish]", 10, "spanish", "no language"),
        ('"The kit', "The kit", 7, "", "stands in quotes"),
    ],
)
def test_a_fault_is_told_with_file_line_and_field(old, new, line, field, says):
    """And nothing of a file with a fault is withdrawn half."""
    assert old in GOOD
    recalls, faults = recalls_in({"recalls/prp.toml": GOOD.replace(old, new, 1)})

    assert recalls == ()
    told = [(each.file, each.line, each.field) for each in faults if says in each.message]
    assert ("recalls/prp.toml", line, field) in told, faults


def test_a_thing_is_withdrawn_once():
    """Two files with two reasons would leave readers with one of them by chance."""
    recalls, faults = recalls_in({"recalls/a.toml": GOOD, "recalls/b.toml": GOOD})

    assert {each.file for each in recalls} == {"recalls/a.toml"}
    assert [each.file for each in faults] == ["recalls/b.toml"] * 2
    assert "twice: recalls/a.toml does it" in faults[0].message


def test_a_file_of_another_kind_is_not_passed_over(tmp_path):
    """A recall written as prp.yaml must not seem to act."""
    (tmp_path / "prp.yaml").write_text(GOOD)
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe")
    (tmp_path / ".b.toml.swp").write_text("")
    (tmp_path / "README.md").write_text("")

    texts, faults = texts_of(tmp_path, "recalls")

    assert texts == {}
    assert [each.file for each in faults] == ["recalls/b.toml", "recalls/prp.yaml"]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: os.mkfifo(path), "no plain file"),
        (lambda path: path.mkdir(), "by a folder"),
        (lambda path: path.write_text(GOOD + "#" * 200_000), "are the limit"),
        (lambda path: path.symlink_to("nowhere.toml"), "cannot be read"),
    ],
    ids=["a pipe", "a folder", "a huge file", "a link to nowhere"],
)
def test_what_is_no_plain_file_is_told_and_never_waited_for(tmp_path, make, says):
    """Reading a pipe would stop the server; a folder passed over would withdraw nothing, unsaid."""
    make(tmp_path / "prp.toml")

    texts, faults = texts_of(tmp_path, "recalls")

    assert texts == {}
    assert [(each.file, says in each.message) for each in faults] == [("recalls/prp.toml", True)]


def test_a_folder_that_holds_recalls_is_told(tmp_path):
    """Files in it withdraw nothing; a folder without any, as disks have, is passed over."""
    (tmp_path / "today").mkdir()
    (tmp_path / "today" / "prp.toml").write_text(GOOD)
    (tmp_path / "lost+found").mkdir()

    _, faults = texts_of(tmp_path, "recalls")

    assert [each.file for each in faults] == ["recalls/today"]


def test_the_hash_of_recalls_tells_their_words_and_not_their_files():
    """A build made with the same recalls is the same, wherever their files lie."""
    one, _ = recalls_in({"recalls/a.toml": GOOD})
    same, _ = recalls_in({"/srv/recalls/b.toml": GOOD})
    other, _ = recalls_in({"recalls/a.toml": GOOD.replace("unclean", "broken")})

    assert digest(one) == digest(reversed(same)) != digest(other)
    assert digest(()) == ""
