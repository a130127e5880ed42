"""The picture of the body is drawn from the content: no template and no style names a place."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from treatment_guide.http.html.assets import KINDS, policy_hash, style
from treatment_guide.library.model.body_map import MapPlace, TouchArea
from treatment_guide.questionnaire.asking.body_map import body_maps
from treatment_guide.serving.middleware import SECURITY_HEADERS

ROOT = Path(__file__).resolve().parents[2]
POLICY = "Content-Security-Policy"


@pytest.fixture
def place_page(wsgi, code):
    """Asks for the question where it hurts; the answer."""

    def ask(method="GET", body=b""):
        form = "application/x-www-form-urlencoded" if method == "POST" else None
        address = f"/whats-next/place/{code({'urgent': 'none'})}/"
        return wsgi(method, address, body=body, content_type=form)

    return ask


def test_every_place_with_a_map_is_drawn_and_can_be_touched(library, place_page):
    """For each area there is one empty label, of the choice it stands for, with its position."""
    html = place_page().body.decode()
    places = library.body_maps["place"]
    labels = re.findall(r'<label id="area-(\d+)" for="place-([\w-]+)"[^>]*></label>', html)
    wanted = [place.choice for place in places for _ in place.touch]

    assert [choice for _, choice in labels] == wanted
    assert [number for number, _ in labels] == [str(i + 1) for i in range(len(wanted))]
    for place in places:
        assert f'<g id="on-{place.choice}">' in html
        assert f"form:has(#place-{place.choice}:checked) #on-{place.choice} circle" in html
    for number in range(1, len(wanted) + 1):
        assert re.search(rf"#area-{number}\{{left:[\d.]+%;top:[\d.]+%\}}", html)


def test_a_place_without_coordinates_is_a_choice_like_any_other(library, place_page):
    """Those that no picture can show are chosen in the list."""
    html = place_page().body.decode()
    without = set(library.guide.questions["place"].choices) - {
        place.choice for place in library.body_maps["place"]
    }

    assert without
    for choice in without:
        assert f'id="place-{choice}"' in html
        assert f"on-{choice}" not in html


def test_a_new_place_draws_itself(library, place_page, serve):
    """Its dots, its area and what shows that it is chosen come without a line of code."""
    new = MapPlace("not-sure", ((20, 30),), "", 0, (TouchArea(20, 30, wide=True),))
    with_it = replace(library, body_maps={"place": (*library.body_maps["place"], new)})
    serve(with_it)
    answer = place_page()
    html = answer.body.decode()
    styles = re.findall(r"<style>(.*?)</style>", html)

    assert '<circle class="joint" cx="20" cy="30" r="5.5"/>' in html
    assert 'for="place-not-sure" class="wide-area"></label>' in html
    assert "{left:5%;top:7.1%}" in styles[1]
    assert "form:has(#place-not-sure:checked) #on-not-sure circle" in styles[1]
    assert policy_hash(styles[1]) in answer.headers[POLICY]


@pytest.mark.parametrize(("method", "body", "status"), [("GET", b"", 200), ("POST", b"", 303)])
def test_only_a_page_with_a_picture_has_a_policy_of_its_own(
    library, wsgi, place_page, code, method, body, status
):
    """It lets the style of the picture through beside the others, and changes nothing else."""
    hash_of_map = policy_hash(body_maps(library)["place"].style)
    answer = place_page(method, body)
    other = wsgi(path=f"/whats-next/cause/{code({'urgent': 'none', 'place': 'knee'})}/")
    usual = SECURITY_HEADERS[POLICY]

    assert answer.status == status
    assert (hash_of_map in answer.headers[POLICY]) == (status == 200)
    assert answer.headers[POLICY].replace(f" {hash_of_map}", "") == usual
    assert other.headers[POLICY] == usual


def test_no_template_and_no_style_names_a_place(library):
    """What knows a place is the content: templates, drawings and styles do not."""
    places = [place.choice for place in library.body_maps["place"]]
    name = re.compile(rf"place-({'|'.join(places)})\b|on-({'|'.join(places)})\b")
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in [
            ROOT / "templates/questionnaire/_body_map.html",
            ROOT / "templates/art/body.svg",
        ]
    } | {kind: style(kind) for kind in KINDS}

    assert [where for where, text in texts.items() if name.search(text)] == []
