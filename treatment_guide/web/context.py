"""What every template can use."""

from typing import Any

from django.http import HttpRequest

from treatment_guide.http.origin import public_origin
from treatment_guide.library.checks import current_library
from treatment_guide.web.assets import style

#: What every page leads to in its last line: who answers for it, and how to reach them.
FOOTER = ("intended-use", "updates", "mistakes", "privacy", "accessibility")


def everywhere(request: HttpRequest | None) -> dict[str, Any]:
    """The site's facts, the words of the frame, and the style."""
    library = current_library()
    return {
        "site": library.site,
        "origin": public_origin(),
        "style": style(),
        "library": library,
        "footer": [library.about[name] for name in FOOTER if name in library.about],
    }
