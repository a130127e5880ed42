"""A release is written down in a few letters, and what changed since is told truly."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from treatment_guide.engine.conditions import Among, AnyOf
from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.loading.releases import read_releases
from treatment_guide.library.problems import Problems
from treatment_guide.library.release.releases import (
    Change,
    changes,
    condition_text,
    record,
    written,
)
from treatment_guide.library.text.blocks import Html

pytestmark = pytest.mark.usefixtures("read_once")

LIBRARY = current_library()
CONTENT = Path(__file__).parents[3] / "content"
DAY = date(2026, 11, 22)
NOW = record(LIBRARY, DAY)


def with_option(name, **changed):
    """The library with one option's rules changed."""
    guide = LIBRARY.guide
    option = replace(guide.options[name], **changed)
    return replace(LIBRARY, guide=replace(guide, options={**guide.options, name: option}))


def with_page(name, page):
    """The library with another page for one option."""
    option = replace(LIBRARY.options[name], page=page)
    return replace(LIBRARY, options={**LIBRARY.options, name: option})


def test_nothing_changed_is_told_as_nothing():
    """The guide compared with itself."""
    assert changes(LIBRARY, NOW) == ()


def test_a_changed_rule_is_told_with_its_option():
    """A rule less, and the option is named."""
    option = LIBRARY.guide.options["prp"]

    found = changes(with_option("prp", against=option.against[1:]), NOW)

    assert found == (Change("rules", (("option", "prp"),)),)


def test_a_changed_number_is_told_with_every_page_that_shows_it():
    """The pages that show a fact are named; its dates are no change."""
    page = next(each for each in LIBRARY.reading_pages if each.kind == "option" and each.facts)
    name = page.facts[0]
    fact = LIBRARY.facts[name]
    shown_on = {(p.kind, p.id) for p in LIBRARY.reading_pages if name in p.facts}
    kinds = ("option", "situation", "topic")

    later = replace(fact, check_by=date(2031, 1, 1))
    assert changes(replace(LIBRARY, facts={**LIBRARY.facts, name: later}), NOW) == ()
    other = replace(fact, sentence="Another number.")
    (found,) = changes(replace(LIBRARY, facts={**LIBRARY.facts, name: other}), NOW)
    assert found.kind == "facts"
    assert set(found.pages) == {page for page in shown_on if page[0] in kinds}


def test_changed_words_are_told_and_a_changed_link_is_not():
    """Readers are told of words, not of markup."""
    page = LIBRARY.options["prp"].page
    first = page.parts[0]

    def but(text: str):
        return replace(page, parts=(replace(first, blocks=(Html(text),)), *page.parts[1:]))

    bare = record(with_page("prp", but("<p>It may help.</p>")), DAY)
    linked = but('<p>It <a href="/glossary/#help">may</a> help.<sup><a href="#s1">1</a></sup></p>')
    assert changes(with_page("prp", linked), bare) == ()
    found = changes(with_page("prp", but("<p>It will not help.</p>")), bare)
    assert found == (Change("words", (("option", "prp"),)),)


def test_a_new_page_is_told_as_new():
    """What was not there then."""
    address = LIBRARY.options["prp"].page.address
    without = replace(NOW, words={a: h for a, h in NOW.words.items() if a != address})

    assert changes(LIBRARY, without) == (Change("new", (("option", "prp"),)),)


def test_changed_danger_signs_come_first():
    """They are told before anything else."""
    then = replace(NOW, shared={**NOW.shared, "danger": "old", "notices": "old"})

    assert [change.kind for change in changes(LIBRARY, then)] == ["danger", "notices"]


def test_changed_cards_and_messages_are_told():
    """What a danger card says to do, and the words of a notice, not their rules alone."""
    urgent = LIBRARY.questions["urgent"]
    card = replace(urgent.choices["breathing"], card="Wait and see.")
    words = replace(urgent, choices={**urgent.choices, "breathing": card})
    calmer = replace(LIBRARY, questions={**LIBRARY.questions, "urgent": words})
    assert changes(calmer, NOW) == (Change("danger"),)

    name, notice = next(iter(LIBRARY.notices.items()))
    other = replace(LIBRARY, notices={**LIBRARY.notices, name: replace(notice, html="Other.")})
    assert changes(other, NOW) == (Change("notices"),)


def test_other_words_of_a_rule_are_told_with_its_option():
    """The rule is the same, and what readers are told about it is not."""
    name = LIBRARY.guide.options["prp"].against[0].because
    other = replace(LIBRARY, reasons={**LIBRARY.reasons, name: "Other words."})

    (found,) = changes(other, NOW)

    assert found.kind == "words"
    assert ("option", "prp") in found.pages


def test_an_older_record_says_nothing_about_what_it_did_not_keep():
    """A record made before cards, messages and reasons were kept."""
    shared = {name: NOW.shared[name] for name in ("danger", "notices")}

    assert changes(LIBRARY, replace(NOW, shared=shared, reasons={}, region="")) == ()


@pytest.mark.parametrize("region", sorted(LIBRARY.site.regions))
def test_a_copy_for_another_region_has_not_changed(region):
    """Whom to call is said as in the region of the record, so paper finds nothing changed."""
    there = load_library(CONTENT, {"region": region})

    assert changes(there, NOW) == ()
    assert record(there, DAY, NOW.region) == NOW


def test_the_order_of_choices_in_a_condition_is_no_change():
    """A condition says the same however it is written."""
    one, two = Among("place", frozenset({"knee", "hip"})), Among("cause", frozenset({"tendon"}))

    assert condition_text(AnyOf((one, two))) == condition_text(AnyOf((two, one)))
    assert condition_text(one) != condition_text(two)


def test_a_record_reads_as_it_was_written(tmp_path):
    """The file brings the same record back."""
    folder = tmp_path / "guide/releases"
    folder.mkdir(parents=True)
    (folder / "2026.7.yaml").write_text(written("2026.7", NOW), encoding="utf-8")
    problems = Problems()

    assert read_releases(tmp_path, problems) == {"2026.7": NOW}
    assert problems.found == []


#: YAML elsewhere would read a number, and 2026.10 as 2026.1.
UNQUOTED = ("2026.10", written("2026.10", NOW).replace('"2026.10"', "2026.10"))


@pytest.mark.parametrize(
    ("name", "text"),
    [("2026.8", written("2026.7", NOW)), ("2026.7", 'release: "2026.7"\n'), UNQUOTED],
)
def test_a_record_with_a_fault_is_told(tmp_path, name, text):
    """A record under another name, or half of one, stops the start."""
    folder = tmp_path / "guide/releases"
    folder.mkdir(parents=True)
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    problems = Problems()
    read_releases(tmp_path, problems)

    assert problems.found
