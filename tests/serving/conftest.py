"""The fixtures of the whole site, for the tests of this room; builds that compress a page once."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from whitenoise.compress import Compressor

from tests.site_fixtures import *


@pytest.fixture(scope="session", autouse=True)
def compressed_anew() -> Iterator[dict[str, Callable[[bytes], bytes]]]:
    """The tests make a dozen builds of the same pages. Each page is compressed for the first of
    them: the compressed forms depend on the page alone (tests/serving/test_build.py), and take
    most of the time of a build. Gives what WhiteNoise compresses with, by name.
    """
    found = {name: getattr(Compressor, name) for name in ("compress_brotli", "compress_gzip")}
    with pytest.MonkeyPatch.context() as patch:
        for name, compressed in found.items():
            patch.setattr(Compressor, name, staticmethod(cache(compressed)))
        yield found
