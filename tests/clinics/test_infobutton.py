"""Infobutton: what a record system asks and gets. The numbers are those of our list of 25."""

import json
import re
import subprocess
import sys
from urllib.parse import urlencode
from uuid import UUID
from xml.etree.ElementTree import fromstring

import pytest

from tests.clinics.record_system import (
    ATOM,
    CM,
    CODE,
    ENTRY_ORDER,
    FEED_ORDER,
    HELP,
    JSON,
    KNEE,
    LANG,
    NAME,
    SYSTEM,
    WHO,
    XML,
    echoed,
    pages,
)
from treatment_guide.clinics.record_query import SYSTEMS
from treatment_guide.library.content_check import current_library

LANGUAGE = "informationRecipient.languageCode.c"


def in_order(element, order):
    """True when an element's children stand in this order."""
    places = [order.index(child.tag.removeprefix(ATOM)) for child in element]
    return places == sorted(places)


def test_01_xml_is_an_atom_feed_in_the_order_of_hl7s_schema(client):
    """Root, order, language at three levels and nowhere else, whole https addresses."""
    answer = client.get("/infobutton", {**KNEE, **XML})
    feed = fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")

    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert feed.tag == f"{ATOM}feed" and len(entries) == 1
    assert in_order(feed, FEED_ORDER) and all(in_order(e, ENTRY_ORDER) for e in entries)
    assert [e for e in feed.iter() if LANG in e.attrib] == [feed, *entries]
    for link in feed.iter(f"{ATOM}link"):
        assert link.get("href").startswith("https://whatsnext.example/")
        assert {"rel", "type", "hreflang", "title"} <= link.attrib.keys()
    for element in [feed, *entries]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert element.findall(f"{ATOM}author/{ATOM}name")


def test_02_a_posted_form_gets_the_same(client):
    """Byte for byte, but for the time."""
    got = client.get("/infobutton", {**KNEE, **XML}).text
    posted = client.post(
        "/infobutton",
        urlencode({**KNEE, **XML}),
        content_type="application/x-www-form-urlencoded",
    ).text
    time = r"<updated>[^<]+</updated>"

    assert re.sub(time, "", got, count=1) == re.sub(time, "", posted, count=1)


def test_03_json_has_lists_even_for_one(client):
    """`_value` for text, lists for what may repeat, never null."""
    answer = client.get("/infobutton", {**KNEE, **JSON})
    feed = json.loads(answer.text)["feed"]

    assert answer["Content-Type"].startswith("application/json")
    assert "null" not in answer.text and not set("<>=") & set(answer.text)
    for holder in (feed, *feed["entry"]):
        assert holder["title"]["_value"]
        assert all(isinstance(holder[name], list) for name in ("category", "link"))
    assert isinstance(feed["entry"], list)


def test_04_jsonp_needs_a_name_of_a_function(client):
    """Missing, or anything that is more than a name: 400."""
    asked = {**KNEE, "knowledgeResponseType": "application/javascript"}
    good = client.get("/infobutton", {**asked, "callback": "my.app$1"})

    assert good["Content-Type"].startswith("application/javascript")
    assert good.text.startswith("/**/my.app$1({") and good.text.endswith("});")
    for bad in ("", "alert(1)//", "a-b", "1a", "a" * 65):
        assert client.get("/infobutton", {**asked, "callback": bad}).status_code == 400


def test_05_without_a_type_a_person_gets_the_page(client):
    """One topic: straight to its page, with a 303. Several or none: a page with links."""
    assert client.get("/infobutton", KNEE)["Location"] == "/situations/knee-arthritis/"
    assert client.get("/infobutton", KNEE).status_code == 303
    two = client.get("/infobutton", {**KNEE, f"{CODE}1": "M75.0", f"{SYSTEM}1": CM})
    assert "/situations/knee-arthritis/" in two.text and "/situations/frozen-shoulder/" in two.text
    none = client.get("/infobutton", {CODE: "Z99.9", SYSTEM: CM})
    assert none.status_code == 200 and "/situations/" in none.text and "Z99.9" not in none.text


def test_06_another_type_is_refused(client):
    """400, in plain text."""
    answer = client.get("/infobutton", {**KNEE, "knowledgeResponseType": "text/plain"})

    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("code", ["M1711", "m17.11", " M17.11 "])
def test_07_a_code_is_read_kindly(ask, code):
    """Without its dot, in small letters, with spaces."""
    assert pages(ask({CODE: code, SYSTEM: CM})) == ["/situations/knee-arthritis/"]


@pytest.mark.parametrize(
    "alias", [a for aliases in SYSTEMS.values() for n in aliases for a in (n, f"urn:oid:{n}")]
)
def test_08_every_name_of_a_code_system_is_known(ask, alias):
    """Object identifier, short name, FHIR's address."""
    assert pages(ask({CODE: "M17", SYSTEM: alias.upper()})) == ["/situations/knee-arthritis/"]


@pytest.mark.parametrize(("code", "system"), [("Z99.9", CM), ("M17.11", "1.2.3.4")])
def test_09_no_match_is_an_empty_feed(ask, code, system):
    """200, no entry, and what was asked is still repeated."""
    feed = ask({CODE: code, SYSTEM: system})

    assert feed["entry"] == []
    assert echoed(feed) == {CODE: code, SYSTEM: system}


def test_10_a_code_needs_its_system(client, ask):
    """Without it 400; with words beside it the words count. Nothing at all: 400."""
    assert client.get("/infobutton", {**JSON, CODE: "M17.11"}).status_code == 400
    assert client.get("/infobutton", JSON).status_code == 400
    feed = ask({CODE: "M17.11", NAME: "Unilateral primary osteoarthritis, right knee"})
    assert pages(feed) == ["/situations/knee-arthritis/"]
    assert {"scheme": "relevanceScore", "term": "0.5"} in feed["entry"][0]["category"]


def test_11_the_old_names_are_read_and_the_new_ones_win(ask):
    """`.c.c` as it was spelled before 2010."""
    old = {"mainSearchCriteria.c.c": "M75.0", "mainSearchCriteria.c.cs": CM}

    assert pages(ask(old)) == ["/situations/frozen-shoulder/"]
    assert pages(ask({**old, **KNEE})) == ["/situations/knee-arthritis/"]


def test_12_several_criteria_come_in_order_with_gaps(ask):
    """c, c1, c4: each once, in the order asked."""
    feed = ask(
        {
            f"{CODE}4": "M75.0",
            f"{SYSTEM}4": CM,
            f"{CODE}1": "M17.12",
            f"{SYSTEM}1": CM,
            CODE: "M72.2",
            SYSTEM: CM,
            f"{CODE}2": "M17.11",
            f"{SYSTEM}2": CM,
        }
    )

    assert pages(feed) == [
        "/situations/heel-pain/",
        "/situations/knee-arthritis/",
        "/situations/frozen-shoulder/",
    ]


@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_13_names_match_in_any_case(client, case):
    """Real systems misspell them."""
    fields = {case(name): value for name, value in {**KNEE, **JSON}.items()}

    assert pages(json.loads(client.get("/infobutton", fields).text)["feed"])


HL7_EXAMPLES = (
    (
        "knowledgeRequestNotification.effectiveTime.v=20060706001023"
        "&patientPerson.administrativeGenderCode.c=F&age.v.v=77&age.v.u=a"
        "&taskContext.c.c=PROBLISTREV&mainSearchCriteria.v.c=D018410"
        "&mainSearchCriteria.v.cs=2.16.840.1.113883.6.177&mainSearchCriteria.v.dn=Pneumonia"
        "&performer=PROV&informationRecipient=PROV"
    ),
    (
        "mainSearchCriteria.v.c=49502-0697-24&mainSearchCriteria.v.cs=2.16.840.1.113883.6.69"
        "&mainSearchCriteria.v.dn=Albuterol&taskContext.c.c=MLREV&subTopic.v.dn=dose"
        "&performer=PROV&informationRecipient=PAT&informationRecipient.languageCode.c=es"
    ),
)


@pytest.mark.parametrize("query", HL7_EXAMPLES)
def test_14_what_we_know_nothing_about_is_an_empty_feed(client, query):
    """Requests like HL7's own examples: pneumonia, a drug."""
    answer = client.get(f"/infobutton?{query}&knowledgeResponseType=text/xml")

    assert answer.status_code == 200
    assert not fromstring(answer.content).findall(f"{ATOM}entry")


def test_15_clinicians_get_the_rules_and_the_kit_too(ask):
    """`PROV` adds an entry; an unknown reader is a patient, and is not repeated."""
    provider = ask({**KNEE, "informationRecipient": "PROV"})
    unknown = ask({**KNEE, "informationRecipient": "XYZ"})

    assert pages(provider) == ["/situations/knee-arthritis/", "/about/rules/"]
    assert "/clinics/link/" in provider["entry"][1]["link"][1]["href"]
    assert pages(unknown) == ["/situations/knee-arthritis/"]
    assert "informationRecipient" not in echoed(unknown)


@pytest.mark.parametrize("language", ["xx", "fr-CA", "español", "und", "en", "eng", "EN_us"])
def test_16_a_language_we_lack_gets_what_there_is_and_says_so(ask, language):
    """The content says its own language, and that another was asked for, which is not repeated."""
    feed = ask({**KNEE, LANGUAGE: language})
    ui, ours = current_library().ui, current_library().site.language
    here = language.lower().startswith("en")

    assert feed["lang"] == feed["entry"][0]["lang"] == ours
    assert {link["hreflang"] for link in feed["entry"][0]["link"]} == {ours}
    assert (LANGUAGE in echoed(feed)) is here
    assert (ui["infobutton-in-original"] in feed["subtitle"]["_value"]) is not here


@pytest.mark.parametrize("language", ["es", "es-MX", "spa", "ES_us"])
def test_spanish_gets_links_below_es(ask, language):
    """Whatever the browser wishes; what is there in English alone is linked as English."""
    feed = ask({**KNEE, LANGUAGE: language, "informationRecipient": "PROV"})
    links = [link for entry in feed["entry"] for link in entry["link"]]
    clinics = [link for link in links if "/clinics/" in link["href"]]

    assert feed["lang"] == "es-US" and LANGUAGE in echoed(feed)
    assert len(clinics) == 1
    for link in links:
        spanish = link not in clinics
        assert ("whatsnext.example/es/" in link["href"]) is spanish
        assert link["hreflang"] == ("es-US" if spanish else "en-US")


def test_a_person_who_asks_for_a_language_we_lack_is_told(client, html):
    """A page says so before the one it names; a language that is here leads straight there."""
    told = client.get("/infobutton", {**KNEE, LANGUAGE: "fr"})

    assert told.status_code == 200
    assert current_library().ui["infobutton-in-original"] in told.text
    assert "/situations/knee-arthritis/" in html(told).links
    there = client.get("/infobutton", {**KNEE, LANGUAGE: "es"})
    assert there["Location"] == "/es/situations/knee-arthritis/"


@pytest.mark.parametrize("recipient", ["PAT", "PROV"])
@pytest.mark.parametrize("code", sorted({c for c, d in current_library().diagnoses["icd-10-cm"].items() if d.danger}))  # fmt: skip
def test_18_a_danger_code_leads_to_help_alone(ask, client, code, recipient):
    """Whoever asks, and whatever else is asked beside it."""
    fields = {**KNEE, f"{CODE}1": code, f"{SYSTEM}1": CM, "informationRecipient": recipient}
    feed = ask(fields)

    assert [link["href"] for link in feed["entry"][0]["link"]] == [HELP]
    assert len(feed["entry"]) == 1
    assert client.get("/infobutton", fields)["Location"] == "/get-help-now/"


@pytest.mark.parametrize(
    ("words", "alone"),
    [
        ("fever", True),
        ("inability to breathe", False),  # no phrase of the guide
        ("cannot breathe", True),
        ("swollen calf", True),
        ("history of stroke", False),
        ("no fever", False),
        ("morning stiffness", False),
        ("stiff every morning", False),  # within days: the pages stay
    ],
)
def test_18_words_of_danger_lead_to_help_alone(ask, words, alone):
    """A diagnosis that comes in words only: help alone where it cannot wait for days, and not for
    what is denied or past.
    """
    found = pages(ask({NAME: f"knee arthritis and {words}"}))

    assert (found == ["/get-help-now/"]) is alone
    assert found


def test_18_danger_in_the_last_of_many_diagnoses_leads_to_help_alone(ask):
    """Twenty labels of some words each are read to the end of the last one."""
    said = {f"{NAME}{n}": "sore worn knee, arthritis" for n in range(1, 20)}
    last = {f"{NAME}20": "worn knee arthritis, cannot breathe"}

    assert pages(ask({**said, **last})) == ["/get-help-now/"]


def test_19_a_who_code_without_a_place_leads_to_the_body_parts(ask):
    """M25.5 of the WHO says pain in a joint, and not in which."""
    assert pages(ask({CODE: "M25.5", SYSTEM: WHO})) == ["/situations/"]
    assert pages(ask({CODE: "M25.561", SYSTEM: CM})) == ["/situations/#knee"]


def test_23_ids_are_the_same_in_every_process(ask):
    """An id follows from the question alone, and is a proper one."""
    feed = ask(KNEE)
    UUID(feed["id"]["_value"].removeprefix("urn:uuid:"))
    script = (
        "import os, json; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n"
        "import django; django.setup()\n"
        "from django.test import Client\n"
        f"feed = json.loads(Client().get('/infobutton', { ({**KNEE, **JSON})!r}).text)['feed']\n"
        "print(feed['id']['_value'], *[e['id']['_value'] for e in feed['entry']])"
    )
    other = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    ids = [feed["id"]["_value"], *(entry["id"]["_value"] for entry in feed["entry"])]
    assert other.stdout.split() == ids


def test_25_every_entry_of_the_table_leads_to_a_page(client):
    """Every prefix of both systems, in the one language there is; every link of every entry."""
    links = set()
    for system, table in current_library().diagnoses.items():
        for code in table:
            fields = {CODE: code, SYSTEM: SYSTEMS[system][0], "informationRecipient": "PROV"}
            feed = json.loads(client.get("/infobutton", {**JSON, **fields}).text)["feed"]
            assert feed["entry"], code
            links |= {link["href"] for entry in feed["entry"] for link in entry["link"]}
    for link in links:
        address = link.removeprefix("https://whatsnext.example").partition("#")[0]
        assert client.get(address, follow=True).status_code == 200, link
