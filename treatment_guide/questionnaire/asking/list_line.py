"""The list "Options so far" in one line above Continue: how many fit, each option's sign in its
place, the counts. Joined from HTML made at start.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.engine.model import GROUPS, Group
from treatment_guide.http.html.drawings import drawing
from treatment_guide.http.html.fragments import made_at_start, pattern, place
from treatment_guide.http.html.words import map_count
from treatment_guide.library.model import Library

#: A sign is 22 wide and high; from one to the next, the gap between steps, from row to row.
SIGN, PITCH, GAP, ROW = 22, 25, 14, 30


class LineParts:
    """The line with a placeholder for every option's sign, and the words for every count."""

    def __init__(self, library: Library) -> None:
        total = len(library.guide.options)
        self.counts = {
            (group, count): map_count(library, group, count)
            for group in GROUPS
            for count in range(total + 1)
        }
        rows = in_two_rows(library.step_options)
        line: dict[str, Any] = {
            "fitting": place("fitting"),
            "total": total,
            "signs": [
                {"group": place(option), "x": x, "y": ROW * row}
                for row, steps in enumerate(rows)
                for option, x in along(steps)
            ],
            "groups": [{"group": group, "count": place(f"count {group}")} for group in GROUPS],
            "width": max(x + SIGN for steps in rows for _, x in along(steps)),
            "height": ROW + SIGN,
        }
        self.whole = pattern(library, "questionnaire/_list_line.html", line=line)
        self.shapes = sign_shapes()

    def line_html(self, groups: Mapping[str, Group]) -> SafeString:
        """The HTML of the line for these groups by option."""
        here = list(groups.values())
        filled: dict[str, object] = {**groups, "fitting": here.count("fits")}
        for group in GROUPS:
            filled[f"count {group}"] = self.counts[group, here.count(group)]
        return mark_safe(self.whole % filled)


def in_two_rows(steps: Mapping[str, tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """The options by step, in the order of the steps, in two rows of nearly the same length."""
    options = list(steps.values())
    cuts = range(1, len(options))
    if not cuts:
        return [options]

    def longest(cut: int) -> int:
        return max(sum(map(len, options[:cut])), sum(map(len, options[cut:])))

    cut = min(cuts, key=longest)
    return [options[:cut], options[cut:]]


def along(steps: list[tuple[str, ...]]) -> list[tuple[str, int]]:
    """Each option of a row, and where its sign begins: a gap stands between steps."""
    placed, x = [], 0
    for options in steps:
        for option in options:
            placed.append((option, x))
            x += PITCH
        x += GAP
    return placed


def sign_shapes() -> SafeString:
    """The drawing of each sign once, for all `<use href="#sign-fits">` of a page."""
    shapes = "".join(
        f'<g id="sign-{group}">{drawing(f"sign-{group}").partition(">")[2].removesuffix("</svg>")}</g>'
        for group in GROUPS
    )
    return format_html('<svg class="sign-shapes" aria-hidden="true">{}</svg>', mark_safe(shapes))


#: Saves 1 ms a list.
line_parts = made_at_start(LineParts)
