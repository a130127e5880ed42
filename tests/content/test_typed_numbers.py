"""No number stands in the words of the guide that is not a fact, or of a class that may be typed.

The check at start reads pages, reasons, notices, questions to ask and the word list. These tests
read every file in `content/en`, line by line, so that titles, captions, hints, facts' own words
and the words of the interface are held to the same rule.

May be typed: dates, years, step numbers and the names in `en/names.md`; a question and the labels
of its choices, with the words that say an answer back; the fixed danger text; what people type
into the search. The few lines of the interface below stand by name, each with its reason.
"""

import re
from functools import cache, partial
from pathlib import Path

from tests.english import style_with
from tests.for_each import for_each
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.markdown import Prose
from treatment_guide.library.text.style_rules import lint_words

CONTENT = Path(__file__).resolve().parents[2] / "content"
WORDS = CONTENT / "en"

#: Every kind of file in content/en. A file that none of these names is a fault.
KINDS = {
    "pages": r"(?:options|steps|situations|topics|about|clinics)/.*|home|get-help-now",
    "facts": r"facts/.*",
    "danger text": r"questions/urgent(?:-here)?",
    "questions": r"questions/.*",
    "words of rules": r"reasons|notices|asks|safety|care",
    "words of regions": r"regions/.*",
    "words of values": r"values/.*",
    "questions about what was read": r"checks/.*",
    "words beside pages": r"glossary|pictures|scorecard|conformance|hazards|grounds",
    "interface": r"ui|ui-clinics|ui-handouts",
    "not shown": r"names|synonyms|danger-phrases",
}
#: Names that may carry digits, and words that people type when they search: no sentence of ours.
UNREAD = {"danger text", "not shown"}
#: A question, and the ways its answer is said: they name the choice, they claim nothing.
ANSWER_LINES = re.compile(r"(?:title|told|- told|- change|- gone|- short): ")
#: Lines of the interface that may hold a digit: of the guide itself, or parts that facts fill.
TYPED = {
    "grade-words": "the aim and the limit of the reading grade, which the lint enforces",
    "fact-of": "the unit of a picture",
    "fact-points": "the unit of a picture of points",
    "fact-under": "a count too small for a picture",
    "glance-points": "the unit of a cell",
    "glance-people": "the unit of a cell",
    "glance-hundred": "the unit of a cell",
    "fact-read": "how to read a picture of a hundred people",
    "unit-percent-loss": "the unit of a fact",
    "clinician-asked": "the fixed danger question, said back",
    "clinics-qr-note": "how wide to print a square code",
    "sheet-param-code": "how record systems number a parameter",
}

_LINKS = re.compile(r"<[a-z]+:[^>]*>|\]\([^)]*\)|\{[^}]*\}|`[^`]*`")
_NUMBERED = re.compile(r"^\d+\. ")


def kind_of(path: Path) -> str:
    """What kind of file this is, or an empty word."""
    name = path.relative_to(WORDS).with_suffix("").as_posix()
    return next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, name)), "")


FILES = sorted(WORDS.rglob("*.md"))


@cache
def names() -> re.Pattern[str]:
    """The names that may carry a digit, from en/names.md."""
    rows = (WORDS / "names.md").read_text(encoding="utf-8").splitlines()
    listed = [name for row in rows if not row.startswith("#") for name in row.split(", ") if name]
    ordered = sorted(listed, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")


def claims(kind: str, text: str) -> list[tuple[int, str]]:
    """The lines of a file that say something to readers, with their numbers, without links."""
    found = []
    part, is_label = "", False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            part = line.removeprefix("## ").split(" {#")[0]
            is_label = kind == "questions" and part != "why"
            said = part if "{#" in line else ""
        elif kind == "questions" and (ANSWER_LINES.match(line) or is_label):
            said = line if line.startswith("- hint: ") else ""
        elif kind == "interface" and part in TYPED or re.match(r"check(?:ed|-by): ", line):
            said = ""
        else:
            said = _NUMBERED.sub("", line)
        if said:
            found.append((number, _LINKS.sub("", said)))
    return found


def typed_numbers(kind: str, text: str) -> list[str]:
    """What the lint says about the lines of a file."""
    known = style_with(names())
    problems = Problems()
    for number, said in claims(kind, text):
        prose = Prose(number, "paragraph", said, said, cited=True)
        lint_words(prose, known, partial(problems.add, "", number, ""))
    return [f"line {each.line}: {each.message}" for each in problems.found]


@for_each("path", FILES, ids=lambda path: path.relative_to(WORDS).as_posix())
def test_no_number_is_typed_that_is_not_a_fact(path: Path) -> None:
    """Every number in the words comes from a fact, or is of a class that may be typed."""
    kind = kind_of(path)

    assert kind, "This kind of file is not known: say in KINDS how its numbers are checked."
    assert kind in UNREAD or typed_numbers(kind, path.read_text(encoding="utf-8")) == []


@for_each("kind", sorted(set(KINDS) - UNREAD))
@for_each(
    "line",
    [
        "It takes 5 weeks.",
        "It helps for six months.",
        "In three trials it failed.",
        "It hurts in 40% of knees.",
        "title: What 7 people said",
        "## What 7 people said {#said}",
        "- caveat: Some 30 people left.",
        "- hint: About 3 weeks",
    ],
)
def test_a_typed_number_is_found_in_every_kind_of_file(kind: str, line: str) -> None:
    """The check can fail: a number planted in each kind of file that is read is found there."""
    shown = not (kind == "questions" and line.startswith("title: "))
    text = f"---\n{line}\n" if line.startswith("title: ") else f"## why\n{line}\n"

    assert bool(typed_numbers(kind, text)) == shown


def test_every_kind_of_file_is_there() -> None:
    """No kind is named that no file belongs to."""
    assert {kind_of(path) for path in FILES} == set(KINDS)


def test_a_line_stands_by_name_only_while_it_holds_a_number() -> None:
    """The lines of the interface that may hold a number do hold one, and no others are let by."""
    found = {
        part
        for path in (WORDS / "ui.md", WORDS / "ui-clinics.md", WORDS / "ui-handouts.md")
        for part, _, words in (
            each.partition("\n")
            for each in path.read_text(encoding="utf-8").removeprefix("## ").split("\n## ")
        )
        if typed_numbers("pages", words)
    }

    assert found == set(TYPED)
