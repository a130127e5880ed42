"""The search page. What is looked for is kept nowhere."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from treatment_guide.http.errors import private
from treatment_guide.http.methods import reads
from treatment_guide.library.checks import current_library
from treatment_guide.library.search import Answer, Index
from treatment_guide.web.presenters import situations


@lru_cache(maxsize=1)
def index() -> Index:
    """The index of this process, made at the first search."""
    return Index(current_library())


@reads
def search(request: HttpRequest) -> HttpResponse:
    """What answers `?q=…`, and always a way to browse on."""
    query = request.GET.get("q", "").strip()
    answer = index().search(query) if query else Answer((), "", danger=False)
    context = {
        "query": query[:200],
        "answer": answer,
        "nothing": bool(query) and not answer.found,
        **situations(current_library()),
    }
    return private(render(request, "pages/search.html", context))
