"""The link of a clinic: its choices as a short code, an address, and words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from treatment_guide.engine.answers import NOT_SURE, Answers, effective
from treatment_guide.engine.code import decode, encode, grouped
from treatment_guide.http.origin import public_address
from treatment_guide.library.model import Clinic, Library

#: The questions that a clinic can answer in a discharge note. The first is required.
KNOWN = ("place", "cause", "guided", "count")


@dataclass(frozen=True)
class Said:
    """One choice of the clinic: the id and the name of the question, the label of the choice, and
    the choice as words within a sentence.
    """

    question: str
    name: str
    label: str
    told: str


@dataclass(frozen=True)
class Link:
    """A permanent link from a discharge note. It holds choices and a clinic, nothing about a
    patient.

    Properties are computed once for each link: a page uses the code a dozen times.
    """

    library: Library
    answers: Answers
    clinic: Clinic | None = None

    def within(self, library: Library) -> "Link":
        """The same link in the language of another library: its code is the same."""
        return replace(self, library=library)

    @cached_property
    def code(self) -> str:
        """The code, for the address."""
        number = self.clinic.number if self.clinic else None
        return encode(self.library.layout, self.answers, clinic=number, paper=True)

    @cached_property
    def grouped(self) -> str:
        """The code as it is printed."""
        return grouped(self.code)

    @cached_property
    def address(self) -> str:
        """The whole address, as a QR code carries it."""
        return f"{public_address(self.library)}/go/{self.code}/"

    @cached_property
    def typed(self) -> str:
        """The address in a form for typing."""
        return self.address.removeprefix("https://").rstrip("/")

    @cached_property
    def box(self) -> str:
        """The address of the page where the code can be typed."""
        return f"{public_address(self.library)}/go".removeprefix("https://")

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The choices in the link, in the order of the form."""
        found = []
        for question in KNOWN:
            for choice in self.answers.get(question, ()):
                words = self.library.questions[question]
                label = words.choices[choice].label
                told = words.choices[choice].told if question == "cause" else label.lower()
                found.append(Said(question, words.name, label, told))
        return tuple(found)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Short addresses of the situation with exactly this place and cause."""
        plain = {question: next(iter(chosen)) for question, chosen in self.answers.items()}
        wanted: dict[str, str] = {
            question: plain[question] for question in ("place", "cause") if question in plain
        }
        for situation in self.library.situations.values():
            if wanted in map(dict, situation.answers):
                origin = public_address(self.library).removeprefix("https://")
                return tuple(f"{origin}/{word}" for word in situation.words)
        return ()


def offered(library: Library, question: str, answers: Answers) -> tuple[str, ...]:
    """The choices that the form offers for a question, without `not-sure`."""
    counted = effective(library.guide.questions, answers)
    choices = library.guide.questions[question].offered(counted)
    return tuple(choice for choice in choices if choice != NOT_SURE)


def from_form(library: Library, fields: Mapping[str, str]) -> Link | None:
    """The link that a form asks for, or None without a place.

    Unknown choices and clinics are ignored, and so is a cause that the place does not offer.
    """
    answers: dict[str, frozenset[str]] = {}
    for question in KNOWN:
        choice = fields.get(question, "")
        if choice in offered(library, question, answers):
            answers[question] = frozenset((choice,))
    if KNOWN[0] not in answers:
        return None
    named = fields.get("clinic", "")
    clinic = next((c for c in library.clinics.values() if c.id == named), None)
    return Link(library, answers, clinic)


def every_link(library: Library) -> list[Link]:
    """The links of every place with every cause there, without a clinic; then the longest code of
    each clinic: with its name, and how many, and whether guided.
    """
    forms = []
    for place in offered(library, "place", {}):
        given = {"place": frozenset((place,))}
        for cause in ("", *offered(library, "cause", given)):
            forms.append({"place": place, "cause": cause})
    for clinic in library.clinics.values():
        for guided in offered(library, "guided", {}):
            for count in offered(library, "count", {}):
                form = {"place": "knee", "cause": "arthritis", "guided": guided, "count": count}
                forms.append({**form, "clinic": clinic.id})
    return [link for form in forms if (link := from_form(library, form))]


def from_code(library: Library, code: str) -> Link | None:
    """The link of a code, or None when it names no place. Answers to other questions are dropped.

    Raises WrongCode when the code was never issued.
    """
    decoded = decode(library.layout, library.guide.questions, code)
    fields = {q: next(iter(chosen)) for q, chosen in decoded.answers.items() if q in KNOWN}
    if decoded.clinic is not None and decoded.clinic in library.clinics:
        fields["clinic"] = library.clinics[decoded.clinic].id
    return from_form(library, fields)
