"""Every kind of request for the cost table: each address of `urls.py` with its methods, then what
stands in no list of addresses (faults, redirects, oversized requests).
"""

import re
from collections.abc import Iterator
from functools import partial
from random import Random

from inputs import MOST_BODY, MOST_QUERY, Pairs, Shape, Texts, Value, one_of

from treatment_guide.clinics.record_query import RECIPIENTS, SYSTEMS, TYPES
from treatment_guide.engine.answers import NONE
from treatment_guide.engine.code import days_since_2026, encode
from treatment_guide.http.clock import today
from treatment_guide.library.content_check import current_library
from treatment_guide.urls import urlpatterns

CODING: dict[str, Value] = {"HTTP_ACCEPT_ENCODING": one_of("br, gzip", "br, gzip", "gzip", "")}
HTMX: dict[str, Value] = {
    **CODING,
    "HTTP_HX_REQUEST": one_of("true", "true", ""),
    "HTTP_HX_TARGET": one_of("rest", "result", ""),
}
#: Days since 2026-01-01, as codes count them.
TODAY = days_since_2026(today())


class Guide:
    """What the addresses of this guide can hold."""

    def __init__(self) -> None:
        library = self.library = current_library()
        pages = library.reading_pages
        words = " ".join([*library.synonyms.values(), *(p.title + p.summary for p in pages)])
        danger = [said for said, _ in library.danger_phrases.phrases]
        phrases = [*library.synonyms, *danger, *(page.title for page in pages)]
        found = sorted(set(re.findall(r"[a-z]{2,}", words.lower())))
        self.texts = Texts(found, phrases)
        self.parts: dict[str, Value] = {
            "code": self.code,
            "question": one_of(*library.guide.questions),
            "step": one_of(*library.steps),
            "option": one_of(*library.options),
            "situation": one_of(*library.situations),
            "topic": one_of(*library.topics),
            "about": one_of(*library.about),
            "standard": one_of(*(score.standard for score in library.scores)),
            "page": one_of(*library.clinic_pages),
            "word": one_of(*library.words),
            "release": one_of(library.site.release, "2026.1"),
            "kind": one_of("png", "svg", "CarePlan", "Communication"),
        }

    def code(self, chance: Random) -> str:
        """The code of any answers without an urgent sign; now and then a wrong one."""
        if chance.random() < 0.05:
            return chance.choice(("0g4e", "zzzz", "0" * 80, self.texts.text(chance)[:200]))
        answers: dict[str, frozenset[str]] = {}
        for question in self.library.guide.questions.values():
            offered = question.offered(answers)
            if question.about_danger:
                answers[question.id] = frozenset((NONE,))
            elif offered and chance.random() < 0.8:
                most = 1 if question.kind == "one" else question.most or len(offered)
                picked = chance.choices(offered, k=chance.randint(1, most))
                answers[question.id] = frozenset(picked)
        clinic = chance.choice((None, *self.library.clinics))
        return encode(self.library.layout, answers, day=TODAY, clinic=clinic)

    def link_code(self, chance: Random) -> str:
        """The code of a clinic's link."""
        form = self.clinic_form()
        answers = {}
        for name in ("place", "cause", "guided", "count"):
            offered = self.library.guide.questions[name].offered(answers)
            if offered and (name == "place" or chance.random() < 0.8):
                answers[name] = frozenset((chance.choice(offered),))
        answers = {name: chosen for name, chosen in answers.items() if name in form}
        clinic = chance.choice((None, *self.library.clinics))
        return encode(self.library.layout, answers, clinic=clinic, paper=True)

    def clinic_form(self) -> dict[str, Value]:
        """The fields of the link kit."""
        questions = self.library.guide.questions
        fields = {
            name: one_of(*questions[name].choices) for name in ("place", "cause", "guided", "count")
        }
        clinics = (clinic.id for clinic in self.library.clinics.values())
        return {**fields, "clinic": one_of("", *clinics)}

    def criteria(self, form: str, chance: Random) -> Pairs:
        """A clinic request: up to twenty diagnoses in codes or words, and the form of the answer."""
        aliases = [name for names in SYSTEMS.values() for name in names]
        codes = [code for table in self.library.diagnoses.values() for code in table]
        pairs: Pairs = []
        for number in range(chance.choice((1, 1, 3, 10, 20, 25))):
            suffix = str(number or "")
            if chance.random() < 0.5:
                pairs.append((f"mainSearchCriteria.v.c{suffix}", chance.choice(codes)))
                pairs.append((f"mainSearchCriteria.v.cs{suffix}", chance.choice(aliases)))
            for part in ("dn", "ot"):
                if chance.random() < 0.5:
                    text = self.texts.text(chance)[: chance.choice((50, 200, 2_000))]
                    pairs.append((f"mainSearchCriteria.v.{part}{suffix}", text))
        pairs.append(("informationRecipient", chance.choice(RECIPIENTS)))
        return [("knowledgeResponseType", form), ("callback", "show"), *pairs]


def kinds() -> Iterator[Shape]:
    """Every kind, those of `urls.py` first."""
    guide = Guide()
    for pattern in urlpatterns:
        path = "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern))
        yield from of_route(guide, str(pattern.name), path)
    yield from others(guide)


def of_route(guide: Guide, name: str, path: str) -> Iterator[Shape]:
    """The kinds of one address: how it is read, and what is sent to it."""
    text, library = guide.texts.text, guide.library
    names = re.findall(r"\{(\w+)\}", path)
    parts = {part: guide.parts.get(part, text) for part in names}
    if name.startswith("clinic_") and "code" in parts:
        parts["code"] = guide.link_code
    if name.startswith("go"):
        parts = {part: _either(value, text) for part, value in parts.items()}
    query: dict[str, Value] = {
        "search": {"q": text},
        "compare": dict.fromkeys(("option", "option "), guide.parts["option"]),
        "compare_code": dict.fromkeys(("option", "option "), guide.parts["option"]),
        "go_form": {"code": _either(guide.code, text), "r": guide.parts["release"]},
        "go": {"r": guide.parts["release"]},
        "go_capitals": {"r": guide.parts["release"]},
        "take": {"print": one_of("large", "small")},
        "feedback": {"page": one_of(*(page.address for page in library.reading_pages))},
    }.get(name, {})
    reads = partial(Shape, path=path, parts=parts, headers=CODING)
    if name == "infobutton":
        for form in ("", *TYPES):
            pairs = partial(guide.criteria, form)
            fields = {"mainSearchCriteria.v.dn": text, "mainSearchCriteria.v.ot1": text}
            kind = TYPES.get(form, "page")
            yield reads(f"{name} {kind}", query=fields, pairs=pairs)
            yield reads(f"{name} {kind} POST", method="POST", form=fields, pairs=pairs)
        return
    if name.startswith("compare"):
        option = guide.parts["option"]
        yield reads(name, query=query, pairs=lambda chance: _options(chance, option))
    else:
        yield reads(name, query=query)
    forms: dict[str, dict[str, Value]] = {
        "clinics": guide.clinic_form(),
        "feedback": {
            "page": one_of(*(page.address for page in library.reading_pages)),
            "no": one_of("no"),
            "line": text,
        },
    }
    if name == "question":
        for question in library.guide.questions.values():
            if not question.about_danger:
                asked = {**parts, "question": one_of(question.id)}
                fields = {question.id: one_of(*question.choices)}
                yield replace_shape(reads(f"{name} POST {question.id}"), asked, fields)
    elif name in forms:
        yield Shape(f"{name} POST", path, "POST", parts, form=forms[name], headers=HTMX)


def replace_shape(shape: Shape, parts: dict[str, Value], form: dict[str, Value]) -> Shape:
    """The same address, posted to."""
    return Shape(shape.name, shape.path, "POST", parts, form=form, headers=HTMX)


def _options(chance: Random, option: Value) -> Pairs:
    """Two or three options to compare, or as many as anybody may write."""
    return [("option", option(chance)) for _ in range(chance.choice((2, 3, 3, 3, 99)))]


def _either(one: Value, other: Value) -> Value:
    """Either of two kinds of value."""
    return lambda chance: chance.choice((one, other))(chance)


def others(guide: Guide) -> Iterator[Shape]:
    """What stands in no list of addresses."""
    text, option = guide.texts.text, guide.parts["option"]
    junk = {"text": lambda chance: text(chance)[:2_000].replace("/", "") or "x"}
    long = {"q": lambda chance: (text(chance) or "x") * 1_000}
    body = {"line": lambda chance: (text(chance) or "x") * (MOST_BODY // 10)}
    yield Shape("404", "/{text}/", parts=junk, headers=CODING)
    yield Shape("404 of a room", "/options/{text}/", parts=junk, headers=CODING)
    yield Shape("404 below /static/", "/static/{text}", parts=junk, headers=CODING)
    yield Shape("405", "/options/{option}/", "POST", {"option": option}, headers=CODING)
    yield Shape("HEAD", "/options/{option}/", "HEAD", {"option": option}, headers=CODING)
    host = {**CODING, "HTTP_HOST": lambda chance: text(chance)[:200] or "x"}
    yield Shape("400, a host that is not ours", "/search/", headers=host)
    yield Shape("400, a form that is not ours", "/feedback/", "POST", form=body, headers=CODING)
    yield Shape("a slash redirect", "/search", query=long, headers=CODING)
    yield Shape("a slash redirect of a code", "/go/{code}", parts={"code": guide.code})
    yield Shape(f"a query of {MOST_QUERY:,} bytes", "/", query=long, headers=CODING)
    for path in ("/infobutton", "/clinics/", "/whats-next/cause/0/", "/search/"):
        yield Shape(f"oversized POST {path}", path, "POST", form=body, headers=HTMX)


def built_kinds() -> Iterator[Shape]:
    """What a build answers from memory."""
    guide = Guide()
    tagged = {**CODING, "HTTP_IF_NONE_MATCH": one_of("", '"x"', "*", '"a", ' * 500)}
    ranged = {**tagged, "HTTP_RANGE": one_of("", "bytes=0-9", "bytes=x", "bytes=" + "0-9," * 500)}
    options = {"option": guide.parts["option"]}
    yield Shape("a built page", "/options/{option}/", parts=options, headers=ranged)
    yield Shape("a built page, the sources", "/sources/", headers=ranged)
    yield Shape("a static file", "/static/favicon.svg", headers=ranged)
