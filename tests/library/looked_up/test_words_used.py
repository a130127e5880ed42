"""The tables of keys (library/looked_up/ui_keys.py, library/looked_up/ui_keys_clinics.py) say exactly what code and
templates look up, and what they fill in.
"""

from __future__ import annotations

from functools import cache

import pytest

from tests.library.looked_up.lookups import (
    TAGS,
    WORDS,
    Use,
    arguments,
    constants,
    handed_on,
    in_code,
    in_templates,
)
from treatment_guide.clinics import integrator_tables
from treatment_guide.clinics.handout_texts import KINDS as PASTED
from treatment_guide.engine.answers import LEVELS
from treatment_guide.engine.model import GROUPS
from treatment_guide.feedback.views import STATUS
from treatment_guide.library.looked_up import ui_keys, ui_keys_clinics, ui_keys_handouts
from treatment_guide.library.looked_up.wording import Wording, every_closed, opened, wanted, wording
from treatment_guide.library.release.releases import KINDS as CHANGES
from treatment_guide.library.release.sentences import KINDS as RULES


def family(*patterns: str) -> set[str]:
    """Every key of these families, and of what content may add to them."""
    return {
        wording(each)[0].replace("*", value)
        for table in (ui_keys, ui_keys_handouts, ui_keys_clinics)
        for each, values in table.FAMILIES.items()
        if wording(each)[0] in patterns
        for value in values
    } | {each for each in patterns if each in opened()}


#: Keys that are worked out in some other way than by one f-string: by module and expression, or by
#: template and variable, with what is filled in where that tells two apart: every key it can be.
WORKED_OUT: dict[tuple[str, str], set[str]] = {
    # what a tag is given by its template, and what `say` is given by its caller
    (TAGS, "?name"): set(),
    (WORDS, "?name"): set(),
    ("questionnaire/questions_to_ask.py", "?name"): constants(
        "questionnaire/questions_to_ask.py", "ask-"
    ),
    ("paper/sheet_words.py", "?title"): {"clinician-unsure", "not-answered"},
    ("library/in_words/opening_hours.py", "?part"): constants(
        "library/in_words/opening_hours.py", "time-"
    ),
    ("clinics/openapi_document.py", "?key most"): {words for _, words in integrator_tables.READ},
    ("clinics/openapi_document.py", "?key bytes"): {words for _, words in integrator_tables.STATUS},
    ("components/fact/_who.html", "?shown.fact.counted_words"): {"fact-people", "fact-*"},
    ("reading/option/_cell.html", "?shown.fact.counted_words"): {"fact-people", "fact-*"},
    ("components/fact/_who.html", "?shown.fact.better_words"): family("better-*"),
    ("reading/option/_cell.html", "?shown.fact.better_words"): family("better-*"),
    ("clinics/integrator_sheet.html", "?words most"): {
        words for _, words in integrator_tables.READ
    },
    ("clinics/integrator_sheet.html", "?words bytes"): {
        words for _, words in integrator_tables.STATUS
    },
    ("reading/compare/_number.html", "?fact.counted_words"): {"fact-people", "fact-*"},
    ("questionnaire/outcome/group/_fold.html", "?words"): {"why-not", "why-wait"},
    ("questionnaire/outcome/section_parts.py", "?name"): {
        "you-said",
        "tried-title",
        "later-several",
        "later-fixed",
        "would-depend",
    },
    ("questionnaire/outcome/top/_action.html", "?when day"): {"act-date"},
    ("questionnaire/outcome/top/_action.html", "?when "): {
        "act-days",
        "act-today",
        "act-some-day",
        "act-visit",
    },
    ("reading/compare.html", "?fault"): constants("reading/comparison.py", "compare-"),
    ("http/error.html", "?title_words"): family("error-*-title"),
    ("http/error.html", "?text_words"): family("error-*-text"),
    ("feedback/feedback.html", "?title_words"): family("feedback-*-title"),
    ("feedback/feedback.html", "?text_words"): family("feedback-*-text"),
    ("questionnaire/_code_box.html", "?fault"): family("fault-code-*"),
    ("clinics/handout/_in_both.html", "?words"): handed_on(
        "clinics/handout/_in_both.html", "words"
    ),
    ("paper/_sheet_foot.html", "?note"): handed_on("paper/_sheet_foot.html", "note"),
    ("paper/_sheet_head.html", "?title"): handed_on("paper/_sheet_head.html", "title"),
    ("paper/_after.html", "?title"): handed_on("paper/_after.html", "title"),
    ("paper/_lines.html", "?words"): handed_on("paper/_lines.html", "words"),
    ("questionnaire/question.html", "?fault"): constants("questionnaire/views.py", "fault-")
    - {"fault-code-"},
}
#: What is filled in a few lines after the words were looked up, by module and key.
FILLED_LATER: dict[tuple[str, str], frozenset[str]] = {
    ("library/loading/facts.py", "points"): frozenset({"value", "scale"}),
    ("library/release/sentences.py", "rule-any"): frozenset({"first", "next"}),
    ("library/release/sentences.py", "rule-and"): frozenset({"first", "next"}),
    ("clinics/handout_texts.py", "paste-message"): wanted("paste-message").optional | {"address"},
    ("clinics/handout_texts.py", "paste-*"): wanted("paste-note").optional | {"address"},
    ("questionnaire/changed_since.py", "since-*"): frozenset({"names"}),
    ("questionnaire/answer_words.py", "list-join"): frozenset({"first", "next"}),
    ("questionnaire/answer_words.py", "list-and"): frozenset({"first", "next"}),
    ("http/html/review.py", "list-and"): frozenset({"first", "next"}),
    ("clinics/link_kit.py", "list-and"): frozenset({"first", "next"}),
    ("library/in_words/opening_hours.py", "list-and"): frozenset({"first", "next"}),
    (WORDS, "map-count-*"): frozenset({"count"}),
}
#: Words of two forms that code takes one of itself.
SPLIT = {
    ("library/loading/facts.py", "points"),
    ("library/loading/facts.py", "unit-*"),
    ("library/in_words/spans.py", "unit-*"),
}
#: The values that a part of a key can have, read from where they are made.
VALUES = {
    "error-*-title": {
        name.removeprefix("error-") for name in constants("http/errors.py", "error-")
    },
    "error-*-text": {name.removeprefix("error-") for name in constants("http/errors.py", "error-")},
    "fault-code-*": {why.replace(" ", "-") for why in arguments("WrongCode", 0)},
    "feedback-*-title": {"thanks", "none", *STATUS},
    "feedback-*-text": {"thanks", "none", *STATUS},
    "help-*-kind": set(LEVELS),
    "infobutton-bad-*": arguments("Unreadable", 0),
    "openapi-*": {
        name.replace("_", "-")
        for name in arguments("get", 0) & constants("clinics/openapi_document.py")
        if name in constants("urls.py")
    },
    "paste-*": set(PASTED),
    "clinics-paste-*": set(PASTED),
    "rule-*": {*RULES, "notice", "ask"},
    "since-*": set(CHANGES),
    "group-*": set(GROUPS),
}


@cache
def uses() -> list[Use]:
    """Every place that looks words up. Read by the first test that asks: it takes four seconds."""
    return sorted({*in_code(), *in_templates()}, key=str)


def worked_out(use: Use) -> set[str] | None:
    """The keys that an expression can be, as the table above lists them; None for none listed."""
    apart = f"{use.key} {' '.join(sorted(use.given or ()))}"
    return WORKED_OUT.get((use.file, apart), WORKED_OUT.get((use.file, use.key)))


def looked_up(use: Use) -> set[str]:
    """Every key that a place can look up; a pattern stands for what content may add."""
    if use.key.startswith("?"):
        return worked_out(use) or set()
    return family(use.key) if "*" in use.key else {use.key}


def filled(use: Use) -> frozenset[str]:
    """What is filled in there, at once or a few lines later."""
    return FILLED_LATER.get((use.file, use.key), use.given or frozenset())


def rule_of(key: str) -> Wording:
    """What the words of a key, or of a pattern, have to be."""
    found = opened().get(key) or wanted(key)
    assert found is not None, f"no table of words has the key {key}"
    return found


def test_uses_are_found():
    """The search finds what is there: a change of style in the code cannot blind it."""
    assert len(in_code()) > 80
    assert len(in_templates()) > 300


def test_a_key_that_is_worked_out_is_declared():
    """Where no key and no family can be read from the source, the table above lists the keys."""
    unknown = [use for use in uses() if use.key.startswith("?") and worked_out(use) is None]

    assert unknown == [], "list the keys that these can be in WORKED_OUT"


def test_what_is_looked_up_stands_in_a_table():
    """Every key that code or a template can ask for is checked when content is read."""
    known = {*every_closed(), *opened()}
    missing = {(use, key) for use in uses() for key in looked_up(use) - known}
    nothing = [
        use for use in uses() if not looked_up(use) and (use.file, use.key) not in WORKED_OUT
    ]

    assert (missing, nothing) == (set(), []), (
        "add these keys to library/looked_up/ui_keys.py or its FAMILIES"
    )


def test_a_place_is_filled_wherever_it_may_stand():
    """No words have a place that the code which shows them does not fill."""
    empty = [
        (use, key)
        for use in uses()
        for key in looked_up(use)
        if not rule_of(key).places | rule_of(key).optional <= filled(use)
    ]

    assert empty == []


def test_nothing_is_filled_in_vain():
    """What a page fills in for words of its own has its place in them."""
    vain = [
        use
        for use in uses()
        if not use.key.startswith("?") and "*" not in use.key and use.given is not None
        if use.given - {"count"} != rule_of(use.key).places - {"count"}
    ]

    assert vain == []


def test_of_words_with_two_forms_one_is_taken():
    """`say_count` is for words with two forms, `say` for all others; so is code that splits."""
    wrong = [
        (use, key)
        for use in uses()
        for key in looked_up(use)
        if rule_of(key).counted != (use.counted or (use.file, use.key) in SPLIT)
    ]

    assert wrong == []


def test_every_key_of_the_tables_is_looked_up():
    """Words that nothing shows are not kept."""
    used = {key for use in uses() for key in looked_up(use)}

    assert sorted(set(every_closed()) - used) == []


@pytest.mark.parametrize("pattern", VALUES)
def test_a_family_has_a_key_for_every_value(pattern: str):
    """A key with a part that is worked out exists for everything that the part can be."""
    declared = {
        value
        for table in (ui_keys, ui_keys_handouts, ui_keys_clinics)
        for each, values in table.FAMILIES.items()
        if wording(each)[0] == pattern
        for value in values
    }

    assert declared == VALUES[pattern]
