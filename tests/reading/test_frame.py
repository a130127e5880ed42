"""The head and the foot of every page: help, the menu, who answers for the guide."""

import pytest
from django.template import Template, TemplateSyntaxError

#: A reading page, a question, a page of an error.
PAGES = ["/", "/options/prp/", "/whats-next/urgent/{code}/", "/no-such-page/"]

#: What the menu and the foot lead to: all that the foot led to before there was a menu.
MENU = [
    "/whats-next/",
    "/situations/",
    "/steps/",
    "/options/",
    "/compare/",
    "/search/",
    "/topics/",
    "/glossary/",
    "/go/",
    "/sources/",
    "/about/",
    "/clinics/",
]
FOOT = [
    "/about/",
    "/sources/",
    "/about/review/",
    "/about/intended-use/",
    "/about/updates/",
    "/about/mistakes/",
    "/about/privacy/",
    "/about/accessibility/",
    "/clinics/",
]


@pytest.mark.parametrize("address", PAGES)
def test_help_the_menu_and_the_foot_are_on_every_page(site, code, address):
    """Help is a link in the head, the menu a native `<details>`, the foot nine links."""
    _, page = site(address.replace("{code}", code({})))
    (menu,), (head,), (foot,) = (
        page.find("details", class_="site-menu"),
        page.find("header"),
        page.find("footer"),
    )

    assert [a.get("href") for a in menu.iter("a")] == MENU
    assert [a.get("href") for a in foot.iter("a")] == FOOT
    assert "/get-help-now/" in [a.get("href") for a in head.iter("a")]
    assert [nav.get("id") for nav in menu.iter("nav")] == ["menu"]


def test_the_menu_and_the_foot_lead_to_pages_that_stand(site):
    """No link of the frame leads nowhere."""
    assert {address: site(address)[0].status_code for address in (*MENU, *FOOT)} == dict.fromkeys(
        (*MENU, *FOOT), 200
    )


def test_no_block_stands_in_a_part_that_is_made_once() -> None:
    """It would be rendered for the first page alone, and every other page would lose its own."""
    with pytest.raises(TemplateSyntaxError, match="inside"):
        Template("{% made_once %}{% block main %}{% endblock %}{% endmade_once %}")
