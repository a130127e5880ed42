"""Paths within the site, and the base path below which it may stand."""

import pytest
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from treatment_guide.http.addresses import at, to, within
from treatment_guide.http.origin import in_capitals
from treatment_guide.library.content_check import current_library

BASE = "/patients/guide"
PATHS = st.lists(st.from_regex(r"[a-z0-9-]{1,9}", fullmatch=True), max_size=4).map(
    lambda parts: "/" + "".join(f"{part}/" for part in parts)
)


@pytest.fixture
def below(settings):
    """The site stands below a path."""
    settings.BASE_PATH = BASE


@given(PATHS)
def test_at_the_root_of_a_host_nothing_is_added_or_taken_off(path):
    """Most copies stand there."""
    assert at(path) == within(path) == path


def test_a_path_is_added_and_taken_off_again(below):
    """Once: a path that a proxy took the base path off already stays as it is."""
    assert at("/options/") == f"{BASE}/options/"
    assert within(f"{BASE}/options/") == within("/options/") == "/options/"
    assert within(BASE) == within(f"{BASE}/") == "/"
    assert within(f"{BASE}s/") == f"{BASE}s/"


def test_html_stays_html(below):
    """What is safe in a page is safe with a base path before it."""
    assert isinstance(at(mark_safe("/a/")), SafeString)


def test_capitals_spare_the_base_path(below):
    """A web server tells `/Patients` from `/patients`; host names and codes do not differ."""
    whole = in_capitals(current_library(), "/go/abc/")

    assert whole == f"HTTPS://WHATSNEXT.EXAMPLE{BASE}/GO/ABC/"


def test_a_route_is_named(client):
    """By its name in urls.py."""
    assert to("option", "prp") == "/options/prp/"
