"""Which pages the checks look at. Django must be set up.

every_page()      every address that answers with a page of its own
states()          pages that depend on answers, on a form, or on something wrong: name to address
kinds()           one page of each kind: what kind, and where
translated()      the same in each further language: "es home" and so on
"""

from treatment_guide.engine.code import days_since_2026, encode
from treatment_guide.http.addresses import ORIGINAL_ALONE
from treatment_guide.http.clock import today
from treatment_guide.library.content_check import current_library
from treatment_guide.library.model import Library
from treatment_guide.serving.addresses import every_address

#: No code was ever issued like this one.
WRONG_CODE = "zzzz"

NO_DANGER = {"urgent": "none", "urgent-here": "none"}

#: People whose outcome looks different: most fits, much waits, little is known, a spine, a nerve.
PEOPLE = {
    "knee": {
        "place": "knee",
        "cause": "arthritis",
        "response": "wore-off",
        "since": "over-12-weeks",
        "tried": "exercise medicines",
        "health": "blood-thinners",
        "impact": "moderate",
        "matters": "avoid-surgery sleep",
    },
    "too soon": {"place": "shoulder", "cause": "frozen-shoulder", "since": "under-2-weeks"},
    "nothing known": {"place": "several"},
    "back": {
        "place": "back",
        "cause": "disc",
        "response": "none",
        "since": "over-12-weeks",
        "tried": "exercise medicines",
        "impact": "severe",
        "spread": "limb",
    },
}


def every_page() -> list[str]:
    """Every address that answers with a page: no short word, which redirects, and nothing for machines."""
    library = current_library()
    words = {f"/{word}/" for word in library.words}
    return [a for a in every_address(library) if a.endswith("/") and a not in words]


def code(library: Library, answers: dict[str, str]) -> str:
    """The code of answers given today: `{"place": "knee", "tried": "exercise medicines"}`."""
    chosen = {question: frozenset(text.split()) for question, text in answers.items()}
    return encode(library.layout, chosen, day=days_since_2026(today()))


def states() -> dict[str, str]:
    """Pages that no list of addresses names: what stands for each, and where."""
    library = current_library()
    knee = code(library, NO_DANGER | PEOPLE["knee"])
    questions = {
        f"question {question}": f"/whats-next/{question}/{knee}/"
        for question in library.guide.questions
    }
    outcomes = {
        f"outcome {who}": f"/whats-next/outcome/{code(library, NO_DANGER | answers)}/"
        for who, answers in PEOPLE.items()
    }
    whole = {f"{name}, all of it open": f"{address}all/" for name, address in outcomes.items()}
    options = list(library.options)
    paper = encode(
        library.layout, {"place": frozenset({"knee"}), "cause": frozenset({"arthritis"})}
    )
    return {
        **questions,
        **outcomes,
        **whole,
        "option from an outcome": f"{outcomes['outcome knee']}options/prp/",
        "compare two": f"/compare/?option={options[0]}&option={options[1]}",
        "compare three": "/compare/?" + "&".join(f"option={o}" for o in options[-3:]),
        "compare by what matters": f"/whats-next/compare/{knee}/?option=prp&option={options[0]}",
        "search found": "/search/?q=knee",
        "search mistyped": "/search/?q=frozen+sholder",
        "search danger": "/search/?q=fever",
        "search nothing": "/search/?q=xqzw",
        "clinic link": f"/clinics/link/{paper}/",
        "clinic sheet": f"/clinics/sheet/{paper}/",
        "clinic sheet large": f"/clinics/sheet/{paper}/large/",
        "no such page": "/no-such-page-here/",
        "no such option": "/options/no-such-option/",
        "wrong code": f"/whats-next/outcome/{WRONG_CODE}/",
        "wrong code typed": f"/go/?code={WRONG_CODE}",
        "a clinic's link": "/clinics/link/0g402j0/",
        "a clinic's sheet": "/clinics/sheet/0g402j0/",
        "a clinic's sheet in large print": "/clinics/sheet/0g402j0/large/",
    }


def kinds() -> dict[str, str]:
    """One page of each kind: what kind, and where."""
    some = states()
    return {
        "home": "/",
        "help": "/get-help-now/",
        "ladder": "/steps/",
        "step": "/steps/injections/",
        "options": "/options/",
        "option": "/options/prp/",
        "situations": "/situations/",
        "situation": "/situations/knee-arthritis/",
        "topic": "/topics/judging-an-injection/",
        "glossary": "/glossary/",
        "sources": "/sources/",
        "rules": "/about/rules/",
        "scorecard": "/about/scorecard/",
        "packet": "/about/review/safety/health.pregnancy/",
        "about": "/about/privacy/",
        "start": "/whats-next/",
        "danger signs": some["question urgent"],
        "place": some["question place"],
        "question": some["question tried"],
        "outcome": some["outcome knee"],
        "compare": some["compare three"],
        "search": some["search mistyped"],
        "code": "/go/",
        "clinic kit": "/clinics/",
        "clinic link": some["clinic link"],
        "clinic sheet": some["clinic sheet"],
        "error": "/no-such-page-here/",
    }


def translated() -> dict[str, str]:
    """One page of each kind in each language that is served beside the original, but for kinds that
    there are in the original alone.
    """
    return {
        f"{name} {kind}": f"{translation.language.prefix}{address}"
        for name, translation in current_library().translations.items()
        for kind, address in kinds().items()
        if not ORIGINAL_ALONE.match(address)
    }
