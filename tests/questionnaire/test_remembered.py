"""Pages of the questionnaire that were just made are given again, and to nobody they do not fit."""

import brotli
import pytest

from treatment_guide.questionnaire import remembered, views, visit
from treatment_guide.questionnaire.remembered import Remembered

ANSWERS = {"urgent": "none", "place": "knee", "urgent-here": "none"}


@pytest.fixture
def made(monkeypatch):
    """How often a question page or a list was really made."""
    times = []
    narrow = views.narrow
    monkeypatch.setattr(views, "narrow", lambda *given: times.append(1) or narrow(*given))
    return times


def test_the_same_page_is_made_once(client, code, made):
    """A code decides the whole page."""
    address = f"/whats-next/outcome/{code(ANSWERS)}/"
    first = client.get(address)

    assert client.get(address).content == first.content
    assert len(made) == 1


def test_another_code_is_another_page(client, code, made):
    """Nobody is shown the outcome of somebody else's answers."""
    knee = client.get(f"/whats-next/outcome/{code(ANSWERS)}/")
    hip = client.get(f"/whats-next/outcome/{code(ANSWERS | {'place': 'hip'})}/")

    assert knee.content != hip.content
    assert len(made) == 2


def test_another_choice_is_another_list(client, code):
    """A tick is answered for what was ticked, not for the address alone."""
    address = f"/whats-next/cause/{code(ANSWERS)}/"
    codes = [
        client.post(address, {"cause": cause}, headers={"HX-Request": "true"})["HX-Replace-Url"]
        for cause in ("arthritis", "meniscus", "arthritis")
    ]

    assert codes[0] == codes[2] != codes[1]


def test_another_day_is_another_page(client, code, monkeypatch):
    """Danger signs lapse overnight, so a page of yesterday is not given today."""
    address = f"/whats-next/outcome/{code(ANSWERS)}/"
    assert client.get(address).status_code == 200
    today = visit.today()
    monkeypatch.setattr(visit, "today", lambda: today + 2)

    assert client.get(address).status_code == 302


def test_each_browser_gets_the_form_it_can_read(client, code):
    """What was compressed for one is not given to another that cannot read it."""
    address = f"/whats-next/outcome/{code(ANSWERS)}/"
    small = client.get(address, headers={"Accept-Encoding": "br"})
    plain = client.get(address)
    again = client.get(address, headers={"Accept-Encoding": "br"})

    assert "Content-Encoding" not in plain
    assert brotli.decompress(small.content) == plain.content
    assert again.content == small.content


def test_a_page_for_a_script_is_not_given_to_a_reader(client, code):
    """A list alone never shows as a page."""
    address = f"/whats-next/cause/{code(ANSWERS)}/"
    client.post(address, {"cause": "arthritis"}, headers={"HX-Request": "true"})

    assert client.post(address, {"cause": "arthritis"}).status_code == 303


def test_only_so_many_are_held(client, code, monkeypatch):
    """A flood of codes costs no memory: the oldest are forgotten."""
    few = Remembered(most=3)
    monkeypatch.setattr(remembered, "answers", few)
    for place in ("knee", "hip", "shoulder", "neck", "back"):
        client.get(f"/whats-next/outcome/{code(ANSWERS | {'place': place})}/")

    assert len(few) == 3


def test_no_code_stands_in_a_key(client, code):
    """Whoever reads the memory's keys learns no answers."""
    knee = code(ANSWERS)
    client.get(f"/whats-next/outcome/{knee}/")

    keys = list(remembered.answers._kept)

    assert len(keys) == 1
    assert knee.encode() not in keys[0]


@pytest.mark.parametrize("length", ["", "nonsense", "99999999"])
def test_a_strange_length_is_not_remembered(rf, length):
    """What cannot be one of our forms is left to the view."""
    request = rf.post("/whats-next/cause/0/", {"cause": "x"}, headers={"HX-Request": "true"})
    request.META["CONTENT_LENGTH"] = length

    assert remembered.key_of(request, 1) is None or length == ""
