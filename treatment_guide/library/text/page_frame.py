"""The front matter of a page (between lines of hyphens), and the order of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from treatment_guide.library.faults.nearest import meant, nearest
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.values import wrong_day
from treatment_guide.library.text.content_files import Page, Section
from treatment_guide.library.text.style.guards import Style
from treatment_guide.library.text.style_rules import lint_line

#: A key of earlier editions, and what to do instead: a typed name stays whatever the page says.
OLD_REVIEW = "reviewed-by"
SIGN = (
    "Reviews are no longer typed here. Take this line out. A clinician who has read the page signs "
    "it: `manage.py review` and `manage.py sign` (docs/reviewing.md)."
)


def front_dates(raw: Page, style: Style, problems: Problems) -> tuple[date, date] | None:
    """The dates between the lines of hyphens, `checked` and `check-by`, or None. Every fault of these
    lines is noted. `style` knows names that may carry digits.
    """
    dates: list[date] = []
    needed = ("title", "summary", "checked", "check-by")
    known = (*needed, "short")
    missing = [key for key in needed if not raw.front.get(key) and key not in raw.without_colon]
    for extra in sorted(set(raw.front) - set(known)):
        if extra == OLD_REVIEW:
            problems.add(raw.file, raw.front_lines[extra], extra, SIGN)
            continue
        near = nearest(extra, missing)
        if near:
            missing.remove(near)
        line, message = raw.front_lines[extra], "This key is not known here."
        message += meant(extra, known) + f" Known are: {', '.join(known)}."
        problems.add(raw.file, line, extra, message)
    for key in missing:
        line = raw.front_lines.get(key, 1)
        message = f"This is needed between the lines of hyphens at the top: `{key}: …`."
        problems.add(raw.file, line, key, message)
    for key in ("title", "short", "summary"):
        line = raw.front_lines.get(key, 1)
        lint_line(raw.file, line, key, raw.front.get(key, ""), style, problems)
    for key in ("checked", "check-by"):
        try:
            dates.append(date.fromisoformat(raw.front.get(key, "")))
        except ValueError:
            if raw.front.get(key):
                line = raw.front_lines[key]
                message = f"Give a date as year-month-day, like 2026-11-22, not `{raw.front[key]}`."
                problems.add(raw.file, line, key, message)
    if len(dates) != 2:
        return None
    if wrong := wrong_day(dates[0], dates[1]):
        problems.add(raw.file, raw.front_lines["check-by"], "check-by", wrong)
    return dates[0], dates[1]


def check_fixed_order(
    raw: Page, there: list[str], fixed: tuple[str, ...], problems: Problems
) -> None:
    """Note parts that are missing, unknown or out of their `fixed` order. `there` are those found."""
    missing = [part for part in fixed if part not in there]
    lines = {section.id: section.line for section in raw.sections}
    told = {section.id for section in raw.sections if not section.sound}
    for extra in [part for part in there if part not in fixed and part not in told]:
        message, near = f"This page has no part `{extra}`.", nearest(extra, missing)
        if near:  # a heading misspelled is one fault, not two
            missing.remove(near)
            message += f" Is `## {near}` meant?"
        problems.add(raw.file, lines[extra], extra, message)
    for part in missing:
        before = fixed[: fixed.index(part)]
        behind = next((each for each in reversed(before) if each in there), "")
        place = f"behind `## {behind}`" if behind else "first"
        message = f"The part `## {part}` is missing. It stands {place}."
        problems.add(raw.file, lines.get(behind, 1), part, message)
    kept = list(dict.fromkeys(part for part in there if part in fixed))
    wanted = [part for part in fixed if part in there]
    for got, want in zip(kept, wanted, strict=False):
        if got != want:
            message = f"The parts have a fixed order: `## {want}` should stand here."
            problems.add(raw.file, lines[got], got, message)
            break


def check_free_order(
    file: str, sections: Sequence[tuple[str, str, Section]], problems: Problems
) -> None:
    """Note where a page with headings of its own does not start in short, or gives an id twice.
    `sections` are rows of id, title and section.
    """
    if not sections or sections[0][0] != "in-short":
        problems.add(file, 1, "in-short", "The first part of a page is `in-short`.")
    seen: dict[str, str] = {}
    for part, _, section in sections:
        if seen.get(part, section.id) != section.id:  # a heading given twice has a fault already
            problems.add(file, section.line, part, "This id stands twice on the page.")
        seen[part] = section.id
