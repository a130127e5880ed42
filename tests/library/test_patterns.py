"""Phrases found by their stems in any order, near each other, in texts of any length."""

from hypothesis import given, settings
from hypothesis import strategies as st

from treatment_guide.library.search.patterns import Pattern, Patterns

WITHIN = 4
STEMS = "abcdef"

sets = st.lists(
    st.lists(st.sampled_from(STEMS), min_size=2, max_size=3, unique=True).map(tuple),
    min_size=1,
    max_size=5,
    unique=True,
)
texts = st.lists(st.sampled_from(f"{STEMS}xy"), max_size=30)


def near(stems: tuple[str, ...], text: list[str]) -> bool:
    """All stems stand in some stretch of `WITHIN`: tried one by one."""
    return any(set(stems) <= set(text[at : at + WITHIN]) for at in range(len(text)))


@given(sets, texts)
@settings(max_examples=300, deadline=None)
def test_a_set_is_found_where_all_its_stems_stand_near_each_other(phrases, text) -> None:
    """Looking around the rarest stem finds what looking everywhere finds, each once."""
    patterns = Patterns(((Pattern(each, in_order=False), each) for each in phrases), WITHIN)

    found = [each for _, each in patterns.found_in(text)]

    assert sorted(found) == sorted(each for each in phrases if near(each, text))


def test_two_phrases_of_the_same_stems_are_both_found() -> None:
    """One may mean one danger and one another."""
    row = Pattern(("a", "b"), in_order=False)
    patterns = Patterns([(row, "one"), (row, "other")], WITHIN)

    assert [each for _, each in patterns.found_in(["b", "x", "a"])] == ["one", "other"]
