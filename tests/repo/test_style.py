"""The styles and the templates belong together, and templates hold no words."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tinycss2

from tests.for_each import for_each
from treatment_guide.engine.answers import LEVELS
from treatment_guide.http.html.assets import CASCADE, KINDS, LOCAL, minified, style, style_files

ROOT = Path(__file__).resolve().parents[2]
CSS = sorted((ROOT / "static" / "css").rglob("*.css"))
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
#: Everything that may write a class into a page.
WRITERS = [
    *TEMPLATES,
    *sorted((ROOT / "treatment_guide").rglob("*.py")),
    *sorted((ROOT / "static" / "js").glob("*.js")),
]

#: Classes that say what a thing is, for tests and integrators. The style sheet need not know them.
HOOKS = {
    "gains",  # one side of a place of an option; the other has a color of its own
    "crisis",  # the card about thoughts of self-harm
    "emergency",  # the level of a danger sign ...
    "letter",  # the letter on the home page
    "choices",  # a set of choices
    "question-form",  # the form of a question
    "today",  # ... and its other level that interrupts
    "danger-boxes",  # the boxes of danger signs
}

#: Drawn for pages that are not there yet. Take a line out when its page comes, or its style goes.
WAITING: set[str] = set()

#: A value in a class, and what it can be.
MATTER = ("gains", "harms", "how-it-is-done", "recovery", "cost")
VALUES = {
    "row.level": LEVELS,
    "side": ("gains", "harms"),
    "fill": ("controlled", "open", "harm"),
    "row.mark": [f"row-{part}" for part in MATTER],
    "each.mark": [f"for-{part}" for part in MATTER],
}

_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_VALUE = re.compile(r"\{\{ *(.*?) *\}\}")
_CLASS = re.compile(r'\bclass="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"')
#: Attributes whose words a reader hears or sees.
_SPOKEN = re.compile(r'\b(?:aria-label|alt|title|placeholder|value)="([^"]*)"')


def name(path: Path) -> str:
    """A path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


def css_classes() -> set[str]:
    """Every class that a selector of the style sheet names."""
    return set().union(*(classes_in(path.read_text(encoding="utf-8")) for path in CSS))


def rules(text: str) -> list[Any]:
    """The rules of a style sheet, strictly read. Fails at what a browser would throw away."""
    found = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return [each for rule in found for each in flat(rule)]


def flat(rule: Any) -> Iterator[Any]:
    """A rule, or those inside a media query."""
    assert rule.type != "error", f"line {rule.source_line}: {rule.message}"
    if rule.type == "at-rule" and rule.lower_at_keyword == "media":
        inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        for each in inside:
            yield from flat(each)
    else:
        yield rule


def declarations(rule: Any) -> list[Any]:
    """What a rule declares, strictly read."""
    found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    for each in found:
        assert each.type == "declaration", f"line {each.source_line}: no declaration"
    return found


def classes_in(text: str) -> set[str]:
    """Every class that a selector of a style sheet names."""
    selectors = (rule.prelude for rule in rules(text) if rule.type == "qualified-rule")
    return {name for tokens in selectors for name in class_names(tokens)}


def selectors(text: str) -> dict[str, set[str]]:
    """Every selector of a style sheet, with the classes that an element and those around it need."""
    found = {}
    for rule in rules(text):
        parts: list[list[Any]] = [[]]
        for token in rule.prelude if rule.type == "qualified-rule" else ():
            if token == ",":
                parts.append([])
            else:
                parts[-1].append(token)
        for part in parts:
            needed = (t for t in part if t.type != "function" or t.lower_name != "not")
            found["".join(plain(part))] = set(class_names(list(needed)))
    return found


def class_names(tokens: list[Any]) -> Iterator[str]:
    """The classes of a selector: names after a dot, inside `:not(...)` and the like too."""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "ident" and before is not None and before == ".":
            yield token.value
        elif token.type == "function":
            yield from class_names(token.arguments)


def plain(tokens: list[Any]) -> list[str]:
    """Tokens to compare by: without comments, without spaces that mean nothing."""
    shown = [token for token in tokens if token.type != "comment"]
    words = []
    for token in shown:
        if token.type == "whitespace":
            words.append(" ")
        elif token.type == "function":
            words += [f"{token.lower_name}(", *plain(token.arguments), ")"]
        elif token.type in ("() block", "[] block"):
            words += [token.type[0], *plain(token.content), token.type[1]]
        elif token.type in ("number", "percentage", "dimension"):
            words.append(f"{token.value}{getattr(token, 'lower_unit', '')}{token.type}")
        else:
            words.append(token.serialize())
    text = "\0".join(words)
    for mark in ",>~:;()[]/":
        text = re.sub(rf"(\0 )*\0{re.escape(mark)}(\0 )*", f"\0{mark}", f"\0{text}").strip("\0")
    return re.sub("(\0 )+", "\0 ", text).strip("\0 ").split("\0")


def written_classes() -> dict[str, str]:
    """Every class in a page, with a file that writes it. `*` stands for a number."""
    found: dict[str, str] = {}
    for path in WRITERS:
        for value in _CLASS.findall(path.read_text(encoding="utf-8")):
            for each in _TAG.sub("", value).replace("{{ ", "{{").replace(" }}", "}}").split():
                inside = _VALUE.fullmatch(each)
                known = VALUES.get(inside.group(1)) if inside else None
                for one in known or [_VALUE.sub("*", each)]:
                    found.setdefault(one, name(path))
    return found


def matches(written: str, known: str) -> bool:
    """True when a written class is, or can be, this class of the style sheet."""
    return re.fullmatch(re.escape(written).replace(r"\*", r"\d+"), known) is not None


def bare(text: str) -> str:
    """What a template holds outside its tags and comments, values left out.

    Addresses are no words: `/go/` is the same in every language.
    """
    return re.sub(r"/[a-z-]+/", "//", _VALUE.sub("", _TAG.sub("", text)))


def test_every_class_of_the_style_sheet_is_used() -> None:
    """Nothing is sent with every page that no page needs."""
    written = written_classes()
    unused = {c for c in css_classes() if not any(matches(w, c) for w in written)}

    assert sorted(unused - WAITING) == []


def test_every_class_that_waits_is_in_the_style_sheet() -> None:
    """The list of classes that wait for a page holds nothing that is gone."""
    assert sorted(WAITING - css_classes()) == []


def test_every_class_in_a_page_is_known() -> None:
    """A class is in the style sheet or is a hook. Everything else is a slip of the pen."""
    known = css_classes() | HOOKS
    strange = {
        written: file
        for written, file in written_classes().items()
        if not any(matches(written, each) for each in known)
    }

    assert strange == {}


def test_every_hook_is_used() -> None:
    """The list of hooks holds nothing that is gone."""
    assert sorted(HOOKS - written_classes().keys()) == []


def test_every_file_of_the_styles_is_in_the_cascade() -> None:
    """A file that no page carries is dead; a name in the cascade without a file stops a start. One is
    carried for a hospital alone.
    """
    carried = {path for kind in KINDS for path in style_files(kind)}
    carried.add(ROOT / "static" / "css" / f"{LOCAL}.css")

    assert sorted(carried) == CSS
    assert set().union(*KINDS.values()) <= set(CASCADE)


@for_each("path", CSS, ids=name)
def test_a_file_of_the_styles_says_what_it_is(path: Path) -> None:
    """Its first comment says what it is for and who shows it; the templates that it names exist."""
    text = path.read_text(encoding="utf-8")
    head = re.match(r"/\* (.*?) \*/\n\n", text, re.DOTALL)

    assert head, "it begins with a comment and an empty line"
    named = re.findall(r"[\w/-]+\.html", head[1])
    there = {each.relative_to(ROOT / "templates").as_posix() for each in TEMPLATES}
    assert [each for each in named if each not in there] == []
    assert named or re.search(r"\b[Pp]ages?\b|\bart/", head[1])


@for_each("path", CSS, ids=name)
def test_a_file_of_the_styles_is_formatted(path: Path) -> None:
    """One selector and one declaration a line, indented by two spaces a level."""
    level, comment = 0, False
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n")[:-1], 1):
        comment = comment or line.lstrip().startswith("/*")
        if not comment and line:
            level -= line.lstrip().startswith("}")
            indent = len(line) - len(line.lstrip())
            # A long value goes on in the next line, one step further in.
            assert indent in (2 * level, 2 * level + 2), f"line {number}: {indent} spaces"
            assert re.search(r"[{},;:]$|^ {4,}\S", line), f"line {number}: more than one thing"
            assert line.count(";") <= 1, f"line {number}: more than one declaration"
            level += line.endswith("{")
        comment = comment and not line.endswith("*/")
        assert len(line) <= 100, f"line {number} is long"


@pytest.mark.parametrize("kind", KINDS)
def test_the_minifier_changes_nothing_that_a_browser_reads(kind: str) -> None:
    """The minified style says the same as what is written, rule by rule, read by a parser. What a
    page leaves out of it is tested in `tests/serving/test_styles.py`.
    """
    written = "\n".join(path.read_text(encoding="utf-8") for path in style_files(kind))

    def said(text: str) -> list[Any]:
        return [
            (
                rule.type,
                plain(rule.prelude),
                [(d.name, plain(d.value), d.important) for d in declarations(rule)],
            )
            for rule in rules(text)
        ]

    assert said(minified(kind)) == said(written)
    assert len(style(kind)) <= len(minified(kind)) < 0.85 * len(written)


@for_each("path", CSS, ids=name)
def test_css_needs_no_layer(path: Path) -> None:
    """A browser that does not know @layer throws away everything in it."""
    assert "@layer" not in path.read_text(encoding="utf-8")


@for_each("path", WRITERS, ids=name)
def test_no_style_attribute(path: Path) -> None:
    """The content security policy lets one style sheet through, and no style attribute."""
    assert re.search(r"\bstyle=[\"']", path.read_text(encoding="utf-8")) is None


@for_each("path", TEMPLATES, ids=name)
def test_a_template_holds_no_words(path: Path) -> None:
    """Words come from content/en: an editor finds them there, and can change them."""
    text = bare(path.read_text(encoding="utf-8"))
    spoken = " ".join(_SPOKEN.findall(text))
    seen = re.sub(r"<[^>]*>", "", text)

    assert re.findall(r"[A-Za-z]+", f"{seen} {spoken}") == []


#: A name without a vowel that people say letter by letter.
SPELLED = {"qr"}


def test_names_of_the_styles_can_be_said() -> None:
    """Classes and custom properties are whole words: two letters or more, one of them a vowel.

    A scale has numbers: `--space-1`.
    """
    texts = [path.read_text(encoding="utf-8") for path in CSS]
    properties = {found for text in texts for found in re.findall(r"--([\w-]+)", text)}
    words = {word for name in css_classes() | HOOKS | properties for word in name.split("-")}
    said = re.compile(r"[a-z]*[aeiouy][a-z]*")
    scale = {word for word in words if word.isdecimal()}

    assert {w for w in words - scale - SPELLED if not said.fullmatch(w) or len(w) < 2} == set()


def test_every_custom_property_is_set_and_used() -> None:
    """A name that nothing sets is a slip of the pen; one that nothing uses is dead."""
    text = "".join(path.read_text(encoding="utf-8") for path in CSS)

    assert set(re.findall(r"--([\w-]+):", text)) == set(re.findall(r"var\(--([\w-]+)", text))


def test_our_scripts_are_short() -> None:
    """All scripts of our own together, as they are sent, with their comments: 3,500 bytes."""
    assert sum(len(path.read_bytes()) for path in (ROOT / "static" / "js").glob("*.js")) <= 3_500
