"""Where code and templates look up words of the interface: read from their source, not run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Node
from django.template.base import FilterExpression
from django.template.library import SimpleNode
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode

from treatment_guide.http.html.template_tags import FixedWords, MadeOnce

ROOT = Path(__file__).parents[3]
CODE = ROOT / "treatment_guide"
TEMPLATES = ROOT / "templates"
TAGS, WORDS = "http/html/template_tags.py", "http/html/words.py"


@dataclass(frozen=True)
class Use:
    """One place that looks words up.

    `key` is the key, with `*` for each part that is worked out; `?` and the expression where all
    of it is. `given` names what is filled in there; None where the words are taken as they are,
    or are filled in elsewhere. `counted`: one of two forms is taken.
    """

    file: str
    key: str
    given: frozenset[str] | None = None
    counted: bool = False


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the guide but the tables of keys."""
    for path in sorted(CODE.rglob("*.py")):
        yield path.relative_to(CODE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


@cache
def in_code() -> tuple[Use, ...]:
    """Every `ui[...]`, `ui.get(...)`, `_ui(...)`, `say(...)` and `say_count(...)` in code."""
    return tuple(use for file, tree in modules() for use in _uses(file, tree))


def _uses(file: str, tree: ast.Module) -> Iterator[Use]:
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _is_ui(node.value):
            yield Use(file, _shape(node.slice), _given(node, parents))
        elif isinstance(node, ast.Call):
            called = node.func
            if (
                isinstance(called, ast.Attribute)
                and called.attr == "get"
                and _is_ui(called.value)
                or isinstance(called, ast.Name)
                and called.id == "_ui"
            ):
                # `_ui` is given the context first, `get` the key.
                yield Use(file, _shape(node.args[-1 if isinstance(called, ast.Name) else 0]))
            elif isinstance(called, ast.Name) and called.id in ("say", "say_count"):
                names = {str(each.arg) for each in node.keywords}
                yield _use(file, _shape(node.args[1]), names, called.id == "say_count")


def _use(file: str, key: str, names: set[str], counted: bool) -> Use:
    return Use(file, key, frozenset(names | ({"count"} if counted else set())), counted)


def _is_ui(node: ast.expr) -> bool:
    """True for `ui`, `library.ui`, `current_library().ui` and the like."""
    return (isinstance(node, ast.Name) and node.id == "ui") or (
        isinstance(node, ast.Attribute) and node.attr == "ui"
    )


def _shape(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values
        )
    return f"?{ast.unparse(node)}"


def _given(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> frozenset[str] | None:
    """What fills the words in: `.format(...)`, also after `.replace(...)`, or `joined(...)`."""
    above = parents[node]
    while isinstance(above, ast.Attribute):
        call = parents[above]
        assert isinstance(call, ast.Call)
        if above.attr == "format":
            names = frozenset(each.arg for each in call.keywords if each.arg)
            return names if all(each.arg for each in call.keywords) else None
        above = parents[call]
    joins = isinstance(above, ast.Call) and getattr(above.func, "id", "") == "joined"
    if joins and above.args[0] is node:
        return frozenset({"first", "next"})
    return None


@cache
def in_templates() -> tuple[Use, ...]:
    """Every `{% say %}` and `{% say_count %}` of every template, parsed as Django parses it."""
    return tuple(_said())


def _said() -> Iterator[Use]:
    for name, fixed in nodes(FixedWords):
        yield _use(name, fixed.name, set(), False)
    for name, node in nodes(SimpleNode):
        if node.func.__name__ in ("say_tag", "say_count_tag"):
            key = literal(node.args[0]) or f"?{node.args[0].token}"
            yield _use(name, key, set(node.kwargs), node.func.__name__ == "say_count_tag")


def nodes(kind: type[Node]) -> Iterator[tuple[str, Any]]:
    """Every node of a kind in every template, with the template's name."""
    for path in sorted(TEMPLATES.rglob("*.*")):
        name = path.relative_to(TEMPLATES).as_posix()
        whole = get_template(name).template.nodelist
        # Django does not look into what is made once.
        for part in [whole, *(once.nodelist for once in whole.get_nodes_by_type(MadeOnce))]:
            for node in part.get_nodes_by_type(kind):
                yield name, node


def literal(value: FilterExpression) -> str | None:
    """The text of a value that is a text; None for one that is worked out."""
    return None if value.is_var else str(value.resolve(Context()))


def handed_on(template: str, place: str) -> set[str]:
    """The texts that templates hand on to this one, as `with title="..."`."""
    return {
        text
        for _, node in nodes(IncludeNode)
        if literal(node.template) == template and place in node.extra_context
        if (text := literal(node.extra_context[place])) is not None
    }


def constants(file: str, start: str = "") -> set[str]:
    """The texts in a module that start so."""
    tree = ast.parse((CODE / file).read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.startswith(start) and " " not in node.value.strip()
    }


def arguments(function: str, place: int) -> set[str]:
    """The texts that any module gives to a function of this name, at one place."""
    return {
        str(node.args[place].value)
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and len(node.args) > place
        if getattr(node.func, "id", getattr(node.func, "attr", "")) == function
        if isinstance(node.args[place], ast.Constant)
    }
