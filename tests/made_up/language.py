"""A made-up language: every word of the guide with its vowels marked, in files alone.

It shows that a language adds no code, and every place where words of another language leak in:
words of it are all marked, and only names, numbers and ids are not.
"""

import re
from pathlib import Path
from shutil import copytree

from treatment_guide.library.loading.languages.translation import ANEW, mark, names_of
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.problems import Problems

CONTENT = Path(__file__).parents[2] / "content"
_MARKED = str.maketrans("aeouAEOU", "äëöüÄËÖÜ")
#: What is no word: links, ids of choices, placeholders, numbers of sources, addresses.
_KEPT = re.compile(
    r"<[a-z]+:[^>]*>|\]\([^)]*\)|\{[^}]*\}|`[^`]*`|https?://\S+|\b(?:GO|FHIR|PRP|MRI|CT)\b"
)
_LANGUAGE = """own-name: {own}
served: true
direction: {direction}
numbers: {{decimal: ",", thousands: "."}}
days:
  pattern: "{{day}}. {{month}} {{year}}"
  months: [Jän, Fëb, Mär, Äpr, Mäy, Jün, Jül, Äüg, Sëp, Öct, Növ, Dëc]
lists: {{comma: " · ", semicolon: " · "}}
counts: ["1"]
search: {{stemmer: endings, stop: "the and of", articles: "the a", or: or, endings: "ing ed s"}}
style:
  sentence-words: 40
  readability: {{formula: lix, page: 90, paragraph: 150}}
  unknown: "dön't knöw"
  ways: {{call: "cäll|diäl|phönë|ring", text: "tëxt|mëssägë"}}
  digits: ['(?:19|20)\\d\\d\\b', '[Ss]tëps? \\d\\b', 'Növëmbër \\d+, \\d+']
"""


def marked(text: str) -> str:
    """The words of a text with their vowels marked; what is no word stays."""
    out, end = [], 0
    for kept in _KEPT.finditer(text):
        out += [text[end : kept.start()].translate(_MARKED), kept.group()]
        end = kept.end()
    return "".join([*out, text[end:].translate(_MARKED)])


def translated(name: str, text: str) -> str:
    """One file in the made-up language. Ids, keys and lists of choices stay."""
    rows, front, group = [], text.startswith("---"), False
    for number, row in enumerate(text.split("\n")):
        key = re.match(r"(- )?([a-z][a-z-]*): ?", row)
        heading = re.match(r"## (.*?)( \{#[a-z0-9-]+\})?$", row)
        if front:
            front = not (number and row == "---")
            if row.startswith(("checked:", "check-by:", "reviewed-by:")):
                continue
            said = key and row[key.end() :]
            rows.append(f"{key.group(0)}{marked(str(said))}" if key else row)
        elif heading:
            group = heading.group(1).startswith("group-") and name.startswith("questions/")
            titled = heading.group(2)
            rows.append(f"## {marked(heading.group(1))}{titled}" if titled else row)
        elif key and key.group(1):
            rows.append(key.group(0) + marked(row[key.end() :]))
        else:
            rows.append(row if group else marked(row))
    return "\n".join(rows)


def written_anew(name: str, text: str) -> str:
    """A file that no language translates, in the made-up one; empty for any other file. Its stems
    are not those of English, so two phrases are found by others already.
    """
    if name == "danger-phrases":
        return re.sub(r", (?:unexplained weight loss|weight loss appetite)\b", "", text)
    return marked(text) if name == "names" else text if name in ANEW else ""


def add_language(
    root: Path, language: str, *, own: str = "Mädë-üp", direction: str = "ltr"
) -> None:
    """Add the folder of a whole made-up language to a content folder."""
    folder = root / language
    folder.mkdir()
    words = _LANGUAGE.format(own=own, direction=direction)
    (folder / "language.yaml").write_text(words, encoding="utf-8")
    files = WordFiles(root, language, Problems())
    for name in names_of(root, "en"):
        path = folder / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        text = files.original(name).read_text(encoding="utf-8")
        path.write_text(written_anew(name, text) or translated(name, text), encoding="utf-8")
        if name not in ANEW:
            mark(files, name)


def with_language(folder: Path, language: str, **how: str) -> Path:
    """A copy of the real content with a made-up language."""
    root = folder / "content"
    copytree(CONTENT, root)
    add_language(root, language, **how)
    return root
