"""Who publishes a copy of the guide: from its file, or from whoever runs it."""

from pathlib import Path

import pytest

from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.problems import BrokenContent


def test_no_publisher_and_no_contact_are_invented(content: Path) -> None:
    """What nobody has set is empty."""
    site = load_library(content, whole=False).site

    assert (site.publisher, site.contact) == ("", "")


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("mailto:guide@clinic.example", "guide@clinic.example"),
        ("https://clinic.example/report/", "clinic.example/report"),
    ],
)
def test_a_contact_is_an_address_to_write_to(content: Path, contact: str, shown: str) -> None:
    """A mail address or a secure page, shown without its scheme."""
    assert load_library(content, {"contact": contact}, whole=False).site.contact_shown == shown


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contact", "guide@clinic.example"),
        ("contact", "http://clinic.example/report"),
        ("contact", "mailto:nobody"),
        ("contact", "javascript:alert(1)"),
        ("publisher", ""),
        ("origin", "http://clinic.example"),
        ("slogan", "The best"),
    ],
)
def test_what_is_given_is_checked_like_the_file(content: Path, field: str, value: str) -> None:
    """A wrong value from the environment stops the start, and the fault names its field."""
    with pytest.raises(BrokenContent) as broken:
        load_library(content, {field: value}, whole=False)

    assert [(p.file, p.field) for p in broken.value.problems] == [("guide/site.yaml", field)]


def test_what_is_given_takes_the_place_of_the_file(content: Path) -> None:
    """Another name for the site is used wherever the site says its name."""
    library = load_library(
        content, {"name": "After the needle", "publisher": "A Clinic"}, whole=False
    )

    assert library.ui["site-name"] == library.site.name == "After the needle"
    assert library.site.publisher == "A Clinic"


def test_another_region_has_other_phones(content: Path) -> None:
    """Whom to call comes from the region that whoever runs the copy has chosen."""
    here = (content / "guide/regions/here.yaml").read_text(encoding="utf-8")
    there = content / "guide/regions/there.yaml"
    there.write_text(here.replace("911", "112").replace("en-US", "en-GB"), encoding="utf-8")

    words = content / "en/regions/there.md"
    words.write_text("## hospital\nA&E\n", encoding="utf-8")

    site = load_library(content, {"region": "there"}, whole=False).site

    assert site.phones["emergency"].number == "112"
    assert (site.phrases["hospital"].html, site.phrases["hospital"].text) == ("A&amp;E", "A&E")


@pytest.mark.parametrize(
    ("end", "address"),
    [
        ("knee", "/situations/#knee"),
        ("option:first-option", "/options/first-option/"),
        ("topic:sample-topic", "/topics/sample-topic/"),
    ],
)
def test_a_short_word_leads_to_a_place_or_a_page(content: Path, end: str, address: str) -> None:
    """What is printed on paper may lead to a body part or straight to a page."""
    flow = content / "guide/flow.yaml"
    flow.write_text(flow.read_text().replace("{short: knee}", f'{{short: "{end}"}}'))

    assert load_library(content, whole=False).words["short"] == address


def test_a_short_word_to_a_page_that_is_not_there_is_a_fault(content: Path) -> None:
    """A word on paper never leads nowhere."""
    flow = content / "guide/flow.yaml"
    flow.write_text(flow.read_text().replace("{short: knee}", '{short: "option:gone"}'))

    with pytest.raises(BrokenContent) as broken:
        load_library(content, whole=False)

    assert [(p.file, p.field) for p in broken.value.problems] == [("guide/flow.yaml", "words")]


def test_a_phrase_that_one_region_lacks_is_a_fault(content: Path) -> None:
    """Pages say the same phrases everywhere, so every region has them all."""
    here = (content / "guide/regions/here.yaml").read_text(encoding="utf-8")
    (content / "guide/regions/there.yaml").write_text(here, encoding="utf-8")
    (content / "en/regions/there.md").write_text("## clinic\nthe clinic\n", encoding="utf-8")

    with pytest.raises(BrokenContent) as broken:
        load_library(content, whole=False)

    assert [(p.file, p.field) for p in broken.value.problems] == [
        ("en/regions/here.md", "clinic"),
        ("en/regions/there.md", "hospital"),
    ]


def test_words_of_a_region_that_is_not_there_are_a_fault(content: Path) -> None:
    """They would never be said."""
    (content / "en/regions/gone.md").write_text("## hospital\nthe ward\n", encoding="utf-8")

    with pytest.raises(BrokenContent) as broken:
        load_library(content, whole=False)

    assert [(p.file, p.field) for p in broken.value.problems] == [("en/regions/gone.md", "")]


def test_a_number_for_texts_alone_begins_a_message(content: Path) -> None:
    """Its link does not call: nobody would answer."""
    region = content / "guide/regions/here.yaml"
    text = region.read_text(encoding="utf-8")
    more = '  texts: {number: "85 258", ways: [text], source: a-help-page}\n'
    region.write_text(text + more, encoding="utf-8")
    (content / "en/regions/here.md").write_text(
        "## hospital\nText HELP to <phone:texts>, or call <phone:emergency>.\n", encoding="utf-8"
    )
    with pytest.raises(BrokenContent) as broken:  # one sentence says both ways
        load_library(content, whole=False)
    assert len(broken.value.problems) == 2
    (content / "en/regions/here.md").write_text(
        "## hospital\nText HELP to <phone:texts>. Or call <phone:emergency>.\n", encoding="utf-8"
    )

    said = load_library(content, whole=False).site.phrases["hospital"]

    assert said.html == (
        'Text HELP to <a href="sms:85258">85 258</a>. Or call <a href="tel:911">911</a>.'
    )
    assert said.spoken == "Text HELP to it. Or call it."


def test_a_page_names_no_number_but_the_emergency_number(content: Path) -> None:
    """Whether it can be called or texted differs between regions, so the region says it."""
    region = content / "guide/regions/here.yaml"
    text = region.read_text(encoding="utf-8")
    region.write_text(text + '  crisis: {number: "988", source: a-help-page}\n', encoding="utf-8")
    words = content / "en/regions/here.md"
    words.write_text("## hospital\nCall <phone:crisis>.\n", encoding="utf-8")
    page = content / "en/get-help-now.md"
    page.write_text(page.read_text().replace("call <phone:emergency>", "call <phone:crisis>"))

    with pytest.raises(BrokenContent) as broken:
        load_library(content, whole=False)

    (problem,) = broken.value.problems
    assert (problem.file, problem.field) == ("en/get-help-now.md", "in-short")
    assert "<region:crisis>" in problem.message


def test_a_region_whose_emergency_number_takes_texts_is_refused(content: Path) -> None:
    """Every page says to call it, in every region."""
    region = content / "guide/regions/here.yaml"
    text = region.read_text(encoding="utf-8")
    region.write_text(text.replace("source:", "ways: [call, text], source:"))

    with pytest.raises(BrokenContent) as broken:
        load_library(content, whole=False)

    assert [p.field for p in broken.value.problems] == ["phones"]
