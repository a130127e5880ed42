"""The stop words of a search: they do not help to find a page."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The words of a list with spaces between."""
    return frozenset(text.split())


STOP = words_of(
    """
    a about after again all also am an and any are as at be because been but by can could did do
    does for from get had has have help helped helping her him his how i if in into is it its me my
    no not of on or our out s should so still t than that the their them then there they this to too
    up us very was we were what when where which who why will with would you your next now need want
    """
)
