"""Our own drawings: small, in one style, hidden from screen readers, each in its place with words."""

import re
from pathlib import Path
from xml.etree.ElementTree import fromstring

import brotli
import pytest
from django.conf import settings
from django.test import Client

from treatment_guide.http.html.drawings import drawing
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import address

TEMPLATES = Path(settings.BASE_DIR) / "templates"
ART = TEMPLATES / "art"
LIBRARY = current_library()
PLACES = [(*place, picture.name) for place, picture in LIBRARY.pictures.items()]
PLACED = sorted({picture.name for picture in LIBRARY.pictures.values()})

MOST_BYTES = 2048  # of one drawing, compressed
FEWEST = 14

#: The pen, the fine pen, the flat wash, the accent, paper: what `static/css` knows how to draw.
PENS = {None, "drawing", "thin-line", "wash", "accent-line", "paper-fill"}


def test_there_are_enough_drawings():
    """At least fourteen drawings explain something faster than words."""
    assert len(PLACED) >= FEWEST


@pytest.mark.parametrize("name", PLACED)
def test_a_drawing_is_small(name):
    """A drawing is under 2 KB compressed."""
    assert len(brotli.compress(drawing(name).encode())) < MOST_BYTES


@pytest.mark.parametrize("name", PLACED)
def test_a_drawing_is_silent_and_in_the_one_style(name):
    """A drawing is hidden from screen readers, holds no words, and takes every color from the
    style, so that it works in light, dark, print and forced colors.
    """
    text = drawing(name)
    root = fromstring(text)
    shapes = list(root.iter())[1:]

    assert (root.get("aria-hidden"), root.get("focusable")) == ("true", "false")
    assert {shape.tag for shape in shapes} <= {"path", "circle"}
    assert {shape.get("class") for shape in shapes} <= PENS
    assert not re.search(r"fill=|stroke=|style=|#|url\(|<text", text)


@pytest.mark.parametrize("name", PLACED)
def test_a_drawing_has_one_wash_and_an_accent(name):
    """Each has a flat wash for the part that matters, and an accent for what acts."""
    used = {shape.get("class") for shape in fromstring(drawing(name)).iter()}

    assert {"wash", "accent-line"} <= used


@pytest.mark.parametrize(("kind", "page", "part", "name"), PLACES)
def test_a_drawing_stands_on_its_page_with_its_caption(kind, page, part, name):
    """The page shows the drawing inside its part, and a caption that says the same in words."""
    shown = Client().get(address(kind, page)).content.decode()
    section = shown.partition(f'id="{part}"')[2].partition("</section>")[0]
    figure = section.partition('<figure class="picture-figure">')[2].partition("</figure>")[0]

    assert drawing(name) in figure
    assert f"{LIBRARY.pictures[(kind, page, part)].caption}</figcaption>" in figure


def test_no_drawing_lies_about_unused():
    """Every file in templates/art is placed by the list, or asked for by a template."""
    asked = " ".join(
        path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")
    ) + " ".join(path.read_text(encoding="utf-8") for path in Path("treatment_guide").rglob("*.py"))
    named = set(re.findall(r'\bart\(?\s*f?"([a-z-]+)"', asked))
    signs = {f"sign-{group}" for group in ("fits", "depends", "later", "less-likely")}
    steps = {f"step-{step}" for step in LIBRARY.steps}

    assert {path.stem for path in ART.glob("*.svg")} <= {*PLACED, *named, *signs, *steps}
