"""What is read of a body and what is refused: whatever is sent, a page and never a fault."""

import encodings
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.for_each import for_each
from tests.site_fixtures import logged, wsgi

__all__ = ["logged", "wsgi"]

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=cut"
ADDRESSES = ("/search/", "/go/", "/compare/", "/infobutton", "/feedback/", "/clinics/")

#: Codecs of Python that are no text, that refuse to work, or that do not exist.
STRANGE = (
    *("rot13", "undefined", "punycode", "idna", "hex", "base64", "zlib", "bz2", "uu", "quopri"),
    *("unicode_escape", "raw_unicode_escape", "utf-7", "utf-16", "utf-32", "cp500", "latin-1"),
    *("nonsense", "\x00", "", '""', "x" * 5_000, "\xff", "..", "utf-8\x00"),
)
TYPES = [
    *(f"{FORM}; charset={charset}" for charset in STRANGE),
    *(f"{MULTIPART}; charset={charset}" for charset in STRANGE),
    *(f"{FORM}; charset*={charset}''utf-8" for charset in STRANGE),
    *(f"text/plain; charset*0*={charset}''x; charset*1=y" for charset in STRANGE),
]


def part(name: bytes, content: bytes, more: bytes = b"") -> bytes:
    """One part of a multipart form."""
    head = b'Content-Disposition: form-data; name="%b"%b' % (name, more)
    return b"--cut\r\n" + head + b"\r\n\r\n" + content + b"\r\n"


def multipart(*parts: bytes) -> bytes:
    """A whole multipart form."""
    return b"".join(parts) + b"--cut--\r\n"


@for_each("content_type", TYPES)
@for_each("address", ADDRESSES)
def test_no_charset_of_a_request_without_a_body_matters(wsgi, address, content_type):
    """A page that reads a query reads it as UTF-8, whatever Content-Type says."""
    answer = wsgi("GET", address, query=b"q=%C3%A9paule", content_type=content_type)

    assert answer.status in (200, 400)
    assert answer.status == wsgi("GET", address, query=b"q=%C3%A9paule").status
    assert address != "/search/" or 'value="épaule"' in answer.body.decode()


@for_each("content_type", TYPES)
@for_each("address", ["/feedback/", "/clinics/", "/infobutton", "/go/"])
def test_a_form_in_another_charset_is_refused_with_a_page(wsgi, address, content_type):
    """Forms of ours are UTF-8 or ASCII: nothing else is guessed at, and nothing breaks."""
    body = multipart(part(b"page", b"/options/prp/")) if "cut" in content_type else b"page=x"

    answer = wsgi("POST", address, body=body, content_type=content_type)

    assert (answer.status, answer.body.count(b"<h1")) == (400, 1)


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", '"UTF-8"', "us-ascii", "ASCII"])
def test_a_form_that_says_utf_8_is_read(wsgi, charset):
    """Some clients name the charset; a form says so by a header, and is read as ever."""
    answer = wsgi(
        "POST", "/clinics/", body=b"place=knee", content_type=f"{FORM}; charset={charset}"
    )

    assert answer.status == 303


def test_unknown_charsets_do_not_fill_the_memory(wsgi):
    """Python remembers each charset name it was asked for, so no stranger's name may reach it."""
    wsgi("GET", "/search/", content_type=f"{FORM}; charset=made-up-first")
    before = len(encodings._cache)

    for number in range(20):
        name = f"made-up-{number}"
        wsgi("GET", "/search/", content_type=f"{FORM}; charset={name}")
        wsgi("GET", "/search/", content_type=f"{FORM}; charset*={name}''x")
        wsgi("POST", "/clinics/", body=b"place=knee", content_type=f"{FORM}; charset={name}")
        body = multipart(part(b"place", b"knee", f"; filename*={name}''x".encode()))
        wsgi("POST", "/clinics/", body=body, content_type=MULTIPART)

    assert len(encodings._cache) == before


def test_a_multipart_form_is_read(wsgi):
    """No form of ours is sent so, and some programs do."""
    answer = wsgi(
        "POST", "/clinics/", body=multipart(part(b"place", b"knee")), content_type=MULTIPART
    )

    assert answer.status == 303


@pytest.mark.parametrize("method", ["POST", "GET", "PUT", "DELETE"])
@pytest.mark.parametrize("content_type", [FORM, MULTIPART, "application/json", ""])
@pytest.mark.parametrize("length", [10_001, 40_000_000])
def test_a_long_body_is_refused_before_it_is_read(wsgi, method, content_type, length):
    """Its length alone is enough: 413 with a page, whatever the address takes."""
    unread = BytesIO(b"never read")

    answer = wsgi(
        method,
        "/clinics/",
        content_type=content_type,
        **{"CONTENT_LENGTH": str(length), "wsgi.input": unread},
    )

    assert (answer.status, answer.body.count(b"<h1"), unread.tell()) == (413, 1, 0)


@pytest.mark.parametrize("size", [10_000, 10_001, 5_000_000])
def test_a_chunked_body_has_the_same_limit(wsgi, size):
    """Without a length no more is read than the limit and one byte."""
    body = BytesIO(b"place=knee&x=" + b"y" * (size - 13))
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}

    answer = wsgi(
        "POST", "/clinics/", content_type=FORM, CONTENT_LENGTH="", **chunked, **{"wsgi.input": body}
    )

    assert answer.status == (303 if size <= 10_000 else 413)
    assert body.tell() <= 10_001


def test_a_chunked_multipart_form_is_read(wsgi):
    """Django's reader of multipart forms wants a length: it gets the one that arrived."""
    body = BytesIO(multipart(part(b"place", b"knee")))
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}

    answer = wsgi(
        "POST",
        "/clinics/",
        content_type=MULTIPART,
        CONTENT_LENGTH="",
        **chunked,
        **{"wsgi.input": body},
    )

    assert answer.status == 303


FAULTS = {
    "a file": (multipart(part(b"place", b"knee", b'; filename="a.exe"')), MULTIPART),
    "a file almost as large as a form may be": (
        multipart(part(b"place", b"k" * 9_000, b'; filename="a.exe"')),
        MULTIPART,
    ),
    "too many files": (multipart(part(b"f", b"", b'; filename="a"') * 110), MULTIPART),
    "too many fields": (b"a=b&" * 500, FORM),
    "too many parts": (multipart(part(b"a", b"b") * 150), MULTIPART),
    "a multipart form cut short": (part(b"place", b"knee"), MULTIPART),
    "a multipart form cut within a part": (multipart(part(b"place", b"knee"))[:-20], MULTIPART),
    "no boundary": (multipart(part(b"place", b"knee")), "multipart/form-data"),
    "an empty boundary": (multipart(part(b"place", b"knee")), "multipart/form-data; boundary="),
    "another boundary": (multipart(part(b"a", b"b")), "multipart/form-data; boundary=other"),
    "a boundary that is too long": (b"--", "multipart/form-data; boundary=" + "x" * 300),
    "a boundary of other letters": (b"--\xff--", "multipart/form-data; boundary=\xff"),
    "base64 that is none": (
        multipart(
            b'--cut\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n"
        ),
        MULTIPART,
    ),
    "a part without an end of its head": (multipart(b"--cut\r\n" + b"x: y\r\n" * 900), MULTIPART),
    "a part in a charset of its own": (
        multipart(part(b"x", b"y", b"; name*=undefined''z")),
        MULTIPART,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_form_that_is_none_gets_a_page_and_no_line_in_the_log(wsgi, name, logged):
    """400, and silence: what a stranger can send at will must not fill a log."""
    body, content_type = FAULTS[name]

    answer = wsgi("POST", "/clinics/", body=body, content_type=content_type)

    assert (answer.status, answer.body.count(b"<h1")) == (400, 1)
    assert logged == []


def test_a_form_cut_short_is_refused(wsgi):
    """What is there would pass for all that the reader chose, so it is not taken."""
    answer = wsgi("POST", "/clinics/", body=b"place=knee", content_type=FORM, CONTENT_LENGTH="500")

    assert answer.status == 400


class Gone(BytesIO):
    """The body of a client that goes away."""

    def read(self, size=-1, /):
        """What a server raises then."""
        raise OSError("connection reset")


def test_a_client_that_goes_away_is_no_fault_of_ours(wsgi, logged):
    """A page for nobody, and no line in the log."""
    gone = {"wsgi.input": Gone(), "CONTENT_LENGTH": "100"}

    assert wsgi("POST", "/clinics/", content_type=FORM, **gone).status == 400
    assert logged == []


@pytest.mark.parametrize("length", ["9" * 19, "9" * 5_000, "٣", "+5", "0x10", "5_0", " 5"])
def test_no_length_is_a_fault_of_ours(wsgi, length):
    """Digits of other alphabets, and more of them than Python reads."""
    answer = wsgi("POST", "/clinics/", content_type=FORM, CONTENT_LENGTH=length)

    assert answer.status in (400, 413)


@settings(max_examples=200, deadline=None)
@given(
    content_type=st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=80)
    | st.lists(
        st.sampled_from(
            [FORM, MULTIPART, ";", "charset", "*", "=", "''", "0*", "idna", "cut", '"']
        ),
        max_size=9,
    ).map("".join),
    body=st.binary(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                b"--cut",
                b"\r\n",
                b"--",
                b'Content-Disposition: form-data; name="',
                b'"',
                b": ",
                b"*=",
            ]
        ),
        max_size=12,
    ).map(b"".join),
)
def test_any_type_and_body_get_a_page(wsgi, content_type, body):
    """No pair of them is a fault of ours."""
    answer = wsgi("POST", "/clinics/", body=body, content_type=content_type)

    assert answer.status in (303, 400, 422)
