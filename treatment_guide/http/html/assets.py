"""The style sheets that are inlined in pages, and the addresses of static files.

A style is the files of `static/css/` that pages of one kind need, joined in the order of the
cascade and minified once, when the first page asks for it.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import rcssmin
from django.conf import settings

#: The order of the cascade: later rules win. Each is a file of `static/css/`, or a folder whose
#: files are taken by name; their order in a folder must not matter.
CASCADE = (
    "tokens",
    "base",
    "layout",
    "components",
    "frame",
    "pages",
    "reading",
    "option",
    "answers",
    "questionnaire",
    "outcome",
    "utilities",
    "print",
    "option-paper",
    "paper",
    "form",
    "booklet",
    "sheet",
    "compare",
    "packet",
)
#: The folders that only pages of one kind need. All others are part of every style.
KINDS = {
    "reading": ("pages", "reading"),
    "option": ("pages", "option", "option-paper"),
    "questionnaire": ("questionnaire", "answers"),
    "outcome": ("outcome", "answers"),
    "paper": ("questionnaire", "paper"),
    "form": ("form",),
    "booklet": ("pages", "option", "reading", "booklet"),
    "sheet": ("sheet",),
    "compare": ("compare",),
    "packet": ("pages", "reading", "packet"),
}

#: Files of `static/css/` that pages of a kind never need.
LEFT_OUT = {
    "option": (
        "components/answer-code",
        "components/dash-list",
        "components/group-heading",
        "components/link-list",
        "components/question-list",
        "components/steps",
    ),
    "outcome": (
        "components/details-list",
        "components/fold",
        "components/option-tags",
        "components/steps",
        "components/text-field",
        "frame/page-end",
    ),
}
#: Classes that pages of a kind never have, of files that they need: rules for them are left out.
NEVER = {
    "option": (
        "call",
        "columns",
        "compare-table",
        "decision",
        "opening",
        "own-back",
        "side-picture",
        "solid",
        "stairs",
        "to-say",
        "two-columns",
    ),
    "outcome": (
        "above-title",
        "accent-line",
        "any-width",
        "back-link",
        "call",
        "columns",
        "compare-table",
        "danger-box",
        "decision",
        "opening",
        "own-back",
        "paper-fill",
        "quiet",
        "section",
        "side-picture",
        "source-list",
        "thin-line",
        "to-say",
        "two-columns",
        "wash",
    ),
}
#: What pages need only where a hospital has its own folder.
LOCAL = "frame/own-words"


def style_files(kind: str) -> list[Path]:
    """The files of the style of a kind of pages, in the order of the cascade.

    Raises KeyError for a kind that is not in `KINDS`.
    """
    mine = KINDS[kind]
    others = {folder for folders in KINDS.values() for folder in folders} - set(mine)
    root = settings.STATIC_DIR / "css"
    files: list[Path] = []
    for name in CASCADE:
        if name not in others:
            folder = root / name
            files += sorted(folder.glob("*.css")) if folder.is_dir() else [root / f"{name}.css"]
    names = (*LEFT_OUT.get(kind, ()), *(() if settings.LOCAL_DIR else (LOCAL,)))
    left_out = {root / f"{name}.css" for name in names}
    return [file for file in files if file not in left_out]


@lru_cache(maxsize=len(KINDS))  # saves 0.5 ms a page
def style(kind: str) -> str:
    """The style sheet of a kind of pages, minified, as it stands in each of them.

    Raises KeyError for a kind that is not in `KINDS`.
    """
    return without_unread(written_out(without_classes(minified(kind), NEVER.get(kind, ()))))


def minified(kind: str) -> str:
    """All that the files of the style of a kind of pages say, minified."""
    texts = (file.read_text(encoding="utf-8") for file in style_files(kind))
    return str(rcssmin.cssmin("\n".join(texts)))


#: A selector names the classes in these because they are not there.
_NOT = re.compile(r":not\([^)]*\)")


def without_classes(css: str, classes: Sequence[str]) -> str:
    """The minified style without the selectors that name one of these classes; a rule that is left
    with none goes too. Saves 350 bytes of an outcome, 180 of an option.
    """
    if not classes:
        return css
    named = re.compile(rf"\.(?:{'|'.join(classes)})(?![\w-])")

    def kept(rule: re.Match[str]) -> str:
        selectors = [each for each in rule[1].split(",") if not named.search(_NOT.sub("", each))]
        return f"{','.join(selectors)}{rule[2]}" if selectors else ""

    return re.sub(r"@media[^{}]*\{\}", "", re.sub(r"([^{}@;]+)(\{[^{}]*\})", kept, css))


def written_out(css: str) -> str:
    """The minified style with sizes, spaces and fonts that have one value everywhere in place of
    their custom properties: the name is shorter, but a value is pressed better. Saves 120 bytes.
    """
    values: dict[str, list[str]] = {}
    for name, value in re.findall(r"(?<=[{;])(--(?:size|space|font)-[\w-]+):([^;}]*)", css):
        values.setdefault(name, []).append(value)
    return re.sub(
        r"var\((--[\w-]+)\)",
        lambda each: values[each[1]][0] if len(values.get(each[1], ())) == 1 else each[0],
        css,
    )


def without_unread(css: str) -> str:
    """The minified style without the custom properties that nothing in it reads: each kind of pages
    needs some of those in `tokens.css`. Saves 60 bytes of an outcome.
    """
    read = set(re.findall(r"var\((--[\w-]+)", css))
    kept = re.sub(
        r"(?<=[{;])(--[\w-]+):[^;}]*;?", lambda each: each[0] if each[1] in read else "", css
    )
    return kept if kept == css else without_unread(kept)


def policy_hash(text: str) -> str:
    """The hash of an inline style, as a content security policy writes it."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@lru_cache(maxsize=1)  # saves 0.05 ms a page with a picture of the body
def style_hashes() -> str:
    """The hashes of all styles, for the content security policy."""
    return " ".join(policy_hash(style(kind)) for kind in KINDS)


def content_policy(*hashes: str) -> str:
    """The content security policy of a page: allows our styles, and those with these hashes."""
    return policy_of(style_hashes(), *hashes)


@lru_cache(maxsize=len(KINDS))  # saves 0.05 ms a page that is sent with its own policy
def policy_for(kind: str) -> str:
    """The policy of a page with the style of one kind alone: shorter by the hashes of the others."""
    return policy_of(policy_hash(style(kind)))


def policy_of(*hashes: str) -> str:
    """The content security policy that allows styles with these hashes."""
    return (
        f"default-src 'none'; script-src 'self'; style-src {' '.join(hashes)}; "
        "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


@lru_cache(maxsize=16)  # saves 14 µs a file and page
def asset(name: str) -> str:
    """The address of a static file; another one when the file changes."""
    data = settings.STATIC_DIR.joinpath(*name.split("/")).read_bytes()
    return f"{settings.STATIC_URL}{name}?v={hashlib.sha256(data).hexdigest()[:8]}"
