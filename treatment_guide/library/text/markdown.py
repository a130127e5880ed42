"""Markdown to safe HTML. Content is inert: no raw HTML, no template code, no images.

The result is a list of blocks. A fact that stands alone in a paragraph is a block of its own,
so that templates can draw it; everything else is HTML made here from a short list of elements.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from treatment_guide.library.text.blocks import Block, FactFigure, Html
from treatment_guide.library.text.phone_words import number_faults

_parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])

_RAW_HTML = re.compile(r"<[A-Za-z/!?]")
_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+|\b[\w.+-]+@[\w-]+\.\w+")
_HALF_LINK = re.compile(
    r"\b(?:fact|source|rule|term|phone|region|page|option|step|situation|topic|about|clinics):[a-z0-9-]+"
)
_BRACKET = re.compile(r"[\[\]]|<\s*$|^\s*>")
_ITEM_SLIP = re.compile(r"[-*•–+](?=[A-Za-z])|•|[0-9]+[.)](?=[A-Za-z])")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)$", re.IGNORECASE)
_SCHEME = re.compile(r"^([a-z]+):(.*)$")
#: How a heading is written.
HEADING_FORM = "A heading is `## ` with two signs and a space, at the start of a line."
_ONLY = "This is not allowed here: write paragraphs, lists, **bold** and links alone."
#: Refused markup by token name, with what to write instead.
_REFUSED = {
    "blockquote": "No quotation here: take the `>` away.",
    "hr": "No line across the page here: take it away.",
    "code_block": "These words are indented by four spaces or more. Start them at the margin.",
    "fence": "No code here: take the three backticks away.",
}
_LISTS = {"bullet_list": "ul", "ordered_list": "ol"}


@dataclass
class Prose:
    """One paragraph or list item as plain words, for the lint."""

    line: int
    kind: str  # "paragraph" | "item"
    text: str  # as it is read, facts in words
    typed: str  # as it was typed, facts left out
    cited: bool
    rules: tuple[str, ...] = ()  # the ids in its marks `<rule:id>`


@dataclass
class Rendered:
    """A rendered text: its blocks, its prose, and the ids it mentions, in order."""

    blocks: list[Block] = field(default_factory=list)
    prose: list[Prose] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    #: The line of each of these facts.
    fact_lines: list[int] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    #: Missing ids: the line, the scheme and the id.
    lacking: list[tuple[int, str, str]] = field(default_factory=list)
    #: Its lists: the line and the number of items.
    lists: list[tuple[int, int]] = field(default_factory=list)

    @property
    def inline(self) -> str:
        """The HTML without paragraphs around it, for words that stand in one line."""
        pieces = [block.html for block in self.blocks if isinstance(block, Html)]
        return " ".join(piece.removeprefix("<p>").removesuffix("</p>") for piece in pieces)


#: Takes a scheme, an id and the link's words (None for none); returns HTML and plain words.
#: Raises KeyError when there is no such thing.
Resolve = Callable[[str, str, str | None], tuple[str, str]]

#: Called with the line and the words of a fault.
Complain = Callable[[int, str], None]


def render(
    text: str,
    first_line: int,
    resolve: Resolve,
    complain: Complain,
    ways: Mapping[str, re.Pattern[str]] | None = None,
) -> Rendered:
    """A rendered Markdown text. `complain` is called for each unknown id, for refused markup, and
    for a sentence that names a number to call and does not say so in the words of `ways`
    (None: not looked for).
    """
    for row, message in number_faults(text, ways) if ways else ():
        complain(first_line + row, message)
    work = _Work(Rendered(), resolve, complain, first_line)
    work.blocks(_parser.parse(text))
    return work.out


@dataclass
class _Work:
    out: Rendered
    resolve: Resolve
    complain: Complain
    first_line: int
    mentioned: list[str] = field(default_factory=list)  # facts, in the block that is open

    def blocks(self, tokens: Sequence[Token]) -> None:
        """Walk block tokens, writing HTML into the open block."""
        pieces: list[str] = []
        lists: list[str] = []
        line = self.first_line
        for token in tokens:
            if token.map:
                line = self.first_line + token.map[0]
            name, _, side = token.type.rpartition("_")
            if name in _LISTS:
                tag = _LISTS[name]
                pieces.append(f"<{tag}>" if side == "open" else f"</{tag}>")
                lists.append(tag) if side == "open" else lists.pop()
                if side == "open" and len(lists) == 1:
                    self.out.lists.append((line, 0))
                elif side == "open":
                    self.complain(
                        line, "A list stands inside a list. Start its lines at the margin."
                    )
                if not lists:
                    self._flush(pieces)
            elif name == "list_item":
                pieces.append("<li>" if side == "open" else "</li>")
                if side == "open" and len(lists) == 1:
                    begun, items = self.out.lists[-1]
                    self.out.lists[-1] = begun, items + 1
            elif name == "paragraph":
                if not lists and side == "open":
                    pieces.append("<p>")
                elif not lists and pieces:  # nothing is left where a fact stood alone
                    pieces.append("</p>")
                elif lists and side == "close" and not token.hidden:
                    pieces.append(" ")
            elif token.type == "inline":
                alone = self._lone_fact(token.children or [])
                if alone and not lists:
                    self._lone(alone, line, pieces)
                    continue
                prose, markup = self._inline(token.children or [], line)
                pieces.append(markup)
                prose.kind = "item" if lists else "paragraph"
                if prose.text:
                    self.out.prose.append(prose)
            elif token.type == "heading_open":
                self.complain(line, "A heading stands inside a part. " + HEADING_FORM)
            elif not token.type.endswith("_close"):
                self.complain(line, _REFUSED.get(token.type) or _REFUSED.get(name, _ONLY))
                if not token.children and token.nesting == 0:
                    continue
            if not lists and side == "close":
                self._flush(pieces)

    def _flush(self, pieces: list[str]) -> None:
        text = "".join(pieces)
        pieces.clear()
        if text and text != "<p></p>":
            self.out.blocks.append(Html(text, tuple(dict.fromkeys(self.mentioned))))
            self.mentioned.clear()

    def _lone_fact(self, children: Sequence[Token]) -> str | None:
        """The id of a fact that stands alone in its paragraph: a link, its text, its end."""
        if len(children) == 3 and children[0].info == "auto":
            scheme, _, target = str(children[0].attrs.get("href", "")).partition(":")
            return target if scheme == "fact" else None
        return None

    def _lone(self, fact: str, line: int, pieces: list[str]) -> None:
        try:
            _, words = self.resolve("fact", fact, None)
        except KeyError:
            self.out.lacking.append((line, "fact", fact))
            self._fact(fact, line)
            return
        pieces.clear()
        self._fact(fact, line)
        self.out.blocks.append(FactFigure(fact))
        self.out.prose.append(Prose(line, "paragraph", words, "", cited=True))

    def _inline(self, children: Iterable[Token], line: int) -> tuple[Prose, str]:
        words: list[str] = []
        typed: list[str] = []
        markup: list[str] = []
        cited = False
        link: tuple[str, str, bool] | None = None
        inside: list[str] = []
        slips: dict[str, str] = {}
        rules: list[str] = []
        breaks = 0  # how many lines below the first one
        for token in children:
            if token.type == "text":
                at = line + breaks
                if _RAW_HTML.search(token.content):
                    self.complain(at, "No HTML here. Use **bold**, lists and links.")
                for message, kind in () if link else _slips(token.content):
                    if message not in slips:
                        self.complain(at, message)
                    slips[message] = kind
                if link:
                    inside.append(token.content)
                else:
                    words.append(token.content)
                    typed.append(token.content)
                    markup.append(html.escape(token.content, quote=False))
            elif token.type in ("softbreak", "hardbreak") and link:
                breaks += 1
                inside.append(" ")
            elif token.type in ("strong_open", "strong_close") and link:
                if token.type == "strong_open":
                    self.complain(line, "No bold inside a link. Put the stars around it.")
            elif token.type in ("softbreak", "hardbreak"):
                breaks += 1
                words.append(" ")
                typed.append(" ")
                markup.append("\n")
            elif token.type in ("strong_open", "strong_close"):
                markup.append("<strong>" if token.type == "strong_open" else "</strong>")
            elif token.type == "link_open":
                href = str(token.attrs.get("href", ""))
                found = _SCHEME.match(href)
                if found is None:
                    message = f"`{href}` is no link this guide knows: write `(option:prp)`."
                    if _IMAGE.search(href):
                        message = (
                            f"No images here (`{href}`): drawings stand in guide/pictures.yaml."
                        )
                    self.complain(line + breaks, message)
                link = (
                    (found.group(1), found.group(2), token.info == "auto")
                    if found
                    else ("", "", True)
                )
                inside = []
            elif token.type == "link_close" and link:
                scheme, target, bare = link
                link = None
                label = None if bare else "".join(inside)
                if not scheme:
                    continue
                # A missing source is a fault of its own, so the words still count as cited.
                cited = cited or scheme in ("source", "fact")
                try:
                    piece, spoken = self.resolve(scheme, target, label)
                except KeyError:
                    self.out.lacking.append((line + breaks, scheme, target))
                    continue
                if scheme == "rule":  # a mark for editors: readers do not see it
                    rules.append(target)
                else:
                    self._note(scheme, target, line + breaks)
                if scheme in ("source", "rule"):
                    _strip_space(markup)
                    _strip_space(words)
                words.append(spoken)
                typed.append(label or "")
                markup.append(piece)
            elif token.type in ("em_open", "em_close"):
                self.complain(line, "No italics. Use **bold** or plain words.")
            else:
                kind = token.type.replace("_", " ")
                self.complain(line, f"This is not allowed here: {kind}.")
        cited = cited or "cited" in slips.values()
        text = "" if "table" in slips.values() else "".join(words).strip()
        prose = Prose(line, "paragraph", text, "".join(typed), cited, tuple(rules))
        return prose, "".join(markup)

    def _fact(self, fact: str, line: int) -> None:
        self.out.facts.append(fact)
        self.out.fact_lines.append(line)

    def _note(self, scheme: str, target: str, line: int) -> None:
        if scheme == "source":
            self.out.sources.append(target)
        elif scheme == "fact":
            self._fact(target, line)
            self.mentioned.append(target)
        self.out.links.append((scheme, target))


def _slips(text: str) -> Iterable[tuple[str, str]]:
    """Faults in plain text: characters that were meant as markup and are not.

    With each fault: `cited` where a citation was meant, `table` where the text is no sentence, or
    empty.
    """
    address = _ADDRESS.search(text)
    if address:
        yield (
            (
                f"An address is typed: “{address.group()}”. Make it a source in guide/sources/, and "
                "cite it: `<source:id>`."
            ),
            "",
        )
    half = _HALF_LINK.search(text)
    if half:
        meant = half.group()
        kind = "cited" if meant.startswith(("source:", "fact:")) else ""
        yield f"“{meant}” is no link: write `<{meant}>` or `[words]({meant})`.", kind
    elif _BRACKET.search(text):
        yield (
            "A bracket here makes no link: write `[words](option:prp)`, with no space between.",
            "",
        )
    if "**" in text:
        yield "Two stars make no bold here: they touch the words, before and behind them.", ""
    if "|" in text:
        yield "No tables here. Write a list: each line begins with `- `.", "table"
    if "{" in text or "}" in text:
        yield "A curly brace does nothing here: numbers come from facts, `<fact:id>`.", ""
    if _ITEM_SLIP.match(text):
        yield "An item of a list begins with `- `: a hyphen and a space.", ""


def _strip_space(pieces: list[str]) -> None:
    if pieces:
        pieces[-1] = pieces[-1].rstrip()
