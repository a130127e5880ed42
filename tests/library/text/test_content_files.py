"""How content files are read: as text, with the line of everything."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import (
    Document,
    Page,
    Section,
    entry,
    read_entries,
    read_page,
    read_yaml,
)

quick = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that each example of a property writes anew."""
    return tmp_path_factory.mktemp("reading") / "file"


def yaml_of(path: Path, text: str) -> tuple[Document | None, list[tuple[int, str]]]:
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    document = read_yaml(path, "file.yaml", problems)
    return document, [(problem.line, problem.field) for problem in problems.found]


def page_of(path: Path, text: str) -> tuple[Page | None, list[tuple[int, str]]]:
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    page = read_page(path, "file.md", problems)
    return page, [(problem.line, problem.field) for problem in problems.found]


# --- YAML --------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["yes", "no", "on", "off", "true", "null", "~", "2026-11-22", "12:30", "1_000", "0x1F", "1e3"]
    + ["007", ".inf", "NO"],
)
def test_a_yaml_value_stays_the_text_that_was_typed(scratch: Path, typed: str) -> None:
    """YAML guesses no types here: yes, dates and times of day stay what was typed."""
    document, _ = yaml_of(scratch, f"key: {typed}\n")

    assert document is not None
    assert document.data == {"key": typed}


def test_a_yaml_key_stays_the_text_that_was_typed(scratch: Path) -> None:
    """An id that looks like a number, a date or a yes stays an id."""
    document, _ = yaml_of(scratch, "yes: a\n2026-11-22: b\n12: c\n")

    assert document is not None
    assert list(document.data) == ["yes", "2026-11-22", "12"]


KEYS = st.integers(0, 99).map("key-{}".format)


@quick
@given(rows=st.lists(st.tuples(KEYS, st.integers(0, 3)), unique_by=lambda row: row[0], min_size=1))
def test_a_yaml_key_knows_its_line(scratch: Path, rows: list[tuple[str, int]]) -> None:
    """Whatever stands above a key, blank lines and comments too, its line is the line it is on."""
    text = "".join("# a comment\n" * blank + f"{key}: x\n" for key, blank in rows)
    expected = {key: text.splitlines().index(f"{key}: x") + 1 for key, _ in rows}

    document, _ = yaml_of(scratch, text)

    assert document is not None
    assert {key: document.line((key,)) for key, _ in rows} == expected


def test_a_part_without_a_line_takes_the_line_above_it(scratch: Path) -> None:
    """A key that is missing is reported at the part it is missing from."""
    document, _ = yaml_of(scratch, "first: a\nfits:\n  - if: always\n")

    assert document is not None
    assert document.line(("fits", 0, "because")) == 3


def test_a_yaml_key_given_twice_is_a_problem(scratch: Path) -> None:
    """A repeated key is told at its second place, and the first one is kept."""
    document, found = yaml_of(scratch, "a: first\nb: other\na: second\n")

    assert document is not None
    assert (document.data, found) == ({"a": "first", "b": "other"}, [(3, "a")])


def test_a_yaml_file_of_comments_holds_nothing(scratch: Path) -> None:
    """An empty file is read as one without keys, and the shape says what it needs."""
    document, found = yaml_of(scratch, "# nothing yet\n")

    assert document is not None
    assert (document.data, found) == ({}, [])


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "[a, b]\n"])
def test_a_yaml_file_without_keys_is_a_problem(scratch: Path, text: str) -> None:
    """A list or a sentence where keys belong is told as a problem, and nothing stops."""
    document, found = yaml_of(scratch, text)

    assert (document, found) == (None, [(1, "")])


@quick
@given(text=st.text())
def test_no_yaml_text_stops_the_reader(scratch: Path, text: str) -> None:
    """Whatever stands in a YAML file, reading it gives a document or a problem."""
    document, found = yaml_of(scratch, text)

    assert document is not None or found


# --- Markdown ----------------------------------------------------------------

FRONT = "---\ntitle: A page\nchecked: 2026-11-22\n---\n"


def test_front_matter_is_read_with_its_lines(scratch: Path) -> None:
    """Front matter is plain text by key, and every key knows its line."""
    page, found = page_of(scratch, FRONT)

    assert page is not None
    assert found == []
    assert page.front == {"title": "A page", "checked": "2026-11-22"}
    assert page.front_lines == {"title": 2, "checked": 3}


def test_a_title_may_hold_a_colon(scratch: Path) -> None:
    """Only the first colon of a front matter line parts key and value."""
    page, _ = page_of(scratch, "---\ntitle: Walks: how and why\n---\n")

    assert page is not None
    assert page.front["title"] == "Walks: how and why"


def test_a_front_matter_line_without_a_colon_is_a_problem(scratch: Path) -> None:
    """A line of front matter that is no `key: value` is told where it stands."""
    _, found = page_of(scratch, "---\ntitle: A page\nno colon here\n---\n")

    assert found == [(3, "")]


@quick
@given(
    bodies=st.lists(st.lists(st.sampled_from(["words", "", "- item", "see # no part"]), max_size=4))
)
def test_sections_hold_every_line_and_know_where_they_start(
    scratch: Path, bodies: list[list[str]]
) -> None:
    """A page is cut at its `## ` headings only: no line is lost, and lines keep their numbers."""
    text = FRONT + "".join(
        "\n".join([f"## part-{i}", *body]) + "\n" for i, body in enumerate(bodies)
    )

    page, _ = page_of(scratch, text)

    assert page is not None
    rows = text.splitlines()
    assert [rows[section.line - 1] for section in page.sections] == [
        f"## part-{i}" for i in range(len(bodies))
    ]
    assert [section.text.rstrip("\n") for section in page.sections] == [
        "\n".join(body).rstrip("\n") for body in bodies
    ]


def test_a_heading_given_twice_is_a_problem(scratch: Path) -> None:
    """Two parts of one name are told at the second."""
    _, found = page_of(scratch, "## a\nwords\n\n## a\nmore\n")

    assert found == [(4, "a")]


def test_words_above_the_first_heading_are_a_problem(scratch: Path) -> None:
    """Words that belong to no part would be lost, so they are told."""
    _, found = page_of(scratch, FRONT + "lost words\n## a\nwords\n")

    assert found == [(5, "")]


@quick
@given(text=st.text())
def test_no_markdown_text_stops_the_reader(scratch: Path, text: str) -> None:
    """Whatever stands in a page file, reading it gives a page or a problem."""
    page, found = page_of(scratch, text)

    assert page is not None or found


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A file that is not there is told by its name."""
    problems = Problems()

    read_page(tmp_path / "none.md", "en/none.md", problems)

    assert [str(problem) for problem in problems.found] == ["en/none.md:1 This file is missing."]


# --- entries: small pieces of words ------------------------------------------


def test_an_entry_ends_in_a_list_of_named_extras() -> None:
    """The `- name: words` lines at the end of an entry are its extras, the rest is its body."""
    read = entry(Section("knee", 1, "My knee\nhurts.\n\n- hint: Front or back\n- told: It hurts\n"))

    assert (read.body, read.extras) == (
        "My knee\nhurts.",
        {"hint": "Front or back", "told": "It hurts"},
    )


def test_a_list_in_the_body_of_an_entry_stays_in_the_body() -> None:
    """Only the lines at the very end are extras: a list before other words is part of them."""
    read = entry(Section("knee", 1, "- one: first\n\nMore words.\n"))

    assert (read.body, read.extras) == ("- one: first\n\nMore words.", {})


def test_an_extra_may_run_over_two_lines() -> None:
    """An indented line goes on with the extra above it."""
    read = entry(Section("knee", 1, "Knee\n- card: See a doctor\n  today.\n- told: It hurts\n"))

    assert read.extras == {"card": "See a doctor today.", "told": "It hurts"}


def test_a_file_that_cannot_be_read_has_no_entries(tmp_path: Path, problems: Problems) -> None:
    """A missing file of words gives one problem and no entries."""
    entries = read_entries(tmp_path / "none.md", "en/none.md", problems)

    assert (entries, len(problems.found)) == ({}, 1)
