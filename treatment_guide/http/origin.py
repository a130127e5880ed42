"""The public address of the site, for everything that is printed or sent away."""

from django.conf import settings

from treatment_guide.library.checks import current_library


def public_origin() -> str:
    """The origin, such as `https://example.org`: from the environment, else from site.yaml."""
    return str(settings.PUBLIC_ORIGIN or current_library().site.origin)
