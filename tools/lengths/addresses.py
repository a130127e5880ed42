"""Which pages are measured: every page, stories, patients of guidelines, readers made up by chance.

Django must be set up.
"""

import ast
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tests.content.cases.patients import read_patients
from tests.stories import STORY, choices_of
from tools.lengths.limits import IMPLANTS, LONG_BY_NATURE, SURGERY_STEP
from tools.pages import every_page, states
from treatment_guide.engine.answers import NONE, Answers
from treatment_guide.engine.code import days_since_2026, encode
from treatment_guide.engine.flow import OUTCOME, gate
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.http.addresses import ORIGINAL_ALONE
from treatment_guide.http.clock import today
from treatment_guide.library.content_check import current_library

ROOT = Path(__file__).resolve().parents[2]
JOURNEYS = ROOT / "tests" / "questionnaire" / "journeys"
#: The share of questions that a reader made up by chance answers.
ANSWERED = 0.8


@dataclass(frozen=True)
class Place:
    """A page to measure: its kind (a key of `LIMITS`), its address, in words whose it is, and whether
    it is a translation.
    """

    kind: str
    address: str
    whose: str = ""
    translated: bool = False


def in_language(places: Iterable[Place], prefix: str) -> Iterator[Place]:
    """The same pages in the language whose addresses begin with `prefix` (`/es`), those that there
    are; with an empty prefix all, as they are.
    """
    for place in places:
        if not prefix:
            yield place
        elif not ORIGINAL_ALONE.match(place.address):
            yield replace(place, address=f"{prefix}{place.address}", translated=True)


def reading_pages() -> Iterator[Place]:
    """Every page that depends on content alone, and one of each that a form gives."""
    for address in every_page():
        yield Place(kind_of(address), address)
    for name, address in states().items():
        if name.startswith("question "):
            yield Place("question", address, name)
        elif name in ("compare two", "compare three"):
            yield Place(name, address, name)
        elif name.startswith("search"):
            yield Place("list", address, name)


def kind_of(address: str) -> str:
    """The kind of a page that depends on content alone, by its address."""
    if address.endswith("/all/"):
        return "all open"
    if address in LONG_BY_NATURE:
        return "long by nature"
    if address.startswith("/clinics/forms/") or address == "/clinics/integrator-sheet/":
        return "form to print"
    if address.startswith("/clinics/booklets/") and address != "/clinics/booklets/":
        return "booklet to print"
    if address.startswith("/about/scorecard/"):
        return "scorecard"
    first, _, rest = address.strip("/").partition("/")
    names = {"": "home", "get-help-now": "get help now"}
    if not rest:
        return names.get(first, "clinics" if first == "clinics" else "list")
    if first == "options":
        option = current_library().options[rest]
        large = option.step == SURGERY_STEP or rest in IMPLANTS
        return "option, surgery or implant" if large else "option"
    kinds = {"situations": "situation", "topics": "topic", "steps": "step"}
    return kinds.get(first, first if first in ("about", "clinics") else "list")


def stories() -> dict[str, Answers]:
    """The patients that tests tell from question to outcome, by the name of the test."""
    found = {"knee": choices_of(STORY)}
    files = sorted(JOURNEYS.glob("test_*.py"))
    texts = [file.read_text(encoding="utf-8") for file in files]
    for function in (node for text in texts for node in ast.parse(text).body):
        if not isinstance(function, ast.FunctionDef):
            continue
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "told":
                told = {
                    str(each.arg).replace("_", "-"): ast.literal_eval(each.value)
                    for each in call.keywords
                }
                name = function.name.removeprefix("test_").replace("_", " ")
                found[name] = choices_of({"urgent": "none", "urgent-here": "none", **told})
    return {name: answers for name, answers in found.items() if has_options(answers)}


def patients() -> dict[str, Answers]:
    """The cases from guidelines that end in a list of options, by their name."""
    return {
        patient.id: patient.answers for patient in read_patients() if has_options(patient.answers)
    }


def made_up(count: int, seed: int) -> dict[str, Answers]:
    """So many readers made up by chance; none has to go for help at once.

    Several choices are ticked where a question takes several. The same seed gives the same readers.
    """
    chance = random.Random(seed)
    found: dict[str, Answers] = {}
    while len(found) < count:
        answers: dict[str, frozenset[str]] = {}
        for question in current_library().guide.questions.values():
            offered = [choice for choice in question.offered(answers) if choice != NONE]
            # Without an answer to these there is no outcome.
            if question.about_danger and (not offered or chance.random() < 0.8):
                answers[question.id] = frozenset((NONE,))
            elif offered and (question.about_danger or chance.random() < ANSWERED):
                most = chance.choice((1, 1, 2, 3)) if question.kind == "several" else 1
                ticked = chance.sample(offered, min(most, len(offered)))
                answers[question.id] = frozenset(
                    ticked if len(ticked) == 1 else (t for t in ticked if t != "not-sure")
                )
        if has_options(answers):
            found[f"reader {len(found) + 1} of seed {seed}"] = answers
    return found


def has_options(answers: Answers) -> bool:
    """False for answers that show no option: they send a reader for help, or to a question about
    danger signs first.
    """
    reader = Reader(current_library().guide, answers)
    return gate(reader, OUTCOME) is None and isinstance(narrow(reader), Outcome)


def outcome_of(answers: Mapping[str, frozenset[str]]) -> str:
    """The address of the outcome of answers given today."""
    code = encode(current_library().layout, answers, day=days_since_2026(today()))
    return f"/whats-next/outcome/{code}/"


def outcomes(readers: int, seed: int, sample: int | None = None) -> Iterator[Place]:
    """The outcomes of all stories, of all cases, and of readers made up by chance.

    With `sample` at most so many of each, taken evenly.
    """
    for kind, told in (
        ("outcome, a story", stories()),
        ("outcome, a case", patients()),
        ("outcome, any reader", made_up(readers, seed)),
    ):
        names = list(told)
        if sample and kind != "outcome, a story":
            names = names[:: max(1, len(names) // sample)][:sample]
        for name in names:
            is_knee = kind == "outcome, a story" and name == "knee"
            yield Place("outcome, the knee" if is_knee else kind, outcome_of(told[name]), name)
