"""How a sheet leads back to the guide, and whether it says something discreetly."""

from dataclasses import dataclass

from treatment_guide.engine.answers import Answers, effective
from treatment_guide.engine.code import encode, grouped
from treatment_guide.http.origin import in_capitals
from treatment_guide.library.model import Library
from treatment_guide.library.qr import qr_svg


@dataclass(frozen=True)
class Paper:
    """How a sheet leads back to the guide: the code, the address with the release, the QR code."""

    code: str
    grouped: str
    address: str
    box: str
    qr: str


def paper(library: Library, answers: Answers, clinic: int | None, site: str) -> Paper:
    """The code and address of these answers for paper, without danger signs and `since`.

    `site` is where the guide stands (`http.origin.public_address`).
    """
    code = encode(library.layout, answers, clinic=clinic, paper=True)
    release = library.site.release
    return Paper(
        code,
        grouped(code),
        way_back(library, answers, clinic, site),
        f"{site.removeprefix('https://')}/go/",
        # No character outside the alphanumeric mode of QR codes: fewer and larger dots.
        qr_svg(in_capitals(library, f"/go/{code}/{release}/")),
    )


def way_back(library: Library, answers: Answers, clinic: int | None, site: str) -> str:
    """The address that brings these answers back, after the danger signs are asked anew."""
    code = encode(library.layout, answers, clinic=clinic, paper=True)
    return f"{site}/go/{code}/?r={library.site.release}"


def place_and_cause(answers: Answers) -> Answers:
    """Of these answers, what hurts and why."""
    return {name: answers[name] for name in ("place", "cause") if name in answers}


def discreet(library: Library, answers: Answers) -> bool:
    """True where one of these answers is said discreetly on paper."""
    counted = effective(library.guide.questions, answers)
    return any(
        words.discreet
        for name, chosen in counted.items()
        for choice, words in library.questions[name].choices.items()
        if choice in chosen
    )
