"""Redirects that leave nothing behind in the server."""

from django.core.exceptions import DisallowedRedirect
from django.http import HttpRequest, HttpResponse
from django.http import response as django_response
from django.http.response import HttpResponseRedirect
from django.utils.encoding import iri_to_uri

#: Characters: Django's own limit, which its type stubs do not know yet.
LONGEST_ADDRESS: int = getattr(django_response, "MAX_URL_REDIRECT_LENGTH", 2048)


class Redirect(HttpResponseRedirect):
    """A redirect to an address of ours, which begins with a slash.

    Django's own parses the address with `urlsplit`, and Python keeps the last addresses parsed in a
    cache, answer codes among them. Raises DisallowedRedirect for any other address.
    """

    def __init__(self, address: str, status: int = 302) -> None:
        if not address.startswith("/") or len(address) > LONGEST_ADDRESS:
            raise DisallowedRedirect("This is no address of ours.")
        HttpResponse.__init__(self, status=status)
        self["Location"] = iri_to_uri(address)


def sent_by_htmx(request: HttpRequest) -> bool:
    """True for a request that htmx sends, which takes a part of a page.

    The same as `request.htmx`, which first reads every header: 20 of the 430 µs of a tick.
    """
    return request.META.get("HTTP_HX_REQUEST") == "true"


def opened_by_htmx(address: str) -> HttpResponse:
    """An answer to htmx that opens this address as a page of its own."""
    return HttpResponse(headers={"HX-Redirect": address})
