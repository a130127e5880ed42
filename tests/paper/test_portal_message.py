"""The text for a portal message is wrapped as the standard library wraps it."""

import textwrap

from hypothesis import given
from hypothesis import strategies as st

from treatment_guide.paper.portal_message import COLUMNS, wrapped

#: Short words, and some that are longer than a line.
WORDS = st.text("ab-:;.", min_size=1, max_size=12) | st.text("ab", min_size=60, max_size=90)


@given(words=st.lists(WORDS, max_size=40), item=st.booleans(), space=st.sampled_from([" ", "  "]))
def test_a_line_is_wrapped_as_the_standard_library_does(words, item, space):
    """Lists and paragraphs, words longer than a line, more than one space."""
    line = ("- " if item else "") + space.join(words)

    assert wrapped(line) == textwrap.fill(
        line,
        COLUMNS,
        subsequent_indent="  " if line.startswith("- ") else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
