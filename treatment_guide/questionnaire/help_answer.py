"""The answer to a ticked danger sign: the help page, with that sign first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from treatment_guide.engine.answers import Question
from treatment_guide.engine.reader import Reader
from treatment_guide.http.addresses import to
from treatment_guide.http.errors import private
from treatment_guide.http.redirecting import opened_by_htmx, sent_by_htmx
from treatment_guide.questionnaire.visit import Visit, help_address
from treatment_guide.reading import presenters
from treatment_guide.reading.danger_boxes import boxes_ticked

#: The help page for all, within a language.
HELP = "/get-help-now/"


def help_answer(request: HttpRequest, here: Visit, asked: Question, reader: Reader) -> HttpResponse:
    """The help page as the answer to a form with a danger sign ticked: what was ticked stands
    first. `here` is the visit before, `reader` the answers with the sign.

    No address follows, so none can name the sign. The page is at the address of the form, where a
    reload sends the form again; with scripts it takes that of the usual help page, so that Reload
    and Back open this one. A request by htmx gets the usual help page at once.
    """
    usual = help_address(reader)
    if sent_by_htmx(request):
        return private(opened_by_htmx(usual))
    library = here.library
    ticked = {sign for signs in reader.signs.values() for sign in signs}
    boxes = boxes_ticked(library, ticked)
    context = {
        **presenters.get_help_now(library),
        **boxes,
        # The address must not scroll past the first of all cards.
        "again": to("get_help_now") if boxes["ticked"]["crisis"] else usual,
        "back": here.address(asked.id, here.answers),
        "path": HELP,  # in another language: the address of the form would ask the question again
    }
    return private(render(request, "reading/get_help_now.html", context))
