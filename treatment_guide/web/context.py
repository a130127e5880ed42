"""What every template can use."""

from typing import Any

from django.http import HttpRequest

from treatment_guide.http.origin import public_origin
from treatment_guide.library.checks import current_library
from treatment_guide.web.assets import style


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The site's facts, the words of the frame, and the style."""
    library = current_library()
    return {
        "site": library.site,
        "origin": public_origin(),
        "style": style(),
        "library": library,
    }
