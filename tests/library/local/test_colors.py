"""The colors of a hospital can be told from what they stand on, and from danger."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from treatment_guide.library.loading.local.colors import GROUNDS, contrast, fault_of

TOKENS = (Path(__file__).parents[3] / "static/css/tokens.css").read_text(encoding="utf-8")


def test_the_colors_are_measured_against_those_of_the_pages() -> None:
    """What the check knows of the style is what the style says."""
    light, dark = TOKENS.split("@media", 1)
    for scheme, text in (("light", light), ("dark", dark)):
        said = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text))
        assert {name: said[name] for name in GROUNDS[scheme]} == GROUNDS[scheme]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#ffffff", "#ffffff", 1), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Known values, either way round."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("color", "scheme", "says"),
    [
        ("#f3e9a0", "light", r"contrast of 1\.\d\d to 1 with `surface-tint` .* darker"),
        ("#0b4f6c", "dark", r"contrast of \d\.\d\d to 1 .* lighter"),
        ("#8c1c13", "light", "red of danger"),
        ("#ffb5a6", "dark", "red of danger"),
    ],
)
def test_a_color_that_cannot_be_used_is_told_with_its_contrast(
    color: str, scheme: str, says: str
) -> None:
    """With what is measured, and the way to a right one."""
    assert re.search(says, fault_of(color, scheme))


@pytest.mark.parametrize(
    ("color", "scheme"),
    [("#0b4f6c", "light"), ("#8fd0e8", "dark"), ("#5b3a8c", "light"), ("#333333", "light")],
)
def test_a_color_that_can_be_seen_is_taken(color: str, scheme: str) -> None:
    """Most colors of hospitals."""
    assert fault_of(color, scheme) == ""
