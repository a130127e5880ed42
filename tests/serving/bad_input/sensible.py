"""What an answer to bad input has to be, and codes and forms made up to send."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from treatment_guide.engine.code import ALPHABET, check_character
from treatment_guide.library.content_check import current_library

QUESTIONS = current_library().guide.questions
FORM = "application/x-www-form-urlencoded"
SENSIBLE = {200, 204, 301, 302, 303, 307, 400, 404, 405, 413, 422}

many = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def codes(draw):
    """A code with the right check character, whatever it says."""
    body = draw(st.text(alphabet=ALPHABET, max_size=45)).rstrip("0")
    return (body + check_character(body)).encode()


def assert_sensible(answer, method):
    """No fault; a page with one heading wherever there is something to read."""
    has_page = answer.body and "text/html" in answer.headers.get("Content-Type", "")
    assert answer.status in SENSIBLE
    assert answer.status in (204, 301, 302, 303, 307) or method == "HEAD" or answer.body
    assert not has_page or answer.body.count(b"<h1") == 1
    assert answer.status < 400 or has_page or method == "HEAD"
    assert "Set-Cookie" not in answer.headers


def encoded(pairs):
    """Form fields as a browser, or something worse, would send them."""
    from urllib.parse import quote_plus

    return "&".join(
        f"{quote_plus(k, errors='replace')}={quote_plus(v, errors='replace')}" for k, v in pairs
    ).encode()
