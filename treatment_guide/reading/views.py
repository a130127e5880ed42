"""Requests for pages made of content alone, one line for each kind of page."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from treatment_guide.http.addresses import at
from treatment_guide.http.errors import private
from treatment_guide.http.html.foreign import foreign_page
from treatment_guide.http.html.made_daily import made_daily
from treatment_guide.http.library import library_of
from treatment_guide.http.methods import View, reads
from treatment_guide.library.model import Page
from treatment_guide.library.search.index import Answer, index
from treatment_guide.library.search.plain_words import LONGEST_TEXT
from treatment_guide.reading import (
    comparison,
    presenters,
    situation_page,
)
from treatment_guide.reading.about import (
    changes_page,
    proof_page,
    review_page,
    safety_page,
    scorecard,
    what_it_asks,
)
from treatment_guide.reading.danger_boxes import boxes_found
from treatment_guide.reading.option import option_page
from treatment_guide.reading.packet.paper_form import paper_form


def page(template: str, values: Callable[..., presenters.Values | None]) -> View:
    """A view that renders a template with the result of `values`.

    `values` is called with the library and the names from the address. None gives 404; a value
    `template` names another template.
    """

    @reads
    @made_daily
    def view(request: HttpRequest, **names: str) -> HttpResponse:
        shown = values(library_of(request), **names)
        if shown is None:
            raise Http404
        words = shown.get("page")
        if isinstance(words, Page) and words.foreign:
            return HttpResponse(foreign_page(library_of(request), words, request.path_info))
        return render(request, shown.get("template", template), shown)

    return view


#: Every page that depends on the content and its address alone, by the name of its route.
PAGES: dict[str, View] = {
    "home": page("reading/home.html", presenters.home),
    "get_help_now": page("reading/get_help_now.html", presenters.get_help_now),
    "steps": page("reading/steps.html", presenters.ladder),
    "step": page("reading/step.html", presenters.step),
    "options": page("reading/options.html", presenters.all_options),
    "option": page("reading/option.html", option_page.option),
    "option_all": page("reading/option.html", option_page.option_all),
    "situations": page("reading/situations.html", presenters.situations),
    "situation": page("reading/situation.html", situation_page.situation),
    "situation_all": page("reading/situation.html", situation_page.situation_all),
    "topics": page("reading/list.html", presenters.topics),
    "topic": page("reading/words.html", presenters.topic),
    "topic_all": page("reading/words.html", presenters.topic_all),
    "glossary": page("reading/glossary.html", presenters.glossary),
    "sources": page("reading/sources.html", presenters.sources),
    "about_all": page("reading/list.html", presenters.about_all),
    "about": page("reading/words.html", presenters.about),
    "review": page("reading/about/review.html", review_page.review_values),
    "rules": page("reading/about/rules.html", presenters.rules),
    "changes": page("reading/changes/changes.html", changes_page.changes),
    "clinic_changes": page("reading/changes/changes.html", changes_page.clinic_changes),
    "safety": page("reading/about/safety.html", safety_page.safety_values),
    "proof": page("reading/about/proof.html", proof_page.proof_values),
    "scorecard": page("reading/about/scorecard.html", scorecard.scorecard),
    "standard": page("reading/about/standard.html", scorecard.one_standard),
    "packet": page("reading/packet/packet.html", paper_form),
    "what_it_asks": page("reading/about/what_it_asks.html", what_it_asks.what_it_asks),
    "clinic_page": page("reading/words.html", presenters.clinic_page),
}


@reads
@made_daily
def changes_feed(request: HttpRequest) -> HttpResponse:
    """The changes by release as an Atom feed."""
    feed = changes_page.feed(library_of(request))
    return HttpResponse(feed, content_type="application/atom+xml; charset=utf-8")


@reads
def own_logo(request: HttpRequest) -> HttpResponse:
    """The logo of the hospital whose copy this is; 404 without one."""
    local = library_of(request).local
    if local is None or not local.logo:
        raise Http404
    return HttpResponse(local.logo, content_type="image/svg+xml")


@reads
def word(request: HttpRequest, word: str) -> HttpResponse:
    """A redirect from a short word, as printed on paper, to its page."""
    words = library_of(request).words
    if word.lower() not in words:
        raise Http404
    return redirect(at(words[word.lower()]))


@reads
def compare(request: HttpRequest) -> HttpResponse:
    """The options named in the address; with fewer than two, the list to choose from."""
    library = library_of(request)
    known, fault = comparison.chosen(request, library)
    place = comparison.place_asked(request, library)
    context = comparison.comparison_values(library, known, library.compare, fault, place)
    status = 422 if fault in comparison.NOT_HERE and len(known) < comparison.LEAST_OPTIONS else 200
    return render(request, "reading/compare.html", context, status=status)


@reads
def search(request: HttpRequest) -> HttpResponse:
    """The results for `?q=…`, and links to browse by."""
    library = library_of(request)
    query = request.GET.get("q", "").strip()
    answer = index(library).search(query) if query else Answer()
    context = {
        "query": query[:LONGEST_TEXT],
        "answer": answer,
        "nothing": bool(query) and not answer.found,
        **boxes_found(library, answer.danger),
        **presenters.situations(library),
    }
    return private(render(request, "reading/search.html", context))
