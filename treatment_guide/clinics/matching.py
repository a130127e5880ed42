"""Which pages a diagnosis leads to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from treatment_guide.clinics.link import Link
from treatment_guide.clinics.query import Criterion, Query
from treatment_guide.library.model import Diagnosis, Library, Page
from treatment_guide.library.search import contains, plain, telling


@dataclass(frozen=True)
class Entry:
    """One thing to read: a fixed name, a title, a summary, where it stands, its checked day.

    `codes` are the prefixes that led to it; `by_words` is true when words did, not a code.
    `related` are addresses with their titles.
    """

    name: str
    title: str
    summary: str
    address: str
    page: Page
    codes: tuple[tuple[str, str], ...] = ()
    by_words: bool = False
    related: tuple[tuple[str, str], ...] = ()


def entries(library: Library, query: Query) -> tuple[Entry, ...]:
    """What to read, in the order asked, each once. Danger leads to help alone."""
    found = [
        (diagnosis, (system, prefix))
        for criterion in query.criteria
        for diagnosis, system, prefix in by_code(library, criterion)
    ]
    said = " ".join(criterion.words for criterion in query.criteria)
    if any(diagnosis.danger for diagnosis, _ in found) or speaks_of_danger(library, said):
        return (help_entry(library),)
    made = [entry(library, diagnosis, code) for diagnosis, code in found]
    if not found:
        made = [
            entry(library, diagnosis, None)
            for criterion in query.criteria
            for diagnosis in by_words(library, criterion.words)
        ]
    merged = list(_each_once(made))
    if merged and query.recipient == "PROV":
        answers = next((d.answers for d, _ in found if d.answers), {})
        merged.append(for_clinicians(library, answers))
    return tuple(merged)


def by_code(library: Library, criterion: Criterion) -> Iterable[tuple[Diagnosis, str, str]]:
    """What the longest prefix of a code leads to: at most one."""
    table = library.diagnoses.get(criterion.known_system or "", {})
    for size in range(len(criterion.bare), 2, -1):
        prefix = criterion.bare[:size]
        if prefix in table:
            yield table[prefix], criterion.known_system or "", prefix
            return


def by_words(library: Library, text: str) -> Iterable[Diagnosis]:
    """The situations that a text names in full: knee and arthritis, in any order.

    No guessing: a record system's words are no search.
    """
    words = plain(text)
    for said, meant in library.synonyms.items():
        if contains(plain(text), tuple(plain(said))):
            words += plain(meant)
    for situation in library.situations.values():
        for name in library.search_names.get(situation.page.address, ()):
            if set(plain(name)) <= set(words):
                yield Diagnosis(situation.answers[0])
                break


def speaks_of_danger(library: Library, text: str) -> bool:
    """True when the words name a danger sign."""
    words = list(telling(plain(text)))
    return any(contains(words, telling(plain(sign))) for sign in library.danger_words)


def entry(library: Library, diagnosis: Diagnosis, code: tuple[str, str] | None) -> Entry:
    """The page for a place and a cause; without a page of its own, the place in the list."""
    answers = dict(diagnosis.answers)
    codes = (code,) if code else ()
    by_place = library.pages["home"]
    if not answers:
        ui = library.ui
        return Entry(
            "body-parts", ui["situations-title"], ui["situations-lead"], "/situations/", by_place,
            codes, code is None,
        )  # fmt: skip
    link = Link(library, {q: frozenset((choice,)) for q, choice in answers.items()})
    questions = (f"/go/{link.code}/", library.ui["infobutton-questions"])
    for situation in library.situations.values():
        if answers in map(dict, situation.answers):
            page = situation.page
            return Entry(
                page.id, page.title, page.summary, page.address, page,
                codes, code is None, (questions,),
            )  # fmt: skip
    labels = ", ".join(said.label for said in link.said)
    return Entry(
        "-".join(answers.values()),
        library.ui["infobutton-place"].format(told=labels),
        library.ui["situations-lead"],
        f"/situations/#{answers['place']}",
        by_place,
        codes,
        code is None,
        (questions,),
    )


def help_entry(library: Library) -> Entry:
    """Danger signs, and whom to call."""
    page = library.pages["get-help-now"]
    return Entry(page.id, page.title, page.summary, page.address, page)


def for_clinicians(library: Library, answers: Mapping[str, str]) -> Entry:
    """The rules with their evidence, and the link kit for this place."""
    page = library.about["rules"]
    kit = "/clinics/"
    if answers:
        link = Link(library, {q: frozenset((choice,)) for q, choice in answers.items()})
        kit = f"/clinics/link/{link.code}/"
    related = ((kit, library.ui["clinics-title"]),)
    return Entry(f"clinician-{page.id}", page.title, page.summary, page.address, page, (), False, related)  # fmt: skip


def _each_once(found: Iterable[Entry]) -> Iterable[Entry]:
    """Entries with the same name are one, with the codes of all."""
    together: dict[str, Entry] = {}
    for each in found:
        first = together.get(each.name)
        codes = tuple(dict.fromkeys([*(first.codes if first else ()), *each.codes]))
        base = first or each
        together[each.name] = Entry(**{**base.__dict__, "codes": codes})
    return together.values()
