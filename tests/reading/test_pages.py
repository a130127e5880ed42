"""Every reading page and every list stands, is sound HTML, and leads nowhere in vain."""

import re
from collections import Counter

import html5lib
import pytest
from django.urls import URLPattern

from tests.for_each import for_each
from treatment_guide.library.content_check import current_library
from treatment_guide.library.review.standing import subject_of
from treatment_guide.urls import urlpatterns

#: The address of a packet to sign.
PACKET = re.compile(r"/about/review/[^/]+/[^/]+/$")

#: Every page of words, from the content.
READING = [page.address for page in current_library().reading_pages]

#: Every page whose address takes nothing: the lists, and where a journey starts.
LISTS = [
    f"/{pattern.pattern}"
    for pattern in urlpatterns
    if isinstance(pattern, URLPattern)
    and not pattern.pattern.converters
    and str(pattern.pattern).endswith("/")
]
PAGES = list(dict.fromkeys([*READING, *LISTS]))
OPTIONS = list(current_library().options)

#: The pages that hold answers, seen with as many answers as there can be, and those that say no.
ANSWER_PAGES = [
    *(f"/whats-next/{question}/{{code}}/" for question in current_library().guide.questions),
    "/whats-next/outcome/{code}/",
    f"/whats-next/compare/{{code}}/?option={OPTIONS[0]}&option={OPTIONS[1]}",
    f"/compare/?option={OPTIONS[0]}&option={OPTIONS[1]}&option={OPTIONS[2]}",
    "/search/?q=frozen+sholder",
    "/go/?code=nonsense",
    "/whats-next/place/nonsense/",
    "/no-such-page/",
]

#: The parts of an option page, in the order in which every option has them; places stand between.
OPTION_PARTS = [
    "glance",
    "gains",
    "harms",
    "suits",
    "may-suit",
    "may-not-suit",
    "when-to-call",
    "questions",
    "more",
    "what-it-is",
    "how-it-is-done",
    "recovery",
    "living-with-it",
    "cost",
    "doing-nothing",
    "if-it-does-not-work",
    "related",
    "how-sure",
    "guidelines",
    "sources",
    "about-page",
]

every_page = for_each("address", PAGES)
every_page_and_answer = for_each("address", [*PAGES, *ANSWER_PAGES])


@pytest.fixture(scope="module")
def site(site, code, fullest):
    """Fetch a page as all tests do; `{code}` in its address stands for the fullest answers."""
    full = code(fullest["knee"])
    return lambda address: site(address.replace("{code}", full))


@every_page
def test_a_page_answers(site, address):
    """Every reading page and every list is there."""
    response, _ = site(address)

    assert (response.status_code, response.redirect_chain) == (200, [])


@every_page_and_answer
def test_a_page_has_one_main_heading(site, address):
    """Every page says once what it is about."""
    _, page = site(address)

    assert len(page.find("h1")) == 1


@every_page_and_answer
def test_a_page_has_a_title(site, address):
    """The tab of every page says what the page is."""
    _, page = site(address)

    assert page.words("title")


@every_page_and_answer
def test_a_page_names_its_language(site, address):
    """A screen reader learns from every page which voice to use."""
    _, page = site(address)

    assert page.root.get("lang") == "en-US"


@every_page_and_answer
def test_a_page_is_sound_html(site, address):
    """A strict parser reads every page to its end without an error."""
    response, _ = site(address)

    html5lib.HTMLParser(strict=True).parse(response.content.decode())


@every_page_and_answer
def test_a_page_uses_each_id_once(site, address):
    """An id names one place on a page, so a link to it cannot go astray."""
    _, page = site(address)

    assert [name for name, times in Counter(page.ids).items() if times > 1] == []


@every_page_and_answer
def test_a_page_names_only_ids_that_are_there(site, address):
    """Labels and descriptions on a page belong to something on it."""
    _, page = site(address)

    named = {
        name
        for element in page.root.iter()
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls")
        for name in element.get(attribute, "").split()
    }

    assert named - set(page.ids) == set()


@every_page
def test_a_page_links_to_pages_that_answer(site, address):
    """Every link within the site leads, perhaps by a redirect, to a page."""
    _, page = site(address)
    inside = [link.partition("#")[0] for link in page.links if link.startswith("/")]
    inside = some_packets(inside)

    dead = [link for link in dict.fromkeys(inside) if site(link)[0].status_code != 200]

    assert dead == []


def some_packets(links: list[str]) -> list[str]:
    """Links without those to packets, but for one of each kind: they are made alike, and many."""
    packets = {re.sub("[^/]+/$", "", link): link for link in links if PACKET.match(link)}
    return [link for link in links if not PACKET.match(link)] + list(packets.values())


@every_page_and_answer
def test_a_page_links_to_places_that_exist(site, address):
    """Every link to a place within a page finds that place."""
    _, page = site(address)
    inside = [link.partition("#") for link in page.links if link.startswith(("/", "#"))]

    lost = [
        f"{target}#{place}"
        for target, mark, place in inside
        if mark and place not in site(target or address)[1].ids
    ]

    assert lost == []


@every_page_and_answer
def test_a_page_links_only_by_addresses_we_chose(site, address):
    """A link is within the site, to a source, or a phone call; nothing relative or scripted."""
    _, page = site(address)
    known = ("/", "#", "https://", "http://", "tel:", "mailto:")

    strange = [link for link in page.links if not link.startswith(known)]

    assert strange == []


@every_page_and_answer
def test_a_page_carries_no_style_or_script_that_the_policy_would_block(site, address):
    """No inline style attribute, no inline script, no handler: the policy allows none."""
    _, page = site(address)

    blocked = [
        (element.tag, name)
        for element in page.root.iter()
        for name in element.attrib
        if str(name) == "style" or str(name).startswith("on")
    ]

    scripts = [
        script
        for script in page.find("script")
        if not script.get("src") and script.get("type") != "application/ld+json"  # data, never run
    ]

    assert (blocked, scripts) == ([], [])


@every_page_and_answer
def test_a_page_leads_to_help(site, address):
    """The danger signs are one step away, from the top of every page."""
    _, page = site(address)

    assert "/get-help-now/" in [link.get("href") for link in page.root.find(".//header").iter("a")]


@for_each("option", OPTIONS)
@for_each("whole", ["", "all/"], ids=["folded", "whole"])
def test_an_option_has_every_part_in_order(site, option, whole):
    """Every option has the same parts in the same order, so that none is sold; with folds and
    without.
    """
    _, page = site(f"/options/{option}/{whole}")

    assert [name for name in page.ids if name in OPTION_PARTS] == OPTION_PARTS


@pytest.mark.parametrize("option", OPTIONS)
def test_an_option_starts_with_its_short_account(site, library, option):
    """An option page starts with "in short", before any heading but its own."""
    _, page = site(f"/options/{option}/")
    first = library.options[option].page.parts[0]

    before_parts = page.text.partition("<dl")[0]

    assert (first.id, first.blocks[0].html in before_parts) == ("in-short", True)


@for_each("address", READING)
def test_a_reading_page_says_who_checked_it(site, library, address):
    """Every page of words but home says when it was checked, and who has reviewed it: nobody yet."""
    _, page = site(address)
    page_is_home = address == "/"

    own = next(each for each in library.reading_pages if each.address == address)
    said = library.ui["review-none" if subject_of(own) else "reviewed-none"]

    assert page_is_home or said in page.text


def test_every_option_is_on_the_list_of_options(site, library):
    """The list of all options leaves none out."""
    _, page = site("/options/")

    assert {f"/options/{option}/" for option in library.options} <= set(page.links)


def test_every_page_of_words_can_be_reached_from_home(site, library):
    """Whoever follows links from the home page comes to every page of words."""
    seen: set[str] = set()
    ahead = ["/"]
    while ahead:
        here = ahead.pop()
        if here in seen:
            continue
        seen.add(here)
        _, page = site(here)
        ahead += [
            target
            for link in page.links
            if (target := link.partition("#")[0]) in PAGES and target not in seen
        ]

    assert set(READING) - seen == set()


def test_every_page_of_words_is_on_the_site_map(wsgi):
    """The site map names every page of words."""
    answer = wsgi(path="/sitemap.xml")

    assert [address for address in READING if f"{address}</loc>" not in answer.body.decode()] == []


def test_a_related_page_may_be_a_situation(client, library):
    """Whatever kind of page an editor names as related gets its link, its title and its line."""
    address = library.situations["frozen-shoulder"].page.address

    page = client.get("/options/frozen-shoulder-release/").content.decode()

    related = page.partition('id="related"')[2].partition("</ul>")[0]
    assert f'<a href="{address}">' in related
