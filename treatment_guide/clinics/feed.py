"""An answer to a record system: an Atom feed as XML, as JSON, or as JSONP.

The order of elements is that of HL7's schema, and language stands at the feed, at each entry and
at each link. In JSON whatever may repeat is a list, even with one item. Django's feed generator
supports neither this order nor JSON, so the elements are built here.
"""

import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring

from treatment_guide.clinics.record_query import SYSTEMS, Query
from treatment_guide.clinics.topic_matching import Entry
from treatment_guide.http.addresses import ORIGINAL_ALONE
from treatment_guide.http.origin import public_address
from treatment_guide.library.model import Library

ATOM = "http://www.w3.org/2005/Atom"
#: The year in all ids, which never change.
SINCE = 2026
#: What each form of the answer is sent as.
KINDS = {
    "xml": "text/xml; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonp": "application/javascript; charset=utf-8",
}


def feed(library: Library, query: Query, found: tuple[Entry, ...], now: datetime) -> dict[str, Any]:
    """The answer as plain values, in the shape of HL7's JSON."""
    origin = public_address(library)
    language = library.site.language
    asked = urlencode(query.sent)
    ui = library.ui
    more = f" {ui['infobutton-in-original']}" if query.in_original else ""
    codes = library.language.listed([c.code or c.words for c in query.criteria])
    return {
        "base": f"{origin}/",
        "lang": language,
        "title": _text(library.ui["site-name"]),
        "subtitle": _text(ui["infobutton-subtitle"].format(codes=codes) + more),
        "author": _author(library),
        "updated": {"_value": f"{now:%Y-%m-%dT%H:%M:%SZ}"},
        "category": [{"scheme": name, "term": value} for name, value in query.sent],
        "id": {"_value": uuid5(NAMESPACE_URL, f"{origin}/infobutton?{asked}").urn},
        "link": [
            _link(f"{origin}/infobutton?{asked}", "self", "application/atom+xml", language,
                  library.ui["infobutton-self"])
        ],
        "entry": [_entry(library, each) for each in found],
    }  # fmt: skip


def as_json(made: dict[str, Any]) -> str:
    """The feed as JSON, with characters that are special in HTML escaped."""
    text = json.dumps({"feed": made})
    for char in "<>=&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def as_jsonp(made: dict[str, Any], callback: str) -> str:
    """The feed as a call of a function."""
    return f"/**/{callback}({as_json(made)});"


def as_xml(made: dict[str, Any]) -> bytes:
    """The feed as Atom."""
    root = Element("feed", {"xmlns": ATOM, "xml:base": made["base"], "xml:lang": made["lang"]})
    _fill(root, made, ("title", "subtitle", "author", "updated", "category", "id", "link"))
    for each in made["entry"]:
        entry = SubElement(root, "entry", {"xml:lang": each["lang"]})
        _fill(entry, each, ("title", "link", "id", "updated", "author", "summary", "category"))
    declared: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return declared


def _fill(parent: Element, made: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        value = made[name]
        for each in value if isinstance(value, list) else [value]:
            if name == "author":
                _fill(SubElement(parent, name), each, ("name", "uri"))
                continue
            attributes = {key: text for key, text in each.items() if key != "_value"}
            SubElement(parent, name, attributes).text = each.get("_value")


def _entry(library: Library, each: Entry) -> dict[str, Any]:
    if each.page.foreign and library.original:  # not translated yet: the page of the original
        library = library.original
    host = urlsplit(public_address(library)).netloc
    links = [(each.address, "alternate", each.title)]
    links += [(address, "related", title) for address, title in each.related]
    categories = [
        pair
        for system, prefix in each.codes
        for pair in (
            {"scheme": "mainSearchCriteria.v.c", "term": prefix},
            {"scheme": "mainSearchCriteria.v.cs", "term": SYSTEMS[system][0]},
        )
    ]
    if each.by_words:
        categories.append({"scheme": "relevanceScore", "term": "0.5"})
    return {
        "lang": library.site.language,
        "title": _text(each.title),
        "link": [_page_link(library, *each) for each in links],
        "id": {"_value": f"tag:{host},{SINCE}:education/{each.name}"},
        "updated": {"_value": f"{each.page.checked}T00:00:00Z"},
        "author": _author(library),
        "summary": _text(each.summary),
        "category": categories,
    }


def _page_link(library: Library, address: str, rel: str, title: str) -> dict[str, str]:
    """A link to a page: in the language of the library, but to what is there in the original alone."""
    if library.original and ORIGINAL_ALONE.match(address):
        library = library.original
    href = f"{public_address(library)}{address}"
    return _link(href, rel, "text/html", library.site.language, title)


def _author(library: Library) -> dict[str, Any]:
    return {
        "name": {"_value": library.ui["site-name"]},
        "uri": {"_value": f"{public_address(library)}/"},
    }


def _text(words: str) -> dict[str, str]:
    return {"type": "text", "_value": words}


def _link(href: str, rel: str, kind: str, language: str, title: str) -> dict[str, str]:
    return {"href": href, "rel": rel, "type": kind, "hreflang": language, "title": title}
