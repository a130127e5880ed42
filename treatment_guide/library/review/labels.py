"""Words of the interface that say something clinical, by the screen where they stand, and the items
of the record that say nothing clinical.
"""

from __future__ import annotations

#: The words to sign of each screen: what their keys in en/ui*.md begin with.
LABELS: dict[str, tuple[str, ...]] = {
    "outcome": (
        *(
            "act-",
            "again-",
            "care-",
            "change",
            "clear",
            "depends-",
            "do-now-",
            "fits-",
            "fold-",
        ),
        *("group-", "later-", "live-", "nothing-changes", "offered-", "option-", "outcome-"),
        *("several", "set-aside", "sign-", "take-care", "told-", "tried-", "why-", "would-"),
        *("at-once-", "notices-", "later", "opens-", "unanswered-", "asks-", "ask-", "for-now"),
    ),
    "numbers": (
        *(
            "better-",
            "certainty-",
            "fact-",
            "glance",
            "legend",
            "of-people",
            "more-",
            "points",
            "range",
        ),
        *(
            "unit-",
            "none-of",
            "not-known",
            "side-",
            "places-",
            "compare-",
            "fewer-",
            "speaks-",
            "values-",
        ),
        *("kind-", "source-secondary", "decision", "tag-", "part-", "step-"),
    ),
    "help": (
        "help-",
        "get-help-now",
        "handout-",
        "feedback-urgent",
        "search-danger-",
        "clear-",
        "recall-",
    ),
    "paper": ("sheet-", "form-", "clinician-", "booklet-", "portal-", "find-", "paste-"),
    "rules": ("rule-", "safety-"),
}

#: What names of items begin with that no clinician signs, and why.
NOT_CLINICAL = {
    "about/": "about the guide, its makers and its tests",
    "body_maps/": "drawings: where a finger can touch",
    "clinic_pages/": "for a clinic's staff: links, records, law",
    "clinics/": "a clinic's own words and numbers",
    "compare": "the order of rows",
    "grounds/": "what the law asks a clinic about: which answers tell of sex, age and so on",
    "hazards/": "what could go wrong with the guide itself, judged by its editors",
    "conformance/": "what the tests of access found",
    "page_names/": "which page a search shows first",
    "scores/": "criteria of others about the guide",
    "site/origin": "the address of this copy",
    "synonyms/": "what a search takes for the same",
    "words/": "short words of paper, each with its page",
}
#: Words of the interface that say nothing clinical: what their keys begin with.
PLAIN_WORDS = (
    *("about-", "answer-it", "arrived-", "back", "booklets-", "check-by", "checked", "checks-"),
    *("clinic-", "clinics-", "code-", "conformance-", "contact-", "continue", "day-", "error-"),
    *("fault-", "feedback-", "fhir-", "foot", "for-family", "forms-", "funding", "glossary-"),
    *("differs-", "in-original", "not-translated", "read-original", "original-", "software-"),
    *("go-", "grade", "ground", "hazard", "home-", "infobutton-", "integrator-", "keep-", "line-"),
    *("list-", "map-", "menu", "moves-", "nav-", "next", "not-answered", "not-asked"),
    *("on-this-page", "openapi-", "own-", "options-"),
    *(
        "outcomes-",
        "packet-",
        "digest-",
        "page-",
        "proof-",
        "publisher-",
        "question-",
        "read-page",
        "record-",
        "related",
    ),
    *(
        "report-",
        "review",
        "role-",
        "subject",
        "objection",
        "rules-count",
        "score-",
        "search-",
        "show-now",
        "since-",
        "site-",
    ),
    *("situations-", "skip", "source", "standard-", "start-", "steps-", "take-", "test-", "time-"),
    *("topics-", "update-link", "whole-page", "you-said"),
)


def clinical(name: str) -> bool:
    """True for an item of the record that says something clinical, by its name."""
    if name.startswith("ui/"):
        return not name[len("ui/") :].startswith(PLAIN_WORDS)
    return not name.startswith((*NOT_CLINICAL, "en/"))
