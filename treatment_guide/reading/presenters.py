"""The values of each reading page. None where there is no such page."""

from typing import Any

from treatment_guide.engine.code import encode
from treatment_guide.http.addresses import to
from treatment_guide.library.model import Library, Page, Term, address
from treatment_guide.library.once import once_per_library
from treatment_guide.reading.danger_boxes import danger_boxes
from treatment_guide.reading.folds import always_open, has_folds
from treatment_guide.reading.page_parts import (
    cited,
    marks_lead,
    page_sources,
    parts,
    parts_by_id,
)

#: The context of a template.
Values = dict[str, Any]
#: The route of the list of each kind of page.
LISTS = {"topic": "topics", "about": "about_all", "clinics": "clinics"}


def topic(library: Library, topic: str) -> Values | None:
    """One topic."""
    return words(library, library.page("topic", topic))


def topic_all(library: Library, topic: str) -> Values | None:
    """A topic that has folds, with nothing folded; None for a topic without."""
    page = library.page("topic", topic)
    return words(library, page, whole=True) if page and has_folds(page) else None


def about(library: Library, about: str) -> Values | None:
    """One page about the guide itself."""
    return words(library, library.page("about", about))


def clinic_page(library: Library, page: str) -> Values | None:
    """One page of words for clinics."""
    return words(library, library.page("clinics", page))


def topics(library: Library) -> Values:
    """Every topic."""
    return {"list": "topics", "pages": library.topics.values()}


def about_all(library: Library) -> Values:
    """Every page about the guide itself."""
    return {"list": "about", "pages": library.about.values()}


def glossary(library: Library) -> Values:
    """The word list: the words under each letter that one begins with, from A to Z."""
    letters: dict[str, list[Term]] = {}
    for term in sorted(library.terms.values(), key=lambda term: term.name.lower()):
        letters.setdefault(term.name[0].upper(), []).append(term)
    return {"letters": letters}


#: With more sources, a page with folds leads to their list on the whole page: it stays in its bytes.
MOST_LISTED_SOURCES = 40


def words(library: Library, page: Page | None, *, whole: bool = False) -> Values | None:
    """A page of words: its lead, its parts, its sources. None for no page.

    A long page has folds, unless it is shown `whole`.
    """
    if page is None:
        return None
    folds = has_folds(page) and not whole
    sources_at = to("topic_all", page.id) if folds else ""
    lead, *rest = parts(library, page)
    for part in (lead, *rest):
        part["blocks"] = marks_lead(part["blocks"], sources_at)
    open_parts = always_open(page)
    for part in rest:
        part["folded"] = folds and part["id"] not in open_parts
    return {
        "page": page,
        "whole": not folds,
        "sources_at": sources_at,
        "lead": lead,
        "parts": rest,
        "sources": page_sources(library, page),
        "sources_apart": folds and len(page.sources) > MOST_LISTED_SOURCES,
        "list": LISTS[page.kind],
        "checks": library.self_checks.get(page.id, ()) if page.kind == "topic" else (),
        "answered": whole,
    }


def home(library: Library) -> Values:
    """The home page: the places, each with the code that answers it, the steps, why, the makers."""
    page = library.pages["home"]
    return {
        "page": page,
        "by_id": parts_by_id(library, page),
        "sources": page_sources(library, page),
        "steps": list(library.steps.values()),
        "why_title": library.topics["why-an-injection-may-not-work"].title,
        "core": sum(question.core for question in library.guide.questions.values()),
        "places": situations(library)["places"],
    }


def get_help_now(library: Library) -> Values:
    """The danger signs by level, the most urgent first, and the card for thoughts of self-harm."""
    page = library.pages["get-help-now"]
    return {
        "page": page,
        "by_id": parts_by_id(library, page),
        **danger_boxes(library),
        "sources": page_sources(library, page),
    }


def step_rows(library: Library) -> list[dict[str, Any]]:
    """The five steps with their options, in fixed order."""
    return [
        {
            "number": number,
            "page": page,
            "drawing": f"step-{step}",
            "options": [library.options[option] for option in library.step_options[step]],
        }
        for number, (step, page) in enumerate(library.steps.items(), 1)
    ]


def ladder(library: Library) -> Values:
    """The five steps."""
    return {"steps": step_rows(library)}


def all_options(library: Library) -> Values:
    """Every option, by step."""
    return {"steps": step_rows(library)}


def step(library: Library, step: str) -> Values | None:
    """One step, its options, its neighbors."""
    if step not in library.steps:
        return None
    rows = step_rows(library)
    here = next(i for i, row in enumerate(rows) if row["page"].id == step)
    page = library.steps[step]
    shown = parts(library, page)
    return {
        **rows[here],
        "count": len(rows),
        "lead": shown[0],
        "parts": shown[1:],
        "sources": page_sources(library, page),
        "before": rows[here - 1]["page"] if here else None,
        "after": rows[here + 1]["page"] if here + 1 < len(rows) else None,
    }


@once_per_library  # saves 0.1 ms a page
def situations(library: Library) -> Values:
    """The situations by place, in the order of that question's choices."""
    by_place: dict[str, list[Page]] = {}
    for each in library.situations.values():
        at = dict.fromkeys([each.place, *(given["place"] for given in each.answers)])
        for place in at:
            by_place.setdefault(place, []).append(each.page)
    return {
        "places": [
            {
                "id": place,
                "label": library.questions["place"].choices[place].label,
                "pages": by_place.get(place, []),
                "code": encode(library.layout, {"place": frozenset((place,))}),
            }
            for place in library.guide.questions["place"].real_choices
        ]
    }


def rules(library: Library) -> Values:
    """Every rule, by option; then notices and questions to ask."""
    page = library.about["rules"]
    numbers: dict[str, int] = {}
    rows = [(rule, cited(numbers, rule.sources)) for rule in library.rules]
    by_option = [
        {
            "page": option.page,
            "rules": [row for row in rows if row[0].subject == option.id],
        }
        for option in library.options.values()
    ]
    loose = [
        {"kind": kind, "rules": [row for row in rows if row[0].kind == kind]}
        for kind in ("notice", "ask")
    ]
    shown = parts(library, page)
    return {
        "page": page,
        "lead": shown[0],
        "parts": shown[1:],
        "by_option": by_option,
        "loose": loose,
        "count": len(library.rules),
    }


def sources(library: Library) -> Values:
    """Every cited source with the pages that cite it, by name, and those of the numbers to call."""
    rows = []
    ruled = {source for rule in library.rules for source in rule.sources}
    for answer in library.guide.safety:
        ruled |= {source for each in answer.nothing for source in each.sources}
    for source in sorted(library.sources.values(), key=lambda s: s.name.lower()):
        used = library.cited_on.get(source.id, ())
        if not used and source.id not in ruled and source.id not in library.site.region.sources:
            continue
        rows.append(
            {
                "source": source,
                "pages": [
                    {"href": address(kind, name), "title": _title(library, kind, name)}
                    for kind, name in used
                ],
                "in_rules": source.id in ruled,
            }
        )
    return {"rows": rows}


def _title(library: Library, kind: str, name: str) -> str:
    page = library.page(kind, name)
    assert page is not None  # cited_on gives only pages that exist
    return page.short or page.title
