"""Questions fill the room a page has, and never more."""

from treatment_guide.paper.paper_space import OWN, USUAL, asked
from treatment_guide.questionnaire.questions_to_ask import Ask

FEW = [Ask(f"A question? {n}", "known") for n in range(3)]
MANY = [Ask(f"A question? {n}", "unsure") for n in range(30)]


def test_few_questions_each_have_a_line_to_write_on():
    """And there is room for one's own."""
    found = asked(FEW, USUAL, 120)

    assert (found.asks, found.left_out, found.open_lines) == (FEW, 0, True)
    assert 1 <= len(found.own) <= OWN


def test_many_questions_stand_close_and_the_rest_is_counted():
    """The reader learns how many stand elsewhere."""
    found = asked(MANY, USUAL, 60)

    assert not found.open_lines
    assert found.left_out == len(MANY) - len(found.asks) > 0
    assert USUAL.asks(found.asks) + 2 * USUAL.writing <= 60
    assert not found.tight


def test_a_page_without_room_keeps_the_least_and_prints_smaller():
    """Two questions stay in any case, where the page is for the reader."""
    assert len(asked(MANY, USUAL, 0).asks) == 2
    assert asked(MANY, USUAL, 0).tight
    assert asked(MANY, USUAL, 0, least=0).asks == []
