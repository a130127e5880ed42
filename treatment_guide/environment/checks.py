"""The environment as Django's system checks see it; only `check --deploy` asks the strict ones."""

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
    """An Error for whatever would harm readers; a Warning for a name that is nearly one of ours."""
    try:
        origin = public_origin(current_library())
    except BrokenContent:  # told of by the check of the content
        origin = settings.PUBLIC_ORIGIN or settings.LISTENS_AT
    found: list[CheckMessage] = [
        Error(str(fault), id="settings.E002")
        for fault in deploy_faults(settings.ENVIRONMENT, origin)
    ]
    return found + [Warning(said, id="settings.W001") for said in misspelled()]
