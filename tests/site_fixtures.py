"""The site without a browser: Django's client, the whole WSGI application, and codes by hand.

    def test_home(client):
        assert client.get("/").status_code == 200

    def test_question(client, code):
        client.get(f"/whats-next/cause/{code(NO_DANGER | {'place': 'knee'})}/")

Pages do not change while the tests run, so `site` keeps each one that it has fetched.
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client

from tests.conftest import THE_DAY
from tests.stories import choices_of
from treatment_guide.engine.answers import Question
from treatment_guide.engine.code import days_since_2026, encode
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.http.html.made_daily import OfToday
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library
from treatment_guide.serving.logs import Faults

#: The fixtures: the conftest of a room takes them all with `import *`.
__all__ = [
    "code",
    "fault",
    "fixed_day",
    "fullest",
    "html",
    "library",
    "logged",
    "serve",
    "site",
    "wsgi",
]

#: The day of the tests, as codes count days.
TODAY = days_since_2026(THE_DAY)


@dataclass(frozen=True)
class Html:
    """A page read as a browser reads it: its elements, their words, its ids."""

    text: str

    @cached_property
    def root(self) -> Element:
        return html5lib.parse(self.text, namespaceHTMLElements=False)

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """Every element of this name with these attributes, in order (`class_` for class)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.root.iter(tag)
            if all(element.get(name) == value for name, value in wanted.items())
        ]

    def words(self, tag: str, **attributes: str) -> str:
        """The words of the first such element."""
        return words(self.find(tag, **attributes)[0])

    @property
    def ids(self) -> list[str]:
        return [found for element in self.root.iter() if (found := element.get("id"))]

    @property
    def links(self) -> list[str]:
        """Where the links of the page lead, each once."""
        return list(dict.fromkeys(link.get("href", "") for link in self.find("a")))

    @property
    def groups(self) -> dict[str, str]:
        """Every option listed on the page, and its group: its own, or that of its section."""
        return {
            name: element.get("data-group") or around.get("id", "")
            for around in (self.root, *self.root.iter("section"))
            for element in around.iter()
            if (name := element.get("data-option"))
        }


def words(element: Element) -> str:
    """What an element says, its spaces evened out."""
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


@dataclass(frozen=True)
class Answer:
    """What came back from the WSGI application."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def html(self) -> Html:
        return Html(self.body.decode())


@pytest.fixture(scope="module", autouse=True)
def fixed_day(the_day: None) -> None:
    """Today is a day on which every number is shown."""


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[[Library], None]:
    """`serve(library)`: until the test ends, requests are answered from this library."""

    def instead(library: Library) -> None:
        monkeypatch.setattr("treatment_guide.serving.libraries.library_for", lambda path: library)

    return instead


@pytest.fixture(scope="session")
def library() -> Library:
    """The real content."""
    return current_library()


@pytest.fixture(scope="session")
def html() -> Callable[[HttpResponse], Html]:
    """Read a response of the client as a page."""
    return lambda response: Html(response.content.decode())


@pytest.fixture(scope="session")
def code(library: Library) -> Callable[..., str]:
    """The code of answers: `code({"place": "knee", "tried": "exercise weight"})`.

    Danger signs among them were answered today, or on the `day` given.
    """

    def make(answers: dict[str, str], day: int | None = TODAY, **how: Any) -> str:
        chosen = choices_of(answers)
        in_danger = any(question.id in chosen for question in library.guide.danger)
        return encode(library.layout, chosen, day=day if in_danger else None, **how)

    return make


@pytest.fixture(scope="session")
def fullest(library: Library) -> dict[str, dict[str, str]]:
    """For each place, the answers with the longest outcome page, found by hill climbing: each
    question in turn takes the answer that adds the most words.
    """
    guide = library.guide

    def said(answers: dict[str, str]) -> int:
        outcome = narrow(Reader(guide, choices_of(answers)))
        if not isinstance(outcome, Outcome):
            return -1
        reasons = [r for s in outcome.standings for r in (*s.reasons, *s.cautions)]
        words = [library.reasons[r.because] for r in reasons if r.because]
        words += [library.notices[n.because].html for n in outcome.notices]
        words += [library.asks[a.because] for a in outcome.asks]
        return sum(map(len, words)) + 40 * sum(len(r.questions) for r in reasons)

    def variants(question: Question, now: str) -> Iterator[str]:
        if question.kind == "one":
            yield from question.choices
        else:
            ticked = now.split()
            for choice in question.choices:
                changed = set(ticked) ^ {choice}
                if changed and (not question.most or len(changed) <= question.most):
                    yield " ".join(c for c in question.choices if c in changed)

    def climb(answers: dict[str, str]) -> dict[str, str]:
        for question in guide.questions.values():
            if question.id != "place":
                for _ in range(2 if question.kind == "several" else 1):
                    now = answers.get(question.id, "")
                    tried = [{**answers, question.id: each} for each in variants(question, now)]
                    answers = max([answers, *tried], key=said)
        return answers

    start = climb(climb(climb({"urgent": "none", "place": "knee", "urgent-here": "none"})))
    places = guide.questions["place"].choices
    return {place: climb({**start, "place": place}) for place in places}


@pytest.fixture(scope="session")
def site() -> Callable[[str], tuple[HttpResponse, Html]]:
    """Fetch a page that depends on content alone, following redirects; each is fetched once."""
    client = Client()

    @cache
    def fetch(address: str) -> tuple[HttpResponse, Html]:
        response = client.get(address, follow=True)
        return response, Html(response.content.decode())

    return fetch


def of_each_kind(addresses: Iterable[str]) -> list[str]:
    """Two addresses of each kind: as many steps deep, and with the same first step."""
    kinds: dict[tuple[str, int], list[str]] = {}
    for address in addresses:
        first, *deeper = address.strip("/").split("/")
        kinds.setdefault((first, len(deeper)), []).append(address)
    return [address for found in kinds.values() for address in dict.fromkeys((found[0], found[-1]))]


def asking(application: Callable[..., Any]) -> Callable[..., Answer]:
    """A function that calls a WSGI application as a server would.

    Paths, queries and bodies are bytes, so that anything a network can bring can be sent.
    """

    def ask(
        method: str = "GET",
        path: bytes | str = b"/",
        *,
        query: bytes = b"",
        body: bytes = b"",
        content_type: str | None = None,
        **headers: str,
    ) -> Answer:
        raw = path.encode() if isinstance(path, str) else path
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": raw.decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": "testserver",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **headers,
        }
        if content_type is not None:
            environ["CONTENT_TYPE"] = content_type
        said: list[Any] = []
        # As Django's own client does: a request leaves the tests' database alone.
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        chunks = application(environ, lambda status, lines, _=None: said.extend((status, lines)))
        try:
            content = b"".join(chunks)
        finally:
            close: Callable[[], None] | None = getattr(chunks, "close", None)
            if close:
                close()
        status, lines = said
        return Answer(int(status.split()[0]), dict(lines), content)

    return ask


@pytest.fixture(scope="session")
def wsgi() -> Callable[..., Answer]:
    """Ask the whole application, WhiteNoise in front."""
    from treatment_guide.wsgi import application

    return asking(application)


@pytest.fixture
def logged() -> Iterator[list[logging.LogRecord]]:
    """The records of all loggers that pass the settings."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.addFilter(Faults())
    handler.emit = records.append  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in (None, "django", "django.security")]
    for logger in loggers:
        logger.addHandler(handler)
    yield records
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.fixture
def fault(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An address whose view raises."""

    def broken(*given: object) -> None:
        raise RuntimeError("a fault made for this test")

    monkeypatch.setattr("treatment_guide.reading.presenters.page_sources", broken)
    monkeypatch.setattr(
        "treatment_guide.http.html.made_daily.held", OfToday
    )  # nothing was made yet
    yield "/"
