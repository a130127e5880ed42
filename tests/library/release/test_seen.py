"""Whatever changes in what readers see is noticed, and told by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from itertools import count
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from django.core.management import CommandError, call_command

from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.model import Library
from treatment_guide.library.release import seen
from treatment_guide.management.commands import release

pytestmark = pytest.mark.usefixtures("read_once")

CONTENT = Path(__file__).parents[3] / "content"
#: Words that no reader sees, each with the reason.
UNSEEN = {
    r"en/names\.md": "names that style rules let pass",
    r"en/facts/.*\.md .*\.(gain|harm)": "what is counted: read and not shown yet",
    r"en/questions/.*\.md group-.* row .*": "the ids of choices below a heading",
    r"en/glossary\.md .*\.also": "other spellings: they make links, which pages show",
    r"en/glossary\.md front\..*": "the page has its title from the interface",
    r".* front\.(checked|check-by)": "days, which hold no word to change here",
}
_EXTRA = re.compile(r"^- ([a-z][a-z-]*): (.*)$")
_WORD = re.compile(r"(?<![\w<>:(){}\[\]*/&.-])[a-z]{3,}(?![\w<>:(){}\[\]*/&’'-])")


def letters() -> Iterator[str]:
    """Words that stand nowhere else: one syllable each, so that no reading grade rises."""
    for number in count():
        tail = "".join(chr(97 + number // 26**place % 26) for place in range(3))
        yield f"zq{tail}"


def places(file: str, text: str) -> Iterator[tuple[int, str]]:
    """The rows of a file of words, each with a name: its entry, and its extra or its number."""
    rows = text.split("\n")
    front = rows[0] == "---"
    section = ""
    for number, row in enumerate(rows):
        if front and number and row == "---":
            front = False
        elif front:
            if number:
                yield number, f"{file} front.{row.partition(':')[0]}"
        elif row.startswith("## "):
            section = row[3:]
            if "{#" in row:
                yield number, f"{file} {section} title"
        elif extra := _EXTRA.match(row):
            yield number, f"{file} {section}.{extra.group(1)}"
        elif row.strip():
            yield number, f"{file} {section} row {number}"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Library]:
    """The content with another word in every row, extra and title of every file of words: the new
    word by the name of its place, and the library that is read from it.
    """
    folder = copytree(CONTENT, tmp_path_factory.mktemp("planted") / "content")
    fresh = letters()
    # Facts have to name their place, and "We don't know" stands for a source: these words stay.
    named = {
        word
        for choice in current_library().questions["place"].choices.values()
        for phrase in choice.named
        for word in phrase.split()
    } | {"know"}
    planted: dict[str, str] = {}
    for path in sorted((folder / "en").rglob("*.md")):
        file = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        rows = text.split("\n")
        for number, name in places(file, text):
            if any(re.fullmatch(pattern, name) for pattern in (*UNSEEN, r"en/names\.md .*")):
                continue
            row = rows[number]
            start = row.find(": ") + 2 if ": " in row[:30] else 0
            words = [w for w in _WORD.finditer(row, start) if w.group() not in named]
            if name.endswith(".named"):
                planted[name] = next(fresh)
                rows[number] = f"{row}, {planted[name]}"
            elif words:
                planted[name] = next(fresh)
                longest = max(words, key=lambda w: len(w.group()))  # so that no row reads harder
                rows[number] = row[: longest.start()] + planted[name] + row[longest.end() :]
        path.write_text("\n".join(rows), encoding="utf-8")
    return planted, load_library(folder)


def test_a_changed_word_is_noticed_wherever_it_stands(planted) -> None:
    """In every part, card, reason, notice, ask, label, hint, fact, phrase of a region and word of
    the interface: the words that are hashed hold the changed word.
    """
    words, library = planted
    whole = "\n".join(f"{name} {says}" for name, says in seen.items(library).items()).lower()
    there = set(re.findall(r"zq[a-z]{3}", whole))

    assert [name for name, word in words.items() if word not in there] == []
    assert len(words) > 2000


@pytest.fixture
def copy(tmp_path: Path, settings) -> Path:
    """A copy of the English content whose state is recorded, and which the command then reads."""
    folder = copytree(CONTENT, tmp_path / "content", ignore=ignore_patterns("es"))
    settings.CONTENT_DIR = folder
    call_command("release", "--record")
    return folder


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace words in a file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def test_a_changed_danger_card_fails_the_check_and_is_named(copy: Path, settings, capsys) -> None:
    """From "call" to "wait and see": told by name, in words, until it is recorded. Who runs the
    copy, and in which region, makes no difference.
    """
    call_command("release", "--check")
    settings.SITE = {"region": "uk", "name": "Another name"}
    settings.BASE_PATH = "/patients"
    call_command("release", "--check")
    change(
        copy,
        "en/questions/urgent.md",
        "Call <phone:emergency> now. A nerve or the spinal cord may be in danger.",
        "Wait and see.",
    )

    with pytest.raises(CommandError) as told:
        call_command("release", "--check")

    assert "changed: questions/urgent/sudden-weakness/card: Wait and see." in str(told.value)
    assert "--record" in str(told.value)
    capsys.readouterr()
    call_command("release", "--record")
    assert "questions/urgent/sudden-weakness/card" in capsys.readouterr().out
    call_command("release", "--check")


@pytest.mark.parametrize("language", current_library().translations)
def test_a_translation_is_recorded_as_the_original_is(language: str) -> None:
    """Under its language, whatever it says otherwise; what is the same in both stands there once."""
    library = current_library()
    translation = library.translations[language]
    found = seen.in_all_languages(library)
    theirs, ours = seen.items(translation), seen.items(library)
    card = "questions/urgent/breathing/card"

    assert found[f"{language}:{card}"] == theirs[card] != ours[card]
    assert f"{language}:guide/floor" not in found
    for name, words in theirs.items():
        assert found.get(f"{language}:{name}", ours.get(name)) == words
    assert {name for name in found if ":" not in name} >= ours.keys()
    assert seen.weight(f"{language}:{card}") == seen.weight(card) == 0
    assert seen.weight("es/ui.md") == seen.weight("en/ui.md") == len(seen.WEIGHT)


def test_what_is_new_and_what_is_gone_is_named(copy: Path) -> None:
    """A word of the list taken out, another put in."""
    path = copy / "en/glossary.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text.rstrip()}\n\n## a-new-word\nA word for a test.\n- name: newest word\n")

    with pytest.raises(CommandError, match="new: terms/a-new-word: "):
        call_command("release", "--check")
    call_command("release", "--record")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="gone: terms/a-new-word"):
        call_command("release", "--check")


def test_a_word_that_no_page_shows_is_noticed_with_its_file(copy: Path) -> None:
    """Names that style rules let pass are shown nowhere, and a change of them is still told."""
    path = copy / "en/names.md"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + ", Zebra\n", encoding="utf-8")

    with pytest.raises(CommandError, match=r"changed: en/names\.md"):
        call_command("release", "--check")


def test_a_new_release_takes_the_place_of_what_was_not_released(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its two records are written, and next.txt goes; the next change brings it back."""
    monkeypatch.setattr(release, "today", lambda: date(2099, 10, 1))
    folder = copy / "guide/releases"
    was = current_library().site.release
    change(copy, "guide/site.yaml", f'release: "{was}"', 'release: "2099.10"')
    with pytest.raises(CommandError, match="no record"):
        call_command("release", "--check")

    call_command("release")

    names = {path.name for path in folder.iterdir()}
    assert {"2099.10.yaml", "2099.10.txt"} <= names
    assert "next.txt" not in names
    call_command("release", "--check")
    call_command("release", "--record")  # nothing changed, so nothing is written
    assert not (folder / "next.txt").exists()
    change(copy, "en/regions/uk.md", "Or text SHOUT", "You can text SHOUT")
    with pytest.raises(CommandError, match="site/regions/uk/phrases/crisis"):
        call_command("release", "--check")
    call_command("release", "--record")
    assert (folder / "next.txt").exists()


def test_no_item_is_left_out_of_the_record_by_chance() -> None:
    """Every field of a library is walked, but those listed with a reason."""
    library = current_library()
    left_out = {path[0] for path in seen.LEFT_OUT if len(path) == 1}
    kinds = {name.split("/")[0] for name in seen.items(library)}
    filled = {field.name for field in fields(library) if getattr(library, field.name)}

    assert filled - kinds == left_out & filled


def test_a_record_comes_back_from_its_file(tmp_path: Path) -> None:
    """Names with spaces, too."""
    words = {"synonyms/absolute risk": "risk", "ui/skip": "Skip"}
    (tmp_path / seen.FOLDER).mkdir(parents=True)
    (tmp_path / seen.FOLDER / "next.txt").write_text(seen.written(words), encoding="utf-8")

    assert seen.recorded(tmp_path, "2026.9", "next") == ("next", seen.hashes(words))
    assert seen.recorded(tmp_path, "2026.9") is None
    (tmp_path / seen.FOLDER / "next.txt").write_text("nothing\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no record"):
        seen.recorded(tmp_path, "next")


def test_any_other_words_have_another_hash() -> None:
    """Each item has its own hash, and only that one changes."""
    words = seen.items(current_library())
    name = "questions/urgent/unsafe/card"
    then = seen.hashes(words)

    found = seen.compared(then, seen.hashes(words | {name: words[name] + " Wait."}))

    assert (found.new, found.gone, found.changed) == ((), (), (name,))
    assert not seen.compared(then, then)


def test_what_can_harm_is_told_before_what_is_only_new() -> None:
    """Danger cards, help, questions, reasons and notices stand first, and in each what changed or
    is gone before what is new. They are all listed; of the rest, the first sixty.
    """
    found = seen.Unrecorded(
        new=(*(f"facts/new-{number}" for number in range(99)), "reasons/fresh"),
        gone=("reasons/old", "facts/old"),
        changed=(
            "en/ui.md",
            "ui/next",
            "notices/too-soon",
            "pages/get-help-now",
            "questions/urgent/sudden-weakness/card",
            "questions/place/label",
        ),
    )

    rows = list(seen.told(found, {}))
    listed = [row for row in rows if re.match(r"  (changed|gone|new): ", row)]

    assert [row.strip() for row in listed[:8]] == [
        "changed: questions/urgent/sudden-weakness/card",
        "changed: pages/get-help-now",
        "changed: questions/place/label",
        "gone: reasons/old",
        "new: reasons/fresh",
        "changed: notices/too-soon",
        "changed: ui/next",
        "gone: facts/old",
    ]
    assert rows[-1] == "  and 42 more"


def test_what_differs_is_counted_by_kind() -> None:
    """The first lines say how much differs, kind by kind, whatever does not fit below them."""
    found = seen.Unrecorded(new=("facts/a", "facts/b"), gone=("facts/c",), changed=("asks/d",))

    assert list(seen.told(found, {}))[:2] == ["  asks: 1 changed", "  facts: 1 gone, 2 new"]
