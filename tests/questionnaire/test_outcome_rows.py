"""A joined row of the outcome is the row that the templates would give, and says only what this
reader said.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils.html import escape
from django.utils.safestring import mark_safe

from tests.site_fixtures import TODAY
from treatment_guide.engine.changes import Changes
from treatment_guide.engine.code import encode
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.http.html import fragments
from treatment_guide.http.html.context import rendered
from treatment_guide.library.content_check import current_library
from treatment_guide.management.commands.numbers import everything, knows
from treatment_guide.questionnaire.answer_words import answer_labels, answer_parts, joined_phrases
from treatment_guide.questionnaire.asking.live_list import list_parts
from treatment_guide.questionnaire.outcome_page import outcome_parts
from treatment_guide.questionnaire.outcome_rows import (
    SPELLED_OUT,
    RowParts,
    Rows,
    reasons_of,
    row_parts,
)

LIBRARY = current_library()
GUIDE = LIBRARY.guide
FOLDER = "questionnaire/outcome/row/"
PEOPLE = [everything(GUIDE, knows(random.Random(seed))) for seed in range(40)]
CLINIC = next(iter(LIBRARY.clinics.values()))


def shown(template, **values):
    """A part of a row, made by its template with the values of one reader."""
    return mark_safe(rendered(LIBRARY, f"{FOLDER}{template}", **values).strip("\n"))


def whole_row(reader, standing, clinic, code):
    """The row as the templates make it, from plain values: nothing is escaped or joined ahead."""
    option = LIBRARY.options[standing.option]
    had = [
        LIBRARY.reasons[rule.because]
        for rule in GUIDE.options[standing.option].done
        if standing.done and rule.because in LIBRARY.reasons
    ]
    cautions = [
        shown("_caution.html", words=LIBRARY.reasons[each.because], first=number == 0)
        for number, each in enumerate(standing.cautions)
    ]
    context = {
        "option": standing.option,
        "group": standing.group,
        "page": option.page,
        "tags": option.tags,
        "done": had,
        "had": shown("_done.html", done=had),
        "reasons": mark_safe(
            "".join(whole_reason(reader, each, code) for each in standing.reasons)
        ),
        "change": whole_change(reader, standing),
        "cautions": shown("_cautions.html", cautions=mark_safe("".join(cautions)))
        if cautions
        else "",
        "offer": shown("_offer.html", clinic=clinic, offered=standing.option in clinic.offers)
        if clinic
        else "",
    }
    return rendered(LIBRARY, "questionnaire/_option_row.html", **context)


def telling(reason):
    """The questions whose answers are said: of an option that is not used here, those of one choice
    where there is one.
    """
    one = [q for q in reason.questions if LIBRARY.guide.questions[q].kind == "one"]
    return one if one and reason.kind == "nowhere" else reason.questions


def whole_reason(reader, reason, code):
    """A reason with what was said, as the templates make it."""
    links = [
        shown(
            "_said.html",
            question=question,
            name=LIBRARY.questions[question].name,
            kind=reason.kind,
            labels=answer_labels(LIBRARY, reader.answers, question),
            code=code,
        )
        for question in telling(reason)
    ]
    words = LIBRARY.reasons[reason.because] if reason.because else ""
    joined = mark_safe(", ".join(links))
    return shown("_reason.html", kind=reason.kind, words=words, said=joined)


def whole_change(reader, standing):
    """What would bring an option closer, as the template makes it."""
    found = Changes(reader).of(standing.option)
    if standing.group not in ("later", "less-likely") or found is None:
        return ""
    if len(found.moves) > SPELLED_OUT:
        return shown("_change.html", words=LIBRARY.ui["change-several"])
    phrases = [
        words.gone if move.gone else words.change
        for move in found.moves
        for words in [LIBRARY.questions[move.question].choices[move.choice]]
    ]
    return shown("_change.html", words=joined_phrases(LIBRARY, phrases), then=found.group)


def joined_rows(reader, clinic=None, parts=None) -> Iterator[tuple[object, str]]:
    """Every row of a reader, joined, with its standing."""
    labels = {
        q: answer_parts(LIBRARY).answer_labels(q, chosen) for q, chosen in reader.answers.items()
    }
    rows = Rows(parts or row_parts(LIBRARY), Changes(reader), labels)
    outcome = narrow(reader)
    assert isinstance(outcome, Outcome)
    for standing in outcome.standings:
        yield standing, rows.row(standing, clinic)


@pytest.mark.parametrize("number", range(len(PEOPLE)))
def test_a_joined_row_is_the_row_the_template_would_give(number):
    """For any reader, with and without a clinic: the same characters, in the same order."""
    reader = Reader(GUIDE, PEOPLE[number])
    clinic = CLINIC if number % 2 else None

    for standing, row in joined_rows(reader, CLINIC.number if clinic else None):
        assert fragments.with_code(row, "c0de") == whole_row(reader, standing, clinic, "c0de")


def test_there_is_a_part_for_every_reason_that_can_be_given():
    """A rule without its part would be a fault for the first reader whom it concerns."""
    parts = row_parts(LIBRARY)

    for option in GUIDE.options.values():
        for kind, because in reasons_of(option):
            assert (kind, because) in parts.reasons
        assert all(rule.because in parts.cautions for rule in option.caution)


def test_the_mark_of_a_code_stands_in_addresses_alone():
    """Whatever content says, nothing but an address is given the code of a reader."""
    parts = outcome_parts(LIBRARY)
    found = [*every_text(parts), *every_text(parts.rows), *every_text(parts.answers)]

    assert sum(text.count(fragments.CODE) for text in found) > 100
    for text in found:
        assert text.count(fragments.CODE) == text.count(f"/{fragments.CODE}/")


def every_text(parts):
    """Every text that some parts hold."""
    if isinstance(parts, str):
        yield parts
    elif isinstance(parts, dict):
        for each in parts.values():
            yield from every_text(each)
    elif isinstance(parts, list | tuple):
        for each in parts:
            yield from every_text(each)
    elif hasattr(parts, "__dict__"):
        yield from every_text(
            {k: v for k, v in vars(parts).items() if isinstance(v, dict | list | str)}
        )


def test_words_of_content_are_never_read_as_places_or_markup():
    """A percent sign, an angle bracket and braces stay what they are."""
    odd = "5 % <b> %(said)s %s"
    knee = replace(LIBRARY.questions["place"].choices["knee"], label=odd)
    place = replace(
        LIBRARY.questions["place"],
        name=odd,
        choices={**LIBRARY.questions["place"].choices, "knee": knee},
    )
    library = replace(LIBRARY, questions={**LIBRARY.questions, "place": place})
    reader = Reader(GUIDE, {"place": frozenset(("knee",))})
    labels = {"place": answer_parts(library).answer_labels("place", frozenset(("knee",)))}
    rows = Rows(RowParts(library), Changes(reader), labels)

    link = rows.link("place", "other")

    assert link.count(escape(odd)) == 2  # the label, and the name in "Change"
    assert odd not in link


@pytest.mark.parametrize("person", PEOPLE[:10])
def test_no_place_is_left_on_a_page(client, person):
    """Every place of every part was filled, and every address holds the code of this page."""
    code = encode(LIBRARY.layout, person, day=TODAY)
    page = client.get(f"/whats-next/outcome/{code}/").content.decode()

    assert set(re.findall(r"/whats-next/[a-z-]+/(\w+)/", page)) == {code}
    assert not any("\ue000" <= char <= "\uf8ff" for char in page)
    assert fragments.CODE not in page
    assert "%(" not in page


def test_the_live_list_is_what_its_templates_give():
    """For any reader: each option in its place, with the sign of its group."""
    for person in PEOPLE:
        groups = Reader(GUIDE, person).groups
        steps = [
            {
                "title": LIBRARY.steps[step].short or LIBRARY.steps[step].title,
                "items": [
                    mark_safe(
                        rendered(
                            LIBRARY,
                            "questionnaire/_live_item.html",
                            option=option,
                            name=LIBRARY.options[option].page.short,
                            group=groups[option],
                        )
                    )
                    for option in options
                ],
            }
            for step, options in LIBRARY.step_options.items()
        ]
        live = {
            "fitting": list(groups.values()).count("fits"),
            "total": len(groups),
            "groups": ("fits", "depends", "later", "less-likely"),
            "steps": steps,
        }

        whole = rendered(LIBRARY, "questionnaire/_live.html", live=live)

        assert list_parts(LIBRARY).list_html(groups) == whole
