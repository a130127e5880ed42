"""What cannot be is said kindly."""

import pytest

from tests.for_each import for_each
from tests.questionnaire.whats_next.shared import (
    LIBRARY,
    QUESTIONS,
    TICK,
)
from tests.stories import KNEE, STORY
from treatment_guide.engine.code import ALPHABET, decode, encode


@pytest.mark.parametrize("headers", [{}, TICK], ids=["submitted", "ticked"])
def test_more_than_three_things_that_matter_are_too_many(post, html, code, headers):
    """At most three things can matter most: a fourth is a fault, and all ticks stay."""
    four = "avoid-surgery no-more-needles quick-relief sleep"

    response = post("matters", code(STORY), headers=headers, matters=four)

    ticked = {box.get("value") for box in html(response).find("input") if "checked" in box.attrib}
    assert (response.status_code, ticked) == (422, set(four.split()))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_choice_that_does_not_exist_is_refused(post, html, code, question):
    """A choice that no question has is a fault of the request, said on a page."""
    here = code(KNEE)

    response = post(question, here, **{question.replace("-", "_"): "nonsense"})

    assert (response.status_code, len(html(response).find("h1"))) == (400, 1)


def wrong_codes():
    """Codes that were never issued, by what is wrong about them."""
    right = encode(LIBRARY.layout, {"place": frozenset({"knee"}), "cause": frozenset({"heel"})})
    other = ALPHABET[(ALPHABET.index(right[-1]) + 1) % len(ALPHABET)]
    never = next(
        body + check
        for body in ("z", "zz", "zzz")
        for check in ALPHABET
        if not _raises(body + check, "check") and _raises(body + check, "never issued")
    )
    return {
        "a wrong check character": right[:-1] + other,
        "two characters swapped": right[1] + right[0] + right[2:],
        "one character too few": right[:-2] + right[-1],
        "a letter no code has": right[:-1] + "u",
        "a sign": right + "!",
        "too long": "0" * 100,
        "not in its one form": "00",
        "a choice never issued": never,
        "other letters": "кнее",
    }


def _raises(text, why):
    from treatment_guide.engine.code import WrongCode

    try:
        decode(LIBRARY.layout, QUESTIONS, text)
    except WrongCode as wrong:
        return wrong.why == why
    return False


@pytest.mark.parametrize("address", ["/whats-next/cause/", "/whats-next/outcome/", "/go/", "/GO/"])
@pytest.mark.parametrize("wrong", wrong_codes().values(), ids=wrong_codes())
def test_a_wrong_code_is_a_kind_page(client, html, address, wrong):
    """A code that was never issued is said to be wrong, on a page that leads on; never a guess."""
    response = client.get(f"{address}{wrong}/")

    page = html(response)

    assert (response.status_code, page.words("h1"), "/go/" in page.links) == (
        404,
        LIBRARY.ui["error-code-title"],
        True,
    )


@pytest.mark.parametrize("question", ["nonsense", "outcomes", "URGENT", "urgent_here"])
def test_a_question_that_does_not_exist_is_a_kind_page(client, html, question):
    """An address with an unknown question is a page that is not there."""
    response = client.get(f"/whats-next/{question}/0/")

    assert (response.status_code, len(html(response).find("h1"))) == (404, 1)


@for_each("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@for_each(
    ("address", "allowed"),
    [
        ("/", "GET, HEAD"),
        ("/options/prp/", "GET, HEAD"),
        ("/search/", "GET, HEAD"),
        ("/compare/", "GET, HEAD"),
        ("/whats-next/", "GET, HEAD"),
        ("/whats-next/cause/{code}/", "GET, HEAD, POST"),
        ("/whats-next/outcome/{code}/", "GET, HEAD"),
        ("/whats-next/compare/{code}/", "GET, HEAD"),
        ("/go/", "GET, HEAD"),
        ("/go/{code}/", "GET, HEAD"),
        ("/healthz", "GET, HEAD"),
        ("/sitemap.xml", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_what_is_allowed(client, html, code, method, address, allowed):
    """Every address says which methods it takes, on a page, to one that it does not."""
    response = client.generic(method, address.replace("{code}", code(KNEE)))

    assert (response.status_code, response["Allow"], len(html(response).find("h1"))) == (
        405,
        allowed,
        1,
    )


@pytest.mark.parametrize("address", ["/", "/whats-next/", "/whats-next/outcome/{code}/", "/go/"])
def test_a_page_to_read_takes_no_answers(client, code, address):
    """Only a question takes answers."""
    response = client.post(address.replace("{code}", code(KNEE)), {"cause": "arthritis"})

    assert response.status_code == 405
