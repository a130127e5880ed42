"""The publisher of this copy of the guide, and the phones that readers call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: The least and the most characters of a name; longer ones would break the layout.
NAME_LENGTH, PUBLISHER_LENGTH = (3, 40), (3, 80)
#: A contact is an address that a link can have.
CONTACT = r"^(https://[^\s/]+\.\S+|mailto:[^@\s]+@[^@\s]+\.[^@\s]+)$"


@dataclass(frozen=True)
class Phone:
    """A number to call: as shown, and as dialed."""

    number: str
    dial: str


@dataclass(frozen=True)
class Site:
    """The publisher, region and contact of this copy. `name`, `publisher` and `contact` are empty
    where they are not set; a contact is an address that a link can have.
    """

    origin: str
    language: str
    release: str
    phones: Mapping[str, Phone]
    name: str = ""
    publisher: str = ""
    contact: str = ""

    @property
    def contact_shown(self) -> str:
        """The contact as it is read."""
        return self.contact.removeprefix("mailto:").removeprefix("https://").rstrip("/")
