"""Markdown becomes safe HTML made from a short list of elements, and nothing else."""

from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.english import STYLE
from treatment_guide.library.loading.prose.linker import Linker
from treatment_guide.library.model import Fact, Phone, Region, Site, Source
from treatment_guide.library.schema.flow import FlowShape
from treatment_guide.library.text.blocks import FactFigure, Html
from treatment_guide.library.text.content_files import Entry
from treatment_guide.library.text.markdown import Rendered, render

thorough = settings(max_examples=200, deadline=None)

#: Every element that can come out, with the attributes it may have.
ALLOWED = {
    "p": set(),
    "ul": set(),
    "ol": set(),
    "li": set(),
    "strong": set(),
    "sup": set(),
    "span": {"class"},
    "a": {"href"},
}
SOURCES = ("source-a", "source-b", "source-c")


def a_fact(name: str, *sources: str) -> Fact:
    day = date(2026, 11, 22)
    sentence = "3 of 100 people <b>walk</b> & rest."
    return Fact(
        name, "of-100", 3, None, "", None, sources, "low", day, day, sentence, "", "", "", "", ""
    )


LINKER = Linker(
    flow=FlowShape.model_construct(),
    sources={
        name: Source(name, "trial", name, "https://trial.example", "primary", date(2026, 11, 22))
        for name in SOURCES
    },
    facts={"a-fact": a_fact("a-fact", "source-b"), "two": a_fact("two", "source-c", "source-a")},
    terms={"knee": Entry("knee", 1, "A joint.", {"name": "knee <joint>"})},
    site=Site("https://guide.example", "1", Region("en", {"emergency": Phone("9-1-1", "911")}, {})),
    ui={"page-home": "Home", "source-number": "Source"},
    titles={("option", "walks"): "Walks & <rests>"},
)


class Elements(HTMLParser):
    """Reads HTML strictly: every element that opens closes again, in order."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.strange: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.strange.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def rendered(text: str) -> tuple[Rendered, list[tuple[int, str]]]:
    complaints: list[tuple[int, str]] = []
    resolve = LINKER.numbered([])
    made = render(text, 1, resolve, lambda line, said: complaints.append((line, said)), STYLE.ways)
    complaints += [(line, f"no {scheme} {target}") for line, scheme, target in made.lacking]
    return made, complaints


def html_of(text: str) -> str:
    made, _ = rendered(text)
    return "".join(block.html for block in made.blocks if isinstance(block, Html))


#: Text with the signs that matter to Markdown and HTML far more often than by chance.
PIECES = st.sampled_from(
    [
        *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>", "</p>", "<!--"),
        *("-->", "<a href='javascript:alert(1)'>", "[x](javascript:alert(1))", "<![CDATA["),
        *("<javascript:alert(1)>", "[x](data:text/html,<script>)", "![x](https://x.example/y)"),
        *("<fact:a-fact>", "<fact:none>", "<source:source-a>", "<option:walks>", "<page:home>"),
        *("[<b>](option:walks)", '["x" onclick="y"](option:walks)', "call <phone:emergency>"),
        *("<term:knee>", "[**x**](option:walks)", "&lt;script&gt;", "&#60;script&#62;", "&quot;"),
        *("\n", "\n\n", "\n- ", "\n1. ", "\n    ", "\n> ", "\n## ", "\n---\n", "\n```\n", "`"),
        *("**", "*", "_", "[", "]", "(", ")", "<", ">", '"', "'", "&", "\\", "\0", "{% x %}"),
        *("words", " "),
    ]
)
MARKDOWN = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))


@thorough
@given(text=MARKDOWN)
def test_only_the_allowed_elements_come_out(text: str) -> None:
    """Whatever is written, the result holds only the elements and attributes of the short list."""
    seen = Elements(html_of(text)).seen

    assert [(tag, attrs) for tag, attrs in seen if not set(attrs) <= ALLOWED.get(tag, {"?"})] == []
    assert {tag for tag, _ in seen} <= set(ALLOWED)


@thorough
@given(text=MARKDOWN)
def test_no_address_of_a_script_comes_out(text: str) -> None:
    """Every link leads into the guide, to a source of the page or to a telephone."""
    links = [attrs.get("href") or "" for _, attrs in Elements(html_of(text)).seen if attrs]

    assert [href for href in links if href and not href.startswith(("/", "#s", "tel:"))] == []


@thorough
@given(text=MARKDOWN)
def test_every_element_that_opens_closes_again(text: str) -> None:
    """Each block of the result is well formed by itself: none ends what another began."""
    made, _ = rendered(text)
    read = [Elements(block.html) for block in made.blocks if isinstance(block, Html)]

    assert [(elements.strange, elements.open) for elements in read] == [([], [])] * len(read)


@thorough
@given(text=MARKDOWN)
def test_one_line_of_markdown_is_as_safe(text: str) -> None:
    """A card or a label, rendered without a paragraph around it, holds only allowed elements."""
    markup = render(text, 1, LINKER.plain(), lambda line, said: None).inline

    assert {tag for tag, _ in Elements(markup).seen} <= set(ALLOWED)


@pytest.mark.parametrize(
    "markup",
    [
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<div>\nwords\n</div>",
        "<img src=x onerror=alert(1)>",
        "<!-- a note -->",
    ],
    ids=["inline", "script", "block", "image", "comment"],
)
def test_raw_html_becomes_text_and_is_told(markup: str) -> None:
    """HTML in a content file is shown as it was typed, never run, and its author is told."""
    made, complaints = rendered(f"Words before\n\n{markup}\n")
    elements = Elements("".join(b.html for b in made.blocks if isinstance(b, Html)))

    assert {tag for tag, _ in elements.seen} == {"p"}
    assert markup.split()[0] in elements.text
    assert complaints


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two **bold** words", "<p>Two <strong>bold</strong> words</p>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n2. two", "<ol><li>one</li><li>two</li></ol>"),
        ("<option:walks>", '<p><a href="/options/walks/">Walks &amp; &lt;rests&gt;</a></p>'),
        ("[a walk](option:walks)", '<p><a href="/options/walks/">a walk</a></p>'),
        ("[it](term:knee)", '<p><a href="/glossary/#knee">it</a></p>'),
        ("<page:home>", '<p><a href="/">Home</a></p>'),
        ("Call <phone:emergency>.", '<p>Call <a href="tel:911">9-1-1</a>.</p>'),
        ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"),
    ],
    ids=["bold", "list", "steps", "link", "words", "term", "page", "phone", "signs"],
)
def test_what_markdown_may_hold(text: str, expected: str) -> None:
    """Paragraphs, lists, bold and links to the guide's own things are all there is."""
    assert html_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "*italics*",
        "`code`",
        "# Title",
        "### Small title",
        "> quote",
        "---",
        "    code",
        "```\nx\n```",
    ]
    + ["![a knee](knee.png)", "[a shop](https://shop.example)", "<https://shop.example>"]
    + ["<option:none>", "<fact:none>", "<source:none>", "<nothing:none>"],
)
def test_what_markdown_may_not_hold_is_told(text: str) -> None:
    """Anything else is told with its line, so that nothing gets lost in silence."""
    _, complaints = rendered(f"Words.\n\n{text}\n")

    assert {line for line, _ in complaints} == {3}


# --- links -------------------------------------------------------------------


def test_the_words_of_a_link_may_run_over_two_lines() -> None:
    """A line break inside the words of a link is a space, as it is outside of links."""
    elements = Elements(html_of("Ask about [a short\nwalk](option:walks)."))

    assert elements.text.split() == "Ask about a short walk .".replace(" .", ".").split()


def test_bold_inside_a_link_is_kept_or_told() -> None:
    """Stars inside the words of a link either make them bold or are told; they do not vanish."""
    made, complaints = rendered("Ask about [**walks**](option:walks).")
    markup = "".join(block.html for block in made.blocks if isinstance(block, Html))

    assert complaints or "<strong>walks</strong>" in markup


# --- facts -------------------------------------------------------------------


def test_a_fact_alone_in_a_paragraph_becomes_a_figure() -> None:
    """A fact that stands alone is a block of its own, and leaves nothing else behind."""
    made, _ = rendered("Before.\n\n<fact:a-fact>\n\nAfter.")

    assert made.blocks == [Html("<p>Before.</p>"), FactFigure("a-fact"), Html("<p>After.</p>")]


@pytest.mark.parametrize(
    "text",
    ["So <fact:a-fact>", "<fact:a-fact> And so.", "<fact:a-fact> <fact:two>", "- <fact:a-fact>"],
    ids=["words before", "words after", "two facts", "in a list"],
)
def test_a_fact_among_words_stays_a_sentence(text: str) -> None:
    """A fact beside other words, or in a list, is read as a sentence in its place."""
    made, _ = rendered(text)

    assert [type(block) for block in made.blocks] == [Html]
    assert "3 of 100 people" in Elements(html_of(text)).text


def test_the_sentence_of_a_fact_is_escaped() -> None:
    """The words of a fact are text too: markup in them is shown, not run."""
    assert "&lt;b&gt;walk&lt;/b&gt; &amp; rest" in html_of("So: <fact:a-fact>")


def test_the_numbers_of_a_fact_do_not_count_as_typed() -> None:
    """The lint of typed numbers sees the words an author typed, not those of the fact."""
    made, _ = rendered("So it is. <fact:a-fact>")

    assert [(prose.typed.strip(), prose.cited) for prose in made.prose] == [("So it is.", True)]
    assert "3 of 100" in made.prose[0].text


# --- citations ---------------------------------------------------------------


@thorough
@given(cited=st.lists(st.sampled_from(SOURCES), min_size=1, max_size=12))
def test_sources_are_numbered_in_the_order_of_their_first_use(cited: list[str]) -> None:
    """The first source cited is 1, the next new one 2, and a source keeps its number."""
    order: list[str] = []
    text = "\n\n".join(f"Words. <source:{source}>" for source in cited)

    made = render(text, 1, LINKER.numbered(order), lambda line, said: None)

    first_use = list(dict.fromkeys(cited))
    hrefs = [
        attrs["href"]
        for block in made.blocks
        if isinstance(block, Html)
        for tag, attrs in Elements(block.html).seen
        if tag == "a"
    ]
    assert order == first_use
    assert hrefs == [f"#s{first_use.index(source) + 1}" for source in cited]


def test_a_fact_cites_its_sources_where_it_stands() -> None:
    """The sources of a fact are numbered with the others, in the place of the fact."""
    order: list[str] = []

    render("A. <source:source-b>\n\n<fact:two>", 1, LINKER.numbered(order), lambda line, said: None)

    assert order == ["source-b", "source-c", "source-a"]


def test_a_citation_clings_to_the_word_before_it() -> None:
    """No space stands between a sentence and the small number of its source."""
    assert html_of("Walks help. <source:source-a>").startswith("<p>Walks help.<sup>")
