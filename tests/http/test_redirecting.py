"""Redirects lead to addresses of this site, and to no other."""

import pytest
from django.core.exceptions import DisallowedRedirect
from hypothesis import given
from hypothesis import strategies as st

from treatment_guide.http.redirecting import LONGEST_ADDRESS, Redirect


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "", "options/", "\\\\evil.example", "/" * 9],
)
def test_another_address_is_refused(address):
    """Two slashes name a host, and so does a scheme."""
    with pytest.raises(DisallowedRedirect):
        Redirect(address)


@given(st.text(max_size=99))
def test_whatever_follows_the_slash_the_browser_stays(text):
    """No sign is left that a browser reads as a slash or as the end of a header."""
    try:
        where = Redirect(f"/{text}")["Location"]
    except DisallowedRedirect:
        assert text.startswith("/")
        return

    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert where.isascii()
    assert where.isprintable()


def test_an_address_that_is_too_long_is_refused():
    """As Django does."""
    with pytest.raises(DisallowedRedirect):
        Redirect("/" + "x" * LONGEST_ADDRESS)
