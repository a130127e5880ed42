"""FHIR: the questionnaire says what the engine offers, place by place, and has the right shape."""

import sys
import warnings
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from treatment_guide.engine.answers import effective
from treatment_guide.http.fhir_questionnaire import MAX_OCCURS
from treatment_guide.library.content_check import current_library

PLACES = current_library().guide.questions["place"].choices
Form = dict[str, Any]


@pytest.fixture
def form(client) -> Form:
    """The questionnaire as it is handed out."""
    answer = client.get("/fhir/Questionnaire/whats-next")
    assert answer["Content-Type"].startswith("application/fhir+json")
    return answer.json()


@pytest.fixture(scope="session")
def model() -> Callable[[Form], Any]:
    """Read a resource with a package that knows the shape of each: unknown and missing fields,
    wrong types and wrong cardinality are faults.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fhir.resources.R4B import get_fhir_model_class
    return lambda resource: get_fhir_model_class(resource["resourceType"])(**resource)


def holds(condition: Form, given: dict[str, list[str]]) -> bool:
    """What an `enableWhen` says for these answers, as a form filler reads it."""
    there = given.get(condition["question"], [])
    if condition["operator"] == "exists":
        return bool(there) == condition["answerBoolean"]
    assert condition["operator"] == "="
    return condition["answerCoding"]["code"] in there


def shown(form: Form, given: dict[str, list[str]]) -> list[Form]:
    """The items that a form filler shows."""
    found = []
    for item in form["item"]:
        truths = [holds(condition, given) for condition in item.get("enableWhen", [])]
        together = any if item.get("enableBehavior") == "any" else all
        if not truths or together(truths):
            found.append(item)
    return found


@pytest.mark.parametrize("place", [None, *PLACES])
def test_every_place_offers_what_the_engine_offers(form: Form, place: str | None) -> None:
    """Each question stands there once, with just the choices of the engine, in its order."""
    guide = current_library().guide
    given = {} if place is None else {"place": frozenset((place,))}
    wanted = {
        question.id: offered
        for question in guide.questions.values()
        if (offered := question.offered(effective(guide.questions, given)))
    }
    items = shown(form, {name: list(chosen) for name, chosen in given.items()})
    choices = [item for item in items if item["type"] == "choice"]
    got = {
        item["answerOption"][0]["valueCoding"]["system"].rpartition("/")[2]: tuple(
            option["valueCoding"]["code"] for option in item["answerOption"]
        )
        for item in choices
    }

    assert len(got) == len(choices)
    assert got == wanted
    assert list(got) == list(wanted)


def test_the_count_of_what_was_compared(form: Form) -> None:
    """Shown by `pytest -s`: places, items, choices."""
    options = [o for item in form["item"] for o in item.get("answerOption", [])]
    compared = sum(
        len(item["answerOption"])
        for place in [[], *([p] for p in PLACES)]
        for item in shown(form, {"place": place})
        if item["type"] == "choice"
    )
    sys.stdout.write(
        f"\n{len(PLACES) + 1} places, {len(form['item'])} items, {len(options)} choices,"
        f" {compared} choices compared"
    )

    assert compared > 1000


def test_a_ticked_danger_sign_shows_what_to_do(form: Form) -> None:
    """Every sign with a level, wherever it is offered, and only when it is ticked."""
    guide = current_library().guide
    displays = {item["linkId"]: item for item in form["item"] if item["type"] == "display"}
    signs = 0
    for item in form["item"]:
        for option in item.get("answerOption", []):
            code = option["valueCoding"]["code"]
            question = guide.questions[option["valueCoding"]["system"].rpartition("/")[2]]
            if code in question.levels:
                display = displays.pop(f"{item['linkId']}-{code}-help")
                assert display in shown(form, {item["linkId"]: [code]})
                assert display not in shown(form, {item["linkId"]: ["none"]})
                assert "<" not in display["text"]
                signs += 1
    assert displays == {}
    assert signs > 10


def test_the_rules_of_a_questionnaire_hold(form: Form) -> None:
    """Those that no schema checks: ids once, conditions on earlier items and their own choices,
    one way to join several, nothing on a display that only a question may have.
    """
    before: dict[str, Form] = {}
    for item in form["item"]:
        assert item["linkId"] not in before
        for condition in item.get("enableWhen", []):
            asked = before[condition["question"]]
            assert asked["type"] == "choice"
            answers = [key for key in condition if key.startswith("answer")]
            assert len(answers) == 1
            if condition["operator"] == "exists":
                assert answers == ["answerBoolean"]
            else:
                codings = [option["valueCoding"] for option in asked["answerOption"]]
                assert condition["answerCoding"] in codings
        assert ("enableBehavior" in item) == (len(item.get("enableWhen", [])) > 1)
        if item["type"] == "display":
            assert not {"required", "repeats", "readOnly", "initial", "answerOption"} & set(item)
        else:
            assert item["type"] == "choice" and item["answerOption"]
            codes = Counter(o["valueCoding"]["code"] for o in item["answerOption"])
            assert max(codes.values()) == 1
        before[item["linkId"]] = item


def test_danger_signs_are_required_and_at_most_three_things_matter(form: Form) -> None:
    """What may not be left open, and how many may be ticked."""
    by_id = {item["linkId"]: item for item in form["item"]}

    assert by_id["urgent"]["required"] and not by_id["place"]["required"]
    assert by_id["matters"]["extension"] == [{"url": MAX_OCCURS, "valueInteger": 3}]
    assert form["item"][0]["linkId"] == "urgent"


def test_the_questionnaire_has_the_shape_of_fhir(form: Form, model: Callable[[Form], Any]) -> None:
    """Read by a package that is not ours."""
    assert model(form).url == "https://whatsnext.example/fhir/Questionnaire/whats-next"


@pytest.mark.parametrize("kind", ["Communication", "DocumentReference", "CarePlan"])
def test_an_example_has_the_shape_of_fhir_and_holds_the_link(
    client, model: Callable[[Form], Any], kind: str
) -> None:
    """A made-up patient, a link that answers, and nothing of a person."""
    answer = client.get(f"/fhir/{kind}/example")
    text = answer.text
    start = text.index("https://whatsnext.example/go/")
    address = text[start:].split('"')[0].removeprefix("https://whatsnext.example")

    assert answer["Content-Type"].startswith("application/fhir+json")
    model(answer.json())
    assert client.get(address).status_code == 302
    assert "Patient/example" in text


def test_there_is_no_other_resource(client) -> None:
    """No field can hold anything about a patient."""
    assert client.get("/fhir/Patient/example").status_code == 404
    assert client.post("/fhir/Questionnaire/whats-next", {}).status_code == 405
