"""`manage.py numbers`: measures how fast the engine is, and how many questions readers get."""

import random
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from django.core.management.base import BaseCommand

from treatment_guide.engine.answers import NONE, NOT_SURE, Answers, Question, answer
from treatment_guide.engine.changes import Changes
from treatment_guide.engine.flow import OUTCOME, next_page, open_questions
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.reader import Reader
from treatment_guide.library.content_check import current_library

#: A made-up reader: takes a question and the answers so far, returns the choices.
Says = Callable[[Question, Answers], frozenset[str]]


class Command(BaseCommand):
    """Prints numbers and ratios. It has no limits that fail."""

    help = "Print how fast the engine is, and how many questions people meet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the number of made-up readers, and the steps of the search for the slowest."""
        parser.add_argument("--people", type=int, default=2000)
        parser.add_argument("--search", type=int, default=500, help="answers changed in a search")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, and print a line for each number."""
        guide = current_library().guide
        chance = random.Random(2026)
        people = [everything(guide, knows(chance)) for _ in range(options["people"])]
        one = self.times("narrow and next question", guide, people, step)
        many = times_ten(guide)
        ten = self.times(f"the same with {len(many.options)} options", many, people, step)
        self.stdout.write(f"growth at 10 x options: {ten / one:.1f} x")
        self.times("what would change this, all options", guide, people[:200], changes)
        for name, work in (("narrow and next question", step), ("what would change", changes)):
            found = dearest(guide, people[: options["search"] // 10], work, options["search"])
            self.stdout.write(f"{name}, the dearest reader found: {found:.2f} ms")
        self.questions(guide, "knows everything", knows(random.Random(7)), options["people"])
        self.questions(guide, "answers not-sure throughout", unsure, 1)

    def times(
        self, name: str, guide: Guide, people: list[Answers], work: Callable[[Guide, Answers], None]
    ) -> float:
        """The median milliseconds of one request, printed with the worst."""
        found = []
        for answers in people:
            start = time.perf_counter()
            work(guide, answers)
            found.append((time.perf_counter() - start) * 1000)
        middle = statistics.median(found)
        self.stdout.write(f"{name}: median {middle:.2f} ms, worst {max(found):.2f} ms")
        return middle

    def questions(self, guide: Guide, who: str, says: Says, people: int) -> None:
        """Print how many questions readers get before the outcome, and with all optional ones."""
        core = [len(walk(guide, says)) for _ in range(people)]
        full = [len(walk(guide, says, sharpen=True)) for _ in range(people)]
        for name, counts in (("to the outcome", core), ("with all that sharpen", full)):
            self.stdout.write(
                f"questions for who {who}, {name}: "
                f"average {statistics.mean(counts):.1f}, most {max(counts)}"
            )


def step(guide: Guide, answers: Answers) -> None:
    """The work of the engine for one request."""
    reader = Reader(guide, answers)
    narrow(reader)
    next_page(reader, next(iter(guide.questions)))


def changes(guide: Guide, answers: Answers) -> None:
    """The changes of all options, as the outcome page computes them."""
    found = Changes(Reader(guide, answers))
    for option in guide.options:
        found.of(option)


def dearest(
    guide: Guide, people: list[Answers], work: Callable[[Guide, Answers], None], steps: int
) -> float:
    """The milliseconds for the slowest reader that a hill climb of `steps` finds: starting from
    the slowest of `people`, single answers are changed, removed or made unsure, and kept where
    that takes longer.
    """

    def cost(answers: Answers) -> float:
        found = []
        for _ in range(3):  # the least of three, to leave out other load of the machine
            start = time.perf_counter()
            work(guide, answers)
            found.append((time.perf_counter() - start) * 1000)
        return min(found)

    chance = random.Random(2026)
    asked = [question for question in guide.questions.values() if not question.about_danger]
    worst = 0.0
    for _, start in zip(range(3), sorted(people, key=cost, reverse=True), strict=False):
        here, dear = start, cost(start)
        for _ in range(steps // 3):
            question = chance.choice(asked)
            offered = question.offered(here)
            ticks = chance.sample(offered, chance.randint(0, min(len(offered), 4)))
            then = answer(guide.questions, here, question.id, ticks)
            if cost(then) > dear:
                here, dear = then, cost(then)
        worst = max(worst, dear)
    return worst


def times_ten(guide: Guide) -> Guide:
    """The same guide with every option ten times."""
    options = {
        f"{name}-{i}": replace(option, id=f"{name}-{i}")
        for name, option in guide.options.items()
        for i in range(10)
    }
    return replace(guide, options=options, floor=f"{guide.floor}-0")


def knows(chance: random.Random) -> Says:
    """A made-up reader who knows every answer."""

    def says(question: Question, answers: Answers) -> frozenset[str]:
        if question.about_danger:
            return frozenset((NONE,))
        real = [c for c in question.offered(answers) if c in question.real_choices]
        if question.kind == "one":
            return frozenset((chance.choice(real),))
        return question.read(chance.sample(real, chance.randint(1, min(3, len(real)))), answers)

    return says


def unsure(question: Question, answers: Answers) -> frozenset[str]:
    """A reader who is not sure of anything."""
    return frozenset((NONE,)) if question.about_danger else frozenset((NOT_SURE,))


def everything(guide: Guide, says: Says) -> Answers:
    """The answers of one reader to every question."""
    answers: Answers = {}
    for question in guide.questions.values():
        if question.about_danger or any(
            c in question.real_choices for c in question.offered(answers)
        ):
            answers = answer(guide.questions, answers, question.id, says(question, answers))
    return answers


def walk(guide: Guide, says: Says, sharpen: bool = False) -> list[str]:
    """The ids of the questions one reader gets, in order, danger signs included."""
    return list(_walk(guide, says, sharpen))


def _walk(guide: Guide, says: Says, sharpen: bool) -> Iterator[str]:
    answers: Answers = {}
    page = next(iter(guide.questions))
    while page != OUTCOME:
        yield page
        answers = answer(guide.questions, answers, page, says(guide.questions[page], answers))
        page = next_page(Reader(guide, answers), page)
    while sharpen:
        still = [q for q in open_questions(Reader(guide, answers)) if guide.questions[q].narrows]
        if not still:
            return
        yield still[0]
        answers = answer(
            guide.questions, answers, still[0], says(guide.questions[still[0]], answers)
        )
