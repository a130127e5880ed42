"""Big enough to read and to hit: letters of 17 px, targets of 44 px, on one page of each kind.

WCAG 2.2, 2.5.5 (AAA): 44 by 44 CSS pixels, but for links inside a sentence. Letters under 17 px are
hard for many readers over 60; only the small numbers that lead to a source may be smaller.
"""

import pytest

from tools.pages import kinds

KINDS = kinds()

#: Words that are shown, smaller than 17 px, and not the mark of a source.
SMALL_WORDS = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || parent.closest("sup, .visually-hidden, script, style, svg")) continue;
        if (!parent.checkVisibility() || parent.getBoundingClientRect().width < 2) continue;
        const size = parseFloat(getComputedStyle(parent).fontSize);
        if (size < 17) found.push(size + " px: " + walker.currentNode.data.trim().slice(0, 40));
    }
    return found;
}"""

#: What is tapped and lower than 44 px: a control stands for its label, a link in a sentence is let be.
SMALL_TARGETS = """() => {
    const found = [];
    const tall = (e) => e.getBoundingClientRect().height;
    for (const e of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
        if (!e.checkVisibility() || e.type === "hidden" || e.closest(".visually-hidden, .skip-link")) continue;
        const label = e.labels && e.labels[0];
        const height = label && /radio|checkbox/.test(e.type) ? Math.max(tall(e), tall(label)) : tall(e);
        const inSentence = e.localName === "a" && getComputedStyle(e).display === "inline";
        if (!inSentence && height < 43.5) found.push(Math.round(height) + " px: " + e.outerHTML.slice(0, 90));
    }
    return found;
}"""


def test_small_words_and_small_targets_are_found(look) -> None:
    """These checks can fail: a small word and a small button are found."""
    page = look("/go/")
    page.evaluate(
        """() => {
            const main = document.querySelector("main .page-width");
            main.insertAdjacentHTML("beforeend", "<p>tiny</p><button>x</button>");
            main.lastElementChild.style.cssText = "all:unset;display:block;height:20px";
            main.lastElementChild.previousElementSibling.style.fontSize = "12px";
        }"""
    )

    assert any("tiny" in each for each in page.evaluate(SMALL_WORDS))
    assert any("<button" in each for each in page.evaluate(SMALL_TARGETS))


@pytest.mark.parametrize("address", KINDS.values(), ids=KINDS)
def test_no_word_and_no_target_is_small(look_at_any, address: str) -> None:
    """Nothing that has to be read is under 17 px; what is tapped is 44 px high, but for links inside
    a sentence.
    """
    page = look_at_any(address)

    assert (page.evaluate(SMALL_WORDS), page.evaluate(SMALL_TARGETS)) == ([], [])
