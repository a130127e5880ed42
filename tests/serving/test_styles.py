"""Each page carries the style of its kind, and no rule for its classes stands elsewhere."""

import re

import pytest

from tests.for_each import for_each
from tests.repo.test_style import CSS, selectors
from tests.stories import STORY
from treatment_guide.http.html.assets import (
    KINDS,
    policy_hash,
    style,
    without_classes,
    without_unread,
    written_out,
)
from treatment_guide.library.content_check import current_library
from treatment_guide.questionnaire.asking.body_map import body_maps

LIBRARY = current_library()
OPTIONS = list(LIBRARY.options)
THREE = "&".join(f"option={option}" for option in OPTIONS[-3:])
#: At least one page of every template. `{code}` is the code of a whole story, `{place}` of a place alone.
PAGES = [
    *(page.address for page in LIBRARY.reading_pages),
    "/options/",
    "/situations/",
    "/topics/",
    "/about/",
    "/glossary/",
    "/sources/",
    "/compare/",
    f"/compare/?{THREE}",
    "/search/",
    "/search/?q=knee",
    "/search/?q=numb",
    "/search/?q=nothing-like-this",
    "/whats-next/",
    "/go/",
    "/go/?code=nonsense",
    "/no-such-page/",
    *(f"/whats-next/{question}/{{code}}/" for question in LIBRARY.guide.questions),
    "/whats-next/outcome/{code}/",
    "/whats-next/outcome/{code}/?r=2019.1",
    f"/whats-next/compare/{{code}}/?{THREE}",
    "/whats-next/compare/{code}/",
    "/whats-next/take/{code}/",
    "/whats-next/take/{code}/?large=1",
    "/whats-next/clinician/{code}/",
    "/clinics/",
    "/clinics/link/{place}/",
    "/clinics/sheet/{place}/",
    "/clinics/sheet/{place}/large/",
    "/clinics/integrator-sheet/",
    "/clinics/test-your-link/",
    "/clinics/accessibility-report/",
    "/feedback/",
]
#: Every selector of every file that names a class, with the classes that it names.
RULES = {
    selector: classes
    for path in CSS
    for selector, classes in selectors(path.read_text(encoding="utf-8")).items()
    if classes
}
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@for_each("address", PAGES)
def test_a_page_carries_every_rule_for_the_classes_in_it(wsgi, code, address):
    """One style, and that of a picture, let through by the policy; no other has a rule for it."""
    for name, answers in (("{code}", STORY), ("{place}", {"place": "knee"})):
        address = address.replace(name, code(answers))
    path, _, query = address.partition("?")
    answer = wsgi(path=path, query=query.encode())
    html = answer.body.decode()
    styles = _STYLE.findall(html)
    written = {each for value in re.findall(r'class="([^"]*)"', html) for each in value.split()}

    assert len(styles) == (2 if 'class="body-map"' in html else 1)
    assert styles[0] in {style(kind) for kind in KINDS}
    assert all(policy_hash(each) in answer.headers["Content-Security-Policy"] for each in styles)
    assert {each for each, needs in RULES.items() if needs <= written} <= selectors(
        styles[0]
    ).keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_style_defines_what_it_reads_and_no_more(kind):
    """A custom property that nothing reads is bytes for nothing; one that nobody defines is a fault.
    The drawing of the body brings a style of its own, which reads what these define.
    """
    drawn = "".join(each.style for each in body_maps(LIBRARY).values())
    css = style(kind)
    defined = set(re.findall(r"(--[\w-]+):", css))

    assert defined == set(re.findall(r"var\((--[\w-]+)", css))
    assert set(re.findall(r"var\((--[\w-]+)", drawn)) <= defined
    assert without_unread("a{--b:1;--c:var(--d);color:red}") == "a{color:red}"
    assert without_unread("a{--b:1;--c:2;width:var(--b)}") == "a{--b:1;width:var(--b)}"


def test_rules_for_classes_that_a_kind_never_has_are_left_out():
    """Each selector by itself; one that says that a class is not there stays."""
    assert without_classes("a.b,c{x:1}.b>d{y:2}", ("b",)) == "c{x:1}"
    assert without_classes("a:not(.b){x:1}.b-c{y:2}", ("b",)) == "a:not(.b){x:1}.b-c{y:2}"
    assert without_classes("@media print{.b{x:1}e{y:2}}", ("b",)) == "@media print{e{y:2}}"


def test_a_size_with_one_value_is_written_where_it_is_read():
    """Not one that a part of the page or a wider screen changes, and no colour: dark pages have others."""
    css = ":root{--size-a:1px;--size-b:2px;--ink:red}p{top:var(--size-a);left:var(--size-b);color:var(--ink)}"
    wide = "@media screen{:root{--size-b:3px}}"

    assert written_out(css + wide) == css.replace("var(--size-a)", "1px") + wide
