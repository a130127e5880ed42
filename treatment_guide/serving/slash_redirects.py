"""Redirects to the address with a slash at its end, without caching answer codes or typed words."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware

from treatment_guide.http.addresses import in_language, within
from treatment_guide.http.errors import private
from treatment_guide.http.library import library_of
from treatment_guide.http.redirecting import Redirect
from treatment_guide.serving.addresses import published
from treatment_guide.serving.middleware import for_everybody


class SlashRedirects(CommonMiddleware):
    """Django's CommonMiddleware with redirects that hold nothing about a reader.

    Django's redirect is permanent, so browsers store it with the code or the words in it. That is
    kept for published addresses only. Any other gets a temporary redirect with `no-store`: 302, or
    307 for a form, so that it is sent again.
    """

    response_redirect_class = Redirect

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The response, or the redirect that takes its place."""
        answer = super().process_response(request, response)
        if answer is response:
            return response
        address = answer["Location"]
        reads = request.method in ("GET", "HEAD")
        library = library_of(request)
        if reads and in_language(within(address), library.language.prefix) in published(library):
            return for_everybody(Redirect(address, status=301))
        return private(Redirect(address, status=302 if reads else 307))
