"""The search page. What is looked for is kept nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from treatment_guide.http.errors import private
from treatment_guide.http.methods import reads
from treatment_guide.library.checks import current_library
from treatment_guide.library.plain_words import LONGEST
from treatment_guide.library.search import Answer, index
from treatment_guide.web.presenters import situations


@reads
def search(request: HttpRequest) -> HttpResponse:
    """What answers `?q=…`, and always a way to browse on."""
    library = current_library()
    query = request.GET.get("q", "").strip()
    answer = index(library).search(query) if query else Answer((), "", danger=False)
    context = {
        "query": query[:LONGEST],
        "answer": answer,
        "nothing": bool(query) and not answer.found,
        **situations(library),
    }
    return private(render(request, "pages/search.html", context))
