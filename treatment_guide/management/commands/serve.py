"""`manage.py serve`: starts the server. make, the container and the systemd unit call it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from treatment_guide.environment.faults import BrokenSettings
from treatment_guide.environment.strict import start_faults
from treatment_guide.library.problems import BrokenContent
from treatment_guide.library.recall.standing import remember
from treatment_guide.library.release.library_file import BrokenBuild
from treatment_guide.serving.build.built import look_ahead
from treatment_guide.serving.server.start import serve


class Command(BaseCommand):
    """Serves on HOST and PORT with WORKERS processes until a signal stops it."""

    help = "Serve the guide. HOST, PORT and WORKERS in the environment say where and how many."
    # Each worker checks the content at its start, or finds a build made from checked content.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Report all faults before anything starts; else print the address, and serve."""
        try:
            settings.ENVIRONMENT.refuse(*start_faults(settings.ENVIRONMENT))
            faults = remember()
            if faults:
                raise BrokenContent(sorted(faults))
            if settings.BUILD_DIR:
                look_ahead(settings.BUILD_DIR)
        except (BrokenSettings, BrokenBuild, BrokenContent) as broken:
            raise CommandError(str(broken)) from broken
        self.stdout.write(f"Serving on {settings.LISTENS_AT}/ (Ctrl-C stops)")
        if settings.PUBLIC_ORIGIN:
            self.stdout.write(f"Paper and QR codes lead to {settings.PUBLIC_ORIGIN}")
        self.stdout.flush()  # else every forked worker would write it again
        serve(settings.HOST, settings.PORT, settings.WORKERS, settings.STOP_SECONDS)
