"""A translation into a made-up language, served beside the original."""

from dataclasses import replace

import pytest

from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.languages.translation import with_originals
from treatment_guide.library.model import Library


@pytest.fixture(scope="module")
def both() -> Library:
    """The guide with a translation into a language `qx`, with the same words."""
    original = replace(current_library())  # another object: nothing of it is kept yet
    language = replace(original.language, name="qx", own_name="Qx", original=False, direction="rtl")
    region = replace(original.site.region, language="qx-US")
    site = replace(original.site, region=region)
    made = replace(original, language=language, site=site, original=original)
    made = replace(made, questions=with_originals(made, original))
    original.translations["qx"] = made
    return original


@pytest.fixture
def translation(both: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """The translation, while it is served beside the original."""
    monkeypatch.setattr("treatment_guide.serving.libraries.current_library", lambda: both)
    return both.translations["qx"]
