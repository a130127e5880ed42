"""Pages that depend on content alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from treatment_guide.http.methods import reads
from treatment_guide.library.checks import current_library
from treatment_guide.web import presenters
from treatment_guide.web import scorecard as scores
from treatment_guide.web.made_once import made_once


@reads
@made_once
def home(request: HttpRequest) -> HttpResponse:
    """Where everything starts."""
    return render(request, "pages/home.html", presenters.home(current_library()))


@reads
@made_once
def get_help_now(request: HttpRequest) -> HttpResponse:
    """Danger signs, whom to call, and how fast."""
    return render(request, "pages/get_help_now.html", presenters.get_help_now(current_library()))


@reads
@made_once
def steps(request: HttpRequest) -> HttpResponse:
    """The ladder."""
    return render(request, "pages/steps.html", presenters.ladder(current_library()))


@reads
@made_once
def step(request: HttpRequest, step: str) -> HttpResponse:
    """One step and its options."""
    library = current_library()
    if step not in library.steps:
        raise Http404
    return render(request, "pages/step.html", presenters.step(library, step))


@reads
@made_once
def options(request: HttpRequest) -> HttpResponse:
    """Every option, by step."""
    return render(request, "pages/options.html", presenters.all_options(current_library()))


@reads
@made_once
def option(request: HttpRequest, option: str) -> HttpResponse:
    """One option."""
    library = current_library()
    if option not in library.options:
        raise Http404
    return render(request, "pages/option.html", presenters.option(library, option))


@reads
@made_once
def situations(request: HttpRequest) -> HttpResponse:
    """Every situation, by body part."""
    return render(request, "pages/situations.html", presenters.situations(current_library()))


@reads
@made_once
def situation(request: HttpRequest, situation: str) -> HttpResponse:
    """One situation, with the options as the rules group them for it."""
    library = current_library()
    if situation not in library.situations:
        raise Http404
    return render(request, "pages/situation.html", presenters.situation(library, situation))


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
    return render(request, "pages/list.html", {"list": "topics", "pages": pages})


@reads
@made_once
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic."""
    library = current_library()
    if topic not in library.topics:
        raise Http404
    return render(request, "pages/words.html", presenters.words(library, library.topics[topic]))


@reads
@made_once
def about_all(request: HttpRequest) -> HttpResponse:
    """Every page about the guide itself."""
    pages = current_library().about.values()
    return render(request, "pages/list.html", {"list": "about", "pages": pages})


@reads
@made_once
def about(request: HttpRequest, about: str) -> HttpResponse:
    """One page about the guide itself."""
    library = current_library()
    if about not in library.about:
        raise Http404
    return render(request, "pages/words.html", presenters.words(library, library.about[about]))


@reads
@made_once
def clinic_page(request: HttpRequest, page: str) -> HttpResponse:
    """One page of words for clinics."""
    library = current_library()
    if page not in library.clinic_pages:
        raise Http404
    found = library.clinic_pages[page]
    return render(request, "pages/words.html", presenters.words(library, found))


@reads
@made_once
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule as a sentence, with its sources: the page a clinician signs."""
    return render(request, "pages/rules.html", presenters.rules(current_library()))


@reads
@made_once
def scorecard(request: HttpRequest) -> HttpResponse:
    """How the guide stands to published standards, criterion by criterion."""
    library = current_library()
    if "scorecard" not in library.about:
        raise Http404
    return render(request, "pages/scorecard.html", scores.scorecard(library))


@reads
@made_once
def standard(request: HttpRequest, standard: str) -> HttpResponse:
    """One list of the scorecard, criterion by criterion."""
    shown = scores.standard(current_library(), standard)
    if shown is None:
        raise Http404
    return render(request, "pages/standard.html", shown)


@reads
@made_once
def glossary(request: HttpRequest) -> HttpResponse:
    """The word list."""
    return render(request, "pages/glossary.html", {"terms": current_library().terms.values()})


@reads
@made_once
def sources(request: HttpRequest) -> HttpResponse:
    """Every source that a page cites, and where."""
    return render(request, "pages/sources.html", presenters.sources(current_library()))
