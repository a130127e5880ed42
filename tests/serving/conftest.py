"""The fixtures of the whole site, for the tests of this room; builds that compress quickly."""

from collections.abc import Callable, Iterator

import brotli
import pytest
from whitenoise.compress import Compressor

from tests.site_fixtures import *


@pytest.fixture(scope="session", autouse=True)
def pressed_hard() -> Iterator[Callable[[bytes], bytes]]:
    """The tests make a dozen builds, and to press their pages as hard as a build does takes most of
    the time of one. They are pressed lightly here; how hard is tested with what this gives: the
    function that a build really presses with.
    """
    hard = Compressor.compress_brotli
    with pytest.MonkeyPatch.context() as patch:
        quick = staticmethod(lambda data: brotli.compress(data, quality=3))
        patch.setattr(Compressor, "compress_brotli", quick)
        yield hard
