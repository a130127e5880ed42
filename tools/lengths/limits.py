"""How long a page of each kind may be, closed, and how many sheets of A4 it may print.

A screen is what a phone of 390 x 844 CSS pixels shows. None: the kind has no limit of its own.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Limit:
    """The limits of a kind of pages: screens of a phone and of a desktop, sheets of paper.

    `first` is a selector: what it finds begins within the first screen of a phone.
    `small` is the share of its letters that may be small print.
    """

    phone: float | None = None
    desktop: float | None = None
    sheets: int | None = None
    first: str | None = None
    small: float = 0.5


#: Where the first action and the first question of an outcome stand.
ACTION, QUESTION = "#do-now li", "#asks li"

#: The kinds in the order of the table.
LIMITS = {
    "home": Limit(5, first="main a.button"),
    "get help now": Limit(6, first='main a[href^="tel:"]'),
    "outcome, the knee": Limit(7.5, 4, 5, first=ACTION),
    "outcome, a story": Limit(8, 4, 5, first=ACTION),
    "outcome, a case": Limit(9, 5, first=ACTION),
    "outcome, any reader": Limit(9, 5, first=ACTION),
    "option": Limit(10, None, 6, first="main .lead"),
    "option, surgery or implant": Limit(12, None, 8, first="main .lead"),
    "compare two": Limit(6),
    "compare three": Limit(8),
    "situation": Limit(8, first="main a.button"),
    "topic": Limit(8, first="main .lead", small=0.55),
    "question": Limit(first="main legend"),
    "step": Limit(8),
    "about": Limit(8),
    "scorecard": Limit(8, small=0.8),
    "clinics": Limit(8),
    "form to print": Limit(),
    "booklet to print": Limit(small=0.65),
    "list": Limit(8, small=0.8),
    "all open": Limit(small=0.55),
    "long by nature": Limit(),
}

#: A translation may take so many times the screens and sheets of the original: its words are longer.
ROOM_OF_A_TRANSLATION = 1.15


def limit_of(kind: str, *, translated: bool = False) -> Limit:
    """The limit of a kind of pages; of a kind without one, a limit of nothing."""
    limit = LIMITS.get(kind, Limit())
    if not translated:
        return limit
    longer = {
        name: most * ROOM_OF_A_TRANSLATION
        for name, most in (("phone", limit.phone), ("desktop", limit.desktop))
        if most is not None
    }
    sheets = limit.sheets and round(limit.sheets * ROOM_OF_A_TRANSLATION)
    return replace(limit, sheets=sheets, **longer)


#: Options that are surgery or an implant: their pages may be longer.
SURGERY_STEP = "surgery"
IMPLANTS = frozenset({"spinal-cord-stimulation"})

#: Pages that hold everything of their kind, to be looked up and never read through.
LONG_BY_NATURE = frozenset(
    {"/sources/", "/glossary/", "/about/rules/", "/about/safety/", "/about/proof/"}
)

#: Continue stands within this many screens of a question, but for those with a body or many signs.
CONTINUE_WITHIN = 1.6
LONG_QUESTIONS = frozenset({"urgent", "urgent-here", "place", "cause"})

#: Letters in CSS pixels: what is read, and small print.
BODY, LEAST = 19, 17

#: The room of an option's gains is between these shares of that of its harms.
LEAST_ROOM, MOST_ROOM = 2 / 3, 3 / 2
