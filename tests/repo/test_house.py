"""How the code is laid out: where views stand, how long a file is, how many lie side by side."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern

from treatment_guide import urls

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "treatment_guide"
#: A function that one of these decorates answers requests at an address.
DECORATORS = {
    "takes",
    "reads",
    "require_http_methods",
    "require_GET",
    "require_POST",
    "require_safe",
}


def views_in(path: Path) -> Iterator[str]:
    """The names of the functions of a module that answer requests at an address."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            for each in node.decorator_list:
                called = each.func if isinstance(each, ast.Call) else each
                if isinstance(called, ast.Name) and called.id in DECORATORS:
                    yield node.name


def test_a_view_stands_in_the_views_of_a_room() -> None:
    """Every address leads to `<room>/views.py`. The import rule about views goes by that name."""
    routes = [each for each in urls.urlpatterns if isinstance(each, URLPattern)]
    elsewhere = {
        f"{route.pattern}": route.callback.__module__
        for route in routes
        if not route.callback.__module__.endswith(".views")
    }

    assert len(routes) > 40
    assert elsewhere == {}


def test_nothing_but_views_answers_at_an_address() -> None:
    """A function that takes some methods and no other is a view, and stands with the views."""
    found = {path: list(views_in(path)) for path in sorted(CODE.rglob("*.py"))}
    elsewhere = {
        path.relative_to(CODE).as_posix(): names
        for path, names in found.items()
        if names and path.name != "views.py"
    }

    assert sum(map(len, found.values())) > 25
    assert elsewhere == {}


#: The most files that lie side by side in a folder, and the most lines of a file of Python.
MOST_FILES, MOST_LINES = 15, 350
#: What is written by hand and read by people who look for a place in it.
FLOORS = ("treatment_guide", "templates", "static/css", "static/js", "tests", "tools", "deploy")
#: Many of one kind, each found by its name: drawings; one broken file for each fault; ledgers.
COLLECTIONS = {"templates/art", "tests/library/files/faults"}


def folders() -> Iterator[tuple[str, list[Path]]]:
    """Every folder with code, templates, styles or tests, and the files that lie in it."""
    for floor in FLOORS:
        for folder in (ROOT / floor, *(ROOT / floor).rglob("*")):
            if folder.is_dir() and "node_modules" not in folder.parts:
                files = [each for each in folder.iterdir() if each.is_file()]
                yield folder.relative_to(ROOT).as_posix(), files


def test_no_folder_is_a_long_flat_list() -> None:
    """At most 15 files lie in a folder, but for a collection: more are grouped by what they are."""
    sizes = {folder: len(files) for folder, files in folders()}

    assert {f: size for f, size in sizes.items() if size > MOST_FILES} == {
        f: sizes[f] for f in COLLECTIONS
    }


def test_no_file_of_python_is_long() -> None:
    """At most 350 lines of our code, tests excepted: more are several ideas in one module."""
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for folder in ("treatment_guide", "tools", "deploy")
        for path in (ROOT / folder).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }

    assert long == {}


def test_every_template_is_used() -> None:
    """A template that no code and no other template names is dead."""
    texts = {
        path: path.read_text(encoding="utf-8")
        for floor, kinds in (("treatment_guide", ("*.py",)), ("templates", ("*.html", "*.txt")))
        for kind in kinds
        for path in (ROOT / floor).rglob(kind)
    }
    unused = [
        path.relative_to(ROOT / "templates").as_posix()
        for path in (ROOT / "templates").rglob("*.html")
        if not any(f"{path.name}" in text for other, text in texts.items() if other != path)
    ]

    assert unused == []
