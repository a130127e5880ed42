"""What another form renderer makes of our FHIR Questionnaire: the one of the U.S. National Library
of Medicine (LHC-Forms, npm `lforms`), in a browser that is cut off from every network.

Each story is told twice: its answers are picked by hand in the form, and its record file
(`/whats-next/record/CODE/`) is put into an empty form. Both times the form must give back a
QuestionnaireResponse with the answers of the record file, and these must lead to the same code.
A form with the codes of two choices exchanged must be found out, or the check is worth nothing.
"""

import copy
import json
import re
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Page, Route, sync_playwright

from tools.browser import FLAGS
from tools.quality.programs import MODULES

FORMS = MODULES / "lforms/dist/lforms"
ORIGIN = "http://form.invalid/"
TYPES = {".js": "text/javascript", ".css": "text/css"}
PAGE = """<!doctype html><meta charset="utf-8"><title>Form</title>
<link rel="stylesheet" href="webcomponent/styles.css"><div id="form"></div>
<script src="webcomponent/assets/lib/zone.min.js"></script>
<script src="webcomponent/lhc-forms.js"></script>
<script src="fhir/R4/lformsFHIR.min.js"></script>"""
SHOW = "form => LForms.Util.addFormToPage(form, 'form', {fhirVersion: 'R4'})"
SHOW_FILLED = """([form, file]) => LForms.Util.addFormToPage(LForms.Util.mergeFHIRDataIntoLForms(
    'QuestionnaireResponse', file, LForms.Util.convertFHIRQuestionnaireToLForms(form, 'R4'), 'R4'),
    'form', {fhirVersion: 'R4'})"""
TAKE_OUT = "() => LForms.Util.getFormFHIRData('QuestionnaireResponse', 'R4')"

#: A FHIR resource, and the answers in one: for each item the codings as `(system, code)`.
Resource = dict[str, Any]
Given = dict[str, frozenset[tuple[str, str]]]


def check_record_form(origin: str, told: dict[str, str], chromium: Path) -> list[str]:
    """Fill the form with each story (name to answer code), print a line, return what went wrong."""
    form = fetch_json(f"{origin}/fhir/Questionnaire/whats-next")
    found: list[str] = []
    asked: list[str] = []

    def answer(route: Route) -> None:
        """Files of the renderer and nothing else."""
        name = route.request.url.removeprefix(ORIGIN)
        file = FORMS / name
        if not name:
            route.fulfill(body=PAGE, content_type="text/html")
        elif route.request.url.startswith(ORIGIN) and file.is_file():
            route.fulfill(body=file.read_bytes(), content_type=TYPES.get(file.suffix, "image/png"))
        else:
            asked.append(route.request.url)
            route.abort()

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(chromium), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1000, "height": 1600})
        page.on("pageerror", lambda fault: found.append(f"LHC-Forms: {fault}"))
        page.route("**/*", answer)
        for name, code in told.items():
            file = fetch_json(f"{origin}/whats-next/record/{code}/")
            found += [f"LHC-Forms: {name}: {each}" for each in differences(page, form, file)]
        if not differences(page, exchanged(form, file), file):
            found.append("LHC-Forms: two choices with exchanged codes were not found out")
        browser.close()
    found += [f"LHC-Forms: asked for {each}" for each in dict.fromkeys(asked)]
    print(f"{'LHC-Forms':<24}{len(told):>4} stories{len(found):>4} faults")
    return found


def differences(page: Page, form: Resource, file: Resource) -> list[str]:
    """In which way of filling the form its answers are others than those of the record file."""
    page.goto(ORIGIN)
    page.evaluate(SHOW, form)
    pick(page, file)
    picked = answers_in(page.evaluate(TAKE_OUT))
    page.goto(ORIGIN)
    page.evaluate(SHOW_FILLED, [form, file])
    put_in = answers_in(page.evaluate(TAKE_OUT))
    wanted = answers_in(file)
    return [
        f"{way}: {sorted(each for each in wanted | given if wanted.get(each) != given.get(each))}"
        for way, given in (("picked by hand", picked), ("put in as a file", put_in))
        if given != wanted
    ]


def pick(page: Page, file: Resource) -> None:
    """Pick the choices of a record file by their words, as a person does."""
    for item in file["item"]:
        field = page.locator(f'[id="{item["linkId"]}/1"]')
        for answer in item["answer"]:
            words = answer["valueCoding"]["display"]
            numbered = re.compile(rf"^(\d+:)?\s*{re.escape(words)}$")
            offered = page.locator("#completionOptions li").filter(has_text=numbered)
            if not offered.is_visible():  # it stays open where several may be picked
                field.click()
            offered.click()
        field.blur()  # or its open list covers the next one


def answers_in(response: Resource) -> Given:
    """The answers of a QuestionnaireResponse."""
    return {
        item["linkId"]: frozenset(
            (each["valueCoding"]["system"], each["valueCoding"]["code"]) for each in item["answer"]
        )
        for item in response.get("item", ())
        if item.get("answer")
    }


def exchanged(form: Resource, file: Resource) -> Resource:
    """The form with the codes of two choices exchanged, one of them in the file."""
    broken = copy.deepcopy(form)
    last = file["item"][-1]
    options = next(i for i in broken["item"] if i["linkId"] == last["linkId"])["answerOption"]
    chosen = last["answer"][0]["valueCoding"]["code"]
    one = next(each["valueCoding"] for each in options if each["valueCoding"]["code"] == chosen)
    other = next(each["valueCoding"] for each in options if each["valueCoding"]["code"] != chosen)
    one["code"], other["code"] = other["code"], one["code"]
    return broken


def fetch_json(url: str) -> Resource:
    """What an address of ours answers in JSON."""
    with urlopen(url) as reply:
        found: Resource = json.load(reply)
    return found
