"""Reads a request of a record system: HL7's context-aware knowledge retrieval ("Infobutton"), URL
form.

Only parameters that are needed are read: diagnosis codes or their words, the kind of reader, the
language, the format of the answer. Age, sex, names, organizations and ids are never read, so they
cannot be stored or logged.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: The most criteria that are read.
MOST_CRITERIA = 20
#: The most bytes of parameters; an honest request has a few hundred.
MOST_BYTES = 8192
#: The most characters of a value that are read.
LONGEST_VALUE = 200

#: The names of code systems: object identifiers and others.
SYSTEMS = {
    "icd-10-cm": (
        "2.16.840.1.113883.6.90",
        "icd10cm",
        "icd-10-cm",
        "http://hl7.org/fhir/sid/icd-10-cm",
    ),
    "icd-10": ("2.16.840.1.113883.6.3", "icd10", "icd-10", "http://hl7.org/fhir/sid/icd-10"),
}
_SYSTEM = {alias: system for system, aliases in SYSTEMS.items() for alias in aliases}

TYPES = {
    "text/xml": "xml",
    "application/json": "json",
    "application/javascript": "jsonp",
}
RECIPIENTS = ("PAT", "PROV", "PAYOR")

_CRITERION = re.compile(r"mainsearchcriteria\.([vc])\.(c|cs|dn|ot)(\d{0,4})")
#: A tag of a language (RFC 5646), and that of an unknown one.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
UNKNOWN = "und"
#: The name of a function.
CALLBACK = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.]{0,63}")
#: Characters that XML does not allow, or that nobody types.
_UNREADABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Unreadable(ValueError):
    """The request is not valid. `why` is the key of the words that say so."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Criterion:
    """One diagnosis as it was sent: which one (`""`, `"1"`, …), code, system, words."""

    suffix: str
    code: str = ""
    system: str = ""
    name: str = ""
    original: str = ""

    @property
    def known_system(self) -> str | None:
        """Our id of the code system, or None."""
        return _SYSTEM.get(self.system.lower().removeprefix("urn:oid:"))

    @property
    def bare(self) -> str:
        """The code without its dot, in capitals."""
        return self.code.replace(".", "").upper()

    @property
    def words(self) -> str:
        """The diagnosis in words, where it was sent in words."""
        return f"{self.name} {self.original}".strip()

    @property
    def sent(self) -> tuple[tuple[str, str], ...]:
        """The parameters of it that were read, under their right names."""
        pairs = {"c": self.code, "cs": self.system, "dn": self.name, "ot": self.original}
        return tuple(
            (f"mainSearchCriteria.v.{part}{self.suffix}", value)
            for part, value in pairs.items()
            if value
        )


@dataclass(frozen=True)
class Query:
    """One request, read."""

    criteria: tuple[Criterion, ...]
    recipient: str
    language: str
    form: str
    callback: str
    #: True where the language asked for is not served, so that the answer says so.
    in_original: bool = False

    @property
    def sent(self) -> tuple[tuple[str, str], ...]:
        """Every parameter that was used, for the answer to repeat. Nothing else is repeated."""
        rest = {
            "informationRecipient": self.recipient,
            "informationRecipient.languageCode.c": self.language,
        }
        pairs = [pair for criterion in self.criteria for pair in criterion.sent]
        return (*pairs, *((name, value) for name, value in rest.items() if value))


def read(fields: Mapping[str, str]) -> Query:
    """The query of these parameters. Raises Unreadable.

    Names are matched without case; unknown ones are ignored.
    """
    given = {name.lower(): _clean(value) for name, value in reversed(list(fields.items()))}
    form = _form(given)
    callback = given.get("callback", "")
    if form == "jsonp" and not CALLBACK.fullmatch(callback):
        raise Unreadable("callback")
    criteria = _criteria(given)
    if not any(criterion.code or criterion.words for criterion in criteria):
        raise Unreadable("nothing")
    if any(c.code and not c.system and not c.words for c in criteria):
        raise Unreadable("system")
    recipient = given.get("informationrecipient", "").upper()
    language = given.get("informationrecipient.languagecode.c", "").replace("_", "-")
    if language and not _LANGUAGE.fullmatch(language):
        language = UNKNOWN
    return Query(
        criteria=criteria,
        recipient=recipient if recipient in RECIPIENTS else "",
        language=language,
        form=form,
        callback=callback if form == "jsonp" else "",
    )


def _clean(value: str) -> str:
    return _UNREADABLE.sub("", value).strip()[:LONGEST_VALUE]


def _form(given: Mapping[str, str]) -> str:
    asked = given.get("knowledgeresponsetype", "").lower()
    if not asked:
        return "html"
    if asked not in TYPES:
        raise Unreadable("type")
    return TYPES[asked]


def _criteria(given: Mapping[str, str]) -> tuple[Criterion, ...]:
    """The criteria in the order of their suffixes, which may have gaps.

    `.c.` is how the names were spelled before 2010. Where both come, `.v.` counts.
    """
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name, value in given.items():
        match = _CRITERION.fullmatch(name)
        if match and value:
            spelling, part, suffix = match.groups()
            found.setdefault(suffix, {}).setdefault(spelling, {})[part] = value
    criteria = []
    for suffix in sorted(found, key=lambda each: int(each or 0)):
        parts = found[suffix].get("v") or found[suffix]["c"]
        criteria.append(
            Criterion(
                suffix,
                parts.get("c", ""),
                parts.get("cs", ""),
                parts.get("dn", ""),
                parts.get("ot", ""),
            )
        )
    return tuple(criteria[:MOST_CRITERIA])
