"""What code and templates look up by its id is listed in library/looked_up/needed.py, and checked when content
is read.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from shutil import copytree

import pytest

from tests.library.looked_up.lookups import CODE, TEMPLATES, modules
from treatment_guide.clinics.clinic_link import KNOWN
from treatment_guide.engine.model import GROUPS
from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.looked_up.needed import (
    ART,
    EXAMPLE,
    PAGES,
    PARTS,
    PHONES,
    PHRASES,
    QUESTIONS,
)
from treatment_guide.library.problems import BrokenContent

pytestmark = pytest.mark.usefixtures("read_once")

CONTENT = Path(__file__).parents[3] / "content"
#: Where the library keeps things by id, and what the ids of each are.
SHELVES = {"about": PAGES["about"], "topics": PAGES["topics"], "clinic_pages": PAGES["clinics"]}
SHELVES |= {
    "pages": tuple(PARTS),
    "phones": PHONES,
    "phrases": PHRASES,
    "questions": tuple(QUESTIONS),
}
OTHERS = (
    "steps",
    "options",
    "situations",
    "facts",
    "sources",
    "terms",
    "notices",
    "reasons",
    "asks",
)


def ids_in_code() -> dict[str, set[str]]:
    """Every id that code names, `library.about["privacy"]`, by the shelf it is taken from."""
    found: dict[str, set[str]] = {}
    for _, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Attribute):
                continue
            if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
                found.setdefault(node.value.attr, set()).add(node.slice.value)
    return found


def all_templates() -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.*") if path.suffix != ".svg"
    )


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_id_that_code_names_is_needed(shelf: str):
    """A page, a question or a phone that code takes by its id cannot be missing from a guide."""
    assert ids_in_code().get(shelf, set()) <= set(SHELVES[shelf])


def test_code_names_no_id_of_what_comes_and_goes():
    """Options, facts, sources and the like are content alone: no code knows one of them."""
    found = ids_in_code()

    assert {shelf: found[shelf] for shelf in OTHERS if shelf in found} == {}


def test_every_page_that_a_template_leads_to_is_needed():
    """A fixed link leads to a page that every guide has."""
    kinds = {"about": "about", "topic": "topics", "clinic_page": "clinics"}
    kinds |= {"option": "options", "step": "steps"}
    routes = re.findall(r"\{% url '([a-z_]+)'(?: '([a-z-]+)')? %\}", all_templates())
    links = [(kinds[route], name) for route, name in routes if name]
    links += [("about", route) for route, _ in routes if route in PAGES["about"]]

    needed = {(key, name) for key, names in PAGES.items() for name in names}

    assert set(links) <= needed
    assert len(links) > 8


def test_every_part_that_a_template_shows_is_needed():
    """The two pages with a layout of their own have the parts that it shows."""
    for name, template in (("home", "home"), ("get-help-now", "get_help_now")):
        text = (TEMPLATES / f"reading/{template}.html").read_text(encoding="utf-8")
        shown = set(re.findall(r'by_id\|(?:part|title):"([a-z-]+)"', text))
        shown |= set(re.findall(r"by_id\.([a-z-]+)", text))

        assert shown == set(PARTS[name])


def test_every_phone_that_a_page_shows_is_needed():
    """Each region has the numbers that pages say to call, and the phrases that they say."""
    text = all_templates()

    assert set(re.findall(r"phones\.([a-z-]+)", text)) == set(PHONES)
    assert set(re.findall(r"phrases\.([a-z-]+)", text)) == set(PHRASES)


def test_what_is_needed_is_looked_up():
    """The list holds nothing that no code or template asks for."""
    text = all_templates() + "\n".join(
        path.read_text(encoding="utf-8")
        for path in CODE.rglob("*.py")
        if path.name != "needed.py" and path.parent.name != "schema"
    )
    listed = [name for names in PAGES.values() for name in names]

    assert [
        n for n in (*listed, *QUESTIONS, *PHONES, *PHRASES) if not re.search(rf"\b{n}\b", text)
    ] == []


def test_what_clinics_know_is_needed():
    """The form for clinics asks questions by their ids."""
    assert set(KNOWN) <= set(QUESTIONS)
    assert set(EXAMPLE) <= set(QUESTIONS)


#: Faults of a guide that lacks something: the file, what is spoiled, and the field that is told.
LACKS = (
    ("guide/flow.yaml", "funding, mistakes", "mistakes", "about"),
    ("guide/flow.yaml", "how-to-decide, mini", "mini", "topics"),
    ("guide/flow.yaml", "sleep: gains", "sleep: price", "matters-first"),
    ("guide/flow.yaml", "low-cost: cost", "no-cost: cost", "matters-first"),
    ("guide/flow.yaml", "  elbow: [tennis", "  elbows: [tennis", "situations"),
    ("guide/situations/heel-pain.yaml", "place: ankle-foot, ", "", "answers"),
    ("guide/pictures.yaml", "inject-knee:", "inject-toe:", "inject-toe"),
    ("guide/flow.yaml", "  basics: [", "  basic-things: [", "steps"),
    ("guide/proof.yaml", "largest: ", "largest: no-", "largest"),
    ("guide/questions/guided.yaml", "kind: one", "kind: several", "kind"),
    ("en/home.md", "{#why}", "{#because}", "why"),
    ("en/get-help-now.md", "{#normal}", "{#usual}", "normal"),
    ("guide/regions/us.yaml", "  emergency:", "  emergencies:", "phones"),
    ("en/regions/us.md", "## hospital", "## hospitals", "hospital"),
)


def test_a_guide_without_what_is_needed_is_refused(tmp_path: Path):
    """What the site needs and a guide lacks is told with file, line and field, all at once."""
    folder = copytree(CONTENT, tmp_path / "content")
    for file, old, new, _ in LACKS:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(BrokenContent) as broken:
        load_library(folder, {"region": "us"})

    told = {(each.file, each.field): each for each in broken.value.problems}
    for file, _, _, field in LACKS:
        assert (file, field) in told
        rows = (folder / file).read_text(encoding="utf-8").splitlines()
        assert 1 <= told[file, field].line <= len(rows)


def test_the_real_guide_has_a_number_that_can_be_dialed():
    """Each needed number is there."""
    phones = current_library().site.phones

    assert all(phones[name].dial.strip("+").isdigit() for name in PHONES)


def test_every_drawing_that_a_template_names_is_there():
    """A page cannot fail for a drawing that somebody renamed."""
    named = set(re.findall(r'\{% art "([a-z-]+)" %\}', all_templates()))
    named |= {f"sign-{group}" for group in GROUPS}

    assert [name for name in named if not (ART / f"{name}.svg").is_file()] == []
    assert len(named) > 8
