"""The picture of the body: the area of each choice of a question that has a `map` in its file.

A choice that `map` does not name is in the list of choices only.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from treatment_guide.library.model.body_map import FIGURE, FINGER, MapPlace, TouchArea
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.body_map import MapPlaceShape
from treatment_guide.library.schema.questions import QuestionShape
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_yaml


def read_body_maps(
    root: Path, questions: Iterable[str], problems: Problems
) -> dict[str, tuple[MapPlace, ...]]:
    """The places of each question that has a map, in the order of its choices.

    Other faults of a question's file were noted when the questions were read.
    """
    maps = {}
    for question in questions:
        file = f"guide/questions/{question}.yaml"
        document = read_yaml(root / file, file, Problems())
        shape = validated(QuestionShape, document, document.data, Problems()) if document else None
        if document and shape and shape.map:
            places = tuple(placed(c, shape.map[c]) for c in shape.choices if c in shape.map)
            told_apart(places, document, problems)
            maps[question] = places
    return maps


def placed(choice: str, shape: MapPlaceShape) -> MapPlace:
    """A choice on the picture. Without an area of its own, each of its dots is a touch area."""
    shift = 0 if shape.side == "front" else FIGURE[0]
    touch = [(point, False) for point in shape.touch] + [(p, True) for p in shape.touch_wide]
    return MapPlace(
        choice=choice,
        dots=tuple((x + shift, y) for x, y in shape.dots),
        line=" ".join((shape.line or "").split()),
        shift=shift,
        touch=tuple(
            TouchArea(x + shift, y, wide)
            for (x, y), wide in touch or [(dot, False) for dot in shape.dots]
        ),
    )


def told_apart(places: tuple[MapPlace, ...], document: Document, problems: Problems) -> None:
    """Note places whose touch areas overlap: a finger could choose the wrong one."""
    for i, place in enumerate(places):
        for other in places[:i]:
            pairs = ((area, each) for area in place.touch for each in other.touch)
            if found := next((pair for pair in pairs if pair[0].lies_on(pair[1])), None):
                area, each = found
                message = (
                    f"A finger cannot tell `{place.choice}` at {written(area, place)} from "
                    f"`{other.choice}` at {written(each, other)}. Move one with `touch`, until "
                    f"they are {FINGER} or more apart down, or {area.reach(each):g} across."
                )
                line = document.line(("map", place.choice))
                problems.add(document.file, line, f"map.{place.choice}", message)


def written(area: TouchArea, place: MapPlace) -> str:
    """The middle of an area as an editor writes it: `[100, 305]`, from the corner of its figure."""
    return f"[{area.across - place.shift:g}, {area.down:g}]"
