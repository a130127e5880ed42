"""Every language that is served beside the original: its pages, and the same answers in it."""

import pytest

from tests.site_fixtures import of_each_kind
from tests.stories import KNEE, STORY
from treatment_guide.http.addresses import ORIGINAL_ALONE
from treatment_guide.library.content_check import current_library
from treatment_guide.serving.addresses import every_address

LIBRARY = current_library()
LANGUAGES = list(LIBRARY.translations)
#: Much said, little said, and another place.
STORIES = {
    "a knee": STORY,
    "little said": KNEE,
    "a back": {
        **KNEE,
        "place": "back",
        "cause": "disc",
        "since": "over-12-weeks",
        "impact": "severe",
    },
}


def pages(language: str) -> list[str]:
    """Addresses of pages of a language, two of each kind, without what it leaves to the original. The
    ledger of addresses asks for all of them, and whether they answer.
    """
    library = LIBRARY.translations[language]
    words = {f"/{word}/" for word in library.words}
    found = [
        address
        for address in every_address(library)
        if address.endswith("/") and address not in words and not ORIGINAL_ALONE.match(address)
    ]
    return [f"/{language}{address}" for address in of_each_kind(found)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_what_it_is(client, html, language):
    """In its language, that software translated it, and for no search engine until it is signed."""
    library, wrong = LIBRARY.translations[language], []
    for address in pages(language):
        answer = client.get(address)
        page = html(answer)
        (root,) = page.find("html")
        robots = [each.get("content") for each in page.find("meta", name="robots")]
        if (answer.status_code, root.get("lang")) != (200, library.site.language) or (
            "noindex" not in robots or "translated" not in page.ids
        ):
            wrong.append(address)

    assert wrong == []


@pytest.mark.parametrize("answers", STORIES.values(), ids=STORIES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_answers_give_the_same_groups(client, html, code, language, answers):
    """What a reader gets does not hang on the language that they read."""
    path = f"/whats-next/outcome/{code(answers)}/"
    original, other = html(client.get(path)), html(client.get(f"/{language}{path}"))

    assert original.groups == other.groups != {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_a_page_for_clinics_says_that_it_is_in_another_language(client, html, language):
    """In the words of its page, so it is seen and heard, and for programs."""
    told = LIBRARY.translations[language].ui["in-original"]
    for link in html(client.get(f"/{language}/")).find("a"):
        if ORIGINAL_ALONE.match((link.get("href") or "").removeprefix(f"/{language}")):
            assert link.get("hreflang") == LIBRARY.language.name
            assert told in "".join(link.itertext()) and not link.get("lang")
