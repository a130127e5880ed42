"""Checks beyond single values: for `check --deploy`, and for a start of `manage.py serve`."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping

from treatment_guide.environment.faults import Fault, masked
from treatment_guide.environment.hosts import ORIGIN_EXAMPLE, host_of, is_local
from treatment_guide.environment.reading import VARIABLES, Environment, origin_not_allowed


def deploy_faults(
    read: Environment, origin: str, environ: Mapping[str, str] = os.environ
) -> list[Fault]:
    """Faults for `check --deploy`. `origin` is the public address that pages would print.
    Variables that have a fault already are left out.
    """
    known = {fault.variable for fault in read.faults}
    return [fault for fault in _deploy(read, origin, environ) if fault.variable not in known]


def _deploy(read: Environment, origin: str, environ: Mapping[str, str]) -> Iterator[Fault]:
    wrong, right = "", ORIGIN_EXAMPLE
    if origin == read.listens_at and not read["PUBLIC_ORIGIN"]:
        wrong = f"paper and QR codes would lead to {origin}, where nobody else gets."
    elif is_local(host_of(origin)):
        wrong = f"{origin} is this machine alone, and it is printed on paper."
    elif not origin.startswith("https://"):
        wrong, right = "readers come over HTTPS.", origin.replace("http://", "https://", 1)
    else:
        yield from named_origin_faults(read, origin, read["ALLOWED_HOSTS"], environ)
    if wrong:
        given = masked("PUBLIC_ORIGIN", environ.get("PUBLIC_ORIGIN") or None)
        yield Fault("PUBLIC_ORIGIN", given, wrong, right)
    if read["DEBUG"]:
        given = environ.get("DEBUG", "")
        yield Fault("DEBUG", given, "error pages would show what a reader answered.", "0")


def named_origin_faults(
    read: Environment, origin: str, hosts: list[str], environ: Mapping[str, str] = os.environ
) -> list[Fault]:
    """The fault of ALLOWED_HOSTS that lacks the host of `origin`. The origin may come from the
    content, so a build and a start check it after the content is read.
    """
    wrong = origin != read.listens_at and origin_not_allowed(origin, hosts)
    given = masked("ALLOWED_HOSTS", environ.get("ALLOWED_HOSTS"))
    return [Fault("ALLOWED_HOSTS", given, wrong.wrong, wrong.example)] if wrong else []


def start_faults(read: Environment, environ: Mapping[str, str] = os.environ) -> list[Fault]:
    """Further faults that stop `manage.py serve`."""
    found = []
    if read["DEBUG"]:
        found.append(
            Fault(
                "DEBUG", environ["DEBUG"], "this server is for readers; make dev is for DEBUG.", "0"
            )
        )
    folder = read["METRICS_DIR"]
    if folder is not None and not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        found.append(
            Fault(
                "METRICS_DIR", str(folder), "no folder is there that can be written.", "/run/guide"
            )
        )
    return found


def misspelled(environ: Mapping[str, str] = os.environ) -> list[str]:
    """A sentence for each unknown variable whose name is nearly one that the guide reads."""
    said = []
    for name in sorted(set(environ) - set(VARIABLES)):
        near = difflib.get_close_matches(name.upper(), VARIABLES, n=1, cutoff=0.9)
        if near and near[0] not in environ:
            said.append(f"{name} is not read. Is {near[0]} meant?")
    return said
