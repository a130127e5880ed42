"""Whatever a network can bring: no fault of ours, no answer in a log, memory that stays flat.

The suite sends a few hundred made-up requests; `make fuzz` sends a hundred thousand.
"""

import logging
import os
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatment_guide.engine.code import encode
from treatment_guide.library.checks import current_library
from treatment_guide.web.logs import Plain, shortened
from treatment_guide.web.machines import every_address

REQUESTS = int(os.environ.get("FUZZ", "300"))
#: Megabytes that a worker may grow by: caches of bounded size fill up first.
GROWTH = 60

LIBRARY = current_library()
QUESTIONS = LIBRARY.guide.questions
ADDRESSES = every_address(LIBRARY)
SHAPES = [
    *(f"/whats-next/{question}/{{}}/" for question in QUESTIONS),
    *("/whats-next/outcome/{}/", "/whats-next/compare/{}/", "/whats-next/take/{}/"),
    *("/whats-next/clinician/{}/", "/whats-next/calendar/{}/", "/whats-next/{}/0/"),
    *("/go/{}/", "/GO/{}/", "/{}/", "/options/{}/", "/situations/{}/", "/static/{}", "/fhir/{}"),
    *("/infobutton{}", "/clinics/{}/", "/about/scorecard/{}/", "//{}", "/../{}"),
]
NAMES = [
    *QUESTIONS,
    *("q", "code", "option", "r", "page", "yes", "no", "line", "clinic", "size", "matters"),
    *("mainSearchCriteria.v.c", "mainSearchCriteria.v.cs", "mainSearchCriteria.v.dn"),
    *("taskContext.c.c", "knowledgeResponseType", "patientPerson.administrativeGenderCode.c"),
    *("age.v.v", "informationRecipient", "performer.languageCode.c", "_format"),
]
CHOICES = sorted({choice for question in QUESTIONS.values() for choice in question.choices})


@st.composite
def codes(draw):
    """A code: a good one, one that looks good, or anything."""
    kind = draw(st.integers(0, 3))
    if kind < 2:
        chosen = {
            name: frozenset(draw(st.lists(st.sampled_from(question.choices), max_size=3)))
            for name, question in QUESTIONS.items()
            if draw(st.booleans())
        }
        answers = {name: picked for name, picked in chosen.items() if picked}
        day = draw(st.none() | st.integers(0, 3_000))
        try:
            return encode(LIBRARY.layout, answers, day=day)
        except ValueError:
            return "0"
    if kind == 2:
        return draw(st.text("0123456789abcdefghjkmnpqrstvwxyz-", max_size=40))
    return draw(st.text(max_size=30))


@st.composite
def forms(draw):
    """Fields of our forms, and of nobody's."""
    pairs = draw(
        st.lists(
            st.tuples(
                st.sampled_from(NAMES) | st.text(max_size=12),
                st.sampled_from(CHOICES) | st.sampled_from(ADDRESSES) | codes(),
            ),
            max_size=6,
        )
    )
    return urlencode(pairs, errors="surrogatepass").encode()


TYPES = [
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-7",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/json",
    "",
]


@st.composite
def requests(draw):
    """One request: how it is asked, and the code that no log may hold."""
    code = draw(codes())
    shape = draw(st.sampled_from(SHAPES))
    path = draw(st.sampled_from([shape.format(code), draw(st.sampled_from(ADDRESSES))]))
    if draw(st.integers(0, 19)) == 0:
        path = "/" + draw(st.text(max_size=40))
    method = draw(st.sampled_from(["GET"] * 5 + ["POST"] * 5 + ["HEAD", "PUT", "OPTIONS", "X"]))
    body = b""
    if method == "POST":
        body = draw(forms() | st.binary(max_size=200))
    headers = {}
    if draw(st.booleans()):
        headers["HTTP_HX_REQUEST"] = draw(st.sampled_from(["true", "", "no", "\xff"]))
    if draw(st.booleans()):
        headers["HTTP_ACCEPT_ENCODING"] = draw(st.sampled_from(["br", "gzip", "*", "br;q=0", "é"]))
    if draw(st.booleans()):
        headers["HTTP_RANGE"] = draw(st.sampled_from(["bytes=0-9", "bytes=9-0", "bytes=x"]))
    if draw(st.booleans()):
        headers["HTTP_ACCEPT"] = draw(st.sampled_from(["application/json", "text/html", "x"]))
    return {
        "method": method,
        "path": path.encode("utf-8", "surrogatepass"),
        "query": draw(forms()) if draw(st.booleans()) else b"",
        "body": body,
        "content_type": draw(st.sampled_from(TYPES)),
        **headers,
    }, code


def resident():
    """Megabytes this process holds."""
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(row.split()[1]) / 1024 for row in lines if row.startswith("VmRSS:"))


@pytest.mark.django_db
def test_no_request_brings_a_fault_a_cookie_or_an_answer_into_a_log(wsgi):
    """100,000 of them in `make fuzz`: every answer is below 500, and the logs hold no code."""
    lines = []

    class Kept(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    kept = Kept()
    kept.setFormatter(Plain())
    loggers = [logging.getLogger(name) for name in ("", "django")]
    sent = 0
    sizes = []

    @settings(
        max_examples=REQUESTS,
        suppress_health_check=list(HealthCheck),
        database=None,
        deadline=None,
    )
    @given(requests())
    def all_of_them(made):
        nonlocal sent
        request, code = made
        lines.clear()
        lines.append(shortened(request["path"].decode("utf-8", "replace")))
        answer = wsgi(**request)
        sent += 1
        assert answer.status < 500
        assert "Set-Cookie" not in answer.headers
        assert len(code) < 5 or not any(code in line for line in lines)
        if sent % max(1, REQUESTS // 10) == 0:
            sizes.append(resident())

    for logger in loggers:
        logger.addHandler(kept)
    try:
        all_of_them()
    finally:
        for logger in loggers:
            logger.removeHandler(kept)

    assert sent >= REQUESTS
    assert sizes[-1] - sizes[len(sizes) // 2] < GROWTH
