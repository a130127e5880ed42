"""`/healthz`: says that the guide is up, and what it serves."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from treatment_guide.library.model import Library
from treatment_guide.library.release.stamp import content_version
from treatment_guide.serving.build.built import serving
from treatment_guide.serving.middleware import Handler


@lru_cache(maxsize=1)  # saves reading the folder of content
def version() -> str:
    """The version of the content that is served."""
    return serving[0].content if serving else content_version(settings.CONTENT_DIR)


def health(library: Library) -> dict[str, str | int | None]:
    """The release and the content that are served, and how many sets of answers were proven."""
    return {
        "release": library.site.release,
        "content": version(),
        "built": serving[0].day if serving else None,
        "proven": serving[0].answer_sets if serving else None,
        "options": len(library.options),
        "withdrawn": " ".join(f"{each.kind}:{each.name}" for each in library.recalls),
        "facts": len(library.facts),
        "sources": len(library.sources),
    }


def health_by_any_name(get_response: Handler) -> Handler:
    """Middleware: answers /healthz before the host is checked.

    Docker, Kubernetes and load balancers use an address of their own, which ALLOWED_HOSTS lacks.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info != "/healthz":
            return get_response(request)
        # The view is the one that urls.py names; no other module imports views.
        response: HttpResponse = resolve(request.path_info).func(request)
        return response

    return middleware
