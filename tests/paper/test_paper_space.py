"""What a sheet must have is placed first, and the rest fills the room that a page has."""

from treatment_guide.paper.paper_space import LARGE, TABLE, USUAL, Space, largest


def test_the_largest_print_that_fits_is_taken():
    """Print shrinks only for a page that needs it, and never below the smallest."""
    roomy, close, tight = USUAL

    assert largest(USUAL, lambda room: 10)[0] is roomy
    assert largest(USUAL, lambda room: roomy.height + 1)[0] is close
    assert largest(USUAL, lambda room: 900)[0] is tight


def test_room_that_is_left_is_taken_once():
    """What does not fit takes nothing; a page that is too full has nothing left."""
    space = Space(20)

    assert (space.take(15), space.take(15), space.left) == (True, False, 5)
    assert Space(20).take_each([8, 8, 8, 1]) == 2
    assert Space(20).lines(7, 9) == 2
    assert largest(USUAL, lambda room: 900)[1].left == 0


def test_smaller_print_has_room_for_more():
    """Of each sheet the sizes of print stand from the largest to the smallest."""
    text = "word " * 200
    for rooms in (USUAL, LARGE, TABLE):
        share = [room.told(text) / room.height for room in rooms]

        assert share == sorted(share, reverse=True)


def test_a_table_has_short_answers_in_pairs_and_long_ones_across():
    """Two short answers take one row, and the longer of them gives its height."""
    room = USUAL[0]
    short = {"name": "Place", "said": "Knee", "wide": False}
    long = {"name": "Cause", "said": "word " * 9, "wide": False}

    assert room.table([short, short]) == room.table([short])
    assert room.table([short, long]) == room.table([long])
    assert room.table([{**long, "wide": True}]) < room.table([long])
