"""The bill of materials holds what is locked: each package with its version and hashes, no more."""

import base64
import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema_rs  # schemathesis brings it
import pytest

from tools import sbom

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / sbom.BOM).read_text(encoding="utf-8")
WHOLE = json.loads(TEXT)
PARTS = {part["purl"]: part for part in WHOLE["components"]}


def test_it_is_what_the_locks_say():
    """After a change of a lock: make sbom. Made twice it is the same, byte by byte."""
    assert sbom.written() == TEXT
    assert sbom.written() == TEXT


def test_it_is_cyclonedx():
    """The official schema takes it, and would not take anything."""
    folder = files("cyclonedx.schema") / "_res"
    read = {
        name: json.loads((folder / f"{name}.SNAPSHOT.schema.json").read_text(encoding="utf-8"))
        for name in ("bom-1.6", "spdx", "jsf-0.82")
    }
    base = "http://cyclonedx.org/schema/"
    registry = jsonschema_rs.Registry(
        [(f"{base}{name}.SNAPSHOT.schema.json", schema) for name, schema in read.items()]
    )
    schema = jsonschema_rs.validator_for(read["bom-1.6"], registry=registry)

    assert list(schema.iter_errors(WHOLE)) == []
    assert not schema.is_valid({**WHOLE, "components": [{"name": "x"}]})
    assert not schema.is_valid({**WHOLE, "serialNumber": "none"})


def said_by_pip(lock):
    """Packages and hashes of a requirements file, read line by line."""
    name, found = "", {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if start := re.match(r"([A-Za-z0-9][\w.-]*)(?:\[.*\])?==([^\s;\\]+)", line):
            name = f"pkg:pypi/{re.sub(r'[-_.]+', '-', start[1]).lower()}@{start[2]}"
            found[name] = set()
        found.get(name, set()).update(re.findall(r"sha256:(\w+)", line))
    return found


def said_by_npm(lock):
    """Packages and hashes of a package-lock.json."""
    found = {}
    for path, entry in json.loads((ROOT / lock).read_text(encoding="utf-8"))["packages"].items():
        if path:
            name = path.split("node_modules/")[-1].replace("@", "%40")
            digest = base64.b64decode(entry["integrity"].split("-", 1)[1]).hex()
            found[f"pkg:npm/{name}@{entry['version']}"] = {digest}
    return found


VENDOR = "static/vendor/README.md"
PIP = [lock for lock in sbom.LOCKS if lock.endswith(".txt")]
NPM = [lock for lock in sbom.LOCKS if lock.endswith(".json")]


def test_every_locked_package_is_there_with_all_its_hashes_and_nothing_else():
    """As read by other means than those that wrote it."""
    wanted = {}
    for said in [*map(said_by_pip, PIP), *map(said_by_npm, NPM)]:
        for name, hashes in said.items():
            wanted.setdefault(name, set()).update(hashes)
    row = re.search(r"npm `(.+?)`[^|]*\| (\S+) \|.*`(\w{64})`", (ROOT / VENDOR).read_text())
    wanted.setdefault(f"pkg:npm/{row[1]}@{row[2]}", set()).add(row[3])

    assert {name: {h["content"] for h in part["hashes"]} for name, part in PARTS.items()} == wanted
    assert all(wanted.values())


def test_every_lock_of_the_repository_is_read():
    """A lock that is added is added to the bill."""
    left_out = {".venv", "node_modules"}
    locks = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("requirements*.txt", "package-lock.json", "*.lock")
        for path in ROOT.rglob(pattern)
        if not left_out & set(path.parts)
    }

    assert locks == set(sbom.LOCKS) - {VENDOR}


@pytest.mark.parametrize("name", ["django", "granian", "pydantic"])
def test_what_the_running_site_needs_is_told_from_tools(name):
    """`required` is what a fault reaches readers through."""
    (needed,) = [part for purl, part in PARTS.items() if purl.startswith(f"pkg:pypi/{name}@")]

    assert needed["scope"] == "required"
    assert {p["scope"] for p in PARTS.values() if p["name"] in ("pytest", "lighthouse")} == {
        "excluded"
    }


def test_the_release_is_the_one_of_the_site():
    """The bill says what it is the bill of."""
    site = (ROOT / "content" / "guide" / "site.yaml").read_text(encoding="utf-8")

    assert f'release: "{WHOLE["metadata"]["component"]["version"]}"' in site
