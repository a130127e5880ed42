"""The first plain use of a medical word on a page leads to the word list, once."""

import pytest

from treatment_guide.library.model import Part
from treatment_guide.library.text.blocks import FactFigure, Html
from treatment_guide.library.text.content_files import Entry
from treatment_guide.library.text.term_links import FirstUses

TERMS = {
    "tendon": Entry("tendon", 1, "A cord.", {"name": "tendon", "also": "tendons"}),
    "nerve": Entry("nerve", 1, "A wire.", {"name": "nerve"}),
    "nerve-root": Entry("nerve-root", 1, "Its start.", {"name": "nerve root"}),
    "ct": Entry("ct", 1, "A scan.", {"name": "CT scan", "also": "CT"}),
    "tens": Entry("tens", 1, "A machine.", {"name": "electric pulses (TENS)"}),
}


def linked(*blocks: str) -> list[str]:
    """The blocks of one part after linking."""
    parts, _ = FirstUses(TERMS).link([Part("a", "Tendon", tuple(Html(each) for each in blocks))])
    return [block.html for block in parts[0].blocks if isinstance(block, Html)]


def test_the_first_use_is_linked_and_the_next_is_not() -> None:
    """A term is linked where it stands first, whatever form it has."""
    assert linked("<p>Tendons heal. A tendon is a cord.</p>") == [
        '<p><a href="/glossary/#tendon">Tendons</a> heal. A tendon is a cord.</p>'
    ]


def test_once_on_the_whole_page() -> None:
    """A term linked in one part is not linked in the next."""
    parts, terms = FirstUses(TERMS).link(
        [Part("a", "A", (Html("<p>tendon</p>"),)), Part("b", "B", (Html("<p>tendon</p>"),))]
    )

    assert parts[1].blocks == (Html("<p>tendon</p>"),)
    assert terms == ["tendon"]


def test_the_longest_form_wins() -> None:
    """A nerve root is not a nerve."""
    assert linked("<p>a nerve root, a nerve</p>") == [
        '<p>a <a href="/glossary/#nerve-root">nerve root</a>, a '
        + '<a href="/glossary/#nerve">nerve</a></p>'
    ]


@pytest.mark.parametrize(
    "text",
    ["tendonlike", "a half-tendon", "tendon-like", "an act", "a ct of", "&tendon;"],
)
def test_only_whole_words_as_they_are_written(text: str) -> None:
    """Parts of words are no use of a term, nor is a short form that is not in capitals."""
    assert linked(f"<p>{text}</p>") == [f"<p>{text}</p>"]


def test_what_stands_in_brackets_in_a_name_is_not_needed() -> None:
    """The name without its bracket is a form of it."""
    assert "/glossary/#tens" in linked("<p>Try electric pulses.</p>")[0]


def test_no_link_inside_a_link() -> None:
    """Words of a link stay as they are; the next plain use is the first."""
    made = linked('<p><a href="/options/x/">tendon repair</a> of a tendon</p>')

    assert made == [
        '<p><a href="/options/x/">tendon repair</a> of a <a href="/glossary/#tendon">tendon</a></p>'
    ]


def test_a_link_by_hand_is_the_first_use() -> None:
    """A term that the author linked first is not linked again."""
    by_hand = '<p><a href="/glossary/#tendon">sinew</a> or tendon</p>'

    assert linked(by_hand) == [by_hand]


def test_a_link_by_hand_to_a_linked_term_becomes_plain() -> None:
    """Once on a page holds for links by hand too."""
    assert linked("<p>A tendon.</p>", '<p>This <a href="/glossary/#tendon">tendon</a>.</p>') == [
        '<p>A <a href="/glossary/#tendon">tendon</a>.</p>',
        "<p>This tendon.</p>",
    ]


def test_bold_words_and_lists_are_linked() -> None:
    """A term in bold in a list is linked inside the bold."""
    assert linked("<ul><li><strong>Tendon.</strong> CT</li></ul>") == [
        '<ul><li><strong><a href="/glossary/#tendon">Tendon</a>.</strong> '
        + '<a href="/glossary/#ct">CT</a></li></ul>'
    ]


def test_headings_and_figures_stay_as_they_are() -> None:
    """Neither the title of a part nor a figure is touched."""
    parts, terms = FirstUses(TERMS).link([Part("a", "Tendon", (FactFigure("tendon"),))])

    assert parts == (Part("a", "Tendon", (FactFigure("tendon"),)),)
    assert terms == []


def test_no_terms_no_links() -> None:
    """An empty word list changes nothing."""
    parts, _ = FirstUses({}).link([Part("a", "A", (Html("<p>tendon</p>"),))])

    assert parts[0].blocks == (Html("<p>tendon</p>"),)
