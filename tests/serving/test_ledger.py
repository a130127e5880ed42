"""Every address ever published goes on answering."""

from pathlib import Path

import pytest
from django.test import Client

from treatment_guide.library.content_check import current_library
from treatment_guide.serving.addresses import every_address

LEDGER = Path(__file__).parent.parent / "published/addresses.txt"
ADDRESSES = LEDGER.read_text().split()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_published_address_answers_with_a_page_or_a_redirect(address: str) -> None:
    """What was printed on paper leads somewhere, always."""
    assert Client().get(address).status_code in (200, 301, 302)


def test_the_ledger_holds_every_address_of_today() -> None:
    """A new page or word enters the ledger in the change that brings it."""
    missing = sorted(set(every_address(current_library())) - set(ADDRESSES))

    assert missing == [], 'CONTRIBUTING.md, "The ledger", has the command that adds them'
