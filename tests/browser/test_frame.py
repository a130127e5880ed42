"""The head and the foot of every page, as they are seen: within reach, and never in the way."""

from playwright.sync_api import Page, expect

from tests.browser.driving import MOUSE

PAGE = "/topics/how-to-decide/"

#: What has the focus and is behind the header or its menu, if anything.
BEHIND = """() => {
    const focused = document.activeElement;
    const head = document.querySelector(".site-header");
    if (focused === document.body || head.contains(focused) || focused.matches(".skip-link")) return null;
    const top = focused.getBoundingClientRect().top;
    const covers = [head, ...head.querySelectorAll("nav")].map(e => e.getBoundingClientRect().bottom);
    return top < Math.max(...covers) - 0.5 ? focused.outerHTML.slice(0, 80) : null;
}"""


def stops_behind(page: Page, key: str) -> list[str]:
    """The stops of one way through the page by this key that are behind the header."""
    page.goto(PAGE)
    page.locator(".site-menu summary").click()
    found = []
    for _ in range(page.locator("a[href], button, input, summary").count()):
        page.keyboard.press(key)
        found.append(page.evaluate(BEHIND))
    return [each for each in found if each]


def test_help_and_menu_stay_within_reach(page):
    """Far down a long page, Get help now and the menu are still on the screen, in one row."""
    page.goto(PAGE)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")

    expect(page.locator("a.help-link")).to_be_in_viewport(ratio=1)
    expect(page.locator(".site-menu summary")).to_be_in_viewport(ratio=1)
    assert page.locator(".site-header").bounding_box()["height"] < 60
    assert page.locator(".site-footer").bounding_box()["height"] <= 844 / 2


def test_the_focus_is_never_behind_the_header(open_page):
    """By Tab and back, with the menu open, what has the focus is seen."""
    page = open_page(**MOUSE)

    assert stops_behind(page, "Tab") == []
    assert stops_behind(page, "Shift+Tab") == []


def test_the_header_leaves_room_where_there_is_little(open_page):
    """On a low screen, and with the text doubled, the header scrolls away with its page."""
    page = open_page()
    for width, height, size in ((640, 320, 16), (390, 844, 32)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(PAGE)
        page.evaluate(f"document.documentElement.style.fontSize = '{size}px'")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        expect(page.locator("a.help-link")).not_to_be_in_viewport()


def test_the_menu_opens_without_scripts_and_by_its_address(page_no_js, axe):
    """A tap opens it over the page; so does a link to `#menu`, where the links once stood."""
    page_no_js.goto(PAGE)
    expect(page_no_js.locator("#menu")).to_be_hidden()
    page_no_js.locator(".site-menu summary").tap()
    expect(page_no_js.locator("#menu a").last).to_be_in_viewport(ratio=1)
    assert axe(page_no_js) == []

    page_no_js.goto(f"{PAGE}#menu")
    expect(page_no_js.locator("#menu")).to_be_visible()
