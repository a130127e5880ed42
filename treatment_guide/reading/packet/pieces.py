"""What a packet shows, piece by piece: the page as readers see it, rules as sentences, the row of the
safety matrix, numbers with their sources; then whatever else the signature covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.engine.safety import decide
from treatment_guide.http.html.context import rendered
from treatment_guide.library.model import Fact, Library, Page, RuleLine
from treatment_guide.library.review.packet import Line, Packet
from treatment_guide.reading.about.safety_page import KINDS, answer_lines, cell
from treatment_guide.reading.packet.outcome_digest import digest
from treatment_guide.reading.packet.piece import Piece
from treatment_guide.reading.packet.told_items import (
    answers,
    head,
    numbered,
    pictures,
    signs,
    source_words,
    values,
)
from treatment_guide.reading.page_parts import parts

#: The most words of a piece of a long list.
MOST_OF_A_PIECE = 500
#: Pages that belong to a subject of another name.
PAGES = {"danger-signs": "get-help-now", "home": "home"}


def pieces(library: Library, made: Packet) -> list[Piece]:
    """All pieces of a packet, in the order in which they are read."""
    shown = list(_shown(library, made))
    covered = {name for piece in shown for name in piece.covers}
    return [*shown, *_rest(library, made, covered)]


def _shown(library: Library, made: Packet) -> Iterator[Piece]:
    kind, name = made.subject.kind, made.subject.name
    items = frozenset(line.item for section in made.sections for line in section.lines)
    page = page_of(library, kind, name)
    if kind == "danger-signs":
        yield from signs(library, items)
    if page:
        yield from head(library, page, made)
        yield from _page(library, page, items)
        yield from pictures(library, items)
    if kind in ("option", "rules"):
        yield from _rules(library, name, items)
        yield from _matrix_row(library, name, items)
    if kind == "safety":
        yield _safety(library, name, items)
    if kind == "outcomes":
        yield from _outcomes(library, name, items)
    facts = [library.facts[item[6:]] for item in sorted(items) if item.startswith("facts/")]
    yield from (_fact(library, fact) for fact in facts)
    yield from values(library, items)
    if page and page.sources:
        yield numbered(library, page)
    yield from answers(library, items)


def page_of(library: Library, kind: str, name: str) -> Page | None:
    """The page of words that a subject covers, if there is one."""
    return library.page("page", PAGES[kind]) if kind in PAGES else library.page(kind, name)


def _page(library: Library, page: Page, items: frozenset[str]) -> Iterator[Piece]:
    """The parts of a page as readers see them."""
    for part in parts(library, page):
        html = rendered(library, "reading/parts/_part.html", part=part)
        item = next((each for each in items if each.endswith(f"{page.id}/part/{part['id']}")), "")
        head = format_html("<h4>{}</h4>", part["title"])
        yield Piece(library.ui["differs-page"], head + mark_safe(html), frozenset((item,)))


def _rules(library: Library, option: str, items: frozenset[str]) -> Iterator[Piece]:
    """Every rule of an option as a sentence with its reason and the names of its sources."""
    claimed = frozenset(each for each in items if each.startswith(("guide/options/", "reasons/")))
    for line in library.rules:
        if line.subject == option:
            yield Piece(library.ui["differs-rule"], rule_html(library, line), claimed)
    nowhere = library.guide.options[option].nowhere
    if nowhere:
        words = mark_safe(library.reasons[nowhere])
        yield Piece(library.ui["differs-rule"], format_html("<p>{}</p>", words), claimed)


def rule_html(library: Library, line: RuleLine) -> SafeString:
    """One rule: its kind, when it acts, what the reader is told, and its sources by name."""
    return format_html(
        "<p><b>{}</b> {}. {} <small>[{}]</small></p>",
        library.ui[f"rule-{line.kind}"],
        line.when,
        mark_safe(line.because),
        "; ".join(library.sources[each].name for each in line.sources),
    )


def _matrix_row(library: Library, option: str, items: frozenset[str]) -> Iterator[Piece]:
    """What each safety answer does to an option: answers that do the same share a line."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for answer in library.guide.safety:
        label = library.questions[answer.question].choices[answer.choice].label
        made = decide(library.guide.options[option], answer)
        for kind, words, when, _ in cell(library, answer, option, made):
            rows.setdefault((kind, words, when), []).append(label)
        for each in made.nothing if made.rules else ():  # for a part of what is done to the body
            rows.setdefault(("nothing", library.safety[each.because], ""), []).append(label)
    claimed = frozenset(each for each in items if each.startswith(("derived/", "safety/")))
    for (kind, words, when), labels in sorted(rows.items(), key=lambda r: KINDS.index(r[0][0])):
        yield Piece(
            library.ui["differs-matrix"],
            format_html(
                "<p><b>{}</b> {}. {} {}</p>",
                library.ui[f"safety-{kind}"],
                "; ".join(labels),
                f"({when})" if when else "",
                mark_safe(words),
            ),
            claimed,
        )


def _safety(library: Library, name: str, items: frozenset[str]) -> Piece:
    """What one safety answer does to every option: options alike share a line."""
    (answer,) = (each for each in library.guide.safety if each.id == name)
    lines = answer_lines(library, answer, {}).lines
    html = format_html_join(
        "",
        "<p><b>{}</b> {}. {} {} <small>[{}]</small></p>",
        (
            (
                library.ui[f"safety-{line.kind}"],
                ", ".join(page.short for page in line.options),
                f"({line.when})" if line.when else "",
                mark_safe(line.words),
                "; ".join(library.sources[each.id].name for each in line.sources),
            )
            for line in lines
        ),
    )
    for option in library.guide.options.values():
        title, made = library.options[option.id].page.short, decide(option, answer)
        if option.trials_only:  # no answer moves it, and the reason is the same for all
            words = library.reasons[option.against[0].because]
            html += format_html("<p><b>{}</b> {}</p>", title, mark_safe(words))
        for each in made.nothing if made.rules else ():
            words = f"{library.ui['safety-nothing']} {library.safety[each.because]}"
            html += format_html("<p><b>{}</b> {}</p>", title, mark_safe(words))
    claimed = ("guide/", "reasons/", "safety/", "derived/")
    return Piece(
        library.ui["differs-matrix"],
        html,
        frozenset(each for each in items if each.startswith(claimed)),
    )


def _outcomes(library: Library, place: str, items: frozenset[str]) -> Iterator[Piece]:
    """The outcomes at a place, by cause, as differences; they follow from all its rules."""
    claimed = frozenset(
        each for each in items if each.startswith(("guide/", "reasons/", "sources/", "questions/"))
    )
    for heading, rows in digest(library, place):
        html = format_html_join("", "<p><b>{}</b> {}</p>", rows)
        yield Piece(heading, html, claimed)


def _fact(library: Library, fact: Fact) -> Piece:
    """One number: its sentence, what stands beside it, how sure it is, and its source."""
    ui = library.ui
    beside = [fact.who, fact.caveat, ui[f"certainty-{fact.certainty}"]]
    if fact.places:
        beside.append(
            ", ".join(library.questions["place"].choices[place].label for place in fact.places)
        )
    named = [*fact.sources, *([fact.smallest_source] if fact.smallest_source else [])]
    html = format_html(
        "<p>{} {} <small>[{}]</small></p>",
        f"{fact.sentence} {fact.difference}".strip(),
        " ".join(f"{each.rstrip('.')}." for each in beside if each),
        "; ".join(source_words(library, name) for name in dict.fromkeys(named)),
    )
    covers = {f"facts/{fact.id}", *(f"sources/{name}" for name in named)}
    return Piece(ui["differs-number"], html, frozenset(covers))


def _rest(library: Library, made: Packet, covered: set[str]) -> Iterator[Piece]:
    """What no piece has shown yet, as it is recorded: the sources by name, labels in one block."""
    for section in made.sections:
        lines = [line for line in section.lines if line.item not in covered]
        if not lines:
            continue
        heading = library.ui[f"differs-{section.kind}"]
        if section.kind == "source":
            html = _block(source_words(library, line.item.partition("/")[2]) for line in lines)
            yield Piece(heading, html, frozenset(line.item for line in lines))
        elif section.kind == "label":
            html = _list(" ".join(line.words).replace("**", "") for line in lines)
            yield Piece(heading, html, frozenset(line.item for line in lines))
        else:
            for line in lines:
                yield from _line(heading, line)


def _list(rows: Iterable[str]) -> SafeString:
    """Short rows in columns."""
    return format_html(
        '<ul class="columns">{}</ul>', format_html_join("", "<li>{}</li>", ((r,) for r in rows))
    )


def _block(rows: Iterable[str]) -> SafeString:
    return format_html("<p>{}</p>", mark_safe("; ".join(conditional_escape(row) for row in rows)))


def _line(heading: str, line: Line) -> Iterator[Piece]:
    """One item; a very long one, such as a list of phrases, in pieces that fit into a part."""
    words = " ".join(line.words).split()
    for start in range(0, max(1, len(words)), MOST_OF_A_PIECE):
        some = " ".join(words[start : start + MOST_OF_A_PIECE])
        yield Piece(heading, format_html("<p><b>{}</b> {}</p>", line.name, some), {line.item})
