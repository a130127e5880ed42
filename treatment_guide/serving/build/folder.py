"""The guide as a plain folder of reading pages, for any web server.

The folder is served at the root of a host or below a base path. Live pages (the questionnaire,
search, comparison) are not in it: links to them lead to the live site.
"""

import json
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from treatment_guide.http.addresses import at, speaking, within
from treatment_guide.http.html.context import frame
from treatment_guide.library.model import Library
from treatment_guide.library.release.stamp import files_of
from treatment_guide.serving.addresses import own_files
from treatment_guide.serving.build.built import stamp_now
from treatment_guide.serving.build.front import STATIC_PATH
from treatment_guide.serving.build.making import compress, render_address, rendered, write_page
from treatment_guide.serving.middleware import SECURITY_HEADERS

RECORD = "site.json"
#: Files in the folder beside the pages: those that are there once, and the feed of each language.
FILES = ("/robots.txt", "/sitemap.xml")
FEED = "/changes/feed.xml"

_LINK = re.compile(r'(?P<before>\b(?:href|action|src)="|content="0;url=)(?P<target>/[^"]*)(?=")')
#: A path that begins and ends with a slash, on this host or on one that is named.
_BASE = re.compile(r"(https?://[^/\s\"'<>?#]+)?/([^/\s\"'<>?#]+/)*")
_CHARSET = '<meta charset="utf-8">'


class NotOurFolder(Exception):
    """The folder exists and was not made by this module."""


class NoBase(ValueError):
    """The base is no path that begins and ends with a slash."""


def make_folder(folder: Path, library: Library, live: str, base: str = "/") -> int:
    """Write the folder, and return the number of pages. It is written beside, then moved in place.

    `base` is the path under which the folder will stand, such as `/patients/guide/`.
    Raises NotOurFolder when something else stands there, NoBase for a base that is no such path.
    """
    if not _BASE.fullmatch(base):
        raise NoBase(
            f"The base {base!r} must begin and end with a slash, as /patients/guide/ does."
        )
    if folder.exists() and any(folder.iterdir()) and not (folder / RECORD).exists():
        raise NotOurFolder(f"{folder} holds something else. Name an empty folder or a new one.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    draft.chmod(0o755)
    try:
        count = _write(draft, library, live, base)
        if folder.exists():
            shutil.rmtree(folder)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return count


def _write(draft: Path, library: Library, live: str, base: str) -> int:
    shutil.copytree(settings.STATIC_DIR, draft / STATIC_PATH.strip("/"))
    library = without_names(library)
    spoken = (library, *library.translations.values())
    pages = {address: html.decode() for address, html in rendered(library)}
    for each in spoken:
        start = each.language.prefix
        pages |= {
            f"{start}/{word}/": _led(target, each)
            for word, target in each.words.items()
            if f"{start}{target.partition('#')[0]}" in pages
        }
    files = [(library, address) for address in (*FILES, *own_files(library))]
    files += [(each, FEED) for each in spoken]
    made = {f"{of.language.prefix}{name}": render_address(of, name) for of, name in files}
    ours = {*pages, *made}
    policy = _policy(live)
    for address, html in pages.items():
        html = _with_policy(with_links(html, ours, live, base), policy)
        write_page(draft, address, html.encode())
    for address, content in made.items():
        write_page(draft, address, content)
    (draft / "_headers").write_text(_headers(policy))
    for file in files_of(draft):
        compress(file)
    (draft / RECORD).write_text(json.dumps({"stamp": stamp_now(), "live": live, "base": base}))
    return len(pages)


def without_names(library: Library) -> Library:
    """The library as a folder shows it, with its translations: no web server takes a reviewer's name
    off a file when its day has come, so none is written.
    """
    shown = replace(library, reviews=replace(library.reviews, elsewhere=True))
    for name, each in library.translations.items():
        reviews = replace(each.reviews, elsewhere=True)
        shown.translations[name] = replace(each, reviews=reviews, original=shown)
    return shown


def with_links(html: str, ours: set[str], live: str, base: str) -> str:
    """A page whose links begin with the base path, or lead to the live site for live pages."""

    def lead(link: re.Match[str]) -> str:
        target = within(link["target"])
        path = re.split("[?#]", target, maxsplit=1)[0]
        here = path in ours or path.startswith(STATIC_PATH)
        return link["before"] + (base + target[1:] if here else live + target)

    return _LINK.sub(lead, html)


def _led(target: str, library: Library) -> str:
    """The page of a short word, which redirects to its page and has a link to it."""
    path = target.partition("#")[0]
    title = next((p.title for p in library.reading_pages if p.address == path), "")
    named = title or library.ui["nav-situations"]
    with speaking(library):
        context = {**frame(library), "target": at(target), "title": named}
        return render_to_string("serving/led.html", context)


def _policy(live: str) -> str:
    """The content security policy of the folder: forms lead to the live site."""
    rules = SECURITY_HEADERS["Content-Security-Policy"].split("; ")
    rules = [rule for rule in rules if not rule.startswith("frame-ancestors")]
    return "; ".join(f"{rule} {live}" if rule.startswith("form-action") else rule for rule in rules)


def _with_policy(html: str, policy: str) -> str:
    """A page with the policy in a meta element, for servers that send no headers."""
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">'
    )
    return html.replace(_CHARSET, f"{_CHARSET}\n{metas}", 1)


def _headers(policy: str) -> str:
    """The headers for a host that reads a file `_headers`."""
    headers = {**SECURITY_HEADERS, "Content-Security-Policy": f"{policy}; frame-ancestors 'none'"}
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
