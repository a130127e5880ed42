"""Redirects that leave no address in a cache of the process."""

from django.core.exceptions import DisallowedRedirect
from django.http import HttpRequest, HttpResponse
from django.http import response as django_response
from django.http.response import HttpResponseRedirect
from django.utils.encoding import iri_to_uri

#: The most characters of an address: Django's limit, which its type stubs lack.
LONGEST_ADDRESS: int = getattr(django_response, "MAX_URL_REDIRECT_LENGTH", 2048)


class Redirect(HttpResponseRedirect):
    """A redirect to an address of this site, which begins with one slash. Two would name a host.

    Django's own calls `urlsplit`, which caches the last addresses, and with them answer codes.
    Raises DisallowedRedirect for any other address.
    """

    def __init__(self, address: str, status: int = 302) -> None:
        ours = address.startswith("/") and not address.startswith("//")
        if not ours or len(address) > LONGEST_ADDRESS:
            raise DisallowedRedirect("This is no address of the site.")
        HttpResponse.__init__(self, status=status)
        self["Location"] = iri_to_uri(address)


def sent_by_htmx(request: HttpRequest) -> bool:
    """True for a request that htmx sends, which takes a part of a page.

    The same as `request.htmx`, which first reads every header: 20 of the 430 µs of a tick.
    """
    return request.META.get("HTTP_HX_REQUEST") == "true"


def opened_by_htmx(address: str) -> HttpResponse:
    """A response that makes htmx open this address as a whole page."""
    return HttpResponse(headers={"HX-Redirect": address})
