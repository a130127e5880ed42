"""The public address of the site, and whether a request comes from a page of it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from treatment_guide.http.library import library_of
from treatment_guide.library.model import Library

#: A reserved top-level domain (RFC 2606), used as a placeholder in content/guide/site.yaml.
NOWHERE = ".example"


def public_origin(library: Library) -> str:
    """The origin, such as `https://example.org`.

    The setting PUBLIC_ORIGIN; where it is empty, the origin in site.yaml; where that one is still
    the placeholder, the address that the server listens on, so that links and QR codes work
    locally.
    """
    if settings.PUBLIC_ORIGIN:
        return str(settings.PUBLIC_ORIGIN)
    named = library.site.origin
    return str(settings.LISTENS_AT if named.endswith(NOWHERE) else named)


def public_address(library: Library) -> str:
    """Where the site stands in the language of a library, without a slash at its end: the origin,
    the base path below it, and the beginning of the language.

    A path within the site, such as `/options/prp/`, follows it.
    """
    return f"{public_origin(library)}{settings.BASE_PATH}{library.language.prefix}"


def in_capitals(library: Library, path: str) -> str:
    """The whole address of a path in capitals, so that a QR code has fewer and larger dots.

    The base path stays as it is: web servers tell capitals apart.
    """
    whole = f"{library.language.prefix}{path}".upper()
    return f"{public_origin(library).upper()}{settings.BASE_PATH}{whole}"


def from_here(request: HttpRequest) -> bool:
    """False for a request that a page of another site sends, as far as the browser says.

    Browsers say so in Sec-Fetch-Site, older ones in Origin. An Origin of `null` counts as unknown:
    with `no-referrer`, pages of this site send it too.
    """
    site = request.headers.get("Sec-Fetch-Site", "").strip().lower()
    if site in ("same-origin", "none"):
        return True
    if site in ("same-site", "cross-site"):
        return False
    origin = request.headers.get("Origin", "").strip().lower()
    ours = (request.get_host(), urlsplit(public_origin(library_of(request))).netloc)
    return origin in ("", "null") or _host(origin) in {_host(f"https://{host}") for host in ours}


def _host(origin: str) -> str:
    """The host of an origin, with its port unless that is the default of the scheme."""
    try:
        parts = urlsplit(origin.lower())
        port = parts.port
    except ValueError:
        return ""
    return f"{parts.hostname}:{port}" if port not in (None, 80, 443) else str(parts.hostname)
