"""The table of costs: asks `cost.py` in a process of its own for each checkout, and prints the rows,
the slowest first.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cost import LIMIT

HERE = Path(__file__).parent
Rows = dict[str, dict[str, Any]]


def cost_table(
    scratch: Path, sides: Mapping[str, Path], build: Callable[[Path, Path], Path]
) -> bool:
    """Print the table; True when no kind of the last side is above the limit."""
    found: dict[str, Rows] = {}
    for side, checkout in sides.items():
        folder = scratch / f"cost-{side}"
        folder.mkdir()
        found[side] = {
            **asked(folder, checkout, []),
            **asked(folder, checkout, ["--build", str(build(folder, checkout))]),
        }
    *_, own = found.values()
    before = next(iter(found.values())) if len(found) > 1 else {}
    for line in table(own, before):
        print(line)
    above = too_dear(own)
    for name in above:
        row = own[name]
        print(f"\nABOVE {LIMIT} × hello: {name} ({row['times']:.0f} ×): {row['input']}")
    if not above:
        print(f"\nholds: no kind of request is above {LIMIT} × hello")
    return not above


def asked(folder: Path, checkout: Path, options: list[str]) -> Rows:
    """The rows of a checkout by name; its feedback goes to a database in the folder."""
    done = subprocess.run(
        [sys.executable, str(HERE / "cost.py"), "--root", str(checkout), *options],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={
            **os.environ,
            "PYTHONPATH": str(checkout),
            "DATABASE_URL": f"sqlite:///{folder / 'feedback.sqlite3'}",
        },
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["name"]: row for row in rows}


def table(own: Rows, before: Rows) -> list[str]:
    """The lines of the table; with a column for the side before, where there is one."""
    head = f"{'':36}{'before' if before else '':>9}{'ms':>9}{'× hello':>9}  the worst input"
    lines = [head]
    for name, row in sorted(own.items(), key=lambda each: -each[1]["times"]):
        was = f"{before[name]['seconds'] * 1000:.2f}" if name in before else ""
        lines.append(
            f"{name:36}{was:>9}{row['seconds'] * 1000:9.2f}{row['times']:9.0f}  {row['input']}"
        )
    return lines


def too_dear(rows: Rows) -> list[str]:
    """The kinds above the limit, the slowest first."""
    above = [name for name, row in rows.items() if row["times"] > LIMIT]
    return sorted(above, key=lambda name: -rows[name]["times"])
