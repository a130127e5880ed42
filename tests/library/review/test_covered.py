"""What a clinician can sign: every clinical word is in a subject, and no two ways of saying a rule
share a hash.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from treatment_guide.engine.conditions import AllOf, Among, AnyOf, Condition
from treatment_guide.engine.model import Option, Rule
from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.appendices import strokes
from treatment_guide.library.model import Library, Recall, RecallWords, Signature
from treatment_guide.library.recall.applying import in_effect
from treatment_guide.library.review.covered import covered, fingerprint, read_items
from treatment_guide.library.review.labels import clinical
from treatment_guide.library.review.subjects import KINDS, Subject, subjects

DAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def guide() -> Library:
    """The library of the real content."""
    return current_library()


@pytest.fixture(scope="module")
def by_subject(guide: Library) -> Mapping[str, Mapping[str, str]]:
    """The items of every subject."""
    return {name: covered(guide, each) for name, each in subjects(guide).items()}


def test_nothing_clinical_is_in_no_subject(
    guide: Library, by_subject: Mapping[str, Mapping[str, str]]
) -> None:
    """Every item of the record that says something clinical in this region can be signed. A source
    that no page for readers names is about the guide or its law, and another region's words are signed in that region.
    """
    inside = {name for words in by_subject.values() for name in words}
    others = tuple(
        f"site/regions/{region}/" for region in guide.site.regions if region != guide.site.region.id
    )
    cited = {
        f"sources/{name}"
        for name, pages in guide.cited_on.items()
        if any(kind not in ("about", "clinics") for kind, _ in pages)
    }
    left = [
        name
        for name in read_items(guide)
        if clinical(name)
        and name not in inside
        and not name.startswith(others)
        and (not name.startswith("sources/") or name in cited)
    ]
    assert left == []


def test_every_subject_covers_something(by_subject: Mapping[str, Mapping[str, str]]) -> None:
    """No subject is empty, and every kind has one."""
    assert all(by_subject.values())
    assert {name.partition(":")[0] for name in by_subject} == set(KINDS)


def test_no_two_subjects_have_one_hash(guide: Library) -> None:
    """A signature for one subject is none for another, even where two cover the same words."""
    rules = [each for each in subjects(guide).values() if each.kind == "rules"]
    assert len({fingerprint(guide, each) for each in rules}) == len(rules)


def test_a_hash_holds_for_one_region(guide: Library) -> None:
    """A copy for another region is another text, whatever its words."""
    there = next(r for name, r in guide.site.regions.items() if name != guide.site.region.id)
    other = replace(guide, site=replace(guide.site, region=there))
    assert fingerprint(other, Subject("asks")) != fingerprint(guide, Subject("asks"))


def _with_rules(guide: Library, rules: tuple[Rule, ...]) -> Library:
    """The guide with these reasons for its first option."""
    first: Option = next(iter(guide.guide.options.values()))
    options = {**guide.guide.options, first.id: replace(first, caution=rules)}
    return replace(guide, guide=replace(guide.guide, options=options))


def _rules(guide: Library, *conditions: Condition) -> tuple[Rule, ...]:
    because = next(iter(guide.guide.options.values())).fits[0].because
    return tuple(Rule(condition, because) for condition in conditions)


KNEE, HIP = Among("place", frozenset({"knee"})), Among("place", frozenset({"hip"}))
WORN, TENDON = Among("cause", frozenset({"arthritis"})), Among("cause", frozenset({"tendon"}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([AllOf((KNEE, WORN))], [AnyOf((KNEE, WORN))]),
        (
            [AllOf((KNEE, WORN)), AllOf((HIP, TENDON))],
            [AllOf((KNEE, TENDON)), AllOf((HIP, WORN))],
        ),
    ],
    ids=["all for any", "two rules that trade a part"],
)
def test_a_rule_that_says_something_else_has_another_hash(
    guide: Library, one: list[Condition], other: list[Condition]
) -> None:
    """The hash covers how the parts of a condition are joined, and to which rule each belongs."""
    name = next(iter(guide.guide.options))
    made = [
        fingerprint(_with_rules(guide, _rules(guide, *rules)), Subject("rules", name))
        for rules in (one, other)
    ]
    assert made[0] != made[1]


def test_what_is_withdrawn_takes_the_name_off(guide: Library) -> None:
    """A recall changes what readers see at once, so a signature for it no longer counts; one for
    another page does. An option that is withdrawn altogether cannot be signed.
    """
    whats = ("option:prp", "option:hyaluronic-acid")
    signed = tuple(_signature(guide, what) for what in whats)
    made = replace(guide, reviews=replace(guide.reviews, signatures=signed))

    def holding(kind: str, name: str) -> list[str]:
        words = (RecallWords("en", "It was counted wrongly."),)
        recall = Recall(kind, name, DAY, "The makers", words, "recalls/it.toml")
        library, faults = in_effect(made, [recall])
        assert faults == []
        return [each.what for each in library.reviews.signatures if each.holds]

    assert holding("fact", "prp-knee-pain-12-months") == ["option:hyaluronic-acid"]
    gone, _ = in_effect(
        made,
        [
            Recall(
                "option", "prp", DAY, "The makers", (RecallWords("en", "Why."),), "recalls/it.toml"
            )
        ],
    )
    assert "option:prp" not in gone.reviews.wants
    assert [each.what for each in gone.reviews.signatures] == ["option:hyaluronic-acid"]


def _signature(guide: Library, what: str) -> Signature:
    """A signature for what stands now, by nobody: it is made up."""
    return Signature(
        id="made-up",
        what=what,
        who="Mara Example",
        role="physiotherapist",
        registration="",
        interests="none",
        day=DAY,
        until=date(2027, 12, 1),
        hash=fingerprint(guide, subjects(guide)[what]),
        holds=True,
    )


def test_a_drawing_that_changes_takes_the_name_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its strokes and its labels are part of what is signed; comments and spaces are not."""
    art = tmp_path / "templates" / "art"
    art.mkdir(parents=True)
    monkeypatch.setattr(settings, "BASE_DIR", tmp_path)

    def hashed(text: str) -> str:
        (art / "knee.svg").write_text(text)
        return strokes("knee")

    first = hashed("<!-- A knee. -->\n<svg><text>12</text></svg>")
    assert first == hashed("<svg><text>12</text></svg>\n") != ""
    assert first != hashed("<svg><text>13</text></svg>")
    assert strokes("elbow") == ""


def test_every_drawing_of_a_page_is_signed_with_its_strokes(
    guide: Library, by_subject: Mapping[str, Mapping[str, str]]
) -> None:
    """No page has a drawing without a file."""
    covered = {name: said for items in by_subject.values() for name, said in items.items()}
    for where in guide.pictures:
        assert "strokes: " in covered[f"pictures/{'/'.join(where)}"], where
