"""A translation: files alone, what it needs before readers get it, and that it says no more."""

import re
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.made_up.language import add_language, marked
from treatment_guide.library.loading.languages.all import load_languages
from treatment_guide.library.loading.languages.translation import KEY, mark, stale
from treatment_guide.library.loading.loader import load_library, load_translation
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent, Problem, Problems
from treatment_guide.library.text.blocks import Html

#: The made-up language, and the languages of its original.
OURS = "qx"
FACT, TOPIC = "qx/facts/sample-topic.md", "qx/topics/sample-topic.md"
Change = Callable[[str], str]


@pytest.fixture
def translated(content: Path) -> Path:
    """The small content with a whole translation."""
    add_language(content, OURS)
    return content


def read(root: Path) -> Library:
    return load_translation(load_library(root, whole=False), root, OURS, whole=False)


def faults(root: Path) -> list[Problem]:
    try:
        read(root)
    except BrokenContent as broken:
        return broken.problems
    return []


def test_a_language_is_files_alone(translated: Path) -> None:
    """Words, numbers and days are those of its files; ids, rules and days of its original."""
    original = load_library(translated, whole=False)
    made = load_translation(original, translated, OURS, whole=False)

    assert made.guide is original.guide and made.sources is original.sources
    assert made.language.prefix == "/qx" and original.language.prefix == ""
    assert made.topics["sample-topic"].title == marked(original.topics["sample-topic"].title)
    assert made.topics["sample-topic"].checked == original.topics["sample-topic"].checked
    assert made.language.number(1050.5) == "1.050,5"
    assert made.language.day(date(2026, 11, 22)) == "22. Növ 2026"


def test_links_stay_in_the_language(translated: Path) -> None:
    """Whoever follows a link of a page gets the next one in the same language."""
    library = read(translated)
    blocks = [
        block
        for page in library.reading_pages
        for part in page.parts
        for block in part.blocks
        if isinstance(block, Html)
    ]
    links = re.findall(r'href="(/[^"]*)"', " ".join(block.html for block in blocks))

    assert links and all(link.startswith("/qx/") for link in links)


def test_a_page_with_a_title_alone_leads_to_its_original(translated: Path) -> None:
    """Pages may come one by one: a link to one that is not translated says so."""
    path = translated / "qx/options/first-option.md"
    path.write_text(path.read_text(encoding="utf-8").partition("## ")[0], encoding="utf-8")
    mark(WordFiles(translated, OURS, Problems()), "options/first-option")

    library = read(translated)
    page = library.options["first-option"].page
    (part,) = (p for p in library.options["sample-option"].page.parts if p.id == "may-not-suit")

    assert page.foreign == "en" and page.title == marked(
        library.original.options["first-option"].page.title
    )  # type: ignore[union-attr]
    assert library.ui["in-original"] in " ".join(b.html for b in part.blocks if isinstance(b, Html))


@pytest.mark.parametrize(
    "file", ["reasons.md", "questions/urgent.md", "get-help-now.md", "ui.md", "regions/here.md"]
)
def test_no_reader_gets_a_translation_without_its_core(translated: Path, file: str) -> None:
    """Danger signs, help, reasons and the interface: a missing file is a fault that names it."""
    (translated / OURS / file).unlink()

    assert f"{OURS}/{file}" in {problem.file for problem in faults(translated)}


def test_what_changed_in_the_original_is_stale(translated: Path) -> None:
    """A stale danger sign is a fault; it heals when its translator says that it is made anew."""
    path = translated / "en/questions/urgent.md"
    path.write_text(path.read_text(encoding="utf-8").replace("hot, swollen", "hot"), "utf-8")
    files = WordFiles(translated, OURS, Problems())

    (told,) = faults(translated)
    assert (told.file, told.field) == ("qx/questions/urgent.md", KEY)
    assert [name for name, _, _ in stale(files)] == ["questions/urgent"]

    mark(files, "questions/urgent")
    assert faults(translated) == []


@pytest.mark.parametrize("start", ["", "cs/", "content/cs/"])
def test_a_file_is_named_from_any_folder(start: str, content: Path) -> None:
    """`translation --made` takes a name in a folder that ends like the language (`topics/`, `cs`)."""
    add_language(content, "cs")
    path = content / "cs/topics/sample-topic.md"
    whole = path.read_text(encoding="utf-8")
    path.write_text(re.sub(rf"(?m)^{KEY}: .*$", f"{KEY}: 0000", whole), encoding="utf-8")

    with override_settings(CONTENT_DIR=content):
        call_command(
            "translation", "cs", "--made", f"{start}topics/sample-topic.md", stdout=StringIO()
        )

    assert path.read_text(encoding="utf-8") == whole


def test_days_and_white_space_make_nothing_stale(translated: Path) -> None:
    """A page that was only checked again was not changed."""
    path = translated / "en/topics/sample-topic.md"
    text = path.read_text(encoding="utf-8").replace("checked: 2026-11-22", "checked: 2026-11-23")
    path.write_text(text.replace("causes. Most", "causes.\nMost"), encoding="utf-8")

    assert list(stale(WordFiles(translated, OURS, Problems()))) == []


@pytest.mark.parametrize(
    ("file", "change", "says"),
    [
        (TOPIC, lambda t: t.replace(" <source:a-guideline>", ""), "`<source:a-guideline>` here"),
        (TOPIC, lambda t: t.replace("(option:sample-option)", "(option:first-option)"), "no `]("),
        (TOPIC, lambda t: t + "\nÄ wörd mörë.\n", "3 paragraphs"),
        (TOPIC, lambda t: t.replace("{#walks}", "{#wälks}"), "no such part"),
        (TOPIC, lambda t: t.replace("{#walks}", "{#talks}"), "`walks` is missing"),
        (TOPIC, lambda t: t.replace("---\n", "---\nchecked: 2026-11-22\n", 1), "day of its origin"),
        (FACT, lambda t: t.replace("{after}", "{versus}"), "`{after}` here"),
        (FACT, lambda t: re.sub("(?m)^- caveat.*$", "", t), "`- caveat:`"),
        ("qx/questions/urgent.md", lambda t: t.replace("A h", "**A** h", 1), "0 pieces bold"),
        ("qx/questions/urgent.md", lambda t: t.replace(" <phone:emergency>", ""), "<phone:"),
        ("qx/reasons.md", lambda t: t + "\n## new-one\nNëw.\n", "no such part"),
    ],
)
def test_a_translation_says_what_its_original_says(
    translated: Path, file: str, change: Change, says: str
) -> None:
    """Parts, facts, sources, links, lists, placeholders and numbers to call are the same."""
    path = translated / file
    before = path.read_text(encoding="utf-8")
    after = change(before.replace("Ä höt", "A höt"))
    assert after != before
    path.write_text(after, encoding="utf-8")

    told = [problem.message for problem in faults(translated) if problem.file == file]
    assert any(says in message for message in told), told


def test_a_copy_knows_the_languages_that_it_leaves_out(translated: Path) -> None:
    """What stands on paper in one of them leads to the original. A draft stands on no paper."""
    there = load_languages(translated, whole=False)
    without = load_languages(translated, wanted=["en"], whole=False)
    path = translated / OURS / "language.yaml"
    path.write_text(path.read_text("utf-8").replace("served: true", "served: false"), "utf-8")
    draft = load_languages(translated, wanted=["en"], whole=False)

    assert (list(there.translations), there.unserved) == ([OURS], ())
    assert (list(without.translations), without.unserved) == ([], (OURS,))
    assert draft.unserved == load_languages(translated, whole=False).unserved == ()


def test_a_stale_danger_sign_stops_a_start_until_the_language_is_left_out(translated: Path) -> None:
    """No reader gets a danger sign that differs by language, and English goes on meanwhile."""
    path = translated / "en/questions/urgent.md"
    path.write_text(path.read_text(encoding="utf-8").replace("hot, swollen", "hot"), "utf-8")

    with pytest.raises(BrokenContent) as broken:
        load_languages(translated, whole=False)

    assert [each.file for each in broken.value.problems] == ["qx/questions/urgent.md"]
    assert load_languages(translated, wanted=["en"], whole=False).translations == {}


def test_a_draft_breaks_nothing(translated: Path) -> None:
    """While a translation is written, the original is read without it."""
    (translated / "qx/reasons.md").write_text("## no\n", encoding="utf-8")
    (translated / "qx/stray.txt").write_text("?", encoding="utf-8")

    assert load_library(translated, whole=False).reasons
    assert any(problem.file == "qx/stray.txt" for problem in faults(translated))


@pytest.mark.parametrize("named", ["", "yes", "0123456"])
def test_a_file_names_what_it_was_translated_from(translated: Path, named: str) -> None:
    """Also outside of the core: a hash that is none, or is missing, would hide every later change."""
    path = translated / TOPIC
    line = f"{KEY}: {named}\n" if named else ""
    path.write_text(re.sub(rf"(?m)^{KEY}:.*\n", line, path.read_text(encoding="utf-8"), count=1))

    found = faults(translated)

    assert [(each.file, each.field) for each in found] == [(TOPIC, KEY)]
    wanted = next(today for name, _, today in stale(WordFiles(translated, OURS, Problems())))
    assert f"`{wanted}`" in found[0].message or f"{KEY}: {wanted}" in found[0].message
