"""Rules of the content that span several files."""

from __future__ import annotations

from collections.abc import Mapping

from treatment_guide.engine.answers import NONE, NOT_SURE
from treatment_guide.library.in_words.places import PLACE
from treatment_guide.library.loading.rules import RuleBook
from treatment_guide.library.model import Fact, SituationPage
from treatment_guide.library.problems import Problems


def places_agree(
    situations: Mapping[str, SituationPage], facts: Mapping[str, Fact], problems: Problems
) -> None:
    """Note a fact about another place on the page of a situation: a reader with one place is shown
    no number about another.
    """
    known = {place for fact in facts.values() for place in fact.places}
    for name, situation in situations.items():
        here = {situation.place, *(each[PLACE] for each in situation.answers if PLACE in each)}
        for fact in situation.page.facts if here & known else ():
            about = facts[fact].places if fact in facts else ()
            if about and here.isdisjoint(about):
                message = (
                    f"The number `{fact}` is about {', '.join(about)}, and this page about "
                    f"{', '.join(sorted(here))}. Take it out, or show one of this place."
                )
                problems.add(f"en/situations/{name}.md", 1, fact, message)


def never_forced(book: RuleBook, problems: Problems) -> None:
    """Note a question without `not-sure` or `none`: readers must be able to leave each question
    open, except those about danger signs.
    """
    for name, question in book.questions.items():
        if not question.about_danger and not {NONE, NOT_SURE} & set(question.choices):
            message = f"Add a choice `{NOT_SURE}` or `{NONE}`: nobody has to know."
            problems.add(f"guide/questions/{name}.yaml", 1, "choices", message)
