"""Django system checks of the environment; only `check --deploy` runs the strict ones."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from treatment_guide.environment.strict import deploy_faults, misspelled
from treatment_guide.http.origin import public_origin
from treatment_guide.library.content_check import current_library
from treatment_guide.library.problems import BrokenContent


def settings_are_sound(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An Error for every variable of the environment that cannot be used."""
    return [Error(str(fault), id="settings.E001") for fault in settings.ENVIRONMENT.faults]


def settings_are_for_readers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An Error for each setting that is unsafe where readers come; a Warning for each misspelled
    name.
    """
    try:
        origin = public_origin(current_library())
    except BrokenContent:  # the content check reports it
        origin = settings.PUBLIC_ORIGIN or settings.LISTENS_AT
    found: list[CheckMessage] = [
        Error(str(fault), id="settings.E002")
        for fault in deploy_faults(settings.ENVIRONMENT, origin)
    ]
    return found + [Warning(said, id="settings.W001") for said in misspelled()]
