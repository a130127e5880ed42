"""The ledgers of what is published for ever: addresses, requests, diagnosis codes, answer codes.

They lie in tests/published/, where tests ask all of them. A ledger only grows: `manage.py ledger`
adds what is new, and refuses when something in one of them is no longer answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from treatment_guide.clinics.clinic_link import every_link
from treatment_guide.clinics.integrator_tables import FHIR, TRIES
from treatment_guide.clinics.record_query import SYSTEMS, TYPES
from treatment_guide.engine.answers import EARLIER, Answers
from treatment_guide.engine.code import WrongCode, decode, encode, grouped
from treatment_guide.library.model import Library
from treatment_guide.serving.addresses import everywhere

ADDRESSES, REQUESTS = "addresses.txt", "requests.txt"
DIAGNOSES, CODES = "diagnoses.txt", "codes.yaml"
#: The codes given out since the last release.
NEXT = "next"
#: The link whose every page stands in the ledger; of other links, the first page alone.
WHOLE_LINK = "0g4f"
#: One row of the ledger of codes.
Row = dict[str, Any]


def diagnoses(library: Library) -> Iterator[str]:
    """Every diagnosis code that leads somewhere today, as `system code`."""
    for system, table in library.diagnoses.items():
        yield from (f"{system} {code}" for code in table)


def requests(library: Library) -> Iterator[str]:
    """Every kind of request that pages of ours print, and every link of the kit."""
    for system, code in TRIES:
        asked = f"mainSearchCriteria.v.c={code}&mainSearchCriteria.v.cs={SYSTEMS[system][0]}"
        for kind in ("", *TYPES):
            answers = f"&knowledgeResponseType={kind}" if kind else ""
            callback = "&callback=show" if kind == "application/javascript" else ""
            yield f"/infobutton?{asked}{answers}{callback}"
    yield from (f"/fhir/{name}" for name in FHIR)
    pages = ("link/{}/", "sheet/{}/", "sheet/{}/large/", "link/{}/qr.svg", "link/{}/qr.png")
    for link in every_link(library):
        yield f"/go/{link.code}/"
        shown = pages if link.code == WHOLE_LINK else pages[:1]
        yield from (f"/clinics/{page.format(link.code)}" for page in shown)


#: The ledgers of one line each, with what stands in them today.
LINES: dict[str, Callable[[Library], Iterable[str]]] = {
    ADDRESSES: everywhere,
    REQUESTS: requests,
    DIAGNOSES: diagnoses,
}


def lines_of(folder: Path, name: str) -> list[str]:
    """The lines of a ledger, without its comments."""
    rows = (folder / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


def missing(library: Library, folder: Path, name: str) -> list[str]:
    """What stands in a ledger of lines today and is not in it yet, sorted."""
    return sorted(set(LINES[name](library)) - set(lines_of(folder, name)))


def added(folder: Path, name: str, new: Iterable[str]) -> str:
    """The text of a ledger with new lines, sorted, below its comments."""
    text = (folder / name).read_text(encoding="utf-8")
    head = "".join(f"{row}\n" for row in text.splitlines() if row.startswith("#"))
    return head + "".join(f"{row}\n" for row in sorted({*lines_of(folder, name), *new}))


def vanished(library: Library, folder: Path, status: Callable[[str], int]) -> Iterator[str]:
    """What a ledger promises and the guide no longer answers. `status` gives the status of the
    answer to a request.
    """
    for name, kept in ((ADDRESSES, (200, 301, 302)), (REQUESTS, (200, 302, 303))):
        for address in lines_of(folder, name):
            if status(address) not in kept:
                yield f"{name}: {address} is not answered"
    for row in lines_of(folder, DIAGNOSES):
        system, code = row.split()
        table = library.diagnoses.get(system, {})
        if not any(code[:size] in table for size in range(1, len(code) + 1)):
            yield f"{DIAGNOSES}: {row} leads nowhere"
    for each in rows_of(folder):
        if said(library, each["code"]) != (promised(each), each.get("clinic")):
            yield f"{CODES}: {each['code']} no longer says {each['answers']}"


def by_release(folder: Path) -> dict[str, list[Row]]:
    """The rows of the ledger of codes, by the release that gave them out."""
    found: dict[str, list[Row]] = yaml.safe_load((folder / CODES).read_text(encoding="utf-8"))
    return found


def rows_of(folder: Path) -> list[Row]:
    """Every row of the ledger of codes."""
    return [row for rows in by_release(folder).values() for row in rows]


def promised(row: Row) -> dict[str, set[str]]:
    """The answers that a row of the ledger says its code has."""
    return {question: set(chosen) for question, chosen in row["answers"].items()}


def said(library: Library, code: str) -> tuple[dict[str, set[str]], int | None] | None:
    """The answers and the clinic of a code today, or None where it is no code; a mark of an
    earlier edition is no answer.
    """
    try:
        decoded = decode(library.layout, library.guide.questions, code)
    except WrongCode:
        return None
    return {q: set(chosen) - {EARLIER} for q, chosen in decoded.answers.items()}, decoded.clinic


def unnamed(library: Library, rows: Iterable[Row]) -> list[tuple[str, str]]:
    """The choices that paper can hold and that no code of the ledger names: question, choice."""
    named = {(q, c) for row in rows for q, chosen in row["answers"].items() for c in chosen}
    numbered = {
        (field.name, choice)
        for field in library.layout.fields
        if not field.now and field.name in library.guide.questions
        for choice in field.numbers
    }
    return sorted(numbered - named)


def new_codes(library: Library, rows: Iterable[Row], release: str) -> list[str]:
    """Lines that the ledger lacks: a code for each choice that none names, and one of this
    `release` where it has none. Raises ValueError where a choice cannot stand in a code.
    """
    known = {row["code"] for row in rows}
    found = [line(library, _with(library, question, c)) for question, c in unnamed(library, rows)]
    if not found and release:
        answers = (
            {question: frozenset((choice,)) for question, choice in given.items()}
            for situation in library.situations.values()
            for given in situation.answers
        )
        codes = ((grouped(encode(library.layout, each, paper=True)), each) for each in answers)
        found = [line(library, each) for code, each in codes if code not in known][:1]
    return list(dict.fromkeys(found))


def _with(library: Library, question: str, choice: str) -> Answers:
    """Answers that name this choice, with an answer to the earlier question that offers it."""
    asked = library.guide.questions[question]
    answers = {question: frozenset((choice,))}
    if asked.by is None:
        return answers
    for earlier in library.guide.questions[asked.by].choices:
        given = {asked.by: frozenset((earlier,))}
        if choice in asked.offered(given):
            return {**given, **answers}
    raise ValueError(f"No answer to `{asked.by}` offers `{question}.{choice}`.")


def line(library: Library, answers: Answers) -> str:
    """The line of the ledger for these answers on paper. Raises ValueError where its code does not
    say them.
    """
    code = grouped(encode(library.layout, answers, paper=True))
    wanted = {question: set(chosen) for question, chosen in answers.items()}
    if said(library, code) != (wanted, None):
        raise ValueError(f"No code on paper says {wanted}.")
    words = ", ".join(f"{q}: [{', '.join(sorted(chosen))}]" for q, chosen in answers.items())
    return f'  - {{code: "{code}", from: sheet, answers: {{{words}}}}}'


def codes_text(folder: Path, release: str, new: Iterable[str]) -> str:
    """The text of the ledger of codes with new lines under a release, or under NEXT. Lines under
    NEXT belong to the first release that is named after them.
    """
    text = (folder / CODES).read_text(encoding="utf-8")
    if release != NEXT:
        text = text.replace(f'\n"{NEXT}":\n', f'\n"{release}":\n')
    rows = list(new)
    if rows and f'\n"{release}":\n' not in text:
        text += f'"{release}":\n'
    return text + "".join(f"{row}\n" for row in rows)
