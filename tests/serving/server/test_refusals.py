"""What is refused before Django hears of it is still a kind page with strict headers."""

import dataclasses

import pytest

from treatment_guide.library.content_check import current_library
from treatment_guide.serving.deploy_checks import NEEDED
from treatment_guide.serving.server.refusals import refusals

STATUS = {
    "too_large": 413,
    "too_slow": 408,
    "too_busy": 503,
    "unreadable": 400,
    "needs_length": 411,
    "fault": 500,
}


@pytest.fixture(scope="module")
def made():
    """Every refusal by its name."""
    found = refusals(current_library())
    return {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}


@pytest.mark.parametrize("name", STATUS)
def test_a_refusal_says_what_to_do(made, name):
    """The right status, a heading and the way on; kept nowhere, with every security header."""
    answer = made[name]
    headers = dict(answer.headers)

    assert answer.status == STATUS[name]
    assert b"<h1" in answer.body and b'href="/"' in answer.body
    assert headers["Cache-Control"] == "no-store"
    assert all(headers.get(needed) for needed in NEEDED)
    assert headers["Content-Length"] == str(len(answer.body))


def test_nobody_is_asked_how_a_refusal_helped(made):
    """The form for feedback is about a page, and this is none."""
    assert set(made) == set(STATUS)
    assert not any(b'action="/feedback/"' in answer.body for answer in made.values())
