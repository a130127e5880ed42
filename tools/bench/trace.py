"""What one tick and one outcome pass through: the modules of the guide, and their functions.

    trace.py [--list]       how many are entered; with their names

Each is asked for twice, and the second time is counted: what is made once is made. A function counts
once, however often it is called; calls are told beside. Nothing here depends on the machine.
"""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
OURS = str(ROOT / "treatment_guide") + os.sep


def traced(application: Any, one: Any) -> Counter[tuple[str, str]]:
    """How often each function of the guide was called for one request: by module and name."""
    found: Counter[tuple[str, str]] = Counter()

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(OURS):
            module = code.co_filename.removeprefix(OURS).removesuffix(".py")
            # What stands in brackets of a function is a part of it.
            name = code.co_qualname.split(".<locals>.<")[0].removesuffix(".<genexpr>")
            found[module, name] += 1

    from cost import called

    called(application, one.environ())
    environ = one.environ()
    sys.setprofile(note)
    try:
        _, status = called(application, environ)
    finally:
        sys.setprofile(None)
    if not status.startswith("200"):
        raise SystemExit(f"{one} was answered with {status}")
    return found


def main() -> None:
    """Print a line for each kind of request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="every function, with its calls")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treatment_guide.settings")
    import django

    django.setup()
    from inputs import Input
    from rounds import readers

    from treatment_guide.wsgi import application

    many = readers(1)
    _, path, body, _ = many.lists[-1]
    tick = {"HTTP_HX_REQUEST": "true", "HTTP_ACCEPT_ENCODING": "br"}
    field, _, choice = body.partition("=")
    kinds = {
        "a reading page": Input("GET", "/options/prp/", headers={"HTTP_ACCEPT_ENCODING": "br"}),
        "a tick": Input("POST", path, form=[(field, choice)], headers=tick),
        "an outcome": Input("GET", many.outcomes[0][1], headers={"HTTP_ACCEPT_ENCODING": "br"}),
    }
    for name, one in kinds.items():
        found = traced(application, one)
        modules = {module for module, _ in found}
        print(
            f"{name}: {len(modules)} modules, {len(found)} functions, {sum(found.values()):,} calls"
        )
        for (module, function), count in sorted(found.items()) if asked.list else ():
            print(f"  {count:5}  {module}  {function}")


if __name__ == "__main__":
    main()
