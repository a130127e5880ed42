"""Which pages a diagnosis leads to.

All that depends on the library alone is computed once for each library (`Matcher`). The rest is
linear in the codes and words of a request, which are limited: `record_query.py` takes at most
`MOST_CRITERIA` diagnoses, and `LONGEST_TEXT` characters of the plain form of each text are read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from treatment_guide.clinics.clinic_link import Link
from treatment_guide.clinics.record_query import Criterion, Query
from treatment_guide.engine.answers import LEVELS
from treatment_guide.library.model import Diagnosis, Library, Page
from treatment_guide.library.once import once_per_library
from treatment_guide.library.search.danger import dangers
from treatment_guide.library.search.plain_words import Phrases, plain, plain_sent

Code = tuple[str, str]
#: The levels of danger that lead to the help page alone.
URGENT = LEVELS[:2]
#: How many words of a request are looked through for danger: labels of record systems have a few
#: each, and the cost of a request stays bounded.
MOST_WORDS = 400


@dataclass(frozen=True)
class Entry:
    """One page in the answer: a fixed id, a title, a summary, its address, its checked day.

    `codes` are the prefixes that led to it; `by_words` is true when words did, not a code.
    `related` are addresses with their titles.
    """

    name: str
    title: str
    summary: str
    address: str
    page: Page
    codes: tuple[Code, ...] = ()
    by_words: bool = False
    related: tuple[tuple[str, str], ...] = ()


def entries(library: Library, query: Query) -> tuple[Entry, ...]:
    """The pages for a query, in the order asked, each once. Danger gives only the help page."""
    matcher = matcher_of(library)
    found = [
        (diagnosis, (system, prefix))
        for criterion in query.criteria
        for diagnosis, system, prefix in matcher.by_code(criterion)
    ]
    said = [words_of(criterion) for criterion in query.criteria]
    danger = any(diagnosis.danger for diagnosis, _ in found)
    every = [word for words in said for word in words]
    if danger or matcher.speaks_of_danger(every[:MOST_WORDS]):
        return (help_entry(library),)
    merged = list(
        _each_once((matcher.entry(diagnosis.answers), code) for diagnosis, code in found)
        if found
        else _each_once((entry, None) for words in said for entry in matcher.by_words(words))
    )
    if merged and query.recipient == "PROV":
        answers = next((d.answers for d, _ in found if d.answers), {})
        merged.append(for_clinicians(library, answers))
    return tuple(merged)


def words_of(criterion: Criterion) -> list[str]:
    """The plain words of a diagnosis, where it was sent in words."""
    return plain_sent(criterion.name) + plain_sent(criterion.original)


class Matcher:
    """Finds the entries for codes and words in one library. It stores nothing of a request."""

    def __init__(self, library: Library) -> None:
        self._diagnoses = library.diagnoses
        self._longest = {
            system: max(map(len, table), default=0) for system, table in library.diagnoses.items()
        }
        self._danger = dangers(library)
        self._synonyms = Phrases((plain(s), plain(meant)) for s, meant in library.synonyms.items())
        #: By the first word of a name: the number of its situation, and all words of the name.
        self._names: dict[str, list[tuple[int, frozenset[str]]]] = {}
        self._situations: list[Entry] = []
        for number, situation in enumerate(library.situations.values()):
            self._situations.append(entry(library, situation.answers[0]))
            for name in library.search_names.get(situation.page.address, ()):
                words = plain(name)
                if words:
                    row = (number, frozenset(words))
                    self._names.setdefault(words[0], []).append(row)
        self._entries = {
            _key(diagnosis.answers): entry(library, diagnosis.answers)
            for table in library.diagnoses.values()
            for diagnosis in table.values()
        }

    def by_code(self, criterion: Criterion) -> Iterable[tuple[Diagnosis, str, str]]:
        """What the longest prefix of a code leads to: at most one."""
        system = criterion.known_system or ""
        table = self._diagnoses.get(system, {})
        bare = criterion.bare[: self._longest.get(system, 0)]
        for size in range(len(bare), 2, -1):
            if bare[:size] in table:
                yield table[bare[:size]], system, bare[:size]
                return

    def by_words(self, said: Sequence[str]) -> list[Entry]:
        """The situations that words name in full: knee and arthritis, in any order.

        All words must match exactly: this is not a search.
        """
        words = {*said, *(w for meant in self._synonyms.found_in(said) for w in meant)}
        found = {
            number for word in words for number, name in self._names.get(word, ()) if name <= words
        }
        return [self._situations[number] for number in sorted(found)]

    def speaks_of_danger(self, words: list[str]) -> bool:
        """True when the words name a danger that cannot wait for days."""
        return self._danger.speaks_of(words, URGENT)

    def entry(self, answers: Mapping[str, str]) -> Entry:
        """The entry for what a diagnosis of the library says."""
        return self._entries[_key(answers)]


#: The matcher of a library, made at the first question.
#: Saves 24 ms a request of a record system.
matcher_of = once_per_library(Matcher)


def _key(answers: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(answers.items())


def entry(library: Library, given: Mapping[str, str]) -> Entry:
    """The page for a place and a cause; without a page of its own, the place in the list."""
    answers = dict(given)
    by_place = library.pages["home"]
    if not answers:
        ui = library.ui
        return Entry(
            "body-parts", ui["situations-title"], ui["situations-lead"], "/situations/", by_place
        )
    link = Link(library, {q: frozenset((choice,)) for q, choice in answers.items()})
    questions = (f"/go/{link.code}/", library.ui["infobutton-questions"])
    for situation in library.situations.values():
        if answers in map(dict, situation.answers):
            page = situation.page
            return Entry(
                page.id, page.title, page.summary, page.address, page, related=(questions,)
            )
    labels = library.language.listed([said.label for said in link.said])
    return Entry(
        "-".join(answers.values()),
        library.ui["infobutton-place"].format(told=labels),
        library.ui["situations-lead"],
        f"/situations/#{answers['place']}",
        by_place,
        related=(questions,),
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
    return Entry(
        f"clinician-{page.id}", page.title, page.summary, page.address, page, related=related
    )


def _each_once(found: Iterable[tuple[Entry, Code | None]]) -> Iterable[Entry]:
    """Entries with the same name are one, with the codes of all; without a code, words led there.

    The first of a name counts but for its codes.
    """
    first: dict[str, Entry] = {}
    codes: dict[str, dict[Code, None]] = {}
    for each, code in found:
        first.setdefault(each.name, each)
        codes.setdefault(each.name, {}).update({code: None} if code else {})
    for name, each in first.items():
        yield replace(each, codes=tuple(codes[name]), by_words=not codes[name])
