"""Mistakes of an editor on pages of words: headings, links, lists, style. See `planting.py`."""

from tests.library.mistakes.planting import (
    FACT_WORDS,
    FACTS,
    WORDS,
    Mistake,
    one,
    opening,
    recode,
    swap,
)

SHOCKWAVE = "guide/facts/shockwave.yaml"

#: A point that names no rule.
POINT = "- People who had it there before"


def fewer_questions(text: bytes) -> bytes:
    """The page with one question to ask."""
    before, _, after = text.partition(b"## questions\n")
    return (
        before
        + b"## questions\n- Is it for me?\n\n## guidelines"
        + after.partition(b"## guidelines")[2]
    )


def without_difference(text: bytes) -> bytes:
    """The words of facts without the first gap."""
    rows = text.split(b"\n")
    del rows[next(i for i, row in enumerate(rows) if row.startswith(b"- difference: "))]
    return b"\n".join(rows)


def without_glance(text: bytes) -> bytes:
    """The page without its fact table."""
    before, _, after = text.partition(b"## glance\n")
    return before + b"## " + after.partition(b"\n## ")[2]


MISTAKES_ON_PAGES = [
    one(
        "a heading left out",
        swap(WORDS, "## harms\n", ""),
        WORDS,
        "## gains",
        "It stands behind `## gains`",
    ),
    one(
        "a heading renamed",
        swap(WORDS, "## harms\n", "## harm\n"),
        WORDS,
        "## harm",
        "Is `## harms` meant?",
    ),
    one(
        "a heading of another level",
        swap(WORDS, "## harms\n", "### harms\n"),
        WORDS,
        "### harms",
        "`## harms`",
    ),
    Mistake(
        "a heading doubled",
        swap(WORDS, "## harms\n", "## gains\n"),
        ((WORDS, 64, "This heading stands twice"), (WORDS, 64, "`## harms` is missing")),
    ),
    one(
        "a colon left out at the top",
        swap(WORDS, "title: Plat", "title Plat"),
        WORDS,
        "title Plat",
        "`key: value`",
    ),
    one(
        "a key misspelled at the top",
        swap(WORDS, "title: Plat", "tilte: Plat"),
        WORDS,
        "tilte: Plat",
        "Is `title` meant?",
    ),
    one(
        "a reviewer typed by hand",
        swap(WORDS, "check-by: 2027-07-22\n", "check-by: 2027-07-22\nreviewed-by: Bob\n"),
        WORDS,
        "reviewed-by: Bob",
        "`manage.py sign`",
    ),
    one(
        "a review typed into a page",
        swap(WORDS, "## what-it-is\n", "## what-it-is\nThis page was reviewed by Dr Bob.\n\n"),
        WORDS,
        "This page was reviewed",
        "is not ours to say",
    ),
    one(
        "the top not closed",
        swap(WORDS, "check-by: 2027-07-22\n---", "check-by: 2027-07-22"),
        WORDS,
        1,
        "are not closed",
        True,
    ),
    one(
        "an open number before one against a fake treatment",
        swap(WORDS, "## gains\n", "## gains\n<fact:prp-knee-against-steroid>\n\n"),
        WORDS,
        "<fact:prp-knee-pain-12-months>",
        "Put it before `prp-knee-against-steroid`",
    ),
    one(
        "no comparator",
        swap(FACTS, "  comparator: placebo\n", ""),
        WORDS,
        "<fact:prp-knee-pain-12-months>",
        "does not say what it was compared with",
    ),
    one(
        "no number that leads",
        swap(FACTS, "  leads: true\n", ""),
        WORDS,
        "## gains",
        "None of these numbers leads",
    ),
    one(
        "a gap without its words",
        recode(FACT_WORDS, without_difference),
        WORDS,
        "<fact:prp-knee-pain-12-months>",
        "write `- difference: …`",
    ),
    one(
        "no fact table",
        recode(WORDS, without_glance),
        WORDS,
        "## in-short",
        "The part `## glance` is missing",
    ),
    one(
        "a leaflet called sure",
        swap(SHOCKWAVE, "-leaflet\n  certainty: low", "-leaflet\n  certainty: moderate"),
        SHOCKWAVE,
        "shockwave-visits:",
        "rests on leaflets alone",
    ),
    one(
        "a link without its brackets",
        swap(WORDS, "[tendon](term:tendon)", "[tendon] (term:tendon)"),
        WORDS,
        "(term:tendon)",
        "`[words](term:tendon)`",
    ),
    one(
        "a link to a page that is not there",
        opening("See <topic:no-such-page>."),
        WORDS,
        "no-such-page",
        "There is no topic `no-such-page`",
    ),
    one(
        "an address typed",
        opening("See https://example.org/prp for more."),
        WORDS,
        "example.org",
        "Make it a source",
    ),
    one(
        "a telephone number typed",
        opening("Call 800-555-0100."),
        WORDS,
        "800-555",
        "A number is typed",
    ),
    one(
        "a table",
        swap(WORDS, "## harms\n", "## harms\n| a | b |\n|---|---|\n| c | d |\n\n"),
        WORDS,
        "| a | b |",
        "No tables here",
    ),
    one("HTML", opening("PRP is <b>an</b> injection."), WORDS, "<b>an", "No HTML here"),
    one("an image", opening("![PRP](prp.png)"), WORDS, "prp.png", "No images here"),
    one(
        "a list inside a list",
        swap(
            WORDS,
            "## may-not-suit\n",
            f"## may-not-suit\n{POINT} <rule:not-asked>\n  - or mild\n",
        ),
        WORDS,
        "- or mild",
        "A list stands inside a list",
    ),
    one(
        "an item without its space",
        swap(WORDS, "## in-short\n", "## in-short\n-Blood is drawn.\n\n"),
        WORDS,
        "-Blood",
        "a hyphen and a space",
    ),
    one(
        "a sentence too long",
        opening("PRP " + "and PRP " * 12 + "is blood."),
        WORDS,
        "and PRP and",
        "20 is the limit",
    ),
    one(
        "a paragraph too hard",
        opening(
            "Autologous haematological concentrates necessitate sophisticated centrifugation methodologies, requiring specialised laboratory equipment.\n\n"
        ),
        WORDS,
        "Autologous",
        "15 is the limit for one",
    ),
    one(
        "words of a device", opening("We recommend PRP."), WORDS, "We recommend", "not ours to say"
    ),
    one(
        "too few questions to ask",
        recode(WORDS, fewer_questions),
        WORDS,
        "## questions",
        "give 5 or more",
    ),
    one(
        "a point without a mark",
        swap(WORDS, "## may-suit\n", f"## may-suit\n{POINT}\n"),
        WORDS,
        POINT,
        "Name the rule that this point states",
    ),
    one(
        "a mark misspelled",
        swap(WORDS, "<rule:prp-blood>", "<rule:prp-blod>"),
        WORDS,
        "<rule:prp-blod>",
        "Is `prp-blood` meant?",
    ),
    one(
        "a rule that holds back and stands in no point",
        swap(WORDS, " <rule:worse-first>", ""),
        WORDS,
        "## may-not-suit",
        "No point states the rule `worse-first`",
    ),
    one(
        "a number typed into a hint",
        swap("en/questions/place.md", "- hint: Groin", "- hint: In 30 people: groin"),
        "en/questions/place.md",
        "## hip",
        "A number is typed",
    ),
    one(
        "a line of a fact written twice",
        swap("en/facts/prp.md", "- who: ", "- who: others\n- who: "),
        "en/facts/prp.md",
        "- who: middle-aged and older adu",
        "`- who:` stands twice",
    ),
    one(
        "a number outside its limits",
        swap("guide/numbers.yaml", "bits: ", "bits: 9"),
        "guide/numbers.yaml",
        "bits: 9",
        "Give 60 or less",
        waits=True,
    ),
]
