"""The values of the scorecard pages: how the guide meets published standards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from treatment_guide.http.clock import today
from treatment_guide.library.looked_up.page_addresses import PAGES
from treatment_guide.library.model import Library, Score
from treatment_guide.library.review.standing import standings
from treatment_guide.reading.page_parts import page_sources, parts

HELD = ("met", "signed", "reviewed")


@dataclass(frozen=True)
class Standard:
    """One list of criteria, with counts by state."""

    id: str
    title: str
    scores: Sequence[Score]

    @property
    def address(self) -> str:
        """The address of the page with its criteria."""
        return f"/about/scorecard/{self.id}/"

    def count(self, *states: str) -> int:
        """How many criteria are in one of these states."""
        return sum(score.state in states for score in self.scores)

    @property
    def held(self) -> int:
        """How many are met or signed."""
        return self.count(*HELD)

    @property
    def asked(self) -> int:
        """How many apply to a guide like this one."""
        return len(self.scores) - self.count("not-asked")

    @property
    def not_met(self) -> int:
        """How many are not met yet."""
        return self.count("not-met")

    @property
    def people(self) -> int:
        """How many need patients or clinicians."""
        return self.count("people")


def standards(library: Library) -> list[Standard]:
    """The lists of criteria, in the order of the file."""
    by_list: dict[str, list[Score]] = {}
    stands = standings(library, today())
    done = bool(stands) and all(each.state == "signed" for each in stands)
    for score in library.scores:
        # Until every part is signed, it is one of those that only people can meet.
        state = "people" if score.state == "reviewed" and not done else score.state
        by_list.setdefault(score.standard, []).append(replace(score, state=state))
    return [Standard(name, library.ui[f"standard-{name}"], row) for name, row in by_list.items()]


def scorecard(library: Library) -> dict[str, Any] | None:
    """The scorecard: its words, and how each list is met. None where there is no scorecard."""
    page = library.about.get("scorecard")
    if page is None:
        return None
    shown = parts(library, page)
    return {
        "page": page,
        "lead": shown[0],
        "parts": shown[1:],
        "sources": page_sources(library, page),
        "standards": standards(library),
    }


def one_standard(library: Library, standard: str) -> dict[str, Any] | None:
    """One list, criterion by criterion, or None when there is no such list."""
    found = next((each for each in standards(library) if each.id == standard), None)
    if found is None:
        return None
    by_review = {score.id for score in library.scores if score.state == "reviewed"}
    rows = [
        {
            "score": score,
            "pages": [titled(library, address) for address in score.shown],
            "by_review": score.id in by_review,
        }
        for score in found.scores
    ]
    stands = standings(library, today()) if by_review and not library.reviews.elsewhere else ()
    return {
        "standard": found,
        "rows": rows,
        "scorecard": library.about["scorecard"],
        "signed": sum(each.state == "signed" for each in stands),
        "total": len(stands),
    }


def titled(library: Library, address: str) -> dict[str, str]:
    """A page that shows how a criterion is met: its address, and its title where it has one."""
    titles = {page.address: page.short or page.title for page in library.reading_pages}
    lists = {there: name for name, there in PAGES.items()}
    title = titles.get(address) or library.ui[f"page-{lists[address]}"]
    return {"href": address, "title": title}
