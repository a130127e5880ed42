"""A clock that is years wrong: pages, codes, numbers and caches, under the clock of libfaketime."""

import shutil
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path

from guide import Failed, Guide, NotHere, Place, Request, feedback, manage, new_outcomes

from treatment_guide.http.clock import now

YEARS = (-11, -1, 2, 11)


def faketime() -> Path:
    """The library that makes a program believe in another day; brought where that is allowed.

    Raises NotHere.
    """
    from run import install

    if not (shutil.which("faketime") or install("faketime")):
        raise NotHere("no faketime, and none could be installed; tests/ turn the clock instead")
    found = sorted(Path("/usr/lib").rglob("libfaketimeMT.so.1"))
    if not found:
        raise NotHere("faketime without its library")
    return found[0]


def another_day(days: int) -> dict[str, str]:
    """The environment of a program that believes to be so many days from now."""
    return {
        "LD_PRELOAD": str(faketime()),
        "FAKETIME": f"{days:+}d",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }


def wrong(place: Place) -> str:
    """The guide runs years back and years ahead, from a build of the true day."""
    from treatment_guide.library.content_check import current_library
    from treatment_guide.serving.addresses import every_address

    library = current_library()
    told = []
    folder = place.scratch / "clock"
    folder.mkdir(exist_ok=True)
    code, said = manage("migrate", "--skip-checks", DATABASE_URL=f"sqlite:///{folder}/f.sqlite3")
    if code:
        raise Failed(said)
    for years in YEARS:
        there = now() + timedelta(days=365 * years)
        environment = {**another_day(365 * years), "DATABASE_URL": f"sqlite:///{folder}/f.sqlite3"}
        with place.guide(readers=0, **environment) as guide:
            pages = {path: guide.ask(path) for path in every_address(library)}
            bad = [path for path, seen in pages.items() if seen.status not in (200, 301, 302)]
            if bad:
                raise Failed(f"{years:+} years: {bad} answer with faults")
            hidden = numbers(library, there.date(), {p: s.body for p, s in pages.items()})
            dated(there, pages["/"], pages["/healthz"])
            cached(guide)
            lapsed(guide)
            if guide.ask(feedback()).status != 303:
                raise Failed(f"{years:+} years: feedback is not kept")
        told.append(f"{years:+} years: {len(pages)} pages, {hidden} numbers hidden")
    return "; ".join(told) + "; codes ask the danger signs again and keep the rest; caches agree"


def numbers(library: object, there: date, pages: dict[str, bytes]) -> int:
    """How many numbers are due on a day; not one may stand on a page. Raises Failed."""
    facts = library.facts.values()  # type: ignore[attr-defined]
    all_words = b"\n".join(pages.values()).decode()
    due = [fact for fact in facts if fact.overdue(there)]
    shown = [fact.id for fact in due if escape(fact.sentence, quote=False) in all_words]
    if shown:
        raise Failed(f"on {there} these are past their day and shown: {shown[:3]}")
    if not due and not any(escape(f.sentence, quote=False) in all_words for f in facts):
        raise Failed("no number is found on any page, so none could be missed")
    return len(due)


def dated(there: datetime, *answers: object) -> None:
    """The day in the headers is the machine's own, so that caches can reckon. Raises Failed."""
    for seen in answers:
        said = parsedate_to_datetime(seen.headers["date"])  # type: ignore[attr-defined]
        if abs(said - there) > timedelta(minutes=10):
            raise Failed(f"the header says {said}, the clock {there}")


def cached(guide: Guide) -> None:
    """A page that a browser has cached is not sent again, and expires as its headers say."""
    page = guide.ask("/static/favicon.svg")
    tag = page.headers["etag"]
    again = guide.ask(Request("/static/favicon.svg", tag=tag))
    if (again.status, again.body) != (304, b"") or "last-modified" in page.headers:
        raise Failed(f"a file that did not change is answered with {again.status}")
    dated_only = guide.ask(Request("/options/prp/", since="Fri, 31 Dec 2100 00:00:00 GMT"))
    if dated_only.status != 200:
        raise Failed("a page is taken for unchanged by a date alone")


def lapsed(guide: Guide) -> None:
    """A code of the true day, which here is past or to come: what is about today is asked again, all
    other answers stay. Raises Failed.
    """
    for outcome in new_outcomes(5):
        first = guide.ask(outcome)
        there = first.headers.get("location", "")
        if first.status != 302 or not there.startswith("/whats-next/urgent/"):
            raise Failed(f"an old code is answered with {first.status}")
        for _ in range(12):
            question = there.split("/")[2]
            if not question.startswith("urgent"):
                break
            seen = guide.ask(Request(there, "POST", f"{question}=none"))
            there = seen.headers.get("location", "")
            if seen.status != 303:
                raise Failed(f"danger signs are answered with {seen.status}")
        code = there.split("/")[3]
        if guide.ask(f"/whats-next/outcome/{code}/").status != 200:
            raise Failed("no outcome after the danger signs")
        if kept(code) != kept(outcome.path.split("/")[3]):
            raise Failed("answers were lost with the day")


def kept(code: str) -> dict[str, frozenset[str]]:
    """The answers in a code, without those that hold for a day."""
    from treatment_guide.engine.code import decode
    from treatment_guide.library.content_check import current_library

    library = current_library()
    answers = decode(library.layout, library.guide.questions, code).answers
    return {name: chosen for name, chosen in answers.items() if name not in library.layout.now}


def builds_of_other_days(place: Place) -> str:
    """Builds were made by a clock years ahead; once it is right, the next true build is served."""
    root = place.scratch / "other-days"
    for years in (11, 12, 13):
        name = next(place.build.glob("2*")).name.partition("-")[2]
        shutil.copytree(next(place.build.glob("2*")), root / f"{2026 + years}0101-{name}")
    code, said = manage("build", str(root), **another_day(-400))
    made = said.partition(":")[0].strip()
    if code or "Traceback" in said:
        raise Failed(said[-500:])
    with place.guide(BUILD_DIR=str(root)) as guide:
        day = guide.ask("/healthz").body.decode()
        if Path(made).name[:4] not in day:
            raise Failed(f"the build made was {made}, and served is {day}")
    return f"3 builds of years to come; {Path(made).name[:8]} was made, kept and served"
