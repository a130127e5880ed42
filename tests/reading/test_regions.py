"""Each region says whom to call in its own words, with its own numbers, and in its own language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.reading_once import reading_once
from tests.site_fixtures import Html
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.model import Library, Region
from treatment_guide.serving import ledgers
from treatment_guide.serving.addresses import every_address
from treatment_guide.serving.ledgers import lines_of

CONTENT = Path(settings.CONTENT_DIR)
PUBLISHED = Path(__file__).parents[1] / "published"
NAMES = sorted(path.stem for path in (CONTENT / "guide/regions").glob("*.yaml"))
#: Pages made from answers: danger signs, the outcome, all paper.
ANSWERED = (
    "whats-next/urgent/0/",
    "whats-next/urgent-here/{calm}/",
    "whats-next/outcome/{calm}/",
    "whats-next/outcome/{calm}/?show=all",
    "whats-next/take/{calm}/",
    "whats-next/take/{calm}/?print=large",
    "whats-next/clinician/{calm}/",
    "whats-next/calendar/{calm}/",
    "get-help-now/{danger}",
)
_CALLED = re.compile(r'href="(?:tel|sms):([^"]+)"')

each_region = pytest.mark.parametrize("region", NAMES)


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """The regions differ in a few words: all else is parsed and graded once."""
    with reading_once():
        yield


@cache
def guide(region: str) -> Library:
    """The real content as a copy for this region reads it. Raises BrokenContent."""
    return load_library(CONTENT, {"region": region})


def addresses(code) -> list[str]:
    """Every address of the site, requests of record systems, and pages made from answers."""
    asked = lines_of(PUBLISHED, ledgers.REQUESTS)
    knee = {"urgent": "none", "urgent-here": "none", "place": "knee", "cause": "arthritis"}
    codes = {"calm": code(knee), "danger": ""}
    shown = [address for address in asked if not address.startswith("/go/")]
    searches = ["/search/?q=want+to+die", "/search/?q=fever"]
    answered = [f"/{each.format(**codes)}" for each in ANSWERED]
    return [*every_address(guide(NAMES[0])), *shown, *answered, *searches]


def own(region: Region) -> set[str]:
    """What this region says: each sentence of its phrases, each button."""
    said = [each.text for each in region.phrases.values()]
    said += [each.button for each in region.phrases.values() if each.button]
    rows = [part.strip(" .") for each in said for part in re.split(r"(?<=\.)\s+", each)]
    return {row.lower() for row in rows if row}


def numbers(region: Region) -> re.Pattern[str]:
    """The numbers of a region as words; digits beside them make another number."""
    known = "|".join(re.escape(phone.number) for phone in region.phones.values())
    return re.compile(rf"(?<![\d.,/-])(?:{known})(?![\d-]|[.,]\d)")


def plain(text: str) -> str:
    """What a reader or a program reads of an answer, in lower case, its spaces evened out, without
    the numbers of sources: 111 may be one.
    """
    left_out = r"<style>.*?</style>|<svg.*?</svg>|<sup>.*?</sup>"
    without = re.sub(left_out, " ", text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", without))).lower()


@each_region
def test_the_content_is_sound_in_every_region(region: str) -> None:
    """The style of pages is checked with the phrases of each region, not of one alone."""
    assert guide(region).site.region == guide(region).site.regions[region]


@each_region
def test_no_page_of_a_region_says_a_phrase_or_a_number_of_another(region, serve, code) -> None:
    """Every page, sheet, text to paste, resource and feed, in each region."""
    here = guide(region).site
    serve(guide(region))
    others = [each for name, each in here.regions.items() if name != region]
    phrases = {row for other in others for row in own(other)} - own(here.region)
    dials = {phone.dial for phone in here.phones.values()}
    dials |= {clinic.phone.dial for clinic in guide(region).clinics.values()}
    dials |= {c.out_of_hours.dial for c in guide(region).clinics.values() if c.out_of_hours}
    client = Client()
    wrong = []
    for address in addresses(code):
        response = client.get(address)
        if response.status_code >= 300 or response["Content-Type"].startswith("image/"):
            continue
        text = response.content.decode()
        read = plain(text)
        wrong += [(address, row) for row in phrases if row in read]
        wrong += [(address, n) for other in others for n in numbers(other).findall(read)]
        wrong += [(address, dial) for dial in _CALLED.findall(text) if dial not in dials]
        wrong += [
            (address, o.language)
            for o in others
            if o.language in text or o.language.replace("-", "_") in text
        ]
    assert wrong == []
    assert len(phrases) > 3


@each_region
def test_the_language_follows_the_region(region, serve, client) -> None:
    """Of pages for screen readers, for search engines and for what shows a link; of FHIR, of
    feeds, of security.txt.
    """
    serve(guide(region))
    tag = guide(region).site.region.language
    page = Html(client.get("/options/prp/").content.decode())
    feed = client.get(
        "/infobutton?mainSearchCriteria.v.c=M17.11"
        "&mainSearchCriteria.v.cs=2.16.840.1.113883.6.90&knowledgeResponseType=application/json"
    ).json()["feed"]

    assert page.root.get("lang") == tag
    assert f'"inLanguage": "{tag}"' in page.text
    assert page.find("meta", property="og:locale")[0].get("content") == tag.replace("-", "_")
    assert client.get("/fhir/Questionnaire/whats-next").json()["language"] == tag
    assert feed["lang"] == tag
    assert f"Preferred-Languages: {tag}" in client.get("/.well-known/security.txt").content.decode()


@each_region
def test_thoughts_of_ending_ones_life_are_answered_by_the_region(
    region, serve, client, code
) -> None:
    """The card, the button and the sheets say its whole phrase; the button calls its number."""
    serve(guide(region))
    said = guide(region).site.phrases["crisis"]
    help_page = Html(client.get("/get-help-now/").content.decode())
    calm = code({"urgent": "none", "urgent-here": "none", "place": "knee", "cause": "arthritis"})

    assert said.text.lower() in plain(help_page.text)
    (button,) = [each for each in help_page.find("a", href=f"tel:{said.dial}") if each.get("class")]
    assert "".join(button.itertext()) == said.button
    for address in (f"/whats-next/take/{calm}/", "/clinics/sheet/0g4f/", "/topics/more-help/"):
        assert said.text.lower() in plain(client.get(address).content.decode()), address


def test_a_service_is_not_promised_by_a_way_it_lacks() -> None:
    """Samaritans take no texts: in the United Kingdom texts go to another service."""
    uk = guide("uk").site

    assert uk.phones["crisis"].ways == ("call",)
    assert uk.phones["crisis-text"].ways == ("text",)
    assert "text 116 123" not in uk.phrases["crisis"].text
    assert f'<a href="sms:{uk.phones["crisis-text"].dial}">' in uk.phrases["crisis"].html
