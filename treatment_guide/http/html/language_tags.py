"""Template tags for pages in several languages: links to the others, what stays in the original."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from treatment_guide.http.addresses import ORIGINAL_ALONE
from treatment_guide.http.handouts import HANDOUT, translations
from treatment_guide.http.html.words import say

register = template.Library()


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[dict[str, Any]]:
    """The same page in the other languages: name, what its speakers call it, address.

    None for pages that there are in one language alone, and where no other is served. What is ticked
    and not sent yet is not in the address: live-list.js puts it there, and without scripts it is lost.
    """
    library, path = context["library"], context.get("path", "")
    original = library.original or library
    if not original.translations or not path or ORIGINAL_ALONE.match(path):
        return []
    served = translations(original) if HANDOUT.match(path) else original.translations.values()
    others = [original, *served]
    return [
        {
            "name": other.language.name,
            "own_name": other.language.own_name,
            "href": f"{settings.BASE_PATH}{other.language.prefix}{path}",
        }
        for other in others
        if other.language.name != library.language.name
    ]


@register.simple_tag(takes_context=True)
def in_original(context: template.Context, words: str | None = None) -> SafeString:
    """`<b{% in_original "hazards" %}>`: the attribute `lang` for words that a translation has from the
    original: those of this field of the library; without one, those that are never translated, such
    as names of sources.
    """
    library = context["library"]
    original = library.original
    if original is None or (words and getattr(library, words) != getattr(original, words)):
        return SafeString()
    return format_html(' lang="{}"', original.language.name)


@register.simple_tag(takes_context=True)
def translation_note(context: template.Context) -> SafeString:
    """That software translated the page and nobody has reviewed it, with a link to the original."""
    library = context["library"]
    original, path = library.original, context.get("path") or "/"
    link = format_html(
        '<a href="{}{}{}" hreflang="{}">{}</a>',
        settings.BASE_PATH,
        original.language.prefix,
        path,
        original.language.name,
        say(library, "original-version"),
    )
    return say(library, "software-translated", original=link)
