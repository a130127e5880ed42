"""Every address ever published goes on answering, and `manage.py ledger` adds the new ones."""

from pathlib import Path
from shutil import copytree

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.for_each import for_each
from treatment_guide.library.content_check import current_library
from treatment_guide.management.commands import ledger
from treatment_guide.serving import ledgers

PUBLISHED = Path(__file__).parent.parent / "published"
ADDRESSES = ledgers.lines_of(PUBLISHED, ledgers.ADDRESSES)
LIBRARY = current_library()


@for_each("address", ADDRESSES)
def test_a_published_address_answers_with_a_page_or_a_redirect(address: str) -> None:
    """What was printed on paper leads somewhere, always."""
    assert Client().get(address).status_code in (200, 301, 302)


def test_the_ledger_holds_every_address_of_today() -> None:
    """A new page or word enters the ledger in the change that brings it."""
    new = ledgers.missing(LIBRARY, PUBLISHED, ledgers.ADDRESSES)

    assert new == [], "run `manage.py ledger`"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the ledgers; requests are answered as if all of them led to a page."""
    monkeypatch.setattr(ledger, "status", lambda address: 200)
    return copytree(PUBLISHED, tmp_path / "published")


def texts(folder: Path) -> dict[str, str]:
    """The text of every ledger."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def without(folder: Path, name: str, words: str) -> None:
    """Take the lines with these words out of a ledger."""
    path = folder / name
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [row for row in rows if words not in row]
    assert len(kept) < len(rows)
    path.write_text("".join(kept), encoding="utf-8")


def test_what_is_new_is_added_and_nothing_else_changes(folder: Path, capsys) -> None:
    """A page, a link of the kit, a diagnosis and a choice, each in its ledger, in its order."""
    before = texts(folder)
    for name, line in (
        (ledgers.ADDRESSES, "/options/prp/"),
        (ledgers.REQUESTS, "/clinics/link/0g4f/qr.png"),
        (ledgers.DIAGNOSES, "icd-10 G560"),
    ):
        without(folder, name, line)
    without(folder, ledgers.CODES, "carpal-tunnel")
    with pytest.raises(CommandError, match="missing"):
        call_command("ledger", folder=folder, check=True)

    call_command("ledger", folder=folder)

    told = capsys.readouterr().out
    after = texts(folder)
    for name in ledgers.LINES:
        assert after[name] == before[name], name
    assert "addresses.txt: /options/prp/" in told
    assert 'code: "312", from: sheet' in after[ledgers.CODES]
    call_command("ledger", folder=folder, check=True)


def test_the_ledgers_of_now_need_nothing(folder: Path) -> None:
    """With nothing new, no file is touched: they stand sorted, below their comments."""
    before = texts(folder)

    call_command("ledger", folder=folder)

    assert texts(folder) == before
    for name in ledgers.LINES:
        assert ledgers.added(folder, name, ()) == before[name]


@pytest.mark.parametrize(
    ("name", "line", "told"),
    [
        (ledgers.DIAGNOSES, "icd-10 Q999", "Q999 leads nowhere"),
        (ledgers.CODES, '  - {code: "0g4f-x", from: sheet, answers: {}}', "0g4f-x"),
        (ledgers.CODES, '  - {code: "4j80", from: sheet, answers: {place: [hip]}}', "4j80"),
    ],
)
def test_what_vanished_is_refused(folder: Path, name: str, line: str, told: str) -> None:
    """A promise that is not kept stops the command before it writes anything."""
    path = folder / name
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    without(folder, ledgers.ADDRESSES, "/options/prp/")
    before = texts(folder)

    with pytest.raises(CommandError, match=told):
        call_command("ledger", folder=folder)

    assert texts(folder) == before


def test_an_address_that_is_not_answered_is_refused(folder: Path, monkeypatch) -> None:
    """A page that moved without a redirect; real requests are made."""
    monkeypatch.undo()
    (folder / ledgers.ADDRESSES).write_text("/\n/options/gone/\n", encoding="utf-8")

    found = list(ledgers.vanished(LIBRARY, folder, ledger.status))

    assert found == ["addresses.txt: /options/gone/ is not answered"]


def test_a_code_of_what_is_not_released_goes_to_the_next_release(folder: Path) -> None:
    """Lines under `next` belong to the release that is named after them."""
    row = '  - {code: "0", from: sheet, answers: {}}'

    waiting = ledgers.codes_text(folder, ledgers.NEXT, [row])
    assert waiting.endswith(f"{row}\n")
    assert waiting.count('"next":') == 1
    (folder / ledgers.CODES).write_text(waiting, encoding="utf-8")
    assert ledgers.codes_text(folder, ledgers.NEXT, []) == waiting
    released = ledgers.codes_text(folder, "2099.1", [])
    assert released == waiting.replace('"next":', '"2099.1":')


def test_a_release_without_new_choices_has_a_code_of_its_own() -> None:
    """And each choice that paper can hold gets a code that names it."""
    rows = ledgers.rows_of(PUBLISHED)

    (own,) = ledgers.new_codes(LIBRARY, rows, "2099.1")
    assert not any(row["code"] in own for row in rows if len(row["code"]) > 3)
    every = ledgers.new_codes(LIBRARY, [], "")
    assert len(every) == len(set(every))
    assert any("place: [shoulder], cause: [frozen-shoulder]" in each for each in every)


def test_a_choice_that_no_code_can_say_is_told() -> None:
    """Thoughts of self-harm stand in no code, and nothing pretends that they do."""
    with pytest.raises(ValueError, match="unsafe"):
        ledgers.line(LIBRARY, {"urgent": frozenset({"unsafe"})})
