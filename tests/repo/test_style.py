"""The style sheet and the templates belong together, and templates hold no words."""

import re
from pathlib import Path

import pytest

from treatment_guide.engine.answers import LEVELS

ROOT = Path(__file__).resolve().parents[2]
CSS = sorted((ROOT / "static" / "css").iterdir())
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
#: Everything that may write a class into a page.
WRITERS = [
    *TEMPLATES,
    *sorted((ROOT / "treatment_guide").rglob("*.py")),
    *sorted((ROOT / "static" / "js").glob("*.js")),
]

ORDER = ["tokens", "base", "layout", "components", "utilities", "print"]

#: Classes that say what a thing is, for tests and integrators. The style sheet need not know them.
HOOKS = {
    "ask-list",  # questions to ask, on the page of an option
    "crisis",  # the card about thoughts of self-harm
    "emergency",  # the level of a danger sign ...
    "group",  # one group of the outcome
    "lg",  # the letter on the home page
    "pick",  # a set of choices
    "q",  # the form of a question
    "today",  # ... and its other level that interrupts
    "urgs",  # the boxes of danger signs
}

#: Drawn for pages that are not there yet. Take a line out when its page comes, or its style goes.
WAITING: set[str] = set()

#: A value in a class, and what it can be.
VALUES = {"row.level": LEVELS}

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
    text = "".join(path.read_text(encoding="utf-8") for path in CSS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    selectors = [s for s in re.findall(r"([^{};]+)\{", text) if not s.lstrip().startswith("@")]
    return {c for selector in selectors for c in re.findall(r"\.([a-z][\w-]*)", selector)}


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


def test_there_are_six_css_files_in_order() -> None:
    """The order is the cascade: tokens, base, layout, components, utilities, print.

    What printed sheets need beside it stands apart: only their pages carry it.
    """
    in_order = [f"{i}-{each}.css" for i, each in enumerate(ORDER, 1)]

    assert [path.name for path in CSS] == [*in_order, "handout.css", "sheet.css"]


@pytest.mark.parametrize("path", CSS, ids=name)
def test_css_needs_no_layer(path: Path) -> None:
    """A browser that does not know @layer throws away everything in it."""
    assert "@layer" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", WRITERS, ids=name)
def test_no_style_attribute(path: Path) -> None:
    """The content security policy lets one style sheet through, and no style attribute."""
    assert re.search(r"\bstyle=[\"']", path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_holds_no_words(path: Path) -> None:
    """Words come from content/en: an editor finds them there, and can change them."""
    text = bare(path.read_text(encoding="utf-8"))
    spoken = " ".join(_SPOKEN.findall(text))
    seen = re.sub(r"<[^>]*>", "", text)

    assert re.findall(r"[A-Za-z]+", f"{seen} {spoken}") == []
