"""Paths within the site, and the base path below which the site may stand (BASE_PATH)."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe


def at(path: str) -> str:
    """A path within the site, as a link names it: `/options/prp/` below the base path.

    `reverse` and `{% url %}` give such addresses themselves; content and the library give paths
    within the site.
    """
    if not settings.BASE_PATH:
        return path
    whole = f"{settings.BASE_PATH}{path}"
    return mark_safe(whole) if isinstance(path, SafeString) else whole


def within(path: str) -> str:
    """The path within the site of a requested one, whether or not a proxy took the base path off."""
    base = settings.BASE_PATH
    if base and f"{path}/".startswith(f"{base}/"):
        return path[len(base) :] or "/"
    return path


def to(route: str, *names: Any) -> str:
    """The address of a route by its name in urls.py, below the base path.

    Raises NoReverseMatch where there is no such route.
    """
    return reverse(route, args=names)
