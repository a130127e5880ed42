"""The request handler: a body that arrives slowly delays only its sender."""

import asyncio
import threading

import pytest

from tests import looping
from tests.serving.server.asking import scope
from treatment_guide.serving.server.gateway import Answer, Refusals
from treatment_guide.serving.server.request_handler import RequestHandler

REFUSALS = Refusals(
    too_large=Answer(413, [], b"too large"),
    too_slow=Answer(408, [], b"too slow"),
    too_busy=Answer(503, [], b"too busy"),
    unreadable=Answer(400, [], b"unreadable"),
    needs_length=Answer(411, [], b"needs length"),
    fault=Answer(500, [], b"fault"),
)
PAGE = Answer(200, [], b"a page")


class Client:
    """The other side of one request: sends pieces of a body, each after a while; gets an answer."""

    def __init__(self, *pieces: bytes, pause: float = 0, ends: bool = True) -> None:
        self.pieces, self.pause, self.ends = pieces, pause, ends
        self.read = 0
        self.answer: tuple[int, bytes] | None = None

    async def __call__(self):
        for _ in self.pieces:
            await asyncio.sleep(self.pause)
            self.read += 1
        if not self.ends:
            await asyncio.Event().wait()
        return b"".join(self.pieces)

    def response_empty(self, status, headers):
        self.answer = (status, b"")

    def response_bytes(self, status, headers, body):
        self.answer = (status, body)


class Pages:
    """One page in memory."""

    def answer(self, method, path, headers):
        return PAGE if method in ("GET", "HEAD") and path == "/page/" else None


def echo(environ, start_response):
    """An application that sends the body back."""
    start_response("200 OK", [])
    return [b"got ", environ["wsgi.input"].read()]


def handler(application=echo, **limits):
    """A request handler with one page and low limits."""
    return RequestHandler(
        application, Pages(), REFUSALS, **{"body_bytes": 10, "body_seconds": 0.1, **limits}
    )


def post(*headers):
    """The first part of a form."""
    return scope("POST", "/form/", "", *headers)


def answered(the_handler, asked, client):
    """What a client gets."""
    looping.run(the_handler.__rsgi__(asked, client))
    return client.answer


async def begun(the_handler, asked, *clients):
    """The visits of some clients who ask the same, begun."""
    visits = [asyncio.ensure_future(the_handler.__rsgi__(asked, client)) for client in clients]
    await asyncio.sleep(0.05)
    return visits


def test_a_form_in_pieces_arrives_whole():
    """Pieces are joined before Django is asked."""
    client = Client(b"a=1", b"&b=2")

    assert answered(handler(), post(("content-length", "7")), client) == (200, b"got a=1&b=2")


def test_a_form_that_states_too_much_is_refused_unread():
    """413, and not a byte of it is taken."""
    client = Client(b"x" * 11)

    assert answered(handler(), post(("content-length", "11")), client) == (413, b"too large")
    assert client.read == 0


def test_a_form_in_chunks_is_refused():
    """411: whether it came whole could not be told. Browsers and proxies state a length."""
    client = Client(b"page=/", b"&no=1")

    answer = answered(handler(), post(("transfer-encoding", "chunked")), client)
    assert (answer, client.read) == ((411, b"needs length"), 0)


@pytest.mark.parametrize("body", [b"x" * 8, b"x" * 10])
def test_a_form_of_another_length_than_it_states_is_refused(body):
    """Whatever the server lets through is counted."""
    assert answered(handler(), post(("content-length", "9")), Client(body)) == (400, b"unreadable")


def test_a_length_of_thousands_of_digits_is_too_large():
    """Python would not read it as a number."""
    assert answered(handler(), post(("content-length", "9" * 6000)), Client()) == (
        413,
        b"too large",
    )


@pytest.mark.parametrize("pieces", [(0, 0), (9, 0.05)], ids=["never comes", "trickles"])
def test_a_form_that_does_not_come_is_given_up(pieces):
    """408 at the deadline: for a body that never comes, and for one that trickles."""
    count, pause = pieces
    client = Client(*[b"x"] * count, pause=pause, ends=False)

    assert answered(handler(), post(("content-length", "9")), client) == (408, b"too slow")


def test_a_form_that_breaks_off_is_not_taken():
    """Half a form changes nothing: 400, for a client that sends no more but still reads."""
    asked = []
    the_handler = handler(lambda *given: asked.append(given))

    client = Client(b"page=/")

    assert answered(the_handler, post(("content-length", "9")), client) == (400, b"unreadable")
    assert asked == []


@pytest.mark.parametrize("stated", ["x", "-1", "1_0", "٣", ""])
def test_a_length_that_is_no_number_is_unreadable(stated):
    """400, before anything is read."""
    assert answered(handler(), post(("content-length", stated)), Client(b"x")) == (
        400,
        b"unreadable",
    )


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "BREW"])
def test_only_a_post_has_a_body(method):
    """The body of any other method is never waited for."""
    client = Client(b"x", ends=False)
    status, _ = answered(handler(), scope(method, "/form/", "", ("content-length", "5")), client)

    assert (status, client.read) == (200, 0)


def test_slow_forms_hold_no_thread():
    """With a thousand forms that never come, a page, and a form that does come, are answered."""

    async def crowd():
        the_handler = handler(body_seconds=30)
        nobody = [Client(ends=False) for _ in range(1000)]
        slow = await begun(the_handler, post(("content-length", "9")), *nobody)
        page, form = Client(), Client(b"a=1")
        await asyncio.wait_for(the_handler.__rsgi__(scope("GET", "/page/"), page), 5)
        await asyncio.wait_for(the_handler.__rsgi__(post(("content-length", "3")), form), 5)
        for visit in slow:
            visit.cancel()
        return page.answer, form.answer

    assert looping.run(crowd()) == ((200, b"a page"), (200, b"got a=1"))


def test_pages_in_memory_need_no_thread():
    """While every thread is taken, built pages go on; the watch can see what is stuck."""
    let_go = threading.Event()

    def stuck(environ, start_response):
        let_go.wait(10)
        return echo(environ, start_response)

    async def visit():
        the_handler, page = handler(stuck, threads=1), Client()
        waiting = await begun(the_handler, scope("GET", "/live/"), Client(), Client(), Client())
        await the_handler.__rsgi__(scope("GET", "/page/"), page)
        stuck_for = the_handler.longest()
        let_go.set()
        await asyncio.gather(*waiting)
        return page.answer, stuck_for, the_handler.longest()

    answer, stuck_for, after = looping.run(visit())

    assert answer == (200, b"a page")
    assert stuck_for >= 0.04
    assert after == 0


def test_more_than_can_wait_are_told_so(monkeypatch):
    """503 at once is kinder than a page after a minute."""
    monkeypatch.setattr("treatment_guide.serving.server.limits.WAITING", 1)
    let_go = threading.Event()

    def stuck(environ, start_response):
        let_go.wait(10)
        return echo(environ, start_response)

    async def visit():
        clients = [Client() for _ in range(4)]
        visits = await begun(handler(stuck, threads=1), scope("GET", "/live/"), *clients)
        let_go.set()
        await asyncio.gather(*visits)
        return [client.answer[0] for client in clients]

    assert looping.run(visit()) == [200, 200, 503, 503]


def test_a_fault_outside_django_is_a_kind_page(caplog):
    """Django answers its own faults; what fails around it is logged and answered too."""

    def broken(environ, start_response):
        raise MemoryError

    assert answered(handler(broken), scope("GET", "/live/"), Client()) == (500, b"fault")
    assert "MemoryError" in caplog.text


def test_a_head_has_no_body():
    """The headers are those of the page."""
    assert answered(handler(), scope("HEAD", "/page/"), Client()) == (200, b"")


def test_headers_in_several_lines_are_one_list():
    """A page is chosen by all that the client accepts, whichever line says so."""
    seen = []

    class Noting(Pages):
        def answer(self, method, path, asked):
            seen.append((asked.get("accept-encoding", ""), asked.get("if-match", "none")))
            return PAGE

    sent = scope("GET", "/page/", "", ("accept-encoding", "gzip"), ("accept-encoding", "br"))
    answered(RequestHandler(echo, Noting(), REFUSALS), sent, Client())

    assert seen == [("gzip, br", "none")]


def test_a_page_from_memory_is_noted():
    """Counts and logs hear of what Django never sees."""
    noted = []
    the_handler = RequestHandler(echo, Pages(), REFUSALS, (lambda *told: noted.append(told[:3]),))
    answered(the_handler, scope("GET", "/page/"), Client())
    answered(the_handler, scope("GET", "/live/"), Client())  # the application notes this one itself

    assert noted == [("GET", "/page/", "200")]
