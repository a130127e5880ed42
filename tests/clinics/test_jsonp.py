"""JSONP is for pages of other sites: on our own it would be a script that anybody can shape."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from treatment_guide.clinics.record_query import TYPES

ASKED = {
    "mainSearchCriteria.v.c": "M17.11",
    "mainSearchCriteria.v.cs": "2.16.840.1.113883.6.90",
    "callback": "show",
}
JSONP = next(kind for kind, form in TYPES.items() if form == "jsonp")


def ask(kind: str, site: str, mode: str) -> int:
    """The status of an answer of this type; `site` and `mode` as a browser says them, or empty."""
    said = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    headers = {name: value for name, value in said.items() if value}
    asked = {**ASKED, "knowledgeResponseType": kind}
    return Client().get("/infobutton", asked, headers=headers).status_code


@pytest.mark.parametrize("mode", ["no-cors", "cors", "same-origin", ""])
def test_our_own_pages_get_no_script(mode: str) -> None:
    """A script tag, a module, a worker, a fetch from a page of this site: refused."""
    assert ask(JSONP, "same-origin", mode) == 400


@pytest.mark.parametrize(
    ("site", "mode"),
    [
        ("cross-site", "no-cors"),  # a page of a record system
        ("same-site", "no-cors"),  # one of the same hospital, on another host
        ("none", "navigate"),  # typed in
        ("same-origin", "navigate"),  # the test form
        ("", ""),  # a program, or an old browser
    ],
)
def test_everybody_else_gets_it(site: str, mode: str) -> None:
    """What record systems rely on goes on."""
    assert ask(JSONP, site, mode) == 200


@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind != JSONP])
def test_forms_that_are_no_script_go_to_any_page(kind: str) -> None:
    """XML and JSON cannot run, so it does not matter who asks."""
    assert ask(kind, "same-origin", "no-cors") == 200


def test_a_refusal_is_no_script() -> None:
    """Plain text, with `nosniff`: a browser does not run it; and caches keep the two apart."""
    asked = {**ASKED, "knowledgeResponseType": JSONP}
    for where in ({}, {"QUERY_STRING": urlencode({"knowledgeResponseType": JSONP})}):
        answer = Client().post(
            "/infobutton",
            urlencode(asked),
            content_type="application/x-www-form-urlencoded",
            headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"},
            **where,
        )

        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("text/plain")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "Sec-Fetch-Site" in answer["Vary"]
