"""The picture of the body on a question's page: its places and its style.

The style is made from the content, so the page inlines it beside its other style and allows it in
its content security policy.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from treatment_guide.http.html.assets import content_policy, policy_hash
from treatment_guide.http.html.context import rendered
from treatment_guide.library.model import Library
from treatment_guide.library.model.body_map import FIGURE, MapPlace
from treatment_guide.library.once import once_per_library


@dataclass(frozen=True)
class BodyMap:
    """What the page of one question shows: the picture, its style, the policy that allows it."""

    html: SafeString
    style: SafeString
    policy: str


@once_per_library  # saves 0.6 ms a question page
def body_maps(library: Library) -> dict[str, BodyMap]:
    """The picture of each question that has one, made once."""
    made = {}
    for question, places in library.body_maps.items():
        style = style_of(question, places)
        areas = [(area, place.choice) for place in places for area in place.touch]
        context = {"question": question, "places": places, "areas": areas}
        made[question] = BodyMap(
            html=mark_safe(rendered(library, "questionnaire/_body_map.html", **context)),
            style=mark_safe(style),
            policy=content_policy(policy_hash(style)),
        )
    return made


def style_of(question: str, places: tuple[MapPlace, ...]) -> str:
    """The CSS for the position of each area, and for the highlight of chosen places.

    Areas are numbered in the order of the page. One list of selectors serves all places.
    """
    width, height = 2 * FIGURE[0], FIGURE[1]
    areas = [area for place in places for area in place.touch]
    rules = [
        f"#area-{number}{{left:{percent(area.across / width)};top:{percent(area.down / height)}}}"
        for number, area in enumerate(areas, 1)
    ]
    chosen = [f"form:has(#{question}-{p.choice}:checked) #on-{p.choice}" for p in places]
    dots = ",".join(f"{each} circle" for each in chosen)
    lines = ",".join(f"{c} path" for p, c in zip(places, chosen, strict=True) if p.line)
    rules.append(f"{dots}{{fill:var(--accent);stroke-width:9}}")
    if lines:
        rules.append(f"{lines}{{stroke-width:7}}")
    return "".join(rules)


def percent(share: float) -> str:
    """A share (0 to 1) as CSS writes it: `12.5%`."""
    return f"{round(100 * share, 1):g}%"
