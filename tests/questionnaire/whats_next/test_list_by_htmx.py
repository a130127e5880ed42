"""A tick gives the list alone."""

import pytest

from tests.questionnaire.whats_next.shared import (
    DANGER,
    TICK,
)
from tests.site_fixtures import TODAY
from tests.stories import KNEE, STORY


def test_a_tick_gives_the_list_alone(post, html, code):
    """The answer to a tick is the list of options and nothing around it."""
    response = post("cause", code(KNEE), headers=TICK, cause="arthritis")

    text = response.content.decode().strip()

    assert (response.status_code, text.startswith('<section id="live"'), "<h1" in text) == (
        200,
        True,
        False,
    )


def test_a_tick_gives_the_groups_of_the_answers(post, html, code, expected):
    """The list shows every option in the group that the answers so far give."""
    response = post("cause", code(KNEE), headers=TICK, cause="arthritis")

    assert html(response).groups == expected({**KNEE, "cause": "arthritis"})


def test_a_tick_gives_the_address_of_the_same_question(post, code, read):
    """The address takes the new code, so that Reload and Back show what was ticked."""
    response = post("cause", code(KNEE), headers=TICK, cause="arthritis")

    assert read(response["HX-Replace-Url"]) == ("cause", {**KNEE, "cause": "arthritis"})


def test_the_list_on_the_page_is_the_list_of_a_tick(client, post, html, code):
    """A reloaded page shows the same list as the tick did."""
    response = post("cause", code(KNEE), headers=TICK, cause="arthritis")

    page = html(client.get(response["HX-Replace-Url"]))

    assert page.groups == html(response).groups


def test_the_list_is_never_an_answer_to_looking(client, html, code):
    """A fragment answers a POST only: the same address looked at is a whole page."""
    response = client.get(f"/whats-next/cause/{code(KNEE)}/", headers=TICK)

    assert len(html(response).find("h1")) == 1


@pytest.mark.parametrize("question", DANGER)
def test_a_tick_of_a_danger_sign_changes_nothing(post, code, question):
    """There is no list beside the danger signs, so a tick there gives nothing."""
    here = code({"urgent": "none", "place": "knee"})

    response = post(question, here, headers=TICK, **{question.replace("-", "_"): "none"})

    assert (response.status_code, response.content) == (204, b"")


def test_no_option_stands_beside_the_danger_signs(client, html, code):
    """The pages of danger signs list no options."""
    pages = [client.get(f"/whats-next/{question}/{code(STORY)}/") for question in DANGER]

    assert [html(page).groups for page in pages] == [{}, {}]


def test_a_tick_that_leads_elsewhere_opens_the_page(post, code):
    """A tick after the danger signs lapsed opens their page: htmx would put it where the list is."""
    lapsed = code(KNEE, day=TODAY - 5)

    response = post("cause", lapsed, headers=TICK, cause="arthritis")

    assert (response.has_header("Location"), response["HX-Redirect"].split("/")[2]) == (
        False,
        "urgent",
    )
