"""Words of the interface that a page could not show are refused when content is read: every key of
the real files in turn, spoiled in every way that has come to mind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from django.utils.html import conditional_escape
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.english import STYLE
from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.looked_up.wording import (
    TABLES,
    Wording,
    closed,
    faults,
    read_interface,
    wanted,
    wording,
)
from treatment_guide.library.problems import BrokenContent, Problem, Problems

pytestmark = pytest.mark.usefixtures("read_once")

CONTENT = Path(__file__).parents[3] / "content"
LIBRARY = current_library()
#: Every real section of both files: its file, its key, and its words.
SECTIONS = {
    stem: {
        each.partition("\n")[0].removeprefix("## ").strip(): each.partition("\n")[2].strip()
        for each in re.split(
            r"(?m)^(?=## )", (CONTENT / f"en/{stem}.md").read_text(encoding="utf-8")
        )
        if each.strip()
    }
    for stem in TABLES
}
ALL = [(stem, key) for stem, sections in SECTIONS.items() for key in sections]
#: The keys that content asks for, as the loader gathers them.
ASKED = {
    *(f"tag-{tag}" for option in LIBRARY.options.values() for tag in option.tags),
    *(f"standard-{score.standard}" for score in LIBRARY.scores),
    *(key for key in LIBRARY.ui if key.startswith(("at-once-", "role-"))),
    *(key for key in LIBRARY.ui if key.startswith(("unit-", "fact-"))),
}

#: Changes the key and the words of one section.
Spoil = Callable[[str, str], tuple[str, str]]


def found_in(
    folder: Path, files: dict[str, dict[str, str]]
) -> tuple[list[Problem], dict[str, int]]:
    """What is reported for these words, and the line of every key."""
    lines = {}
    for stem, sections in files.items():
        rows: list[str] = []
        for key, words in sections.items():
            lines[key] = len(rows) + 1
            rows += [f"## {key}", *words.split("\n"), ""]
        (folder / "en").mkdir(exist_ok=True)
        (folder / "en" / f"{stem}.md").write_text("\n".join(rows), encoding="utf-8")
    problems = Problems()
    interface = read_interface(WordFiles(folder, "en", problems), STYLE.ways)
    interface.unused(ASKED, problems)
    return problems.found, lines


def spoiled(spoil: Spoil, *, only: bool = False) -> dict[str, dict[str, str]]:
    """The real words with every section spoiled; with `only`, those that have places."""
    return {
        stem: dict(
            spoil(key, words) if not only or places(key) else (key, words)
            for key, words in sections.items()
        )
        for stem, sections in SECTIONS.items()
    }


def places(key: str) -> frozenset[str]:
    """The places that the words of a key need."""
    rule = wanted(key)
    assert rule is not None
    return rule.places


def instead(by: str) -> Spoil:
    """Puts something in the place of the first place of the words."""
    return lambda key, words: (key, re.sub(r"\{[a-z]+\}", lambda _: by, words, count=1))


def added(what: str) -> Spoil:
    """Puts something before the first words; in words of two forms, into the first of them."""
    return lambda key, words: (key, f"{what} {words}")


def without_a_place(key: str, words: str) -> tuple[str, str]:
    return key, words.replace(f"{{{min(places(key))}}}", "it")


BREAKS: dict[str, Spoil] = {
    "another place": instead("{wrong}"),
    "a brace that stays open": instead("{count"),
    "a brace too much": instead("{count}}"),
    "a place without a name": instead("{}"),
    "a numbered place": instead("{0}"),
    "an attribute": instead("{count.real}"),
    "an item": instead("{count[0]}"),
    "a width": instead("{count:>999999}"),
    "a conversion and a width": instead("{count!r:>999999}"),
    "a conversion": instead("{count!r}"),
    "a place within a form": instead("{count:{count}}"),
    "braces around braces": instead("{{count}}"),
    "a capital": instead("{Count}"),
    "a space in it": instead("{ count }"),
}
ADDITIONS: dict[str, Spoil] = {
    "an unknown place": added("{wrong}"),
    "an open brace": added("{"),
    "a closing brace": added("}"),
    "an empty place": added("{}"),
    "a numbered place": added("{0}"),
    "doubled braces": added("{{so}}"),
    "a place of Python": added("{__class__}"),
    "an attribute": added("{x.y}"),
}


def test_the_real_words_are_sound(tmp_path: Path):
    """What is spoiled below is sound before."""
    found, lines = found_in(tmp_path, SECTIONS)

    assert (found, len(lines)) == ([], len(ALL))


@pytest.mark.parametrize("spoil", BREAKS.values(), ids=BREAKS)
def test_a_broken_place_is_refused_in_every_key(tmp_path: Path, spoil: Spoil):
    """Every key with places, in turn: the fault names the file, the key, and a line of its words."""
    found, lines = found_in(tmp_path, spoiled(spoil, only=True))

    for stem, key in ALL:
        told = [each for each in found if each.field == key]
        assert bool(told) == bool(places(key)), key
        assert all(each.file == f"en/{stem}.md" for each in told)
        length = len(SECTIONS[stem][key].split("\n"))
        assert all(lines[key] < each.line <= lines[key] + length for each in told)


@pytest.mark.parametrize("spoil", ADDITIONS.values(), ids=ADDITIONS)
def test_a_place_that_nobody_fills_is_refused_in_every_key(tmp_path: Path, spoil: Spoil):
    """Every key in turn, with places of its own and without."""
    found, lines = found_in(tmp_path, spoiled(spoil))

    assert {(each.file, each.field) for each in found} == {(f"en/{s}.md", k) for s, k in ALL}
    assert all(each.line == lines[each.field] + 1 for each in found)


def test_a_missing_place_is_refused_in_every_key(tmp_path: Path):
    """Words without their number, day or name tell the reader nothing."""
    found, _ = found_in(tmp_path, spoiled(without_a_place, only=True))

    assert {each.field for each in found} == {key for _, key in ALL if places(key)}


def test_a_renamed_key_is_refused_whichever_it_is(tmp_path: Path):
    """Every key in turn under another name: the new one is told at its line as one that nothing
    looks up, and the old one as missing, or, where content asks for it, where that is said.
    """
    found, lines = found_in(tmp_path, spoiled(lambda key, words: (f"x{key}", words)))

    fields = {each.field: each for each in found}
    for stem, key in ALL:
        new = fields[f"x{key}"]
        assert (new.file, new.line) == (f"en/{stem}.md", lines[f"x{key}"])
    assert {key for stem in TABLES for key in closed(stem)} <= fields.keys()


@pytest.mark.parametrize("key", ["skip", "error-500-title", "help-emergency", "paste-letter"])
def test_a_misspelled_key_is_told_beside_the_one_that_is_meant(tmp_path: Path, key: str):
    """Of a missing key, the line of the one that looks most like it is given."""
    wrong = f"{key[:-1]}x"
    files = {
        stem: {wrong if each == key else each: words for each, words in sections.items()}
        for stem, sections in SECTIONS.items()
    }

    found, lines = found_in(tmp_path, files)

    assert {(each.field, each.line) for each in found} == {
        (wrong, lines[wrong]),
        (key, lines[wrong]),
    }
    assert any(f"Is `{wrong}` meant?" in each.message for each in found)


def test_every_key_that_is_taken_out_is_missed(tmp_path: Path):
    """With one key in each file, every other key that the site looks up is listed, each in its file."""
    kept = next(iter(closed("ui-clinics")))
    told = next(iter(closed("ui-handouts")))
    sections = {
        "ui": {"skip": "Skip"},
        "ui-handouts": {told: SECTIONS["ui-handouts"][told]},
        "ui-clinics": {kept: SECTIONS["ui-clinics"][kept]},
    }
    found, _ = found_in(tmp_path, sections)

    missed = {(each.file, each.field) for each in found}
    wanted_keys = {(f"en/{stem}.md", key) for stem in TABLES for key in closed(stem)}
    there = {("en/ui.md", "skip"), ("en/ui-handouts.md", told), ("en/ui-clinics.md", kept)}
    assert missed == wanted_keys - there


def test_words_that_content_does_not_ask_for_are_refused(tmp_path: Path):
    """A tag, a unit or a standard that nothing in guide/ names is never shown."""
    more = {"tag-new": "New", "unit-miles": "mile|miles", "fact-cats": "{count} cats in all."}

    found, lines = found_in(tmp_path, {**SECTIONS, "ui": {**SECTIONS["ui"], **more}})

    assert {(each.field, each.line) for each in found} == {(key, lines[key]) for key in more}


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("unit-day", "day"),
        ("unit-day", "day|days|more days"),
        ("unit-day", "|days"),
        ("unit-day", "day|"),
        ("points", "{value} point out of {scale}|points"),
        ("map-count-fits", "{count} fit"),
        ("skip", ""),
        ("skip", "Skip\n- title: It"),
    ],
)
def test_words_of_the_wrong_form_are_refused(tmp_path: Path, key: str, words: str):
    """Two forms where one or more are counted; words at all; no more than words."""
    found, lines = found_in(tmp_path, {**SECTIONS, "ui": {**SECTIONS["ui"], key: words}})

    assert {each.field for each in found} == {key}
    assert all(lines[key] <= each.line <= lines[key] + 1 for each in found)


def test_words_in_both_files_are_refused(tmp_path: Path):
    """Of two texts nobody could say which is shown."""
    clinics = {**SECTIONS["ui-clinics"], "skip": "Skip"}

    found, lines = found_in(tmp_path, {**SECTIONS, "ui-clinics": clinics})

    assert [(f.file, f.field, f.line) for f in found] == [
        ("en/ui-clinics.md", "skip", lines["skip"])
    ]


RULES = st.builds(
    Wording,
    st.frozensets(st.sampled_from(["a", "bc", "count"]), max_size=2),
    st.frozensets(st.sampled_from(["d", "e"]), max_size=1),
    st.booleans(),
)
PIECES = st.sampled_from(
    ["{a}", "{bc}", "{count}", "{d}", "{", "}", "{{", "}}", "|", "**", "a", " ", "\n", "!r", ":>9"]
    + ["[0]", ".x", "{0}", "{}", "<b>", "&", "%s", "\\", "é"]
)


@given(rule=RULES, pieces=st.lists(PIECES, max_size=8))
@settings(max_examples=2000, deadline=None)
def test_what_passes_the_check_can_be_shown(rule: Wording, pieces: list[str]):
    """Any words at all: those without a fault can be filled by the places they may have, as they
    are and as HTML, and nothing of a place is left in them.
    """
    words = "".join(pieces).strip()
    if list(faults(words, rule)):
        return

    forms = words.split("|") if rule.counted else [words]
    given_here = dict.fromkeys(rule.places | rule.optional, "7")
    for form in forms:
        for text in (form, str(conditional_escape(form))):
            shown = text.format(**given_here)
            assert "{" not in shown
            assert "}" not in shown
    assert len(forms) == (2 if rule.counted else 1)


@given(rule=RULES)
def test_words_that_stand_in_for_missing_ones_are_sound(rule: Wording):
    """Reading goes on with words of the right form, so that all other faults are told too."""
    assert list(faults(rule.stand_in, rule)) == []


@pytest.mark.parametrize("text", ["A", "a{b", "a{b}c", "a{B}", "a||", "a b", ""])
def test_a_table_with_a_wrong_key_is_no_table(text: str):
    """A slip in the table itself is told when it is read."""
    with pytest.raises(ValueError, match="not a key"):
        wording(text)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("## error-500-title\n", "## error-500-titel\n", "error-500-title"),
        ("minute|minutes", "minutes", "unit-minute"),
    ],
)
def test_broken_words_stop_the_whole_guide(tmp_path: Path, old: str, new: str, field: str):
    """The check that `manage.py check`, a build and a start go through reports them, and no other
    error ends the reading.
    """
    folder = copytree(CONTENT, tmp_path / "content")
    ui = folder / "en/ui.md"
    text = ui.read_text(encoding="utf-8")
    assert text.count(old) == 1
    ui.write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(BrokenContent) as broken:
        load_library(folder)

    assert field in {each.field for each in broken.value.problems}
    assert {each.file for each in broken.value.problems} == {"en/ui.md"}
