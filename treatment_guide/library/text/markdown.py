"""Markdown to safe HTML. Content is inert: no raw HTML, no template code, no images.

The result is a list of blocks. A fact that stands alone in a paragraph is a block of its own,
so that templates can draw it; everything else is HTML made here from a short list of elements.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from treatment_guide.library.text.blocks import Block, FactFigure, Html

_parser = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])

_RAW_HTML = re.compile(r"<[A-Za-z/!?]")
_SCHEME = re.compile(r"^([a-z]+):(.*)$")
_LISTS = {"bullet_list": "ul", "ordered_list": "ol"}


@dataclass
class Prose:
    """One paragraph or list item as plain words, for the lint."""

    line: int
    kind: str  # "paragraph" | "item"
    text: str  # as it is read, facts in words
    typed: str  # as it was typed, facts left out
    cited: bool


@dataclass
class Rendered:
    """What a text became: blocks, its prose, and the ids it mentions, in order."""

    blocks: list[Block] = field(default_factory=list)
    prose: list[Prose] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


#: Given a scheme, an id and the words typed (None for a bare link): the HTML and the plain words.
#: Raises KeyError when there is no such thing.
Resolve = Callable[[str, str, str | None], tuple[str, str]]

#: Called with the line and the words of a fault.
Complain = Callable[[int, str], None]


def render(text: str, first_line: int, resolve: Resolve, complain: Complain) -> Rendered:
    """The blocks of a Markdown text. Unknown ids and things not allowed are complained about."""
    work = _Work(Rendered(), resolve, complain, first_line)
    work.blocks(_parser.parse(text))
    return work.out


def inline(text: str, line: int, resolve: Resolve, complain: Complain) -> str:
    """The HTML of one line of Markdown, without a paragraph around it."""
    rendered = render(text, line, resolve, complain)
    pieces = [b.html for b in rendered.blocks if isinstance(b, Html)]
    return " ".join(piece.removeprefix("<p>").removesuffix("</p>") for piece in pieces)


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
                if not lists:
                    self._flush(pieces)
            elif name == "list_item":
                pieces.append("<li>" if side == "open" else "</li>")
            elif name == "paragraph":
                if not lists and side == "open":
                    pieces.append("<p>")
                elif not lists and pieces:  # no piece is left where a fact stood alone
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
            else:
                self.complain(line, f"This is not allowed here: {token.type.replace('_', ' ')}.")
                return
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
            self.complain(line, f"There is no fact `{fact}`.")
            return
        pieces.clear()
        self.out.facts.append(fact)
        self.out.blocks.append(FactFigure(fact))
        self.out.prose.append(Prose(line, "paragraph", words, "", cited=True))

    def _inline(self, children: Iterable[Token], line: int) -> tuple[Prose, str]:
        words: list[str] = []
        typed: list[str] = []
        markup: list[str] = []
        cited = False
        link: tuple[str, str, bool] | None = None
        inside: list[str] = []
        for token in children:
            if token.type == "text":
                if _RAW_HTML.search(token.content):
                    self.complain(line, "No HTML here. Use **bold**, lists and links.")
                if link:
                    inside.append(token.content)
                else:
                    words.append(token.content)
                    typed.append(token.content)
                    markup.append(html.escape(token.content, quote=False))
            elif token.type in ("softbreak", "hardbreak") and link:
                inside.append(" ")
            elif token.type in ("strong_open", "strong_close") and link:
                if token.type == "strong_open":
                    self.complain(line, "No bold inside a link. Put the stars around it.")
            elif token.type in ("softbreak", "hardbreak"):
                words.append(" ")
                typed.append(" ")
                markup.append("\n")
            elif token.type in ("strong_open", "strong_close"):
                markup.append("<strong>" if token.type == "strong_open" else "</strong>")
            elif token.type == "link_open":
                href = str(token.attrs.get("href", ""))
                found = _SCHEME.match(href)
                if found is None:
                    self.complain(line, f"`{href}` is no link this guide knows.")
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
                try:
                    piece, spoken = self.resolve(scheme, target, label)
                except KeyError:
                    self.complain(line, f"There is no {scheme} `{target}`.")
                    continue
                self._note(scheme, target)
                cited = cited or scheme in ("source", "fact")
                if scheme == "source":
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
        prose = Prose(line, "paragraph", "".join(words).strip(), "".join(typed), cited)
        return prose, "".join(markup)

    def _note(self, scheme: str, target: str) -> None:
        if scheme == "source":
            self.out.sources.append(target)
        elif scheme == "fact":
            self.out.facts.append(target)
            self.mentioned.append(target)
        self.out.links.append((scheme, target))


def _strip_space(pieces: list[str]) -> None:
    if pieces:
        pieces[-1] = pieces[-1].rstrip()
