"""How many examples Hypothesis draws for a test of this room."""

from __future__ import annotations

from hypothesis import settings

quick = settings(max_examples=60, deadline=None)
