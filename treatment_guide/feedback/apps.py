"""The application that owns the one table of the site."""

from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, reset_queries


class FeedbackConfig(AppConfig):
    """Page feedback."""

    name = "treatment_guide.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let requests leave the database alone: `store` looks after its connection, and nothing
        else has one. Looking before and after each request takes a twentieth of a tick.
        """
        request_started.disconnect(reset_queries)
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
