"""`manage.py addresses`: prints every address of the site, one a line.

tests/published/addresses.txt lists all addresses ever published. New ones are added to it, and
none is ever removed.
"""

from typing import Any

from django.core.management.base import BaseCommand

from treatment_guide.library.content_check import current_library
from treatment_guide.serving.addresses import everywhere


class Command(BaseCommand):
    """Prints the addresses, sorted."""

    help = "List every published address: pages, lists and short words."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        for address in everywhere(current_library()):
            self.stdout.write(address)
