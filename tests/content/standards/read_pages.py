"""The pages of the real guide as tests of standards read them: fetched once, and in parts."""

import ast
import re
from functools import cache
from html import unescape
from pathlib import Path

from django.test import Client

from tests.for_each import for_each
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Fact, Page, Part
from treatment_guide.library.text.blocks import FactFigure, Html

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = current_library()
OPTIONS = list(LIBRARY.options)
READING = [page.address for page in LIBRARY.reading_pages]
#: A list of words is looked things up in, not read from the top.
LOOKED_UP = ("/topics/words-your-letter-may-use/",)
READ = [address for address in READING if address not in LOOKED_UP]

every_option = for_each("option", OPTIONS)
every_page = for_each("address", READING)

_TAG = re.compile(r"<[^>]+>")


@cache
def fetched(address: str) -> str:
    """The HTML of a page, fetched once."""
    return Client().get(address, follow=True).content.decode()


def page_at(address: str) -> Page:
    """The page of words at an address."""
    return next(page for page in LIBRARY.reading_pages if page.address == address)


def part_of(option: str, name: str) -> Part:
    """One part of an option page."""
    part = LIBRARY.options[option].page.part(name)
    assert part is not None
    return part


def markup(part: Part) -> str:
    """The HTML of a part, its figures left out."""
    return " ".join(block.html for block in part.blocks if isinstance(block, Html))


def plain(markup: str) -> str:
    """HTML as it is read."""
    return " ".join(unescape(_TAG.sub("", markup)).split())


def says_something(part: Part) -> bool:
    """True when a part has words or figures of its own."""
    figures = [block for block in part.blocks if isinstance(block, FactFigure)]
    return bool(figures) or len(plain(markup(part)).split()) >= 5


def counted(fact: Fact) -> bool:
    """True for a fact that counts people."""
    return fact.kind.startswith("of-")


def checks_something(test: str) -> bool:
    """True when the file of a test has it, and it asserts or expects something."""
    file, _, name = test.partition("::")
    if not (ROOT / file).exists():
        return False
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name
    ]
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Attribute) and node.attr in ("raises", "fail"))
        or (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", "").startswith(("assert_", "expect"))
        )
        for test_ in found
        for node in ast.walk(test_)
    )
