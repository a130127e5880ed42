"""Kind pages for faults: each has its status, words of its own, and is kept nowhere."""

import pytest

from treatment_guide.http import errors
from treatment_guide.http.library import with_library
from treatment_guide.library.content_check import current_library

PAGES = {
    "error-400": (errors.bad_request, 400),
    "error-404": (errors.not_found, 404),
    "error-408": (errors.too_slow, 408),
    "error-413": (errors.too_large, 413),
    "error-500": (errors.server_error, 500),
    "error-503": (errors.too_busy, 503),
}


@pytest.mark.parametrize("words", PAGES)
def test_a_fault_has_a_page_of_its_own(rf, words):
    """What happened, in its own words, with a status that says the same; nothing is kept."""
    page, status = PAGES[words]

    answer = page(with_library(rf.get("/"), current_library()))

    assert answer.status_code == status
    assert current_library().ui[f"{words}-title"] in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_busy_site_says_when_to_come_back(rf):
    """RFC 9110, 10.2.3: programs wait as long as the page asks of people."""
    request = with_library(rf.get("/"), current_library())

    assert errors.too_busy(request)["Retry-After"] == "60"
