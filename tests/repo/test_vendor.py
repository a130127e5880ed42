"""Vendored code is what its package published: nothing added, nothing changed, nothing unlisted."""

import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"


def test_every_vendored_file_has_the_checksum_in_the_readme() -> None:
    """Each file in static/vendor/ stands in its README.md with its own sha256, and no other does."""
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` .*\| `([0-9a-f]{64})` \|$", readme, re.MULTILINE))

    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "README.md"
    }

    assert found, "static/vendor/ holds no files"
    assert listed == found
