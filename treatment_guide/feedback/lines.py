"""Takes out of a reader's line what looks like a person: nobody should be found through it."""

import re
import unicodedata

from treatment_guide.feedback.models import LONGEST

#: What stands where something was taken out.
REMOVED = "[removed]"

_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_LOOKS_PERSONAL = re.compile(
    "|".join(
        (
            r"\S+@\S+",  # an email, or a name on some network
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
        )
    ),
)


def cleaned(text: str) -> str:
    """The line as it may be kept: one line, of bounded length, what looks personal taken out."""
    normal = unicodedata.normalize("NFKC", text[: 4 * LONGEST])
    visible = "".join(c if c.isprintable() else " " for c in normal)
    one_line = " ".join(visible.split())
    return _LOOKS_PERSONAL.sub(REMOVED, one_line)[:LONGEST].strip()
