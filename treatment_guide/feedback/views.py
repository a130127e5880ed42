"""The view that takes feedback, and its answer pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from treatment_guide.feedback import store as feedback_store
from treatment_guide.feedback.models import LONGEST_LINE
from treatment_guide.feedback.networks import network_of
from treatment_guide.http import errors
from treatment_guide.http.addresses import at, to
from treatment_guide.http.clock import today
from treatment_guide.http.errors import private
from treatment_guide.http.html.context import pages_of_words
from treatment_guide.http.library import library_of
from treatment_guide.http.methods import takes
from treatment_guide.http.origin import from_here

STATUS = {"elsewhere": 403, "too-much": 429, "not-kept": 503}
#: Seconds for the header Retry-After; the pages say "a few minutes".
RETRY = {"too-much": 300, "not-kept": 300}


@takes("GET", "HEAD", "POST")
def feedback(request: HttpRequest) -> HttpResponse:
    """GET: the thank-you page. POST: store the note of the form.

    This is the only address where a POST stores something. A POST from a page of another site is
    not stored: it gets the form again with what was typed. A CSRF token is impossible, because
    nobody has a session or a cookie.
    """
    library = library_of(request)
    if request.method != "POST":
        page = request.GET.get("page", "")
        return _answer(request, "thanks" if page in pages_of_words(library) else "none", page, 200)
    page = request.POST.get("page", "")
    helped, not_helped = "yes" in request.POST, "no" in request.POST
    if page not in pages_of_words(library) or helped is not_helped:
        return private(errors.bad_request(request))
    line = request.POST.get("line", "")
    kept = "elsewhere"
    if from_here(request):
        kept = feedback_store.store.keep(
            f"{library.language.prefix}{page}",
            helped,
            line,
            today(),
            library.site.release,
            network_of(request),
        )
    if kept != "kept":
        return _answer(request, kept, page, STATUS[kept], typed=line[:LONGEST_LINE], again=True)
    return private(HttpResponseRedirect(f"{to('feedback')}?page={page}", status=303))


def _answer(
    request: HttpRequest, what: str, page: str, status: int, **form: str | bool
) -> HttpResponse:
    context = {
        **form,
        "title_words": f"feedback-{what}-title",
        "text_words": f"feedback-{what}-text",
        "back": at(page if page in pages_of_words(library_of(request)) else "/"),
    }
    answer = private(render(request, "feedback/feedback.html", context, status=status))
    if what in RETRY:
        answer["Retry-After"] = str(RETRY[what])
    return answer
