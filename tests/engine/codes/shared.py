"""What the tests of codes share."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.code import (
    Layout,
    WrongCode,
    check_character,
    decode,
)
from treatment_guide.engine.guide import Guide

Say = Callable[..., Answers]


Relaid = Callable[..., Layout]


Drawn = st.SearchStrategy


quick = settings(max_examples=40, deadline=None)


def refusal(layout: Layout, guide: Guide, text: str) -> str | None:
    """Why a text is refused as a code; None when it is taken."""
    try:
        decode(layout, guide.questions, text)
    except WrongCode as wrong:
        return wrong.why
    return None


def made(body: str) -> str:
    """A body with its right check character."""
    return body + check_character(body)
