"""The publisher of this copy of the guide, and the region: whom its readers call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: The least and the most characters of a name; longer ones would break the layout.
NAME_LENGTH, PUBLISHER_LENGTH = (3, 40), (3, 80)
#: A contact is an address that a link can have.
CONTACT = r"^(https://[^\s/]+\.\S+|mailto:[^@\s]+@[^@\s]+\.[^@\s]+)$"


@dataclass(frozen=True)
class Phone:
    """A number: as shown, as dialed, and the ways to reach it (`call`, `text`)."""

    number: str
    dial: str
    ways: tuple[str, ...] = ("call",)


@dataclass(frozen=True)
class Phrase:
    """Words of a region with their numbers in them: as HTML with links, as text, and as the style
    rules read them. `button` are the words of a button that calls `dial`; empty for none.
    """

    html: str
    text: str
    spoken: str
    button: str = ""
    dial: str = ""

    def __html__(self) -> str:
        return self.html

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Region:
    """A region: the tag of its language, its numbers and its phrases by id, the numbers' sources."""

    language: str
    phones: Mapping[str, Phone]
    phrases: Mapping[str, Phrase]
    sources: tuple[str, ...] = ()
    id: str = ""


#: The region of a guide without one.
NOWHERE = Region("en", {}, {})


@dataclass(frozen=True)
class Site:
    """The publisher, region and contact of this copy. `name`, `publisher` and `contact` are empty
    where they are not set; a contact is an address that a link can have. `regions` are all regions
    of the content.
    """

    origin: str
    release: str
    region: Region = NOWHERE
    regions: Mapping[str, Region] = field(default_factory=dict)
    name: str = ""
    publisher: str = ""
    contact: str = ""

    @property
    def language(self) -> str:
        """The tag of the language of this copy: that of its region."""
        return self.region.language

    @property
    def locale(self) -> str:
        """The same as Open Graph writes it: `en_US`, which it takes for any page without one."""
        return self.language.replace("-", "_")

    @property
    def phones(self) -> Mapping[str, Phone]:
        """The numbers of the region."""
        return self.region.phones

    @property
    def phrases(self) -> Mapping[str, Phrase]:
        """The phrases of the region."""
        return self.region.phrases

    @property
    def contact_shown(self) -> str:
        """The contact as it is read."""
        return self.contact.removeprefix("mailto:").removeprefix("https://").rstrip("/")
