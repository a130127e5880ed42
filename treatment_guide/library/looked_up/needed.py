"""The ids that the site looks up in content: pages and their parts, questions, choices, phones,
phrases.

Without one of them a live page would fail, so it is a fault of the content.
tests/library/looked_up/test_needed.py compares these tables with code and templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from treatment_guide.library.loading.rules import RuleBook
from treatment_guide.library.model import Page
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Document, read_yaml

#: Pages, by the list of flow.yaml that names them.
PAGES = {
    "about": (
        "accessibility",
        "funding",
        "privacy",
        "proof",
        "rules",
        "safety",
        "scorecard",
        "updates",
    ),
    "topics": ("for-family-and-carers", "how-to-decide", "why-an-injection-may-not-work"),
    "clinics": ("linking",),
}
#: Parts of the two pages that every guide has.
PARTS = {
    "home": ("in-short", "why", "steps", "who"),
    "get-help-now": ("in-short", "normal", "not-listed", "none"),
}
#: Questions, with the kind that code relies on.
QUESTIONS = {"place": "one", "cause": "one", "guided": "one", "count": "one", "matters": "several"}
#: The answers in the examples for record systems.
EXAMPLE = {"place": "knee", "cause": "arthritis"}
#: The drawings: templates show them by the name of their file.
ART = Path(__file__).resolve().parents[3] / "templates/art"
#: Whom every page for danger signs says to call, and the phrases of the region that pages say.
PHONES = ("emergency",)
PHRASES = ("crisis", "hospital", "urgent")


def check_needed(
    root: Path,
    language: str,
    book: RuleBook,
    pages: Mapping[str, Page | None],
    problems: Problems,
) -> None:
    """Note ids that the site looks up and the guide lacks: in flow.yaml, a question or a page."""
    flow = read_yaml(root / "guide/flow.yaml", "guide/flow.yaml", Problems())
    assert flow is not None  # read_rules read it before
    for key, names in PAGES.items():
        for name in names:
            if name not in getattr(book.flow, key):
                message = f"The site leads to the page `{name}`, and it is not listed here."
                problems.add(flow.file, flow.line((key,)), key, message)
    for name, parts in PARTS.items():
        page = pages.get(name)
        for part in parts if page else ():
            if page is not None and page.part(part) is None:
                problems.add(
                    f"{language}/{name}.md", 1, part, f"The part `{{#{part}}}` is missing."
                )
    _questions(flow, book, problems)
    _drawings(flow, root, book, problems)


def _drawings(flow: Document, root: Path, book: RuleBook, problems: Problems) -> None:
    """Every step has its drawing, and every drawing that pictures.yaml places is there."""
    for step in book.flow.steps:
        if not (ART / f"step-{step}.svg").is_file():
            message = f"The step has no drawing: templates/art/step-{step}.svg."
            problems.add(flow.file, flow.line(("steps", step)), "steps", message)
    file = "guide/pictures.yaml"
    path = root / file
    pictures = read_yaml(path, file, Problems()) if path.exists() else None
    for name in pictures.data if pictures else ():
        if not (ART / f"{name}.svg").is_file():
            message = f"There is no drawing templates/art/{name}.svg."
            problems.add(file, pictures.line((name,)) if pictures else 1, name, message)


def _questions(flow: Document, book: RuleBook, problems: Problems) -> None:
    core = flow.line(("core",))
    for name, kind in QUESTIONS.items():
        question = book.questions.get(name)
        if name not in book.asked:
            message = f"The site asks the question `{name}`, and it is not listed here."
            problems.add(flow.file, core, "core", message)
        elif question and question.kind != kind:
            message = f"The site reckons with a question of kind `{kind}`."
            problems.add(f"guide/questions/{name}.yaml", 1, "kind", message)
    for name, choice in EXAMPLE.items():
        question = book.questions.get(name)
        given = {asked: frozenset((said,)) for asked, said in EXAMPLE.items() if asked != name}
        if question and choice not in question.choices:
            at = (f"guide/questions/{name}.yaml", 1, "choices")
            message = f"The examples for record systems answer `{choice}`: offer it."
            problems.lacks("choice", f"{name}.{choice}", *at, message)
        elif question and choice not in question.offered(given):
            message = f"The examples for record systems answer `{choice}`: offer it."
            problems.add(f"guide/questions/{name}.yaml", 1, "choices", message)
    first = book.questions.get(book.flow.core[0])
    if first and not first.about_danger:
        message = "The first question has to ask for danger signs (`levels`)."
        problems.add(flow.file, core, "core", message)
