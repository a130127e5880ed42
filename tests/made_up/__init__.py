"""Random requests, made from the guide's list of addresses: valid, nearly valid, and invalid.

A new address or question is included without a change here, if its parts are in `PARTS` and the
fields of its form in `FIELDS`; tests check both.
"""

import re
from datetime import date
from random import Random
from typing import NamedTuple
from urllib.parse import urlencode

from hypothesis import strategies as st

from tests.made_up.bodies import Body, bodies
from tests.made_up.headers import LETTERS, Pairs, headers
from treatment_guide.clinics.fhir_examples import EXAMPLES
from treatment_guide.clinics.integrator_tables import IGNORED, READ, TRIES
from treatment_guide.clinics.link_kit import QR_KINDS
from treatment_guide.clinics.record_query import RECIPIENTS, SYSTEMS, TYPES
from treatment_guide.engine.code import days_since_2026, encode
from treatment_guide.library.content_check import current_library
from treatment_guide.paper.waiting_room_form import places
from treatment_guide.serving.addresses import every_address
from treatment_guide.serving.metrics import ADDRESS
from treatment_guide.urls import urlpatterns

LIBRARY = current_library()
QUESTIONS = LIBRARY.guide.questions
ADDRESSES = every_address(LIBRARY)
#: The day of the tests, as codes count days.
TODAY = days_since_2026(date(2026, 11, 22))
#: Answers without an urgent danger sign.
CLEAR = {question.id: frozenset(("none",)) for question in LIBRARY.guide.danger}

#: Every address by name, with `{part}` for what may differ.
ROUTES = {
    pattern.name: "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))
    for pattern in urlpatterns
}
OTHERS = ("/static/{part}", ADDRESS, "//{part}", "/../{part}", "/{part}/{part}", "/GO{part}")


def code_of(**answers):
    """The code of answers of today, without an urgent sign."""
    chosen = {name.replace("_", "-"): frozenset(text.split()) for name, text in answers.items()}
    return encode(LIBRARY.layout, {**CLEAR, **chosen}, day=TODAY)


#: Values of each part of an address for which a page exists.
PARTS = {
    "code": (
        code_of(place="knee", cause="arthritis", since="under-2-weeks"),
        code_of(place="back", cause="disc", tried="exercise medicines", matters="avoid-surgery"),
        "0g4f",
    ),
    "question": tuple(QUESTIONS),
    "step": tuple(LIBRARY.steps),
    "option": tuple(LIBRARY.options),
    "situation": tuple(LIBRARY.situations),
    "place": places(LIBRARY),
    "topic": tuple(LIBRARY.topics),
    "about": tuple(LIBRARY.about),
    "standard": tuple(score.standard for score in LIBRARY.scores),
    "page": tuple(LIBRARY.clinic_pages),
    "clinic": tuple(clinic.id for clinic in LIBRARY.clinics.values()),
    "word": tuple(LIBRARY.words),
    "release": (LIBRARY.site.release, "2026.1"),
    "kind": (*QR_KINDS, *EXAMPLES, "notices", "option"),
    "name": ("prp", "knee"),
}

_SENTENCES = tuple(page.title for page in LIBRARY.reading_pages)
_RECORD_SYSTEM = {
    "mainSearchCriteria.v.c": tuple(code for table in LIBRARY.diagnoses.values() for code in table),
    "mainSearchCriteria.v.cs": tuple(name for names in SYSTEMS.values() for name in names),
    "mainSearchCriteria.v.c1": tuple(code for _, code in TRIES),
    "mainSearchCriteria.v.cs1": ("2.16.840.1.113883.6.90",),
    "mainSearchCriteria.c.c": ("M17.11",),
    "mainSearchCriteria.v.dn": _SENTENCES,
    "mainSearchCriteria.v.ot": (
        *(words for words, _ in LIBRARY.danger_phrases.phrases),
        *_SENTENCES,
    ),
    "informationRecipient": RECIPIENTS,
    "informationRecipient.languageCode.c": ("en", "es-MX", "x"),
    "knowledgeResponseType": ("", *TYPES),
    "callback": ("show", "a.b$", "1;"),
    **dict.fromkeys(IGNORED, ("F", "57", "PROV")),
}
#: The fields of every form and query, by the address they are sent to.
FIELDS = {
    "question": {name: question.choices for name, question in QUESTIONS.items()},
    "clinics": {
        **{name: QUESTIONS[name].choices for name in ("place", "cause", "guided", "count")},
        "clinic": ("", *(clinic.id for clinic in LIBRARY.clinics.values())),
    },
    "feedback": {
        "page": tuple(page.address for page in LIBRARY.reading_pages),
        "yes": ("", "yes"),
        "no": ("", "no"),
        "line": ("", "It helped", "Call me at 555 010 9999 or a@b.example"),
    },
    "infobutton": _RECORD_SYSTEM,
    "search": {"q": (*_SENTENCES, "frozen sholder", "bladder")},
    "compare": {"option": PARTS["option"]},
    "compare_code": {"option": PARTS["option"]},
    "go_form": {"code": (*PARTS["code"], "0G4-F", "/go/0g4f/?r=2026.1"), "r": PARTS["release"]},
    "go": {"r": PARTS["release"]},
    "go_capitals": {"r": PARTS["release"]},
    "take": {"print": ("large", "small")},
}
#: Addresses that take a POST.
TAKES_FORMS = ("question", "clinics", "feedback", "infobutton")
assert {name for names, _ in READ for name in names.split(", ")} <= set(_RECORD_SYSTEM)
_NAMES = sorted({name for fields in FIELDS.values() for name in fields} | {"_format", "csrf"})
_VALUES = sorted({value for fields in FIELDS.values() for row in fields.values() for value in row})

#: Markers: no address, word or number of the site has twelve of these letters in a row.
markers = st.text(LETTERS, min_size=12, max_size=12)


def answer(chance, question):
    """Any answer to a question."""
    most = 1 if question.kind == "one" else question.most or 3
    return frozenset(chance.choices(question.choices, k=chance.randint(1, most)))


@st.composite
def codes(draw):
    """A code: of answers of today, of any answers, with a valid form only, or any text."""
    kind = draw(st.sampled_from(["today"] * 6 + ["any day"] * 2 + ["looks good", "anything"]))
    if kind == "looks good":
        return draw(st.text("0123456789abcdefghjkmnpqrstvwxyz-", max_size=40))
    if kind == "anything":
        return draw(st.text(max_size=30))
    chance = Random(draw(st.integers(0, 2**32)))  # one draw: dozens would take most of the time
    answers = {q: answer(chance, QUESTIONS[q]) for q in QUESTIONS if chance.random() < 0.6}
    answers = {q: picked for q, picked in answers.items() if not picked & QUESTIONS[q].never_stored}
    if kind == "today":
        return encode(LIBRARY.layout, {**answers, **CLEAR}, day=TODAY)
    danger = CLEAR.keys() & answers
    return encode(LIBRARY.layout, answers, day=chance.randrange(3_000) if danger else None)


def part(name):
    """One part of an address."""
    junk = st.sampled_from(_VALUES) | st.text(max_size=30)
    if name == "code":
        return codes()
    good = st.sampled_from(PARTS[name])
    return st.one_of(*[good] * 5, junk)


@st.composite
def pairs(draw, route, parts):
    """Fields of the form of an address, of another form, or unknown fields."""
    fields = FIELDS.get(route, {})
    if route == "question" and draw(st.booleans()):
        fields = {name: row for name, row in fields.items() if name == parts["question"]}
    if fields and draw(st.integers(0, 3)):
        names = draw(st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=5))
        return [(name, draw(st.sampled_from(fields[name]))) for name in names]
    field = st.sampled_from(_NAMES) | st.text(max_size=12)
    return draw(st.lists(st.tuples(field, st.sampled_from(_VALUES) | codes()), max_size=6))


class Asked(NamedTuple):
    """One request, in a form that is independent of the server."""

    method: str
    path: bytes
    query: bytes
    content_type: str
    body: bytes
    headers: Pairs
    kinds: tuple[str, ...]


@st.composite
def asked(draw):
    """One request. Most contain a marker."""
    route = draw(st.sampled_from([*["question"] * 12, *["infobutton", "clinics"] * 3, *ROUTES]))
    shape = ROUTES[route]
    parts = {name: draw(part(name)) for name in re.findall(r"\{(\w+)\}", shape)}
    marker = draw(markers)
    planted = draw(st.sampled_from(["path", *["query", "body", "header", "none"] * 2]))
    if planted == "path" and parts:
        parts[draw(st.sampled_from(sorted(parts)))] = marker
    path = shape.format(**parts)
    if draw(st.integers(0, 19)) == 19:
        path = draw(st.sampled_from(OTHERS)).format(
            part=draw(st.just(marker) | st.text(max_size=40))
        )
    often = ["GET", "POST", "POST"] if route in TAKES_FORMS else ["GET"] * 3
    method = draw(st.sampled_from(often * 8 + ["HEAD", "POST", "PUT", "OPTIONS", "X"]))
    query = draw(pairs(route, parts)) if draw(st.booleans()) else []
    form = draw(pairs(route, parts)) if method == "POST" else []
    if planted == "query":
        query = [*query, (draw(st.sampled_from(_NAMES)), marker)]
    if planted == "body" and method == "POST":
        form = [*form, (draw(st.sampled_from(_NAMES)), marker)]
    # Hypothesis likes to send the same again with one change: then the headers differ, too.
    chance = Random(f"{draw(st.integers(0, 2**32))} {method} {path} {query} {form}")
    said, kinds = headers(chance)
    if planted == "header":
        said = [*said, ("referer", f"https://guide.example/go/{marker}/")]
    body = bodies(chance, form)
    if method == "POST" or chance.randrange(3) == 0:  # a page reads the type for its query, too
        kinds.add(body.kind if method == "POST" else "a type without a body")
    else:
        body = Body("", "", b"")
    return Asked(
        method,
        path.encode("utf-8", "surrogatepass"),
        urlencode(query, errors="surrogatepass").encode(),
        body.content_type,
        body.content if method == "POST" else b"",
        said,
        tuple(sorted(kinds or {"nothing more"})),
    )


def as_wsgi(request, chance):
    """A request as the server gives it to the application: what comes twice is one, with commas.

    Now and then the length that the client stated is not that of the body.
    """
    variables = {}
    for name, value in request.headers:
        key = f"HTTP_{name.upper().replace('-', '_')}"
        variables[key] = f"{variables[key]},{value}" if key in variables else value
    if chance.randrange(20) == 0:
        variables["CONTENT_LENGTH"] = chance.choice(
            ["", "-1", "x", "9", "9" * 30, "\xd9\xa3", "+5", " 5"]
        )
    if chance.randrange(9) == 0:
        variables["REMOTE_ADDR"] = "203.0.113.78"
    return {
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "body": request.body,
        "content_type": request.content_type,
        "kinds": request.kinds,
        **variables,
    }


def requests():
    """Requests as a WSGI application is asked."""
    return st.builds(as_wsgi, asked(), st.integers(0, 2**32).map(Random))
