"""Django's "hello, world": the measure that every page of the guide is held against."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="hello",
    MIDDLEWARE=[],
)


def hello(request: HttpRequest) -> HttpResponse:
    """Say it."""
    return HttpResponse("Hello, world!")


urlpatterns = [path("", hello)]
application = get_wsgi_application()
