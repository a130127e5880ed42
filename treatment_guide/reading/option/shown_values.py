"""How an option sits with what may matter to a reader, as pages show it."""

from dataclasses import dataclass

from treatment_guide.library.model import Library, Page, ValueStatement

#: The question whose choices are the things that may matter.
MATTERS = "matters"


@dataclass(frozen=True)
class ShownValue:
    """A value statement with the label of its thing, and the numbers of its sources on the page of
    the option.
    """

    label: str
    speaks: str
    html: str
    marks: tuple[int, ...]


def shown_values(library: Library, page: Page) -> list[ShownValue]:
    """Those of an option, in the order of the things."""
    words = library.questions[MATTERS].choices
    return [
        ShownValue(
            words[thing].label,
            said[page.id].speaks,
            said[page.id].html,
            marks(library, page, said[page.id]),
        )
        for thing, said in library.value_statements.items()
        if page.id in said
    ]


def marks(library: Library, page: Page, value: ValueStatement) -> tuple[int, ...]:
    """The numbers, on the page of the option, of the sources that a statement rests on."""
    facts = (source for fact in value.facts for source in library.facts[fact].sources)
    cited = {*value.sources, *facts} & {*page.sources}
    return tuple(sorted(page.sources.index(source) + 1 for source in cited))
