"""The application: loads the content once, and tells `manage.py check` what is wrong with it."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register
from django.utils.autoreload import autoreload_started


class GuideConfig(AppConfig):
    """Registers the content checks, and lets the development server watch the content."""

    name = "treatment_guide"

    def ready(self) -> None:
        """Called by Django when everything is imported."""
        from treatment_guide.environment.checks import (
            settings_are_for_readers,
            settings_are_sound,
        )
        from treatment_guide.library.content_check import content_is_sound

        register(settings_are_sound, "settings")
        register(content_is_sound, "content")
        register(_headers_are_strict, "security", deploy=True)
        register(settings_are_for_readers, "settings", deploy=True)
        autoreload_started.connect(_watch_content, dispatch_uid="content")


def _headers_are_strict(app_configs: Any, **kwargs: Any) -> Any:
    from treatment_guide.serving.deploy_checks import headers_are_strict

    return headers_are_strict(app_configs)


def _watch_content(sender: Any, **kwargs: Any) -> None:
    sender.watch_dir(settings.CONTENT_DIR, "**/*")
    if settings.LOCAL_DIR:
        sender.watch_dir(settings.LOCAL_DIR, "**/*")
