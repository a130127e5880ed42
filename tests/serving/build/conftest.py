"""One build of the real content for all tests of builds, and what asks it."""

import pytest

from tests.serving.build.shared import DAY
from treatment_guide.library.content_check import current_library
from treatment_guide.serving.build.built import find_build
from treatment_guide.serving.build.front import Front
from treatment_guide.serving.build.making import make_build


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A folder with one build of the real content."""
    root = tmp_path_factory.mktemp("builds")
    make_build(root, current_library(), 1_000, DAY)
    return root


@pytest.fixture(scope="module")
def build(root):
    """That build."""
    return find_build(root)


@pytest.fixture(scope="module")
def ask(build):
    """Ask a Front that serves the build; Django behind it answers 599."""

    def behind(environ, start_response):
        start_response("599 Django", [])
        return [b"Django"]

    front = Front(behind, build)

    def ask(path, method="GET", **headers):
        said = []
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, **headers}
        chunks = front(environ, lambda status, lines: said.extend((status, dict(lines))))
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        return int(said[0].split()[0]), said[1], body

    return ask
