"""A Django system check of the security headers, run by `manage.py check --deploy`."""

from typing import Any

from django.core.checks import CheckMessage, Error

from treatment_guide.serving.middleware import SECURITY_HEADERS

#: The headers that every answer must have.
NEEDED = (
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


def headers_are_strict(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An Error for every security header that is missing or not strict."""
    found: list[CheckMessage] = [
        Error(f"No answer carries {name}.", id="headers.E001")
        for name in NEEDED
        if not SECURITY_HEADERS.get(name)
    ]
    policy = SECURITY_HEADERS.get("Content-Security-Policy", "")
    if "unsafe" in policy or "*" in policy or "default-src 'none'" not in policy:
        found.append(Error("The content security policy lets something in.", id="headers.E002"))
    if SECURITY_HEADERS.get("Strict-Transport-Security") == "max-age=0":
        found.append(Error("HSTS_SECONDS is 0: browsers may fall back to HTTP.", id="headers.E003"))
    return found
