"""The accessibility conformance report: every criterion, and how we know."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from treatment_guide.http.library import library_of
from treatment_guide.http.methods import reads

STATES = ("supports", "partly", "not-applicable", "not-evaluated")


@reads
def report(request: HttpRequest) -> HttpResponse:
    """The report, its counts first."""
    library = library_of(request)
    counts = Counter(each.state for each in library.conformance)
    context = {
        "rows": library.conformance,
        "total": len(library.conformance),
        "counts": [(state, counts[state]) for state in STATES],
        "tested": sum(bool(each.test) for each in library.conformance),
        "page": library.about["accessibility"],
    }
    return render(request, "clinics/accessibility_report.html", context)
