"""The list in one line above Continue: the same signs and counts as the list, at every state."""

import re
from collections import Counter

import pytest

from tests.questionnaire.whats_next.shared import TICK
from tests.stories import KNEE, STORY, choices_of
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library
from treatment_guide.questionnaire.asking.list_line import in_two_rows, line_parts

LIBRARY = current_library()
STATES = {"nothing known": {}, "a knee": KNEE, "a whole story": STORY}


@pytest.mark.parametrize("answers", STATES.values(), ids=STATES)
def test_the_line_says_what_the_list_says(answers):
    """Each option's sign in the order of the steps, and how many there are of each group."""
    groups = Reader(LIBRARY.guide, choices_of(answers)).groups
    line = line_parts(LIBRARY).line_html(groups)

    strip = line.partition("<ul")[0]
    order = [option for options in LIBRARY.step_options.values() for option in options]
    counts = Counter(groups.values())
    assert re.findall(r'href="#sign-([a-z-]+)"', strip) == [groups[option] for option in order]
    assert f"{counts['fits']} of {len(groups)} " in line
    assert [int(n) for n in re.findall(r"</svg>(\d+) ", line.partition("<ul")[2])] == [
        counts[group] for group in ("fits", "depends", "later", "less-likely")
    ]


def test_a_tick_brings_the_line_with_the_list(client, code):
    """One reply holds both; the line is swapped out of band, the list first."""
    address = f"/whats-next/cause/{code(KNEE)}/"
    reply = client.post(address, {"cause": "arthritis"}, headers=TICK).content.decode().strip()

    assert reply.startswith('<section id="live"')
    assert '<div id="list-line" class="list-line" data-hx-swap-oob="true">' in reply


def test_the_line_stands_before_continue_without_scripts_too(client, code, html):
    """The page itself shows the state before it, and the shapes of the signs once."""
    text = client.get(f"/whats-next/cause/{code(KNEE)}/").content.decode()

    assert text.index('id="list-line"') < text.index('type="submit"')
    assert [text.count(f'<g id="sign-{group}">') for group in ("fits", "later")] == [1, 1]


def test_danger_signs_have_no_line(client, code):
    """Nothing stands between a danger sign and what to do about it."""
    for question in LIBRARY.guide.danger:
        page = client.get(f"/whats-next/{question.id}/{code({'urgent': 'none', 'place': 'knee'})}/")
        assert b"list-line" not in page.content.replace(b".list-line", b"")


@pytest.mark.parametrize(
    ("sizes", "rows"),
    [((4, 7, 7, 6, 8), (18, 14)), ((3,), (3,)), ((1, 1), (1, 1)), ((9, 1, 1, 1), (9, 3))],
)
def test_two_rows_are_as_even_as_steps_allow(sizes, rows):
    """A step is never split; the longer row is as short as it can be."""
    steps = {str(n): tuple(f"{n}-{i}" for i in range(size)) for n, size in enumerate(sizes)}

    assert tuple(sum(map(len, row)) for row in in_two_rows(steps)) == rows
