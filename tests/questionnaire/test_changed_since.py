"""A page printed from an older release learns what has changed since."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.stories import NO_DANGER
from treatment_guide.engine.code import EPOCH
from treatment_guide.library.content_check import current_library
from treatment_guide.library.release.releases import record
from treatment_guide.questionnaire import changed_since as since_module

LIBRARY = current_library()
CURRENT = LIBRARY.site.release
FIRST, *_ = LIBRARY.guide.questions
STORY = {"place": "knee", "cause": "arthritis"}
UI = LIBRARY.ui


@pytest.fixture
def older(serve):
    """A library with the release 2026.0, in which one option had other rules."""
    now = record(LIBRARY, EPOCH)
    then = replace(now, rules={**now.rules, "prp": "old"})
    changed = replace(LIBRARY, releases={**LIBRARY.releases, "2026.0": then, "2025.9": now})
    serve(changed)
    return changed


def note(page):
    """What the page says about changes, if anything."""
    found = page.find("div", id="since")
    return page.words("div", id="since") if found else None


def test_the_release_on_paper_comes_along_to_the_danger_signs(client, code):
    """By link and by scan: it stands behind the address of the first question."""
    paper = code(STORY, paper=True)

    for address in (f"/go/{paper}/?r=2026.0", f"/GO/{paper.upper()}/2026.0/"):
        assert client.get(address)["Location"] == f"/whats-next/{FIRST}/{paper}/?r=2026.0"


@pytest.mark.parametrize(
    "release", ["", "nonsense", "<b>", "2026.1%0d%0aX:y", "2026.12345", "../x"]
)
def test_what_is_no_release_is_left_out(client, code, release):
    """Nothing that we never printed comes back in an address."""
    paper = code(STORY, paper=True)

    assert client.get(f"/go/{paper}/?r={release}")["Location"] == f"/whats-next/{FIRST}/{paper}/"


@pytest.mark.usefixtures("older")
def test_changes_are_told_at_the_danger_signs_and_on_the_outcome(client, code, html):
    """In words, with the options by name."""
    name = LIBRARY.options["prp"].page.short
    done = code({**NO_DANGER, **STORY})
    for address in (f"/whats-next/{FIRST}/{code(STORY)}/", f"/whats-next/outcome/{done}/"):
        told = note(html(client.get(f"{address}?r=2026.0")))

        assert UI["since-rules"].format(names=name) in told
        assert note(html(client.get(address))) is None


@pytest.mark.usefixtures("older")
def test_the_release_stays_with_the_reader_up_to_the_outcome(client, code):
    """Every answer leads on with it, so that the outcome can tell."""
    at = f"/whats-next/{FIRST}/{code(STORY)}/?r=2026.0"
    for answer in ({"urgent": "none"}, {"urgent-here": "none"}):
        response = client.post(at, answer)
        assert response.status_code == 303
        at = response["Location"]

        assert at.endswith("/?r=2026.0")


@pytest.mark.usefixtures("older")
def test_no_change_is_told_too(client, code, html):
    """Somebody who wonders learns that nothing has changed."""
    told = note(html(client.get(f"/whats-next/{FIRST}/{code(STORY)}/?r=2025.9")))

    assert UI["since-same"] in told


def test_an_unknown_release_is_said_kindly(client, code, html):
    """We do not guess what we printed."""
    told = note(html(client.get(f"/whats-next/{FIRST}/{code(STORY)}/?r=2019.7")))

    assert UI["since-unknown"] in told


def test_many_pages_are_named_by_the_first_few(older):
    """A list that nobody reads tells nothing."""
    every = tuple(("option", option) for option in LIBRARY.options)
    line = since_module.line(LIBRARY, since_module.Change("words", every))

    assert LIBRARY.options[every[0][1]].page.short in line
    assert str(len(every) - since_module.MOST_NAMES) in line


def test_the_first_release_has_a_record():
    """Paper from it is out."""
    assert "2026.1" in LIBRARY.releases


def test_a_record_is_not_written_over(settings, tmp_path, monkeypatch):
    """Paper may stand on it. A new one is written once, and then it holds."""
    from treatment_guide.management.commands import release as command

    settings.CONTENT_DIR = tmp_path
    (tmp_path / "guide").mkdir()
    now = record(LIBRARY, EPOCH)
    bare = replace(LIBRARY, releases={})
    monkeypatch.setattr(command, "load_languages", lambda root: bare)
    with pytest.raises(CommandError):
        call_command("release", "--check")
    call_command("release")
    assert f'release: "{CURRENT}"' in (tmp_path / f"guide/releases/{CURRENT}.yaml").read_text()

    same = replace(LIBRARY, releases={CURRENT: now})
    monkeypatch.setattr(command, "load_languages", lambda root: same)
    call_command("release", "--check")
    other = replace(LIBRARY, releases={CURRENT: replace(now, facts={})})
    monkeypatch.setattr(command, "load_languages", lambda root: other)
    with pytest.raises(CommandError):
        call_command("release", "--check")
    with pytest.raises(CommandError):
        call_command("release")
