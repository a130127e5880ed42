"""The commands of a reviewer and an editor: read a packet, sign it, see what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from tests.conftest import Freeze
from tests.library.review.conftest import DAY, UNTIL, Load, signed, swap
from treatment_guide.library.review.due import of_reviews
from treatment_guide.management.commands import review, sign

OPTION = "option:sample-option"
GIVEN = {"who": "Mara Example", "role": "physiotherapist", "registration": "", "interests": "none"}

Run = Callable[..., str]


@pytest.fixture
def run(
    guide: Path, load: Load, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Run:
    """Runs a command on the small guide as it stands, and gives what it prints."""
    monkeypatch.setattr(review, "current_library", load)

    def command(name: str, *words: str, **options: object) -> str:
        out = StringIO()
        with override_settings(CONTENT_DIR=guide, LOCAL_DIR=None):
            call_command(name, *words, stdout=out, skip_checks=True, **options)
        return out.getvalue()

    return command


@pytest.fixture
def asks_no_clock() -> None:
    """These commands take the day of today."""


@pytest.fixture(autouse=True)
def the_first_day(freeze: Freeze) -> None:
    """It is the day of the reading."""
    freeze(DAY)


def hash_on(packet: str) -> str:
    """The hash that a packet prints."""
    return packet.partition("The hash of exactly this text: ")[2].split()[0]


def test_the_way_of_a_review(run: Run, guide: Path, load: Load) -> None:
    """Read, sign, change, read what changed, sign again."""
    packet = run("review", OPTION)
    assert "Used when: Place: “Knee”." in packet
    assert "[An invented trial of walks for sore knees]" in packet
    run("sign", OPTION, hash=hash_on(packet), **GIVEN)
    assert f"counts until {UNTIL}" in run("review", OPTION)

    swap(guide, "en/reasons.md", "can ease a sore", "may ease a sore")
    packet = run("review", OPTION)
    assert "was: A walking plan can ease a sore knee." in packet
    assert "now: A walking plan may ease a sore knee." in packet
    run("sign", OPTION, hash=hash_on(packet), **{**GIVEN, "who": "Bo Sample"})
    assert [each.holds for each in load().reviews.signatures] == [True, False]


def test_what_is_not_given_is_asked_for(
    run: Run, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name, role, registration, interests and the hash: in this order, each once."""
    answers = iter([*GIVEN.values(), hash_on(run("review", OPTION))])
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    run("sign", OPTION)

    assert next(answers, "none left") == "none left"
    assert [each.who for each in load().reviews.signatures] == ["Mara Example"]


def test_nobody_there_to_answer_signs_nothing(
    run: Run, guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script without answers is told what is missing."""

    def nobody(_: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(CommandError, match="Not signed. Say which interests"):
        run("sign", OPTION, who="Mara Example", role="physiotherapist")
    assert not (guide / "reviews").exists()


def test_every_part_is_listed_with_who_is_wanted(run: Run, load: Load) -> None:
    """The list begins with what can harm most, and ends with the count."""
    rows = run("review").splitlines()

    assert rows[0].split()[:2] == ["never", "danger-signs"]
    assert rows[-1] == f"0 of {len(load().reviews.wants)} signed on {DAY}"
    assert any(OPTION in row and "wants physiotherapist, surgeon" in row for row in rows)


@pytest.mark.parametrize(
    ("words", "told"),
    [(("option:sampel-option",), "Is `option:sample-option` meant"), ((OPTION,), "not served")],
)
def test_what_cannot_be_read_is_said_kindly(run: Run, words: tuple[str, ...], told: str) -> None:
    """A subject misspelled, a language that is not served."""
    language = "xx" if words == (OPTION,) else ""
    with pytest.raises(CommandError, match=told):
        run("review", *words, language=language)


def test_a_year_after_is_never_a_day_that_is_not_there() -> None:
    """February 29 has no day a year later."""
    assert sign.a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert sign.a_year_after(date(2026, 12, 31)) == date(2027, 12, 31)


def test_what_reviews_ask_of_editors_is_due(guide: Path, load: Load) -> None:
    """Open objections, what lapsed and why, what ends soon; and how much is signed. Names are told
    here, to editors.
    """
    signed(guide)
    assert list(of_reviews(load(), DAY))[:-1] == []
    soon = list(of_reviews(load(), UNTIL - timedelta(days=9)))
    assert any("ends" in row and OPTION in row for row in soon)
    over = list(of_reviews(load(), UNTIL + timedelta(days=1)))
    assert any("lapsed" in row and "time is over" in row and "Mara" in row for row in over)

    swap(guide, "en/reasons.md", "can ease a sore", "may ease a sore")
    (guide / "reviews" / "objections").mkdir()
    (guide / "reviews" / "objections" / "one.yaml").write_text(
        f"what: {OPTION}\nwho: Bo Sample\nrole: surgeon\nday: 2026-12-01\n"
        "words: It promises too much.\nstate: open\n"
    )
    told = list(of_reviews(load(), DAY))
    assert any("lapsed" in row and "1 thing changed" in row for row in told)
    assert any("objection" in row and "It promises too much." in row for row in told)
    assert told[-1].startswith("of ") and "1 lapsed" in told[-1]
