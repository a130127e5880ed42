"""Where the links of the pages lead."""

from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import html5lib

#: What the address of a form may answer when it is asked without the fields of the form.
WANTS_FIELDS = (400, 405, 422)


def check_links(origin: str, pages: dict[str, str]) -> list[str]:
    """Links that lead nowhere, pictures that are missing, parts that a page does not have."""
    places = {address: parts_of(text) for address, text in pages.items()}
    statuses: dict[str, int] = {}
    found, count = [], 0
    for address, text in pages.items():
        for link in places[address][1]:
            target, part = urldefrag(urljoin(origin + address, link))
            if not target.startswith(f"{origin}/"):
                continue  # other sites, telephone numbers
            count += 1
            if target == origin + address:  # a part of the page itself, which may be one of a fault
                statuses[target] = 200
            elif target not in statuses:
                statuses[target] = status_and_parts(target, origin, places)
            if f'action="{link}"' in text and statuses[target] in WANTS_FIELDS:
                continue
            if statuses[target] >= 400:
                found.append(f"link: {address} leads to {link}: {statuses[target]}")
            elif part and part not in places[urlsplit(target).path + query(target)][0]:
                found.append(f"link: {address} leads to {link}: no such part")
    print(
        f"{'Links inside the site':<24}{len(statuses):>4} places {len(found):>4} broken, of {count} links"
    )
    return found


def query(target: str) -> str:
    """The query of an address with its question mark, or nothing."""
    asked = urlsplit(target).query
    return f"?{asked}" if asked else ""


def status_and_parts(target: str, origin: str, places: dict[str, tuple[set[str], set[str]]]) -> int:
    """The status of an address. What the page has is put among the places."""
    try:
        with urlopen(target) as reply:
            text, status = reply.read(), reply.status
    except HTTPError as reply:
        text, status = reply.read(), reply.code
    places.setdefault(target.removeprefix(origin), parts_of(text.decode(errors="replace")))
    return status


def parts_of(text: str) -> tuple[set[str], set[str]]:
    """The ids of a page, and where its links, pictures and scripts lead."""
    elements = list(html5lib.parse(text, namespaceHTMLElements=False).iter())
    ids = {found for element in elements if (found := element.get("id"))}
    links = {
        found
        for element in elements
        if isinstance(element.tag, str)
        for name in ("href", "src", "action")
        if (found := element.get(name))
    }
    return ids, links
