"""A joined row of the outcome is the row that the templates would give, and says only what this
reader said.
"""

import random
import re
from dataclasses import replace

import pytest
from django.utils.html import escape
from django.utils.safestring import mark_safe

from tests.site_fixtures import TODAY, words
from tests.stories import NO_DANGER, STORY, choices_of
from treatment_guide.engine.code import encode
from treatment_guide.engine.conditions import atoms
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.outcome import Outcome
from treatment_guide.engine.reader import Reader
from treatment_guide.engine.telling.care import Cares, cares
from treatment_guide.http.html import fragments
from treatment_guide.http.html.context import rendered
from treatment_guide.library.content_check import current_library
from treatment_guide.management.commands.numbers import everything, knows
from treatment_guide.questionnaire.answer_words import answer_labels, answer_parts
from treatment_guide.questionnaire.asking.live_list import list_parts
from treatment_guide.questionnaire.outcome.page import outcome_parts
from treatment_guide.questionnaire.outcome.row_parts import (
    MOST_MARKS,
    RowParts,
    row_parts,
)
from treatment_guide.questionnaire.outcome.rows import Rows

LIBRARY = current_library()
GUIDE = LIBRARY.guide
FOLDER = "questionnaire/outcome/row/"
PEOPLE = [everything(GUIDE, knows(random.Random(seed))) for seed in range(40)]
CLINIC = next(iter(LIBRARY.clinics.values()))
NO_CARE = Cares({}, (), frozenset())


def shown(template, **values):
    """A part of a row, made by its template with the values of one reader."""
    return mark_safe(rendered(LIBRARY, f"{FOLDER}{template}", **values).strip("\n"))


def whole_row(reader, standing, care, clinic, code):
    """The row as the templates make it, from plain values: nothing is joined ahead."""
    option = LIBRARY.options[standing.option]
    done = [LIBRARY.reasons[rule.because] for rule in GUIDE.options[standing.option].done]
    had = standing.done and done
    tags = [LIBRARY.ui["tag-done"]] if had else []
    tags += [LIBRARY.ui[f"tag-{tag}"] for tag in option.tags]
    inside = "".join(whole_reason(reader, each, code) for each in standing.reasons)
    known = standing.done or standing.group == "later"
    context = {
        "option": standing.option,
        "name": option.page.short,
        "summary": "" if known else mark_safe(f"<p>{escape(option.page.summary)}</p>"),
        "address": f"/whats-next/outcome/{code}/options/{standing.option}/",
        "marks": whole_marks(care.by_option.get(standing.option, ())),
        "reason": "",
        "tags": mark_safe(f' <span class="row-tags">{" · ".join(tags)}</span>') if tags else "",
        "reasons": mark_safe(inside + (f"<p>{' '.join(done)}</p>" if had else "")),
        "cautions": whole_cautions(standing, care),
        "offer": shown("_offer.html", clinic=clinic.name, offered=standing.option in clinic.offers)
        if clinic
        else "",
    }
    return shown("_row.html", **context)


def whole_marks(touched):
    """The marks of a row: each, or how many."""
    if len(touched) > MOST_MARKS:
        return mark_safe(" " + shown("_mark.html", count=len(touched)))
    each = [shown("_mark.html", name=LIBRARY.care[name].name, count=0) for name in touched]
    return mark_safe("".join(f" {mark}" for mark in each))


def whole_cautions(standing, care):
    """The cautions of a row that are not said above, and the names of those that are, if many."""
    own = [
        LIBRARY.reasons[c.because]
        for c in standing.cautions
        if c.because not in care.said and (c.questions or standing.group != "later")
    ]
    found = shown("_caution.html", cautions=mark_safe("</p><p>".join(own))) if own else ""
    touched = care.by_option.get(standing.option, ())
    if len(touched) > MOST_MARKS:
        names = ", ".join(LIBRARY.care[name].name for name in touched)
        found += f'<p class="small">{LIBRARY.ui["care-above"]} {names}.</p>'
    return mark_safe(found)


def telling(reason):
    """The questions whose answers are said: of an option that is not used here, those of one choice
    where there is one.
    """
    one = [q for q in reason.questions if GUIDE.questions[q].kind == "one"]
    return one if one and reason.kind == "nowhere" else reason.questions


def ticks(reader, reason, question):
    """The ticks of a question that a reason is about: those that a rule with its words names. All,
    where it names none of them, and where the question is one of one choice.
    """
    chosen = reader.answers.get(question, frozenset())
    named = {
        choice
        for option in GUIDE.options.values()
        for rule in option.grouping
        if reason.because and rule.because == reason.because
        for atom in atoms(rule.condition)
        if atom.question == question
        for choice in atom.choices
    }
    several = GUIDE.questions[question].kind == "several"
    return (chosen & named or chosen) if several else chosen


def whole_reason(reader, reason, code):
    """A reason with what was said, as the templates make it."""
    links = []
    for question in telling(reason):
        labels = answer_labels(LIBRARY, {question: ticks(reader, reason, question)}, question)
        kind = "first" if reason.kind == "first" else "other"
        kind = "open" if reason.kind == "open" else kind if labels else "unsaid"
        links.append(
            shown(
                "_said.html",
                href=f"/whats-next/{question}/{code}/",
                name=LIBRARY.questions[question].name,
                kind=kind,
                labels=labels,
            )
        )
    words = mark_safe(LIBRARY.reasons[reason.because]) if reason.because else ""
    return shown("_reason.html", kind=reason.kind, words=words, said=mark_safe(", ".join(links)))


def labels_of(reader):
    """The labels of the answers of a reader that count."""
    parts = answer_parts(LIBRARY)
    return {q: parts.answer_labels(q, chosen) for q, chosen in reader.answers.items()}


@pytest.mark.parametrize("number", range(len(PEOPLE)))
def test_a_joined_row_is_the_row_the_template_would_give(number):
    """For any reader, with and without a clinic: the same characters, in the same order."""
    reader = Reader(GUIDE, PEOPLE[number])
    outcome = narrow(reader)
    assert isinstance(outcome, Outcome)
    care = cares(reader, outcome.standings)
    clinic = CLINIC if number % 2 else None
    number = clinic.number if clinic else None
    answers = {q: chosen for q, chosen in reader.answers.items() if q != "matters"}
    rows = Rows(row_parts(LIBRARY), answers, labels_of(reader), care, number)

    for standing in outcome.standings:
        if standing.group != "less-likely":
            joined = fragments.with_code(rows.row(standing, standing.reasons), "c0de")
            assert joined == whole_row(reader, standing, care, clinic, "c0de")


def test_a_reason_names_only_the_illness_that_it_is_about():
    """Eight illnesses are not listed beside "wait until after the pregnancy", and an answer that
    several reasons of a group share is said once.
    """
    answers = {
        **choices_of({**NO_DANGER, "place": "hip", "cause": "arthritis"}),
        "health": frozenset(("blood-thinners", "diabetes", "pregnancy", "allergy", "cancer")),
    }
    reader = Reader(GUIDE, answers)
    outcome = narrow(reader)
    labels = {q: answer_parts(LIBRARY).answer_labels(q, c) for q, c in reader.answers.items()}
    rows = Rows(row_parts(LIBRARY), reader.answers, labels, cares(reader, outcome.standings))
    told: set[str] = set()
    waiting = [
        reason
        for standing in outcome.group("later")
        for reason in standing.reasons
        if reason.questions == ("health",)
    ]
    said = [rows.reason(each, told=told) for each in waiting]
    health = LIBRARY.questions["health"].choices

    assert len(waiting) > 1
    assert sum(health["pregnancy"].outside in each for each in said) == 1
    assert not any(health["diabetes"].outside in each for each in said)


def reasons_of(option):
    """Every possible reason of an option: its kind and the id of its words."""
    for kind in ("fits", "against", "wait", "first"):
        for rule in getattr(option, kind):
            yield kind, rule.because
    yield "nowhere", option.nowhere
    yield "open", None
    for rule in option.first:
        yield "open", rule.because


def test_there_is_a_part_for_every_reason_that_can_be_given():
    """A rule without its part would be a fault for the first reader whom it concerns."""
    parts = row_parts(LIBRARY)

    for option in GUIDE.options.values():
        for kind, because in reasons_of(option):
            assert kind in parts.reasons
            assert because is None or because in parts.words
        assert all(rule.because in parts.words for rule in option.caution)


def test_the_mark_of_a_code_stands_in_addresses_alone():
    """Whatever content says, nothing but an address is given the code of a reader."""
    parts = outcome_parts(LIBRARY)
    inner = (parts.rows, parts.sections, parts.top, parts.answers)
    found = [text for each in (parts, *inner) for text in every_text(vars(each))]

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
    answers = {"place": frozenset(("knee",))}
    labels = {"place": answer_parts(library).answer_labels("place", answers["place"])}
    rows = Rows(RowParts(library), answers, labels, NO_CARE)

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


def fitting(page):
    """The rows of the options worth asking about that the reader has not had."""
    lists = [each for each in page.find("section", id="fits")[0].iter("ul")]
    tried = [
        h for h in page.find("h3", class_="group-title") if LIBRARY.ui["tried-title"] in words(h)
    ]
    return [
        row
        for each in lists[: -1 if tried else None]
        for row in each.iter("li")
        if row.get("data-option")
    ]


def test_a_row_says_how_its_option_sits_with_what_matters_to_the_reader(client, code, html):
    """In words, beside each option worth asking about; nothing for what the reader did not choose."""
    story = {**STORY, "matters": "sleep low-cost"}
    page = html(client.get(f"/whats-next/outcome/{code(story)}/"))
    without = html(client.get(f"/whats-next/outcome/{code(STORY)}/"))
    labels = LIBRARY.questions["matters"].choices
    rows = fitting(page)

    assert rows
    for row in rows:
        said = "".join(row.itertext())
        assert f"{labels['sleep'].label}: " in said and f"{labels['low-cost'].label}: " in said
        assert f"{labels['low-risk'].label}: " not in said
    assert not any(
        f"{labels['sleep'].label}: " in "".join(row.itertext()) for row in fitting(without)
    )
