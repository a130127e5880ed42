"""The paper form of a packet shows all that its signature covers, in parts of at most 20 minutes."""

import re
from functools import cache
from typing import Any

import pytest
from django.test import Client

from tests.content.standards.read_pages import plain
from treatment_guide.library.content_check import current_library
from treatment_guide.library.review.covered import covered, fingerprint
from treatment_guide.library.review.subjects import KINDS, Subject, subjects
from treatment_guide.reading.packet.paper_form import MOST_WORDS, divided, paper_form
from treatment_guide.reading.packet.piece import Piece

LIBRARY = current_library()
SUBJECTS = subjects(LIBRARY)
#: One subject of each kind, and the option with the most rules.
SOME = sorted(
    {
        **{each.kind: each for each in reversed(SUBJECTS.values())},
        "most rules": SUBJECTS["option:repeat-guided-injection"],
    }.values(),
    key=lambda subject: subject.id,
)
_FACT = re.compile(r"<fact:[^>]*>|\[[^\]]*\]")


@cache
def form(subject: Subject) -> dict[str, Any]:
    """The values of the form of a subject."""
    made = paper_form(LIBRARY, subject.kind, subject.name)
    assert made is not None
    return made


def read_words(subject: Subject) -> str:
    """All words of a packet, as they are read."""
    found = (piece.html for part in form(subject)["parts"] for piece in part.pieces)
    return plain(" ".join(f"{html} " for html in found))


def bare(words: str) -> str:
    """Words without marks and spaces, so that links and marks of sources between them do not count."""
    return re.sub(r"[\W\d_]+", "", plain(words))


@pytest.mark.parametrize("subject", SOME, ids=lambda each: each.id)
def test_every_item_that_a_signature_covers_is_shown(subject: Subject) -> None:
    """No item of the hash is left out of what is read."""
    shown = {name for part in form(subject)["parts"] for p in part.pieces for name in p.covers}

    assert {*covered(LIBRARY, subject)} - shown == set()


@pytest.mark.parametrize("subject", SOME, ids=lambda each: each.id)
def test_what_is_said_to_be_shown_is_shown_in_its_words(subject: Subject) -> None:
    """The words of a page, of every number and of every reason stand in the packet."""
    items = covered(LIBRARY, subject)
    words = bare(read_words(subject))
    digested = subject.kind == "outcomes"  # shows what follows from the reasons, not the reasons
    missing = []
    for name, said in items.items():
        if "/part/" in name:
            rows = [row for part in said.split("\n")[1:] for row in _FACT.split(part)]
        elif subject.kind == "danger-signs" and name.endswith(("/card", "/label", "/hint")):
            rows = [re.sub(r"\[[^\]]*\]", "", said)]
        elif name.startswith("facts/"):
            rows = [LIBRARY.facts[name[6:]].sentence]
        elif name.startswith(("reasons/", "safety/")) and not digested:
            rows = [said] if "trait-" not in name else []
        else:
            rows = []
        missing += [(name, row) for row in rows if bare(row) not in words]
    assert missing == []


@pytest.mark.parametrize("subject", SOME, ids=lambda each: each.id)
def test_a_reviewer_reads_no_field_of_a_file(subject: Subject) -> None:
    """Pages, what matters and answers stand in words, and each mark of a source has its number."""
    html = " ".join(piece.html for part in form(subject)["parts"] for piece in part.pieces)
    words = read_words(subject)
    if subject.kind in ("questions", "notices", "care", "asks"):
        return  # as they are recorded: a list of messages, each with its condition
    for field in ("speaks: ", "look_again: ", "related.0", "certainty: ", "never_stored"):
        assert field not in words, field
    marks = {int(each) for each in re.findall(r'<a href="#s(\d+)"', html)}
    assert html.count("<li>") >= max(marks, default=0)
    assert not marks or 'class="source-list"' in html


def test_no_part_takes_more_than_20_minutes() -> None:
    """A busy person reads a part of any packet at one sitting."""
    long = {
        what: [part.words for part in form(subject)["parts"]]
        for what, subject in SUBJECTS.items()
        if any(part.words > MOST_WORDS for part in form(subject)["parts"])
    }

    assert long == {}


@pytest.mark.parametrize("sizes", [[], [10], [3999, 3, 500], [9000], [700] * 30])
def test_parts_hold_every_piece_once_and_in_order(sizes: list[int]) -> None:
    """Nothing is lost or turned round where a packet is divided; only a single piece is longer."""
    found = [Piece("Words", "x " * size) for size in sizes]
    parts = divided(found)

    assert [piece for part in parts for piece in part.pieces] == found
    assert all(part.words <= MOST_WORDS or len(part.pieces) == 1 for part in parts)


@pytest.mark.parametrize("what", ["notices", "option/prp", "safety/health.pregnancy"])
def test_a_packet_has_its_hash_roles_room_and_page_to_sign(client: Client, what: str) -> None:
    """What is signed, by whom, what is wrong, and how many of all are done."""
    subject = SUBJECTS[what.replace("/", ":")]
    answer = client.get(f"/about/review/{what}/")
    page = answer.content.decode()

    assert answer.status_code == 200
    assert page.count(fingerprint(LIBRARY, subject)) == 2
    assert '<meta name="robots" content="noindex">' in page
    assert LIBRARY.ui["packet-corrections"] in page
    assert plain(LIBRARY.ui["packet-sign-means"]) in plain(page)
    assert f"of {len(SUBJECTS)} packets" in plain(page)
    for role in form(subject)["wanted"]:
        assert role in page


@pytest.mark.parametrize("what", ["nothing", "option/no-such", "safety/health", "option", "a/b"])
def test_what_nobody_can_sign_has_no_packet(client: Client, what: str) -> None:
    """A kind page, not a fault."""
    assert client.get(f"/about/review/{what}/").status_code == 404


def test_no_page_for_readers_leads_to_a_packet(client: Client) -> None:
    """Readers do not meet them: not on a page, not in the site map."""
    for address in ("/", "/about/", "/options/prp/", "/about/safety/", "/sitemap.xml"):
        assert "/about/review/option" not in client.get(address).content.decode()


def test_the_page_of_reviews_leads_to_every_packet(client: Client) -> None:
    """Whoever wants to sign something finds its packet there."""
    page = client.get("/about/review/").content.decode()

    for subject in SUBJECTS.values():
        assert f'href="/about/review/{subject.id.replace(":", "/")}/"' in page


def test_every_kind_of_subject_is_tried_here() -> None:
    """A new kind is printed and read like the others."""
    assert {subject.kind for subject in SOME} == set(KINDS)
