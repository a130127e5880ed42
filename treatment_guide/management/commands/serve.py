"""`manage.py serve`: serve the built pages and everything else, as make, container and unit do."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand

from treatment_guide.serving.server import serve


class Command(BaseCommand):
    """Starts the server on HOST and PORT, with so many WORKERS; runs until it is told to stop."""

    help = "Serve the guide. HOST, PORT and WORKERS in the environment say where and how many."
    # A worker checks the content at its start, or the build that was made from checked content.
    requires_system_checks: ClassVar[list[str]] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve."""
        serve(settings.HOST, settings.PORT, settings.WORKERS, settings.STOP_SECONDS)
