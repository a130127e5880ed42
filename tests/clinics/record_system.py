"""What a record system asks of Infobutton, and how its feed is read."""

from treatment_guide.clinics.record_query import SYSTEMS

CM, WHO = SYSTEMS["icd-10-cm"][0], SYSTEMS["icd-10"][0]
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FEED_ORDER = ["title", "subtitle", "author", "updated", "category", "id", "link", "entry"]
ENTRY_ORDER = ["title", "link", "id", "updated", "author", "summary", "category"]
CODE, SYSTEM, NAME = (f"mainSearchCriteria.v.{part}" for part in ("c", "cs", "dn"))
KNEE = {CODE: "M17.11", SYSTEM: CM}
XML = {"knowledgeResponseType": "text/xml"}
JSON = {"knowledgeResponseType": "application/json"}
HELP = "https://whatsnext.example/get-help-now/"


def pages(feed):
    """Where the entries of a feed lead, without the origin."""
    return [e["link"][0]["href"].removeprefix("https://whatsnext.example") for e in feed["entry"]]


def echoed(feed):
    """What a feed says was asked."""
    return {each["scheme"]: each["term"] for each in feed["category"]}
