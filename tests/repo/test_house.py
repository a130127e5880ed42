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
