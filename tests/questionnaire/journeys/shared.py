"""How journeys say where an option stands, and why."""

Stands = dict[str, tuple[str, set[str]]]


def fits(*reasons: str) -> tuple[str, set[str]]:
    """Worth asking about now, and these words are there."""
    return "fits", set(reasons)


def depends(*reasons: str) -> tuple[str, set[str]]:
    """Depends on something not known yet, and these words are there."""
    return "depends", set(reasons)


def later(*reasons: str) -> tuple[str, set[str]]:
    """Usually after something else, and these words say what."""
    return "later", set(reasons)


def not_usual(*reasons: str) -> tuple[str, set[str]]:
    """Not usually used here, and these words say why."""
    return "less-likely", set(reasons)
