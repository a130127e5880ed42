"""The application that owns the one table of the site."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """Page feedback."""

    name = "treatment_guide.feedback"
    label = "feedback"
    default_auto_field = "django.db.models.BigAutoField"
