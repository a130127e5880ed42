"""Items of the record that no page shows as they are recorded, told so that a reviewer can read them:
the head of a page, its sources by number, what an option does for what matters, labels of answers.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.http.html.drawings import drawing
from treatment_guide.library.model import Library, Page
from treatment_guide.library.review.packet import Packet
from treatment_guide.reading.packet.piece import Piece

#: The fields of a choice that are no label of their own: how it is told in other sentences.
TOLD = ("hint", "told", "discreet")
#: The fields of a page's head that have words of their own, or stand elsewhere in the packet.
TOLD_ABOVE = (
    *("certainty", "id", "kind", "look_again", "related.", "short", "sources", "step", "summary"),
    *("tags", "title"),
)


def head(library: Library, page: Page, made: Packet) -> Iterator[Piece]:
    """What stands above a page and in lists: its names, its summary, its tags, where it leads. A
    field that has no words of its own stands as it is recorded.
    """
    item = f"{page.kind}s/{page.id}"
    lines = (line for section in made.sections for line in section.lines)
    rows = next((line.words for line in lines if line.item == item), None)
    if rows is None:
        return
    fields = dict(row.partition(": ")[::2] for row in rows)
    ui = library.ui
    said = [ui[f"tag-{each}"] for each in fields.get("tags", "").split(" | ") if each]
    said += [ui[f"certainty-{fields['certainty']}"]] if "certainty" in fields else []
    related = [words.split(" | ") for name, words in fields.items() if name.startswith("related.")]
    leads = [library.page(kind, name) for kind, name in related]
    rest = [f"{name}: {fields[name]}" for name in fields if not name.startswith(TOLD_ABOVE)]
    html = format_html(
        "<p><b>{}</b> {}. {}</p><p>{}</p>",
        page.title,
        f"({page.short})" if page.short else "",
        " ".join([page.summary, *(f"{each.rstrip('.')}." for each in said)]),
        "; ".join([*(each.title for each in leads if each), *rest]),
    )
    yield Piece(ui["differs-page"], html, frozenset((item,)))


def pictures(library: Library, items: frozenset[str]) -> Iterator[Piece]:
    """The drawings of a page with their captions: a signature covers their strokes as well."""
    for (kind, name, part), picture in library.pictures.items():
        item = f"pictures/{kind}/{name}/{part}"
        if item in items:
            svg = mark_safe(drawing(picture.name))
            html = format_html(
                "<figure>{}<figcaption>{}</figcaption></figure>", svg, picture.caption
            )
            yield Piece(library.ui["differs-page"], html, frozenset((item,)))


def numbered(library: Library, page: Page) -> Piece:
    """The sources of a page by the numbers that stand in its words."""
    rows = ((source_words(library, name),) for name in page.sources)
    html = format_html('<ol class="source-list">{}</ol>', format_html_join("", "<li>{}</li>", rows))
    covers = frozenset(f"sources/{name}" for name in page.sources)
    return Piece(library.ui["differs-source"], html, covers)


def source_words(library: Library, name: str) -> str:
    """A source by its name and its kind; one of which only a report was read says so."""
    source = library.sources[name]
    report = f" {library.ui['source-secondary']}" if source.read == "secondary" else ""
    return f"{source.name} ({library.ui[f'kind-{source.kind}']}){report}"


def values(library: Library, items: frozenset[str]) -> Iterator[Piece]:
    """What options do for each thing that may matter, with what each sentence rests on."""
    things = library.questions["matters"].choices if "matters" in library.questions else {}
    for thing, rows in library.value_statements.items():
        for option in rows:
            item = f"value_statements/{thing}/{option}"
            if item in items:
                yield Piece(
                    library.ui["differs-value"],
                    _value(library, things[thing].label, library.options[option].page.short, item),
                    frozenset((item,)),
                )


def _value(library: Library, thing: str, option: str, item: str) -> SafeString:
    _, name, of = item.split("/")
    said = library.value_statements[name][of]
    rests = [library.facts[each].sentence for each in said.facts]
    rests += [library.sources[each].name for each in said.sources]
    return format_html(
        "<p><b>{}, {}</b> {}: {} {}</p>",
        option,
        thing,
        library.ui[f"speaks-{said.speaks}"],
        mark_safe(said.html),
        format_html("<small>[{}]</small>", "; ".join(rests)) if rests else "",
    )


def answers(library: Library, items: frozenset[str]) -> Iterator[Piece]:
    """The answers that rules name, question by question, each with how it is told elsewhere."""
    for name, question in library.questions.items():
        covers = {each for each in items if each.startswith(f"questions/{name}/")}
        rows, shown = [], {f"questions/{name}/name"} & covers
        for choice, words in question.choices.items():
            at = f"questions/{name}/{choice}"
            if f"{at}/label" not in covers:
                continue
            told = [getattr(words, field) for field in TOLD if f"{at}/{field}" in covers]
            told = [
                each for each in dict.fromkeys(told) if each and each.lower() != words.label.lower()
            ]
            rows.append((words.label, " / ".join(told)))
            shown |= {f"{at}/{field}" for field in ("label", *TOLD)} & covers
        if rows and shown == covers:
            html = format_html_join("", "<li><b>{}</b> {}</li>", rows)
            html = format_html("<h4>{}</h4><ul>{}</ul>", question.name, html)
            yield Piece(library.ui["differs-label"], html, frozenset(shown))


def signs(library: Library, items: frozenset[str]) -> Iterator[Piece]:
    """Every danger sign with its urgency, the words beside it, what its card says, and the places
    of those that not everybody is asked about.
    """
    places = library.questions["place"].choices if "place" in library.questions else {}
    for question in library.guide.danger:
        words = library.questions[question.id]
        at = f"questions/{question.id}"
        covers = {each for each in items if each.startswith((f"{at}/", f"guide/{at}"))}
        if not covers:
            return
        heading = library.ui["differs-label"]
        lead = f"{words.why} {words.hint}"
        html = format_html("<h4>{}: {}</h4><p>{}</p>", words.name, words.title, lead)
        yield Piece(heading, html, frozenset(covers))
        for choice, said in words.choices.items():
            level = question.levels.get(choice, "")
            where = [
                places[p].label for p, some in (question.offers or {}).items() if choice in some
            ]
            html = format_html(
                "<p><b>{}</b> <b>{}</b> {} {} <small>{}</small></p>",
                library.ui[f"help-{level}-kind"] if level else "",
                said.label,
                said.hint,
                mark_safe(said.card),
                " / ".join(filter(None, (said.short, said.told, said.discreet, ", ".join(where)))),
            )
            yield Piece(heading, html, frozenset(covers))
