"""What a clinic hands out in a translation: whether patients get it (ADR 31).

A clinic that hands out a translation answers for it, so none is handed out until people have signed
it, or whoever runs this copy turns it on (UNSIGNED_HANDOUTS).
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from treatment_guide.http.addresses import FOR_PATIENTS, at, speaking
from treatment_guide.http.clock import today
from treatment_guide.http.errors import private
from treatment_guide.http.library import library_of
from treatment_guide.http.redirecting import Redirect
from treatment_guide.library.model import Library
from treatment_guide.library.review.standing import standing
from treatment_guide.library.review.translated import unsigned

#: The paths of what patients get from a clinic.
HANDOUT = re.compile(rf"/clinics/{FOR_PATIENTS}")


def handed_out(library: Library, *subjects: str) -> bool:
    """True where what a clinic hands out may be in the language of a library.

    Of a translation: people have signed what can harm most if it is translated wrongly, and these
    `subjects` (`situation:knee-arthritis`), or UNSIGNED_HANDOUTS names its language.
    """
    if library.original is None or library.language.name in settings.UNSIGNED_HANDOUTS:
        return True
    day = today()
    return not unsigned(library, day) and all(
        standing(library, each, day).state == "signed" for each in subjects
    )


def translations(library: Library) -> list[Library]:
    """The translations of a library in which hand-outs are on."""
    return [each for each in library.translations.values() if handed_out(each)]


def withheld(library: Library) -> list[Library]:
    """The translations of a library in which hand-outs are off."""
    return [each for each in library.translations.values() if not handed_out(each)]


def in_original(request: HttpRequest, *subjects: str) -> HttpResponse | None:
    """Where hand-outs of the language are off: the way to the same in the original; else None."""
    library = library_of(request)
    if library.original is None or handed_out(library, *subjects):
        return None
    with speaking(library.original):
        return private(Redirect(at(request.path_info), status=307))
