"""What a translation is made from, what it needs before readers get it, and what went stale.

Each translated file names the hash of the file of the original that it was made from, as
`translated-from` in its front matter. Days, editors' names and white space are not hashed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from treatment_guide.library.faults.file_kinds import ORIGINAL, files_of
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import Library, QuestionWords
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Page, read_page

#: The key of the hash in the front matter.
KEY = "translated-from"
#: What it looks like.
HASH = re.compile("[0-9a-f]{8}")
#: The keys of front matter that are words.
WORDS = ("title", "short", "summary", "name", "hint", "told", "find-out")
#: Files that are written anew for each language: what people type, names, how it is written.
ANEW = ("names", "synonyms", "danger-phrases")
#: The folders of files of words.
FOLDERS = (
    *("", "questions/", "regions/", "values/", "options/", "steps/", "situations/", "topics/"),
    *("about/", "clinics/", "facts/", "checks/"),
)
#: The folders whose files are pages: front matter alone gives them a title.
PAGES = ("options/", "steps/", "situations/", "topics/", "about/", "clinics/")
#: Words without which no reader gets a translation. A stale one is a fault.
CORE = re.compile(
    r"(?:ui|ui-handouts|home|get-help-now|reasons|notices|asks|care|glossary|names|synonyms|danger-phrases"
    r"|(?:questions|regions|values)/[a-z0-9-]+)"
)


def names_of(root: Path, language: str) -> list[str]:
    """Every file of words of a language, by its name without the ending."""
    folders = [f"{language}/{folder}".rstrip("/") for folder in FOLDERS]
    found = [file for folder in folders for file in files_of(root, folder, "md")]
    return [file.partition("/")[2].removesuffix(".md") for file in found]


def hash_of(page: Page, *, head: bool) -> str:
    """The hash of the words of a file; of its front matter alone (`head`) for a title."""
    rows = [f"{key}: {page.front[key]}" for key in WORDS if key in page.front]
    if not head:
        rows += [f"## {each.id}\n{each.text}" for each in page.sections]
    return hashlib.sha256(" ".join(" ".join(rows).split()).encode()).hexdigest()[:8]


def is_head(name: str, page: Page) -> bool:
    """True for a page that has a title and is not translated yet."""
    return name.startswith(PAGES) and not page.sections


def wanted_hash(files: WordFiles, name: str, page: Page) -> str:
    """The hash that a translated file is to name; empty where the original has no such file."""
    original = read_page(files.original(name), f"{ORIGINAL}/{name}.md", Problems())
    return hash_of(original, head=is_head(name, page)) if original else ""


def stale(files: WordFiles) -> Iterator[tuple[str, str, str]]:
    """The files of a translation that name another hash than that of today's original: the name,
    the hash that they name (empty for none) and the hash of today.
    """
    for name in names_of(files.root, files.language):
        page = read_page(files.path(name), files.file(name), Problems())
        if name in ANEW or page is None:
            continue
        today = wanted_hash(files, name, page)
        if today and page.front.get(KEY, "") != today:
            yield name, page.front.get(KEY, ""), today


def check_core(files: WordFiles, problems: Problems) -> None:
    """Note words of the core that are missing or stale, files that translate nothing, and files that
    do not say what they were translated from.
    """
    there = set(names_of(files.root, files.language))
    wanted = names_of(files.root, ORIGINAL)
    for name in wanted:
        if CORE.fullmatch(name) and name not in there:
            message = "This file is missing: readers get no translation without it."
            problems.add(files.file(name), 1, "", message)
    for name in sorted(there - set(wanted)):
        problems.add(files.file(name), 1, "", f"There is no {ORIGINAL}/{name}.md to translate.")
    for name, named, today in stale(files):
        message = ""
        if not named:
            message = (
                f"Say between lines of hyphens at the top what it was made from: `{KEY}: {today}`."
            )
        elif not HASH.fullmatch(named):
            message = (
                f"`{named}` is no hash. The original is `{today}` now; write that once it holds."
            )
        elif CORE.fullmatch(name):
            message = (
                f"{ORIGINAL}/{name}.md changed after this was translated from it. Translate what "
                f"changed, then write `{KEY}: {today}`."
            )
        if message:
            problems.add(files.file(name), 1, KEY, message)


def mark(files: WordFiles, name: str) -> str:
    """Write the hash of today into a translated file, and return it. Raises FileNotFoundError, and
    ValueError where the original has no such file.
    """
    path = files.folder / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    page = read_page(path, files.file(name), Problems())
    today = wanted_hash(files, name, page) if page else ""
    if not today:
        raise ValueError(f"There is no {ORIGINAL}/{name}.md to translate, or it cannot be read.")
    line = f"{KEY}: {today}"
    if not text.startswith("---\n"):
        text = f"---\n{line}\n---\n{text}"
    elif re.search(rf"(?m)^{KEY}:", text.split("\n---", 1)[0]):
        text = re.sub(rf"(?m)^{KEY}:.*$", line, text, count=1)
    else:
        text = text.replace("\n---", f"\n{line}\n---", 1)
    path.write_text(text, encoding="utf-8")
    return today


def with_originals(library: Library, original: Library) -> dict[str, QuestionWords]:
    """The words of the questions of a translation, each danger sign with its label in the original:
    readers see both until people have reviewed the translation.
    """
    found = dict(library.questions)
    for question in original.guide.danger:
        words, theirs = found[question.id], original.questions[question.id]
        choices = {
            name: replace(each, original=theirs.choices[name].marked)
            if name in question.levels
            else each
            for name, each in words.choices.items()
        }
        found[question.id] = replace(words, choices=choices)
    return found
