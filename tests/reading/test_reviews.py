"""What pages say of reviews by clinicians is worked out from signatures. The reviewers here are made
up: no such person exists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest

from tests.conftest import Freeze
from tests.site_fixtures import Html
from treatment_guide.library.model import Change, Library, Objection, Signature
from treatment_guide.serving.build.folder import without_names
from treatment_guide.serving.build.making import good_until, render_address

ADDRESS, WHAT, NAME = "/options/prp/", "option:prp", "Mara <i>Example</i>"
DAY, UNTIL = date(2026, 12, 1), date(2027, 1, 15)
SIGNED = Signature(
    id="option-prp-mara-example-2026-12-01",
    what=WHAT,
    who=NAME,
    role="physiotherapist",
    registration="EX 0001",
    interests="I teach courses on PRP & exercise.",
    day=DAY,
    until=UNTIL,
    hash="0000-0000-0000-0000",
    holds=True,
)
LAPSED = replace(
    SIGNED,
    holds=False,
    changes=(Change("number", "Less knee pain", "It fell by 2.1.", "It fell by <9.9>."),),
)
OBJECTION = Objection(
    "too-much", WHAT, "Bo Sample", "surgeon", DAY, "It promises too much.", "open"
)

With = Callable[..., Library]


@pytest.fixture
def site(client: Any, html: Callable[[Any], Html]) -> Callable[[str], tuple[Any, Html]]:
    """A page as it is made now: these pages differ by signatures and by day."""

    def fetch(address: str) -> tuple[Any, Html]:
        answer = client.get(address)
        return answer, html(answer)

    return fetch


@pytest.fixture
def reviewed(library: Library, serve: Callable[[Library], None]) -> With:
    """Serves the guide with these signatures and objections."""

    def make(*signatures: Signature, objections: tuple[Objection, ...] = ()) -> Library:
        reviews = replace(library.reviews, signatures=signatures, objections=objections)
        made = replace(library, reviews=reviews)
        serve(made)
        return made

    return make


def about(page: Html) -> str:
    """What a page says of its review."""
    return page.text.partition('id="about-page"')[2].partition("</dl>")[0]


def told_to_machines(page: Html) -> Any:
    (data,) = [json.loads(s.text or "") for s in page.find("script", type="application/ld+json")]
    return data


def test_a_signed_page_names_who_read_it_and_who_has_not(
    site: Any, reviewed: With, freeze: Freeze
) -> None:
    """Name, role, registration, day, last day and interests; and the role that is still missing.
    What a reviewer wrote is text, never markup.
    """
    library = reviewed(SIGNED)
    freeze(DAY)
    _, page = site(ADDRESS)
    said = about(page)

    for words in (
        *("Mara &lt;i&gt;Example&lt;/i&gt;", "a physical therapist", "EX 0001"),
        *("December 1, 2026", "January 15, 2027", "I teach courses on PRP &amp; exercise."),
        library.ui["role-sports-physician"],
    ):
        assert words in said
    data = told_to_machines(page)
    assert data["reviewedBy"] == [{"@type": "Person", "name": NAME}]
    assert data["lastReviewed"] == "2026-12-01"
    assert library.ui["reviewed-some"] in page.text


@pytest.mark.parametrize("on", [DAY - timedelta(days=1), UNTIL + timedelta(days=1)])
def test_no_name_stands_outside_its_days(
    site: Any, reviewed: With, freeze: Freeze, on: date
) -> None:
    """Not on the page, not for machines, not on the page about reviews."""
    reviewed(SIGNED)
    freeze(on)
    for address in (ADDRESS, f"{ADDRESS}all/", "/about/review/"):
        _, page = site(address)
        assert "Mara" not in page.text, address
    assert "reviewedBy" not in told_to_machines(site(ADDRESS)[1])


def test_a_page_that_changed_says_so_and_names_nobody(
    site: Any, reviewed: With, freeze: Freeze
) -> None:
    """It leads to what changed, in words; whose name stood there is told nowhere."""
    library = reviewed(LAPSED)
    freeze(DAY)
    _, page = site(ADDRESS)
    _, there = site("/about/review/")

    said = library.ui["review-lapsed"].partition("{day}")[2]
    assert said in about(page) and f"/about/review/#{WHAT}" in page.links
    assert WHAT in there.ids
    assert "It fell by 2.1." in there.text and "It fell by &lt;9.9&gt;." in there.text
    assert "Mara" not in page.text + there.text
    assert "reviewedBy" not in told_to_machines(page)
    assert library.ui["reviewed-none"] in page.text


def test_a_signature_stands_on_its_own_page_alone(
    site: Any, reviewed: With, freeze: Freeze
) -> None:
    """Every other page says that nobody has reviewed it."""
    library = reviewed(SIGNED)
    freeze(DAY)
    for address in ("/options/hyaluronic-acid/", "/situations/knee-arthritis/", "/"):
        _, page = site(address)
        assert "Mara" not in page.text, address
        assert library.ui["review-none"] in about(page)


def test_the_page_about_reviews_counts_every_part(
    site: Any, reviewed: With, freeze: Freeze
) -> None:
    """What is signed, what has lapsed, what nobody signed: together they are all there is."""
    library = reviewed(SIGNED, replace(LAPSED, what="notices"), objections=(OBJECTION,))
    freeze(DAY)
    _, page = site("/about/review/")
    total = len(library.reviews.wants)
    words = library.ui["reviews-count"]

    # The rules of a signed option are signed with it, by one of the two who are wanted.
    for count in (0, 2, 1, total - 3):
        assert words.format(count=count, total=total) in page.text
    assert {WHAT, "notices"} <= {*page.ids}
    assert page.text.count("<li>") >= total - 3
    assert OBJECTION.words in page.text and OBJECTION.who in page.text


def test_the_scorecard_counts_signatures(site: Any, reviewed: With, freeze: Freeze) -> None:
    """A criterion that asks for clinicians is met once every part is signed by all who are wanted,
    and by nobody's word.
    """
    library = reviewed()
    freeze(DAY)
    total = len(library.reviews.wants)
    _, before = site("/about/scorecard/nhs-essential/")
    assert library.ui["score-parts"].format(count=0, total=total) in before.text
    assert library.ui["score-reviewed"] not in before.text

    roles = {role for wanted in library.reviews.wants.values() for role in wanted}
    every = [
        replace(SIGNED, what=w, role=r, who=f"A {r}", registration="")
        for w in library.reviews.wants
        for r in roles
    ]
    reviewed(*every)
    _, after = site("/about/scorecard/nhs-essential/")
    assert library.ui["score-reviewed"] in after.text


def test_a_page_of_a_build_is_not_shown_past_the_day_of_a_review(reviewed: With) -> None:
    """The page with the name, that about reviews and the scorecard are made anew after its last day.
    No other page is.
    """
    plain, library = reviewed(), reviewed(SIGNED)
    before, ends = good_until(plain, DAY), good_until(library, DAY)
    sooner = {address for address, day in ends.items() if day != before.get(address)}

    assert {ADDRESS, f"{ADDRESS}all/", "/about/review/", "/about/scorecard/"} <= sooner
    assert all(ends[address] == UNTIL for address in sooner)
    assert all(a == ADDRESS or a[:7] == "/about/" or a == f"{ADDRESS}all/" for a in sooner)
    assert good_until(library, DAY - timedelta(days=3))[ADDRESS] == DAY - timedelta(days=1)


def test_a_folder_names_nobody(reviewed: With, freeze: Freeze) -> None:
    """No web server takes a name off a file when its day has come, so the folder has none."""
    library = without_names(reviewed(SIGNED, replace(LAPSED, what="notices")))
    freeze(DAY)
    for address in (ADDRESS, "/about/review/", "/about/scorecard/nhs-essential/"):
        html = render_address(library, address).decode()
        assert "Mara" not in html, address
    assert library.ui["reviewed-some"] in html


def test_the_page_about_reviews_stays_light(reviewed: With, freeze: Freeze) -> None:
    """However much is signed or has lapsed at once: what has no room stands in the packets."""
    library = reviewed()
    change = Change("page", "Recovery", "You can walk at once, and drive. " * 9, "Not yet. " * 30)
    every = [
        replace(SIGNED, what=what, role=role, who=f"{role} {number}", day=DAY)
        for number, (what, roles) in enumerate(library.reviews.wants.items())
        for role in roles
    ]
    changed = [
        replace(each, holds=False, changes=(replace(change, name=f"{n} {each.what}"),) * 12)
        for n, each in enumerate(every)
    ]
    freeze(DAY)
    for signatures in (every, changed, [*every[::2], *changed[1::2]]):
        made = render_address(reviewed(*signatures), "/about/review/")
        assert len(brotli.compress(made)) <= 14_000


#: Claims about reviews, said or denied.
CLAIM = re.compile(
    r"no clinician|not (?:yet )?(?:been )?(?:reviewed|signed)|(?<!what )nobody has (?:reviewed|signed)"
    r"|(?<!what )clinicians have (?:reviewed|signed)|(?:reviewed|signed) by (?:dr|our|two|three)",
    re.IGNORECASE,
)
#: The words that are chosen by the signatures.
CHOSEN = (
    "packet-never",
    "review-none",
    "reviewed-none",
    "reviewed-some",
    "review-missing",
    "score-parts",
)


def test_no_words_say_who_has_reviewed_what(library: Library) -> None:
    """No page, label or template says by itself that clinicians have, or have not, reviewed anything:
    only the words that are chosen by the signatures do.
    """
    root = Path(__file__).parents[2]
    chosen = {library.ui[key] for key in CHOSEN}
    files = [*(root / "content" / "en").rglob("*.md"), *(root / "templates").rglob("*.html")]
    told = [
        (path.name, row)
        for path in files
        for row in path.read_text(encoding="utf-8").splitlines()
        if row not in chosen and CLAIM.search(re.sub(r"{[%#].*?[%#]}", "", row))
    ]

    assert told == []
