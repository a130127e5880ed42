"""What a part of a page is made of: safe HTML, and facts that stand alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Html:
    """A piece of safe HTML, and the facts it mentions."""

    html: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactFigure:
    """A fact that stands alone."""

    fact: str


Block = Html | FactFigure
