"""Which words name which place, and whether a fact says the place it is about."""

import pytest

from treatment_guide.library.in_words.places import comma_separated
from treatment_guide.library.loading.places import PlaceCheck

NAMES = PlaceCheck(
    {
        "hip": comma_separated("hip, hips"),
        "outer-hip": comma_separated("outer hip"),
        "back": comma_separated("low back, sciatica"),
        "buttock": comma_separated("buttock, sciatica"),
        "several": (),
    }
)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("adults with hip pain", {"hip"}),
        ("Hips hurt", {"hip"}),
        ("adults with outer\nhip pain", {"outer-hip"}),
        ("outer hip pain, or hip pain", {"outer-hip", "hip"}),
        ("adults with sciatica", {"back", "buttock"}),
        ("people who came back", set()),
        ("a hip-hop dancer of a hippie", set()),
        ("several people", set()),
        ("", set()),
    ],
)
def test_a_place_is_known_by_its_whole_words(text: str, places: set[str]) -> None:
    """Names count as whole words, in any case; of two that overlap the longer one counts."""
    assert NAMES.about(text) == places


@pytest.mark.parametrize(
    ("places", "text"),
    [
        ([], "adults"),
        (["hip"], "adults with hip pain"),
        (["back", "buttock"], "adults with sciatica"),
        (["back"], "adults with sciatica"),
        (["hip", "back"], "adults with hip or low back pain"),
        (["any"], "adults with hip pain"),
    ],
)
def test_places_that_the_words_name_are_right(places: list[str], text: str) -> None:
    """A fact says where it was seen, in its fields and in its words; or that it holds for all."""
    assert NAMES.faults(places, text) == []


@pytest.mark.parametrize(
    ("places", "text", "says"),
    [
        ([], "adults with hip pain", "hip"),
        (["back"], "adults with hip or low back pain", "hip"),
        (["hip"], "adults with outer hip pain", "outer hip"),
        (["hip"], "adults", "do not name `hip`"),
        (["hip", "back"], "adults with hip pain", "do not name `back`"),
        (["jaw"], "adults with hip pain", "jaw"),
        (["several"], "several people", "several"),
        (["hip", "hip"], "adults with hip pain", "twice"),
        (["any"], "adults", "leave `any` out"),
        (["any", "hip"], "adults with hip pain", "stands alone"),
    ],
)
def test_places_and_words_have_to_agree(places: list[str], text: str, says: str) -> None:
    """A place that the words name and the fields do not is a fault, and the other way round."""
    assert says in " ".join(NAMES.faults(places, text))
