"""Template tags: words by id, drawings by name, dates and numbers as they are read."""

import json
import re
from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.template.loader_tags import BlockNode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from treatment_guide.http.clock import today
from treatment_guide.http.html.assets import asset as asset_address
from treatment_guide.http.html.assets import style as style_of
from treatment_guide.http.html.context import frame
from treatment_guide.http.html.drawings import drawing
from treatment_guide.http.html.fact_pictures import people_measures, points_measures
from treatment_guide.http.html.recall_notes import Note, notes_on
from treatment_guide.http.html.review import guide_words, review_of, reviewers
from treatment_guide.http.html.words import group_counts, map_count, say, say_count
from treatment_guide.library.model import Language, Page, Signature
from treatment_guide.library.once import once_per_library

register = template.Library()


@register.simple_tag(takes_context=True, name="say")
def say_tag(context: template.Context, name: str, **places: Any) -> SafeString:
    """`{% say "id" place=value %}`: interface words, with their places filled."""
    return say(context["library"], name, **places)


class FixedWords(template.Node):
    """The node of `{% say "id" %}` without places: its words are looked up, and nothing is resolved.

    A page has 50 to 100 of them.
    """

    child_nodelists = ()

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        """The words of the library."""
        name = self.name
        return say(context["library"], name)


_FIXED = re.compile(r"""say (["'])([\w-]+)\1""")
_say_with_places = register.tags["say"]


@register.tag("say")
def say_node(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """`{% say %}` as one of two nodes, chosen when the template is read."""
    fixed = _FIXED.fullmatch(token.contents)
    return FixedWords(fixed[2]) if fixed else _say_with_places(parser, token)


@register.simple_tag(takes_context=True, name="say_count")
def say_count_tag(context: template.Context, name: str, count: int, **places: Any) -> SafeString:
    """`{% say_count "id" count %}`: interface words that have two forms."""
    return say_count(context["library"], name, count, **places)


class MadeOnce(template.Node):
    """The node of `{% made_once %}`: a part of a template that is equal on every page of a
    library.
    """

    #: `made_once` lets no block stand inside, and Django looks for blocks in all of a parent template
    #: at each page.
    child_nodelists = ()

    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist
        # Saves 0.3 ms a page.
        self._made = once_per_library(lambda library: list[SafeString]())

    def render(self, context: template.Context) -> SafeString:
        """The HTML made for the first page; with DEBUG, made each time."""
        library = context["library"]
        made = self._made(library)
        if not made or settings.DEBUG:
            made[:] = [self.nodelist.render(context.new(frame(library)))]
        return made[0]


@register.tag
def made_once(parser: template.base.Parser, token: template.base.Token) -> MadeOnce:
    """`{% made_once %} … {% endmade_once %}`: rendered once for each library.

    It is rendered with `context.frame` only, so that no value of one page gets into another. Head
    and foot have a third of the tags of a page.
    """
    nodelist = parser.parse(("endmade_once",))
    parser.delete_first_token()
    if nodelist.get_nodes_by_type(BlockNode):
        raise template.TemplateSyntaxError(
            "No {% block %} can stand inside {% made_once %}: it is rendered for the first page alone."
        )
    return MadeOnce(nodelist)


@register.simple_tag(takes_context=True)
def contact(context: template.Context) -> SafeString:
    """Where to report a mistake: a link, or words that no contact is set."""
    library = context["library"]
    site = library.site
    if not site.contact:
        return say(library, "contact-none")
    link = format_html('<a href="{}">{}</a>', site.contact, site.contact_shown)
    return say(library, "contact-set", contact=link)


@register.simple_tag(takes_context=True)
def publisher(context: template.Context) -> SafeString:
    """The publisher of this copy, or words that none is set."""
    library = context["library"]
    named = library.site.publisher
    if not named:
        return say(library, "publisher-none")
    return say(library, "publisher-set", publisher=named)


@register.simple_tag(takes_context=True)
def reviewed(context: template.Context) -> SafeString:
    """One sentence: has a clinician reviewed the guide?"""
    return guide_words(context["library"])


@register.inclusion_tag("components/_review.html", takes_context=True, name="review_of")
def review_of_tag(context: template.Context, page: Page) -> dict[str, Any]:
    """Who has reviewed a page, as the rows of a list."""
    return review_of(context["library"], page, today())


@register.simple_tag(takes_context=True)
def role_words(context: template.Context, signature: Signature) -> str:
    """The role of a reviewer, in words."""
    return _ui(context, f"role-{signature.role}")


@register.simple_tag(takes_context=True)
def change_kind(context: template.Context, kind: str) -> str:
    """The kind of a change since a signature, in words."""
    return _ui(context, f"differs-{kind}")


@register.simple_tag(takes_context=True)
def subject_kind(context: template.Context, kind: str) -> str:
    """Subjects of one kind, in words."""
    return _ui(context, f"subjects-{kind}")


#: Drawings that point along the line: they turn with the direction of writing.
TURNING = frozenset({"arrow", "back"})


@register.simple_tag(takes_context=True, name="art")
def art_tag(context: template.Context, name: str) -> SafeString:
    """A drawing from templates/art as inline SVG, hidden from screen readers."""
    drawn = art(name)
    if name in TURNING and context["library"].language.direction == "rtl":
        return mark_safe(drawn.replace("<path ", '<path transform="matrix(-1 0 0 1 20 0)" '))
    return drawn


def art(name: str) -> SafeString:
    """The same as it stands in its file."""
    return mark_safe(drawing(name))


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file."""
    return asset_address(name)


@register.simple_tag
def style(kind: str) -> SafeString:
    """The style of a kind of pages (a key of `assets.KINDS`), for the head of a page."""
    return format_html("<style>{}</style>", mark_safe(style_of(kind)))


@register.simple_tag(takes_context=True)
def long_date(context: template.Context, day: date) -> str:
    """A date in words: November 22, 2026."""
    language: Language = context["library"].language
    return language.day(day)


def _ui(context: template.Context, name: str) -> str:
    return str(context["library"].ui[name])


@register.simple_tag(takes_context=True)
def certainty(context: template.Context, level: str) -> str:
    """The certainty of a number, in words."""
    return _ui(context, f"certainty-{level}")


@register.simple_tag(takes_context=True)
def changed(context: template.Context, kind: str) -> str:
    """What a kind of change says of a release, in words."""
    return _ui(context, f"changed-{kind}")


@register.simple_tag(takes_context=True)
def speaks(context: template.Context, way: str) -> str:
    """How an option sits with a thing that may matter, in words."""
    return _ui(context, f"speaks-{way}")


@register.simple_tag(takes_context=True)
def kind(context: template.Context, name: str) -> str:
    """The kind of a source, in words."""
    return _ui(context, f"kind-{name}")


@register.simple_tag(takes_context=True)
def tag_words(context: template.Context, tag: str) -> str:
    """A tag of an option, in words."""
    return _ui(context, f"tag-{tag}")


@register.simple_tag(takes_context=True)
def rule_kind(context: template.Context, name: str) -> str:
    """The kind of a rule, in words."""
    return _ui(context, f"rule-{name}")


@register.simple_tag(takes_context=True)
def safety_kind(context: template.Context, kind: str) -> str:
    """What a safety answer does to options, in words."""
    return _ui(context, f"safety-{kind}")


@register.simple_tag(takes_context=True)
def score_state(context: template.Context, state: str) -> str:
    """The state of a criterion of the scorecard, in words."""
    return _ui(context, f"score-{state}")


@register.simple_tag(takes_context=True)
def conformance_state(context: template.Context, state: str) -> str:
    """The state of a criterion of WCAG, in words."""
    return _ui(context, f"conformance-{state}")


@register.simple_tag
def sign(group: str) -> SafeString:
    """The small drawing of a group: full disc, half disc, clock, dash."""
    return art(f"sign-{group}")


@register.simple_tag(takes_context=True)
def sign_words(context: template.Context, group: str) -> str:
    """A group in a word or two, for the list."""
    return _ui(context, f"sign-{group}")


@register.simple_tag(takes_context=True)
def group_title(context: template.Context, group: str) -> str:
    """The title of a group."""
    return _ui(context, f"group-{group}")


@register.simple_tag(takes_context=True, name="map_count")
def map_count_tag(context: template.Context, group: str, count: int) -> SafeString:
    """How many options stand in a group."""
    return map_count(context["library"], group, count)


@register.simple_tag(takes_context=True, name="group_counts")
def group_counts_tag(context: template.Context, options: list[dict[str, str]]) -> str:
    """The number of options of a step in each group: "1 fits, 2 depend"."""
    return group_counts(context["library"], [option["group"] for option in options])


@register.simple_tag
def people_patterns() -> SafeString:
    """What the pictures of facts are drawn of, once a page."""
    return art("people-patterns")


@register.inclusion_tag("components/fact/_people.html")
def people(count: float) -> dict[str, Any]:
    """A hundred people, `count` of them filled, from the ground up."""
    return people_measures(int(count))


@register.inclusion_tag("components/fact/_points.html")
def points(number: float, line: float | None = None) -> dict[str, Any]:
    """A bar of 0 to 100 points; with `line`, a mark from which people notice a gap."""
    return points_measures(number, line)


@register.simple_tag(takes_context=True)
def number(context: template.Context, value: float) -> str:
    """A number as it is read: 1,050 or 10.6."""
    language: Language = context["library"].language
    return language.number(int(value) if value == int(value) else value)


@register.simple_tag(takes_context=True)
def recalls_on(context: template.Context, page: Any) -> list[Note]:
    """What was withdrawn and shows on a page. The page of a withdrawn option tells it itself."""
    library = context["library"]
    if not library.recalls or not isinstance(page, Page) or page.id in library.withdrawn:
        return []
    return notes_on(library, page)


@register.simple_tag(takes_context=True)
def medical_page(context: template.Context, page: Page, origin: str) -> SafeString:
    """The JSON-LD of a page, in the terms of schema.org.

    A page about the guide is not a MedicalWebPage. The publisher is named where one is set, the
    reviewers while their signatures count. It is a data block, which browsers do not run and the
    content security policy does not block.
    """
    site = context["library"].site
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
    library = context["library"]
    data |= reviewers(review_of(library, page, today()).get("signed", ()))
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))
