"""Pages that depend on content alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from treatment_guide.http.errors import private
from treatment_guide.http.made_daily import made_once
from treatment_guide.http.methods import reads
from treatment_guide.library.content_check import current_library
from treatment_guide.library.search.index import Answer, index
from treatment_guide.library.search.plain_words import LONGEST
from treatment_guide.reading import comparison, presenters, proof_page
from treatment_guide.reading import scorecard as scores


@reads
@made_once
def home(request: HttpRequest) -> HttpResponse:
    """Where everything starts."""
    return render(request, "reading/home.html", presenters.home(current_library()))


@reads
@made_once
def get_help_now(request: HttpRequest) -> HttpResponse:
    """Danger signs, whom to call, and how fast."""
    return render(request, "reading/get_help_now.html", presenters.get_help_now(current_library()))


@reads
@made_once
def steps(request: HttpRequest) -> HttpResponse:
    """The ladder."""
    return render(request, "reading/steps.html", presenters.ladder(current_library()))


@reads
@made_once
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One step and its options."""
    library = current_library()
    if step not in library.steps:
        raise Http404
    return render(request, "reading/step.html", presenters.step(library, step))


@reads
@made_once
def options(request: HttpRequest) -> HttpResponse:
    """Every option, by step."""
    return render(request, "reading/options.html", presenters.all_options(current_library()))


@reads
@made_once
def option(request: HttpRequest, option: str) -> HttpResponse:
    """One option."""
    library = current_library()
    if option not in library.options:
        raise Http404
    return render(request, "reading/option.html", presenters.option(library, option))


@reads
@made_once
def situations(request: HttpRequest) -> HttpResponse:
    """Every situation, by body part."""
    return render(request, "reading/situations.html", presenters.situations(current_library()))


@reads
@made_once
def situation(request: HttpRequest, situation: str) -> HttpResponse:
    """One situation, with the options as the rules group them for it."""
    library = current_library()
    if situation not in library.situations:
        raise Http404
    return render(request, "reading/situation.html", presenters.situation(library, situation))


@reads
def word(request: HttpRequest, word: str) -> HttpResponse:
    """A short permanent word from paper leads to its page."""
    library = current_library()
    if word.lower() not in library.words:
        raise Http404
    return redirect(library.words[word.lower()])


@reads
@made_once
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic."""
    pages = current_library().topics.values()
    return render(request, "reading/list.html", {"list": "topics", "pages": pages})


@reads
@made_once
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic."""
    library = current_library()
    if topic not in library.topics:
        raise Http404
    return render(request, "reading/words.html", presenters.words(library, library.topics[topic]))


@reads
@made_once
def about_all(request: HttpRequest) -> HttpResponse:
    """Every page about the guide itself."""
    pages = current_library().about.values()
    return render(request, "reading/list.html", {"list": "about", "pages": pages})


@reads
@made_once
def about(request: HttpRequest, about: str) -> HttpResponse:
    """One page about the guide itself."""
    library = current_library()
    if about not in library.about:
        raise Http404
    return render(request, "reading/words.html", presenters.words(library, library.about[about]))


@reads
@made_once
def clinic_page(request: HttpRequest, page: str) -> HttpResponse:
    """One page of words for clinics."""
    library = current_library()
    if page not in library.clinic_pages:
        raise Http404
    found = library.clinic_pages[page]
    return render(request, "reading/words.html", presenters.words(library, found))


@reads
@made_once
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule as a sentence, with its sources: the page a clinician signs."""
    return render(request, "reading/rules.html", presenters.rules(current_library()))


@reads
@made_once
def scorecard(request: HttpRequest) -> HttpResponse:
    """How the guide stands to published standards, criterion by criterion."""
    library = current_library()
    if "scorecard" not in library.about:
        raise Http404
    return render(request, "reading/scorecard.html", scores.scorecard(library))


@reads
@made_once
def standard(request: HttpRequest, standard: str) -> HttpResponse:
    """One list of the scorecard, criterion by criterion."""
    shown = scores.standard(current_library(), standard)
    if shown is None:
        raise Http404
    return render(request, "reading/standard.html", shown)


@reads
@made_once
def glossary(request: HttpRequest) -> HttpResponse:
    """The word list."""
    return render(request, "reading/glossary.html", {"terms": current_library().terms.values()})


@reads
@made_once
def sources(request: HttpRequest) -> HttpResponse:
    """Every source that a page cites, and where."""
    return render(request, "reading/sources.html", presenters.sources(current_library()))


@reads
@made_once
def proof(request: HttpRequest) -> HttpResponse:
    """The counts of the released proof, and the flow as a drawing."""
    library = current_library()
    if library.proof is None or "proof" not in library.about:
        raise Http404
    return render(request, "reading/proof.html", proof_page.shown(library))


@reads
def compare(request: HttpRequest) -> HttpResponse:
    """The options named in the address; with fewer than two, the list to choose from."""
    library = current_library()
    known, fault = comparison.chosen(request, library)
    context = comparison.page(library, known, library.compare, fault)
    status = 422 if fault == "compare-unknown" and len(known) < comparison.LEAST else 200
    return render(request, "reading/compare.html", context, status=status)


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
        **presenters.situations(library),
    }
    return private(render(request, "reading/search.html", context))
