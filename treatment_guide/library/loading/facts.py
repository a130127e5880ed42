"""Facts in words: makes the sentence that readers see from the fields of a fact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from treatment_guide.library.in_words.spans import in_range, span_words
from treatment_guide.library.model import Fact, Language
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.facts import FactShape, group_sizes
from treatment_guide.library.text.content_files import Entry

_PLACE = re.compile(r"\{([a-z-]+)\}")
#: Places for numbers that a fact has only if its record has the field.
_OPTIONAL = ("versus", "people", "range", "upper", "versus-upper")
_ALLOWED = {"value", "after", *_OPTIONAL}
#: Places for the gap between two sides, on the scale of 100; in `difference` alone.
_GAPS = ("gap", "more", "fewer")
#: The words that a fact may have besides its sentence.
WORDS = frozenset({"who", "value", "versus", "caveat", "gain", "harm", "short", "difference"})
#: The most letters of `short`: it stands in a cell that is half as wide as a phone.
LONGEST_SHORT = 60
#: A value in a file, and the same in a Fact.
Amount = int | float | str | list[int | float]
Stored = int | float | str | tuple[int | float, int | float]

_CURRENCY = {"usd": "$", "gbp": "£"}


def _amount(value: float | list[int | float], ui: Mapping[str, str], language: Language) -> str:
    if isinstance(value, list):
        return in_range(language.number(value[0]), language.number(value[1]), ui)
    return language.number(value)


def number_words(
    shape: FactShape,
    value: float | str | list[int | float],
    ui: Mapping[str, str],
    language: Language,
    people: int | None = None,
) -> str:
    """The value of a fact as it stands in its sentence, with its denominator or unit. Where it
    counts nobody out of so many `people`, it says these: `none of 1,050`.
    """
    if isinstance(value, str):
        return span_words(value, ui, language)
    if value == 0 and people and shape.kind.startswith("of-"):
        return ui["none-of"].format(people=language.number(people))
    amount = _amount(value, ui, language)
    if shape.kind.startswith("of-"):
        return ui["of-people"].format(value=amount, of=language.number(int(shape.kind[3:])))
    if shape.kind == "points":
        words = language.form(ui["points"], amount)
        return words.format(value=amount, scale=language.number(shape.scale or 0))
    if shape.kind == "cost":
        sign = _CURRENCY[shape.currency or "usd"]
        low, high = value if isinstance(value, list) else (value, None)
        first = f"{sign}{language.number(low)}"
        return first if high is None else in_range(first, f"{sign}{language.number(high)}", ui)
    return f"{amount} {language.form(ui[f'unit-{shape.unit}'], amount)}"


def build_fact(
    name: str,
    shape: FactShape,
    words: Entry,
    file: str,
    ui: Mapping[str, str],
    language: Language,
    problems: Problems,
) -> Fact | None:
    """The fact, or None when its words and fields do not agree (each fault is noted)."""

    def fault(message: str) -> None:
        problems.add(file, words.line, name, message)

    def wordless(key: str, message: str) -> None:
        message = f"{message}: write them under `## {key}` in ui.md."
        problems.lacks("interface", key, file, words.line, name, message)

    before = len(problems.found) + len(problems.lacking)
    difference = words.extras.get("difference", "")
    labels = " ".join(text for key, text in words.extras.items() if key != "difference")
    for unknown in sorted({*_PLACE.findall(difference)} - _ALLOWED - {*_GAPS}):
        fault(f"`{{{unknown}}}` is not a place for a number.")
    if {*_PLACE.findall(difference)} & {*_GAPS} and not shape.compares:
        fault("`{gap}`, `{more}` and `{fewer}` need people or points on two sides.")
    if len(_PLACE.sub("", words.extras.get("short", ""))) > LONGEST_SHORT:
        fault(f"`- short:` has more than {LONGEST_SHORT} letters.")
    used = set(_PLACE.findall(f"{words.body} {labels}"))
    for unknown in sorted(used - _ALLOWED):
        fault(f"`{{{unknown}}}` is not a place for a number.")
    for optional in _OPTIONAL:
        given = getattr(shape, optional.replace("-", "_"))
        if optional in used and given is None:
            fault(f"The words use `{{{optional}}}`, and the fact has none.")
        if optional.endswith("upper") and given is not None and optional not in words.body:
            fault(f"Nobody is not never: the words say `{{{optional}}}` too.")
    if "after" in used and shape.after in (None, "not-given"):
        fault("The words use `{after}`, and the fact has no time.")
    if "{value}" not in words.body:
        fault("The words do not use `{value}`.")
    plain = _PLACE.sub("", f"{words.body} {labels} {difference}")
    if re.search(r"[{}]", plain):
        fault("A curly brace stands only around a place for a number: `{value}`.")
    if re.search(r"\d", plain):
        fault("A digit is typed into the words. Digits come from the fact's fields alone.")
    if (shape.kind.startswith("of-") or shape.kind == "points") and not words.extras.get("who"):
        fault("Say who was studied: `- who: …`.")
    if shape.versus is not None and not {"value", "versus"} <= words.extras.keys():
        fault("Two sides need two names: `- value: …` and `- versus: …`.")
    for extra in sorted(words.extras.keys() - WORDS):
        fault(f"`- {extra}:` is not known here.")
    if shape.unit and f"unit-{shape.unit}" not in ui:
        wordless(f"unit-{shape.unit}", f"There are no words for the unit `{shape.unit}`")
    if shape.counted and shape.people is None:
        fault("`counted` says what `people` counts, and the fact has no `people`.")
    if shape.counted and f"fact-{shape.counted}" not in ui:
        wordless(f"fact-{shape.counted}", f"There are no words for `{shape.counted}`")
    knew = bool(shape.knew) or shape.comparator == "no-treatment"
    if knew and says_knew(words.extras.get("caveat", ""), ui):
        fault("That people knew is said already (`knew`, or `no-treatment`): leave it out here.")
    if len(problems.found) + len(problems.lacking) > before:
        return None
    first, second = group_sizes(shape)
    places = {
        "value": number_words(shape, shape.value, ui, language, first),
        "versus": (
            "" if shape.versus is None else number_words(shape, shape.versus, ui, language, second)
        ),
        "upper": "" if shape.upper is None else number_words(shape, shape.upper, ui, language),
        "versus-upper": (
            ""
            if shape.versus_upper is None
            else number_words(shape, shape.versus_upper, ui, language)
        ),
        "after": span_words(shape.after or "", ui, language),
        "people": "" if shape.people is None else language.number(shape.people),
        "range": "" if shape.range is None else _amount(shape.range, ui, language),
    }

    def filled(text: str) -> str:
        return _PLACE.sub(lambda m: places[m.group(1)], " ".join(text.split()))

    made = Fact(
        id=name,
        kind=shape.kind,
        value=_stored(shape.value),
        versus=None if shape.versus is None else _stored(shape.versus),
        after=places["after"],
        people=shape.people,
        counted=shape.counted or "people",
        sources=tuple(shape.source),
        certainty=shape.certainty,
        checked=shape.checked,
        check_by=shape.check_by,
        sentence=filled(words.body),
        overdue_sentence=ui["fact-overdue"],
        who=filled(words.extras.get("who", "")),
        value_label=filled(words.extras.get("value", "")),
        versus_label=filled(words.extras.get("versus", "")),
        caveat=filled(words.extras.get("caveat", "")),
        comparator=shape.comparator or "",
        subject=shape.subject or "",
        upper=shape.upper,
        versus_upper=shape.versus_upper,
        scale=shape.scale,
        short=filled(words.extras.get("short", "")),
        severity=shape.severity or "",
        leads=bool(shape.leads),
        knew=knew,
        knew_said=says_knew(difference, ui),
        better=shape.better or "",
        better_said=bool(
            shape.better and ui[f"better-{shape.better}"] in words.extras.get("caveat", "")
        ),
        smallest_noticed=shape.smallest_noticed.points if shape.smallest_noticed else None,
        smallest_source=shape.smallest_noticed.source if shape.smallest_noticed else "",
        gap=shape.gap,
    )
    places |= hundred_words(made, shape, ui, language) | gap_words(made, ui, language)
    difference = filled(difference)
    return replace(made, difference=difference, sentence_of_hundred=filled(words.body))


def says_knew(text: str, ui: Mapping[str, str]) -> bool:
    """True for words that say that people knew what they got: with the first two words of it. What
    stands in for words that cannot be read has no letter, and says nothing.
    """
    knew = " ".join(ui["fact-knew"].split()[:2]).lower()
    return any(map(str.isalpha, knew)) and knew in text.lower()


def hundred_words(
    fact: Fact, shape: FactShape, ui: Mapping[str, str], language: Language
) -> dict[str, str]:
    """`value`, `versus` and `range` of points as points of 100, for words that stand beside a
    picture; nothing for other facts, and for points that are a range.
    """
    sides = fact.sides_of_hundred if fact.kind == "points" else None
    if sides is None:
        return {}
    named = zip(("value", "versus"), sides, strict=True)
    said = {name: of_hundred_points(side, ui, language) for name, side in named if side is not None}
    if shape.range and shape.scale:
        ends = [round(end * 100 / shape.scale, 1) for end in shape.range]
        said["range"] = _amount(
            [int(end) if end == int(end) else end for end in ends], ui, language
        )
    return said


def of_hundred_points(number: float, ui: Mapping[str, str], language: Language) -> str:
    """Points of 100 in words: `21 points out of 100`."""
    amount = language.number(int(number) if number == int(number) else number)
    return language.form(ui["points"], amount).format(value=amount, scale=100)


def gap_words(fact: Fact, ui: Mapping[str, str], language: Language) -> dict[str, str]:
    """The gap between the two sides of a fact in words, on the scale of 100: `gap` (`3 points of
    100`, `32 of 100 people`), `more` and `fewer` (`32 more of 100 people`). Empty without a gap.
    """
    apart = fact.shown_gap
    if apart is None:
        return {}
    if fact.kind == "points":
        return dict.fromkeys(_GAPS, of_hundred_points(apart, ui, language))
    amount = language.number(int(apart) if apart == int(apart) else apart)
    return {
        "gap": ui["of-people"].format(value=amount, of=100),
        "more": ui["more-of-people"].format(value=amount, of=100),
        "fewer": ui["fewer-of-people"].format(value=amount, of=100),
    }


def _stored(value: Amount) -> Stored:
    return (value[0], value[1]) if isinstance(value, list) else value
