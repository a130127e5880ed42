"""The types of what fixtures give to the tests of this room."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.code import Layout
from treatment_guide.engine.conditions import Condition
from treatment_guide.engine.guide import Guide

Say = Callable[..., Answers]
Build = Callable[..., Guide]
Relaid = Callable[..., Layout]
When = Callable[..., Condition]
Patch = pytest.MonkeyPatch
