"""Removes from a reader's line what may identify a person."""

import re
import unicodedata

from treatment_guide.feedback.models import LONGEST_LINE

#: Put in place of what was removed.
REMOVED = "[removed]"
#: The most characters that are read, before and after normalization. It is more than is kept,
#: because removing shortens the line; the form on the page takes no more than `LONGEST_LINE`.
MOST_READ = 2 * LONGEST_LINE

_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_MES = "(?i:ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic)[a-z]*"
#: Of a person, in Spanish; and the rest of a name, whose parts small words may join.
_TITLE = "señor|señora|señorita|sra?|srta|dra?|doctora|enfermer[ao]|don|doña"
_NAME = r"[\w'-]+(?: (?:de |la |del |los )*[A-ZÁÉÍÓÚÑ][\w'-]+)*"
_LOOKS_PERSONAL = re.compile(
    "|".join(
        (
            r"\b(?:https?://|www\.)\S+",
            r"\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b",  # a date, perhaps a birthday
            rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\.?,? \d{{2,4}}\b",
            rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{2,4}}\b",
            r"\+?\(?\d(?:[\s().-]*\d){5,}",  # a phone, insurance or hospital number
            r"\b[A-Z]{1,3}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b",  # a British postcode
            r"\b\d+ (?:[A-Z][a-z]+ )+(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Way)\b",
            r"\b(?i:mr|mrs|ms|miss|dr|prof|doctor|nurse)\b\.? [A-Z][\w'-]+(?: [A-Z][\w'-]+)*",
            r"(?<=\b[Mm]y name is )[\w'-]+(?: [A-Z][\w'-]+)*",
            r"(?<=\b[Nn]ame: )[\w'-]+(?: [A-Z][\w'-]+)*",
            # The same in Spanish, on any page: people write in the language they think in.
            rf"\b\d{{1,2}}º? (?:de )?{_MES} (?:del? )?\d{{2,4}}\b",
            rf"\b(?i:{_TITLE})\b\.? [A-ZÁÉÍÓÚÑ]{_NAME}",
            rf"(?<=\b[Mm]e llamo ){_NAME}",
            rf"(?<=\b[Nn]ombre es ){_NAME}",
            rf"(?<=\b[Nn]ombre: ){_NAME}",
            r"\b(?i:calle|avenida|av|avda|carrera|colonia)\b\.? (?:[A-ZÁÉÍÓÚÑ][\w'-]+ )+(?:#|n[.ºo]* ?)?\d+",
        )
    ),
)


def cleaned(text: str) -> str:
    """The line to keep: one line of at most `LONGEST_LINE` characters, personal data removed.

    The text is cut before normalization, whose time grows with the square of a run of accents, and
    again after it, because one character may become eighteen.
    """
    normal = unicodedata.normalize("NFKC", text[:MOST_READ])
    visible = "".join(c if c.isprintable() else " " for c in normal[: 2 * MOST_READ])
    words = (REMOVED if _names_somebody(word) else word for word in visible.split())
    one_line = " ".join(words)[:MOST_READ]
    return _LOOKS_PERSONAL.sub(REMOVED, one_line)[:LONGEST_LINE].strip()


def _names_somebody(word: str) -> bool:
    """True for an email address or an account name: an `@` with text on both sides.

    Not in the pattern, because `\\S+@` would be tried from every character of a long word without
    `@`, in time that grows with the square of its length.
    """
    return "@" in word[1:-1]
