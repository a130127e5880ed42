"""Every environment variable that the guide reads, in one table, read and checked together.

All faults are reported at once, without secrets, each with an example of a right value.
django-environ stops at the first fault, and the messages of pydantic-settings are about types.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from treatment_guide.environment import values
from treatment_guide.environment.databases import read_database_url
from treatment_guide.environment.faults import BrokenSettings, Fault, Wrong, masked
from treatment_guide.environment.hosts import (
    host_of,
    is_allowed,
    listening_origin,
    read_hosts,
    read_origin,
)

#: Names of the local machine: the site answers to them unless ALLOWED_HOSTS is set.
OWN_HOSTS = ("localhost", "127.0.0.1", "[::1]")

#: The default and the reader of each variable. A variable that is set and empty counts as not set,
#: except ALLOWED_HOSTS, where empty is a fault and not the default.
VARIABLES: Mapping[str, tuple[Any, Callable[[str], Any]]] = {
    "ALLOWED_HOSTS": (None, read_hosts),
    "PUBLIC_ORIGIN": ("", read_origin),
    "BASE_PATH": ("", values.read_base_path),
    "PUBLISHER": ("", values.read_publisher),
    "CONTACT": ("", values.read_contact),
    "SITE_NAME": ("", values.read_site_name),
    "REGION": ("", str),
    "LANGUAGES": ((), values.read_languages),
    "UNSIGNED_HANDOUTS": ((), values.read_translations),
    "BUILD_DIR": (None, values.read_folder),
    "CONTENT_DIR": (None, values.read_content),
    "RECALLS_DIR": (None, values.read_existing_folder),
    "LOCAL_DIR": (None, values.read_local),
    "SECRET_KEY": ("", str),
    "DATABASE_URL": ("", read_database_url),
    "CLIENT_ADDRESS": ("", values.read_client_address),
    "ACCESS_LOG": (False, values.read_flag),
    "METRICS_DIR": (None, values.read_folder),
    "HSTS_SECONDS": (365 * 86_400, values.read_seconds),
    "DEBUG": (False, values.read_flag),
    "HOST": ("127.0.0.1", values.read_listening_host),
    "PORT": (8000, values.read_port),
    "WORKERS": (1, values.read_workers),
    "STOP_SECONDS": (25, values.read_stop_seconds),
}


@dataclass(frozen=True)
class Environment:
    """What the environment sets, and every fault in it.

    A variable with a fault has its default in `values`. `values` may hold secrets and is never
    shown.
    """

    values: Mapping[str, Any] = field(repr=False)
    faults: tuple[Fault, ...]
    #: The origin of the server for a browser on this machine.
    listens_at: str

    def __getitem__(self, variable: str) -> Any:
        return self.values[variable]

    def refuse(self, *further: Fault) -> None:
        """Raise BrokenSettings with all faults, if there are any."""
        if self.faults or further:
            raise BrokenSettings([*self.faults, *further])


def read_environment(base: Path, environ: Mapping[str, str] = os.environ) -> Environment:
    """Read all variables. `base` is the folder of the code. Raises nothing: faults are collected."""
    found: dict[str, Any] = {}
    faults: list[Fault] = []

    def note(variable: str, wrong: Wrong) -> None:
        given = masked(variable, environ.get(variable))
        faults.append(Fault(variable, given, wrong.wrong, wrong.example))

    for variable, (default, read) in VARIABLES.items():
        given = environ.get(variable, "")
        found[variable] = default
        if given or (variable == "ALLOWED_HOSTS" and variable in environ):
            try:
                found[variable] = read(given)
            except Wrong as wrong:
                note(variable, wrong)
    found["CONTENT_DIR"] = found["CONTENT_DIR"] or base / "content"
    for variable, check in (
        ("REGION", _region),
        ("UNSIGNED_HANDOUTS", _translated),
        ("LOCAL_DIR", _beside),
        ("BUILD_DIR", _outside),
        ("METRICS_DIR", _outside),
    ):
        try:
            found[variable] = check(variable, environ.get(variable, ""), found, base)
        except Wrong as wrong:
            note(variable, wrong)
            found[variable] = VARIABLES[variable][0]
    listens_at = listening_origin(found["HOST"], found["PORT"])
    named = found["ALLOWED_HOSTS"]
    if named is None and not any(fault.variable == "ALLOWED_HOSTS" for fault in faults):
        origins = [listens_at, *filter(None, [found["PUBLIC_ORIGIN"]])]
        named = list(dict.fromkeys([*OWN_HOSTS, *map(host_of, origins)]))
    elif named is not None and found["PUBLIC_ORIGIN"]:
        outside = origin_not_allowed(found["PUBLIC_ORIGIN"], named)
        if outside:
            note("ALLOWED_HOSTS", outside)
    found["ALLOWED_HOSTS"] = named or list(OWN_HOSTS)
    return Environment(found, tuple(faults), listens_at)


def origin_not_allowed(origin: str, names: list[str]) -> Wrong | None:
    """The fault when ALLOWED_HOSTS lacks the host of the public address. Built pages would still
    be served, but the questionnaire and the search would answer 400.
    """
    host = host_of(origin)
    if is_allowed(host, names):
        return None
    return Wrong(
        f"the site's own address is {origin}, and {host} is not among these.",
        ",".join([host, *names]),
    )


def _region(variable: str, given: str, found: Mapping[str, Any], base: Path) -> str:
    return values.read_region(given, found["CONTENT_DIR"]) if given else ""


def _translated(variable: str, given: str, found: Mapping[str, Any], base: Path) -> tuple[str, ...]:
    """The languages of hand-outs. Raises Wrong for one that the content or LANGUAGES does not have."""
    names: tuple[str, ...] = found[variable]
    return values.read_served(names, found["CONTENT_DIR"], found["LANGUAGES"])


def _beside(variable: str, given: str, found: Mapping[str, Any], base: Path) -> Path | None:
    """A clinic's own folder. Raises Wrong where it lies in the content or holds it."""
    folder: Path | None = found[variable]
    if folder is not None:
        own, content = folder.resolve(), found["CONTENT_DIR"].resolve()
        if own.is_relative_to(content) or content.is_relative_to(own):
            raise Wrong(
                "it lies in the content or holds it; your own folder stands beside it.",
                values.LOCAL,
            )
    return folder


def _outside(variable: str, given: str, found: Mapping[str, Any], base: Path) -> Path | None:
    """The folder of a variable that names an output. Raises Wrong where it lies in the code or the
    content: writing there would change the stamp, so every build would be out of date at once.
    """
    folder: Path | None = found[variable]
    if folder is not None:
        made_from = [
            found["CONTENT_DIR"],
            *filter(None, [found["LOCAL_DIR"]]),
            *(base / n for n in ("treatment_guide", "templates", "static")),
        ]
        for place in made_from:
            if folder.resolve().is_relative_to(place.resolve()):
                raise Wrong(f"it lies in {place}, which a build is made from.", values.FOLDER)
    return folder
