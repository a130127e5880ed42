"""`make sbom`: the software bill of materials, from the lock files alone, as CycloneDX 1.6 in JSON.

The same locks give the same bytes: there is no time and no random number in it. A package that the
running site needs has the scope `required`, one that it can do without `optional`, and a tool of
tests and measurements `excluded`.
"""

import base64
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
BOM = "docs/sbom.cdx.json"
#: Every lock, and what its packages are for. The first that names a package decides.
LOCKS = {
    "requirements.txt": ComponentScope.REQUIRED,
    "static/vendor/README.md": ComponentScope.REQUIRED,
    "requirements-postgres.txt": ComponentScope.OPTIONAL,
    "requirements-dev.txt": ComponentScope.EXCLUDED,
    "tools/requirements-node.txt": ComponentScope.EXCLUDED,
    "tools/requirements-java.txt": ComponentScope.EXCLUDED,
    "tools/package-lock.json": ComponentScope.EXCLUDED,
    "tools/quality/package-lock.json": ComponentScope.EXCLUDED,
}
#: What a locked package is: its kind, name and version, and the hash of each of its files.
Locked = tuple[str, str, str, frozenset[tuple[HashAlgorithm, str]]]


def of_pip(text: str) -> Iterator[Locked]:
    """The packages of a requirements file with hashes."""
    for found in re.finditer(
        r"^([\w.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(.*(?:\n[ \t].*)*)", text, re.MULTILINE
    ):
        name, version, rest = found.groups()
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", rest)
        name = re.sub(r"[-_.]+", "-", name).lower()
        yield "pypi", name, version, frozenset((HashAlgorithm.SHA_256, each) for each in hashes)


def of_npm(text: str) -> Iterator[Locked]:
    """The packages of a package-lock.json."""
    for path, entry in json.loads(text)["packages"].items():
        if path:
            kind, _, coded = entry["integrity"].partition("-")
            algorithm = {"sha512": HashAlgorithm.SHA_512, "sha1": HashAlgorithm.SHA_1}[kind]
            name = entry.get("name") or path.rpartition("node_modules/")[2]
            digest = base64.b64decode(coded).hex()
            yield "npm", name, entry["version"], frozenset({(algorithm, digest)})


def of_vendor(text: str) -> Iterator[Locked]:
    """The files of others that stand in static/vendor/, from the table of its README."""
    for name, version, digest in re.findall(
        r"^\| `[^`]+` \| npm `([^`]+)`[^|]*\| ([^| ]+) \|[^|]*\| `([0-9a-f]{64})` \|",
        text,
        re.MULTILINE,
    ):
        yield "npm", name, version, frozenset({(HashAlgorithm.SHA_256, digest)})


def locked(root: Path = ROOT) -> dict[tuple[str, str, str], tuple[Locked, list[str]]]:
    """Every package by kind, name and version, with the locks that name it."""
    found: dict[tuple[str, str, str], tuple[Locked, list[str]]] = {}
    for lock in LOCKS:
        text = (root / lock).read_text(encoding="utf-8")
        read = of_npm if lock.endswith(".json") else of_vendor if lock.endswith(".md") else of_pip
        for package in read(text):
            kind, name, version, hashes = package
            (*_, before), locks = found.get((kind, name, version), (package, []))
            if lock not in locks:
                locks.append(lock)
            found[kind, name, version] = ((kind, name, version, before | hashes), locks)
    return found


def component(package: Locked, locks: list[str]) -> Component:
    """A package as CycloneDX says it."""
    kind, name, version, hashes = package
    group, _, short = name.rpartition("/")
    purl = PackageURL(type=kind, namespace=group or None, name=short, version=version)
    return Component(
        type=ComponentType.LIBRARY,
        name=short,
        group=group or None,
        version=version,
        bom_ref=purl.to_string(),
        purl=purl,
        scope=LOCKS[locks[0]],
        hashes=[HashType(alg=algorithm, content=digest) for algorithm, digest in hashes],
        properties=[Property(name="treatment-guide:lock", value=lock) for lock in locks],
    )


def written(root: Path = ROOT) -> str:
    """The bill of materials."""
    site = (root / "content" / "guide" / "site.yaml").read_text(encoding="utf-8")
    (release,) = re.findall(r'^release: "(\S+)"$', site, re.MULTILINE)
    guide = Component(
        type=ComponentType.APPLICATION,
        name="treatment-guide",
        version=release,
        bom_ref=f"treatment-guide@{release}",
    )
    parts = [component(*each) for each in locked(root).values()]
    bom = Bom(metadata=BomMetaData(component=guide), components=parts)
    bom.register_dependency(guide, [p for p in parts if p.scope is ComponentScope.REQUIRED])
    data = json.loads(JsonV1Dot6(bom).output_as_string())
    # The time goes, and the number is made from the rest, so that the same locks give the same.
    del data["metadata"]["timestamp"], data["serialNumber"]
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(data, sort_keys=True))
    return json.dumps({**data, "serialNumber": number.urn}, indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write it."""
    text = written()
    (ROOT / BOM).write_text(text, encoding="utf-8")
    print(f"{BOM}: {len(json.loads(text)['components'])} packages")


if __name__ == "__main__":
    main()
