"""Template tags: words by id, drawings by name, dates and numbers as they are read."""

import json
import re
from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.engine.model import GROUPS
from treatment_guide.http.assets import asset as asset_address
from treatment_guide.http.assets import style as style_of
from treatment_guide.http.context import everywhere
from treatment_guide.http.drawings import drawing
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library, Page
from treatment_guide.library.once import once_per_library

register = template.Library()

_BOLD = re.compile(r"\*\*(.+?)\*\*")


@once_per_library  # saves 1.6 ms a page
def fixed_words(library: Library) -> dict[str, SafeString]:
    """All interface words without a place to fill, ready for a page. A page says a hundred."""
    fixed = {}
    for name, words in library.ui.items():
        try:
            said = conditional_escape(words).format()
        except (KeyError, IndexError, ValueError):
            continue  # it has places: `say` fills them, or tells what is wrong
        fixed[name] = mark_safe(_BOLD.sub(r"<b>\1</b>", said))
    return fixed


@register.simple_tag
def say(name: str, **places: Any) -> SafeString:
    """The interface words with this id; `{place}` in them is filled, `**x**` is bold."""
    library = current_library()
    if not places and name in fixed_words(library):
        return fixed_words(library)[name]
    words = conditional_escape(library.ui[name])
    safe = {key: conditional_escape(value) for key, value in places.items()}
    return mark_safe(_BOLD.sub(r"<b>\1</b>", words.format(**safe)))


@register.simple_tag
def say_count(name: str, count: int, **places: Any) -> SafeString:
    """Interface words that have two forms, for one and for more."""
    one, _, many = current_library().ui[name].partition("|")
    form = one if count == 1 else many
    return format_html("{}", form.format(count=count, **places))


class MadeOnce(template.Node):
    """A part of a template that is the same on every page of a library."""

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        # Saves 0.3 ms a page.
        self._made = once_per_library(lambda library: list[SafeString]())

    def render(self, context: template.Context) -> SafeString:
        """What was made at the first page. While somebody writes (DEBUG), words and pages change."""
        made = self._made(current_library())
        if not made or settings.DEBUG:
            made[:] = [self.nodelist.render(context.new(everywhere(None)))]
        return made[0]


@register.tag
def made_once(parser: template.base.Parser, token: template.base.Token) -> MadeOnce:
    """`{% made_once %} … {% endmade_once %}`: rendered once for each library.

    It is rendered with what every page has (`context.everywhere`) and nothing else, so that nothing
    of one page can get into another. The head and the foot of a page are a third of its tags.
    """
    nodelist = parser.parse(("endmade_once",))
    parser.delete_first_token()
    return MadeOnce(nodelist)


@register.simple_tag
def contact() -> SafeString:
    """Whom to tell about a mistake: a link, or that whoever runs this copy has named no one."""
    site = current_library().site
    if not site.contact:
        return say("contact-none")
    link = format_html('<a href="{}">{}</a>', site.contact, site.contact_shown)
    return say("contact-set", contact=link)


@register.simple_tag
def publisher() -> SafeString:
    """Who runs this copy of the guide, or that nobody is named."""
    named = current_library().site.publisher
    return say("publisher-set", publisher=named) if named else say("publisher-none")


@register.simple_tag
def art(name: str) -> SafeString:
    """A drawing from templates/art: our own SVG, hidden from screen readers."""
    return mark_safe(drawing(name))


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file."""
    return asset_address(name)


@register.simple_tag
def style(kind: str) -> SafeString:
    """The style of a kind of pages (a key of `assets.KINDS`), for the head of a page."""
    return format_html("<style>{}</style>", mark_safe(style_of(kind)))


@register.filter
def long_date(day: date) -> str:
    """A date in words: November 22, 2026."""
    return f"{day:%B} {day.day}, {day.year}"


@register.simple_tag
def long_date_words(day: date) -> str:
    """The same, for words with a place for a day."""
    return long_date(day)


def _ui(name: str) -> str:
    return current_library().ui[name]


@register.simple_tag
def certainty(level: str) -> str:
    """How sure we are, in words."""
    return _ui(f"certainty-{level}")


@register.simple_tag
def kind(name: str) -> str:
    """What sort of source this is."""
    return _ui(f"kind-{name}")


@register.simple_tag
def tag_words(tag: str) -> str:
    """An honest tag of an option."""
    return _ui(f"tag-{tag}")


@register.simple_tag
def rule_kind(name: str) -> str:
    """What a rule does."""
    return _ui(f"rule-{name}")


@register.simple_tag
def score_state(state: str) -> str:
    """How the guide stands to a criterion."""
    return _ui(f"score-{state}")


@register.simple_tag
def conformance_state(state: str) -> str:
    """How the guide stands to a criterion of WCAG."""
    return _ui(f"conformance-{state}")


@register.simple_tag
def sign(group: str) -> SafeString:
    """The small drawing of a group: full disc, half disc, clock, dash."""
    return art(f"sign-{group}")


@register.simple_tag
def sign_words(group: str) -> str:
    """A group in a word or two, for the list."""
    return _ui(f"sign-{group}")


@register.simple_tag
def group_title(group: str) -> str:
    """A group as readers see it."""
    return _ui(f"group-{group}")


@register.simple_tag
def group_note(group: str) -> str:
    """One line on what a group means."""
    return _ui(f"group-note-{group}")


@register.simple_tag
def sheet_group(group: str) -> str:
    """A group in the reader's own voice, on paper."""
    return _ui(f"sheet-{group}")


@register.simple_tag
def map_count(group: str, count: int) -> SafeString:
    """How many options stand in a group."""
    return say_count(f"map-count-{group}", count)


@register.simple_tag
def group_counts(options: list[dict[str, str]]) -> str:
    """How the options of one step stand: "1 fits, 2 depend"."""
    groups = [option["group"] for option in options]
    counted = [(group, groups.count(group)) for group in GROUPS if group in groups]
    return ", ".join(str(map_count(group, count)) for group, count in counted)


@register.simple_tag
def people_patterns() -> SafeString:
    """The two little people of the icon arrays, drawn once a page."""
    return art("people-patterns")


@register.simple_tag
def people(count: int) -> SafeString:
    """A hundred people, `count` of them filled, in rows of ten from the top left."""
    rows, rest = divmod(count, 10)
    across, top, bottom = rest * 22, rows * 26, rows * 26 + 26
    shapes = []
    if count:
        shapes.append(("person-filled", f"M0 0H220V{top}H{across}V{bottom if rest else top}H0z"))
    if count < 100:
        shapes.append(("person-outline", f"M{across} {top}H220V260H0V{bottom}H{across}z"))
    paths = format_html_join("", '<path fill="url(#{})" d="{}"/>', shapes)
    return format_html(
        '<svg viewBox="0 0 220 260" aria-hidden="true" focusable="false">{}</svg>', paths
    )


@register.filter
def part(by_id: dict[str, dict[str, Any]], name: str) -> list[Any]:
    """The blocks of one part of a page."""
    blocks: list[Any] = by_id[name]["blocks"]
    return blocks


@register.filter
def title(by_id: dict[str, dict[str, Any]], name: str) -> str:
    """The heading of one part of a page."""
    return str(by_id[name]["title"])


@register.filter
def thousands(number: int) -> str:
    """A whole number as it is read: 1,050."""
    return f"{number:,}"


_MARKS = re.compile(r"<sup>.*?</sup>")


@register.filter
def without_marks(markup: str) -> str:
    """HTML without the numbers that lead to the sources of its own page."""
    return _MARKS.sub("", markup)


@register.simple_tag
def medical_page(page: Page, origin: str) -> SafeString:
    """What a page is, in schema.org's words: only what is true of it.

    A page about the guide is no medical page. The publisher is named where one is set, and the
    reviewer is named once a clinician has signed. A data block is not a script: it runs
    nowhere, and the content security policy lets it be.
    """
    site = current_library().site
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "AboutPage" if page.kind == "about" else "MedicalWebPage",
        "name": page.title,
        "description": page.summary,
        "url": f"{origin}{page.address}",
        "inLanguage": site.language,
        "dateModified": page.checked.isoformat(),
        "isAccessibleForFree": True,
    }
    if page.kind != "about":
        data["audience"] = {"@type": "Patient"}
    if site.publisher:
        data["publisher"] = {"@type": "Organization", "name": site.publisher}
    if page.reviewed_by:
        data["reviewedBy"] = {"@type": "Person", "name": page.reviewed_by}
        data["lastReviewed"] = page.checked.isoformat()
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
