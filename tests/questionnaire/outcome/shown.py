"""What an outcome page says of each option, read as a browser reads it: in the row, above its group,
or once for several options under "Take care".
"""

from dataclasses import dataclass
from functools import cached_property
from html import unescape
from re import sub
from xml.etree.ElementTree import Element

from tests.site_fixtures import Html, words
from treatment_guide.library.model import Library


def plain(markup: str) -> str:
    """The words of some HTML, as `words` gives those of an element."""
    return sub(r"\s+", " ", unescape(sub(r"<[^>]*>", "", markup))).strip()


@dataclass(frozen=True)
class Shown:
    """An outcome page. `library`: the words that it is made of."""

    page: Html
    library: Library

    @cached_property
    def sections(self) -> dict[str, Element]:
        """The sections of the page by their id."""
        return {each.get("id", ""): each for each in self.page.root.iter("section")}

    @cached_property
    def rows(self) -> dict[str, Element]:
        """The row of each option, or for one that is not usual here, the line that says why not."""
        found = {}
        for row in self.page.root.iter("li"):
            if row.get("class") == "option-row":
                found[row.get("data-option", "")] = row
        for line in self.page.find("ul", class_="why-list"):
            for why in line.findall("li"):
                for link in why.iter("a"):
                    if link.get("class") == "option-name":
                        found[link.get("href", "").rstrip("/").rpartition("/")[2]] = why
        return found

    def shared(self, option: str) -> str:
        """What the group of an option says of several options, also behind its own fold."""
        section = self.sections[self.page.groups[option]]
        said = [each for each in section.iter("div") if each.get("class") == "group-by"]
        for fold in section.findall("details"):
            said += fold.findall("p")
        for group in section.iter("div"):
            if group.get("class") == "option-group":
                said += [each for column in group for each in column.findall("p")]
        return " ".join(map(words, said))

    def care_of(self, option: str) -> set[str]:
        """The ids of what to take care of that the row of an option names."""
        row = words(self.rows[option])
        names = {name: care.name for name, care in self.library.care.items()}
        marks = [words(m) for m in self.rows[option].iter("b") if m.get("class") == "care-mark"]
        above = row.partition(self.library.ui["care-above"])[2]
        told = {mark.removeprefix(self.library.ui["take-care"]).strip() for mark in marks}
        return {name for name, said in names.items() if said in told or f" {said}" in above}

    def says(self, option: str, reason: str) -> bool:
        """True where the words of a reason or a caution are read with an option: in its row, above
        its group, or under "Take care" with its mark.
        """
        said = {each.id for each in self.library.guide.care if reason in each.said} & self.care_of(
            option
        )
        text = f"{words(self.rows[option])} {self.shared(option)}"
        return bool(said) or plain(self.library.reasons[reason]) in text
