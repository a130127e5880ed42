"""What a run says: a table by kind, what is too long, what is hidden."""

from collections.abc import Iterable, Iterator
from statistics import median

from tools.lengths.limits import (
    CONTINUE_WITHIN,
    LEAST_ROOM,
    LIMITS,
    LONG_QUESTIONS,
    MOST_ROOM,
    limit_of,
)
from tools.lengths.looking import Seen


def table(seen: list[Seen]) -> Iterator[str]:
    """Lines of the table: for each kind median, worst and limit of each length, worst address."""
    yield (
        f"{'kind':<28}{'pages':>6}{'closed':>14}{'limit':>7}{'open':>14}{'1280':>12}{'limit':>6}"
        f"{'A4':>9}{'limit':>6}{'small':>7}  worst closed"
    )
    for kind in LIMITS:
        here = [each for each in seen if each.place.kind == kind]
        if here:
            limit = limit_of(kind, translated=here[0].place.translated)
            worst = max(here, key=lambda each: each.closed)
            yield (
                f"{kind:<28}{len(here):>6}{both(e.closed for e in here):>14}{said(limit.phone):>7}"
                f"{both(e.open for e in here):>14}{both(e.desktop for e in here):>12}"
                f"{said(limit.desktop):>6}{both((e.sheets for e in here), 0):>9}"
                f"{said(limit.sheets):>6}{max(e.small for e in here):>7.0%}  {worst.place.address} {worst.place.whose}"
            )


def both(values: Iterable[float | None], places: int = 1) -> str:
    """Median and worst of what was measured, or nothing."""
    known = [each for each in values if each is not None]
    return f"{median(known):.{places}f} {max(known):.{places}f}" if known else ""


def said(limit: float | None) -> str:
    """A limit as the table writes it."""
    return "" if limit is None else f"{limit:g}"


def too_long(each: Seen) -> list[str]:
    """The limits that a page breaks, in words."""
    limit = limit_of(each.place.kind, translated=each.place.translated)
    faults = [
        f"{value:.1f} {unit}, at most {most:g}"
        for value, most, unit in (
            (each.closed, limit.phone, "screens"),
            (each.desktop, limit.desktop, "screens at 1280"),
            (each.sheets, limit.sheets, "sheets of A4"),
        )
        if value is not None and most is not None and round(value, 2) > most
    ]
    question = each.place.whose.removeprefix("question ")
    if each.button and each.button > CONTINUE_WITHIN and question not in LONG_QUESTIONS:
        faults.append(f"Continue at {each.button:.1f} screens, at most {CONTINUE_WITHIN}")
    if limit.first and (each.first is None or each.first > 1):
        where = "nowhere" if each.first is None else f"at {each.first:.1f} screens"
        faults.append(f"{limit.first} begins {where}, not in the first")
    if each.small > limit.small:
        faults.append(f"{each.small:.0%} of the letters are small print, at most {limit.small:.0%}")
    if each.rooms and all(each.rooms):
        share = each.rooms[0] / each.rooms[1]
        if not LEAST_ROOM <= share <= MOST_ROOM:
            faults.append(f"gains take {share:.2f} of the room of harms, 2:3 to 3:2 is right")
    return faults


def journeys(seen: list[Seen], taps: dict[str, int]) -> Iterator[str]:
    """For each story: screens to the first action and question, taps from home to the sheet."""
    told = [each for each in seen if each.place.kind in ("outcome, the knee", "outcome, a story")]
    if not told:
        return
    yield f"\n{'story':<66}{'screens':>8}{'action':>8}{'question':>10}{'taps':>6}"
    for each in told:
        yield (
            f"{each.place.whose[:64]:<66}{each.closed:>8.1f}{number(each.first):>8}"
            f"{number(each.question):>10}{taps.get(each.place.whose, ''):>6}"
        )


def rooms(seen: list[Seen]) -> Iterator[str]:
    """The room of gains and harms of each option page, the most uneven first."""
    found = [each for each in seen if each.rooms and all(each.rooms)]
    if not found:
        return
    share = {each.place.address: each.rooms[0] / each.rooms[1] for each in found if each.rooms}
    yield f"\n{'room on a phone, gains : harms':<44}"
    for address in sorted(share, key=lambda a: max(share[a], 1 / share[a]), reverse=True):
        yield f"  {address:<42}{share[address]:>6.2f}"


def number(value: float | None) -> str:
    """A length, or a dash."""
    return "-" if value is None else f"{value:.1f}"
