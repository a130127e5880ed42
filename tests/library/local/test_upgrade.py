"""The guide is upgraded under a hospital: nothing is merged, no code on paper fails, and what no
longer fits is told with what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from tests.library.conftest import VALID, lay_valid
from tests.local_copy import EXAMPLE, read_folder
from treatment_guide.engine.code import decode, encode
from treatment_guide.library.loading.loader import load_library
from treatment_guide.library.model import Library
from treatment_guide.library.problems import BrokenContent

CLINIC = (EXAMPLE / "clinics/valley-pain-clinic.yaml").read_text(encoding="utf-8")
HERE = {"en/options.md": "sample-option", "en/situations.md": "sample-situation"}
Edition = Callable[[Path], None]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small guide, with room for clinics in its codes."""
    content = lay_valid(tmp_path / "content")
    numbers = content / "guide/numbers.yaml"
    field = "blocks: [[{field: clinic, bits: 9}, {field: edition, bits: 1}], "
    numbers.write_text(numbers.read_text().replace("blocks: [", field))
    return content


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of a hospital that has words about the small guide."""
    folder = copytree(EXAMPLE, tmp_path / "own")
    (folder / "clinics/riverside-joint-clinic.yaml").unlink()
    (folder / "numbers.yaml").write_text("clinics: {valley-pain-clinic: 341}\nretired: [340]\n")
    offers = next(row for row in CLINIC.splitlines() if row.startswith("offers"))
    text = CLINIC.replace(offers, "offers: [first-option, sample-option]")
    (folder / "clinics/valley-pain-clinic.yaml").write_text(text)
    for name, each in HERE.items():
        (folder / name).write_text(f"## {each}\nWe do this at our Riverside building.\n")
    return folder


def option_added(content: Path) -> None:
    """The next edition has one more option."""
    for path in ("guide/options/{}.yaml", "en/options/{}.md"):
        text = (content / path.format("first-option")).read_text()
        (content / path.format("later-option")).write_text(text)
    flow = content / "guide/flow.yaml"
    flow.write_text(flow.read_text().replace("sample-option]", "sample-option, later-option]"))


def situation_renamed(content: Path) -> None:
    """The next edition gives a situation another id."""
    for path in [*content.rglob("*.yaml"), *content.rglob("*.md")]:
        text = path.read_text().replace("sample-situation", "sample-situations")
        path.write_text(text)
        if path.stem == "sample-situation":
            path.rename(path.with_stem("sample-situations"))


def option_gone(content: Path) -> None:
    """The next edition has no option `sample-option` any more: another stands in its place."""
    for path in [*content.rglob("*.yaml"), *content.rglob("*.md")]:
        path.write_text(path.read_text().replace("sample-option", "other-thing"))
        if path.stem == "sample-option":
            path.rename(path.with_stem("other-thing"))


def loaded(content: Path, own: Path) -> Library:
    return load_library(content, whole=False, local=own)


def test_words_and_clinics_stand_beside_those_of_the_guide(small: Path, own: Path) -> None:
    """Nothing else of the library differs."""
    library, alone = loaded(small, own), load_library(small, whole=False)

    assert library.local and set(library.local.options) == {"sample-option"}
    assert library.clinics[341].name == "Valley Pain Clinic"
    for name in ("guide", "options", "questions", "facts", "reasons", "notices", "asks", "ui"):
        assert getattr(library, name) == getattr(alone, name)


@pytest.mark.parametrize("edition", [option_added, situation_renamed, option_gone])
def test_the_next_edition_is_served_at_once(small: Path, own: Path, edition: Edition) -> None:
    """A release that takes something away, perhaps for safety, waits for nobody's words. A code
    that the hospital gave out says the same as before.
    """
    before = loaded(small, own)
    code = encode(before.layout, {"place": frozenset({"knee"})}, clinic=341, paper=True)
    edition(small)
    after = loaded(small, own)
    said = decode(after.layout, after.guide.questions, code)

    assert (said.answers, said.clinic) == ({"place": frozenset({"knee"})}, 341)
    assert after.clinics[341].name == "Valley Pain Clinic"
    assert encode(after.layout, said.answers, clinic=341, paper=True) == code


def test_an_option_that_is_added_is_without_words_of_the_hospital(small: Path, own: Path) -> None:
    """And nothing has to be told."""
    option_added(small)
    local = loaded(small, own).local

    assert local and set(local.options) == {"sample-option"} and local.told == ()


def test_words_about_what_is_gone_are_told_with_what_to_do(small: Path, own: Path) -> None:
    """File, line, id, what may be meant, and what to do: as words, and as an offer of a clinic."""
    option_gone(small)
    library = loaded(small, own)
    assert library.local

    words, offer = sorted(library.local.told, key=lambda said: "clinics/" in said)
    assert words.startswith(f"{own}/en/options.md:1 [sample-option] ")
    assert "no option `sample-option`" in words and "take it out" in words
    assert offer.startswith(f"{own}/clinics/valley-pain-clinic.yaml:")
    assert library.local.options == {}
    assert library.clinics[341].offers == {"first-option"}


def test_a_new_name_is_found(small: Path, own: Path) -> None:
    """The most like one is named."""
    situation_renamed(small)
    local = loaded(small, own).local

    assert local and local.situations == {}
    assert ["Is `sample-situations` meant?" in said for said in local.told] == [True]


def test_a_clinic_that_left_is_not_named_and_its_codes_work(small: Path, own: Path) -> None:
    """Its number is retired; the same number under another name is refused."""
    library = loaded(small, own)
    code = encode(library.layout, {"place": frozenset({"knee"})}, clinic=341, paper=True)
    (own / "clinics/valley-pain-clinic.yaml").unlink()
    (own / "en/notices.md").unlink()
    (own / "numbers.yaml").write_text("clinics: {}\nretired: [340, 341]\n")
    later = loaded(small, own)
    said = decode(later.layout, later.guide.questions, code)

    assert (said.answers, said.clinic) == ({"place": frozenset({"knee"})}, None)


def test_faults_of_the_hospital_and_of_the_guide_come_together(small: Path, own: Path) -> None:
    """Those of the hospital with their whole path, so that an editor can jump there."""
    (small / "guide/asks.yaml").write_text("- not: [closed\n")
    (own / "en/options.md").write_text("## sample-option\nThis is the best one.\n")
    with pytest.raises(BrokenContent) as broken:
        loaded(small, own)
    lines = broken.value.lines("content/")

    assert any(line.startswith(f"{own}/en/options.md:2 [sample-option] ") for line in lines)
    assert any(line.startswith("content/guide/asks.yaml") for line in lines)


def test_the_example_names_what_the_real_guide_has(guide: Library) -> None:
    """When an option or a situation of the example leaves, the example is mended with it."""
    local, _, faults = read_folder(EXAMPLE)

    assert faults == [] and local and local.told == ()


def test_the_real_guide_without_an_option_of_the_example(guide: Library) -> None:
    """The others stay, and only it is told."""
    fewer = {name: option for name, option in guide.options.items() if name != "exercise-program"}
    local, clinics, faults = read_folder(EXAMPLE, options=fewer)

    assert faults == [] and local
    assert len(local.told) == 1 + sum(1 for _ in clinics)
    assert "exercise-program" not in local.options and len(local.options) > 1


def test_the_small_guide_is_as_it_was() -> None:
    """The tests above change copies alone."""
    assert "later-option" not in (VALID / "guide/flow.yaml").read_text()
