"""Draws the rooms of the code and the arrows between them, read from its imports.

    make rooms
    make rooms ROOM=library/review

A line for each room, from the top layer to the lowest: how many modules it has, and how many
imports lead from them into each other room. Settings, addresses and checks above the rooms are
drawn as rooms of one module.

With a folder of the code, it lists the modules in it instead, each with the first line of its docstring.

Exits 1 when an import leads upward or to a room beside, or when rooms import each other in a circle.
"""

import ast
import sys
import tomllib
from collections import Counter
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "treatment_guide"
WIDTH = 100

Arrows = dict[tuple[str, str], int]


def layers() -> list[list[str]]:
    """The rooms in their order, the highest first, those beside each other together.

    They are those of the import contract `one-direction` in pyproject.toml.
    """
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    order = next(each["layers"] for each in contracts if each["id"] == "one-direction")
    return [[name.strip().rpartition(".")[2] for name in row.split("|")] for row in order]


def read_imports(package: str = PACKAGE) -> tuple[Counter[str], Arrows]:
    """How many modules each room has, and how many imports lead from one room to another."""
    graph = grimp.build_graph(package)
    room_of = {module: module.split(".")[1] for module in graph.modules if "." in module}
    arrows: Counter[tuple[str, str]] = Counter()
    for module, room in room_of.items():
        for imported in graph.find_modules_directly_imported_by(module):
            if room_of.get(imported, room) != room:
                arrows[room, room_of[imported]] += 1
    return Counter(room_of.values()), dict(arrows)


def faults(order: list[list[str]], arrows: Arrows) -> list[str]:
    """What is wrong: arrows that lead upward or to a room beside, and circles of rooms.

    A room with arrows that stands in no layer is a fault too.
    """
    height = {room: number for number, row in enumerate(order) for room in row}
    found = []
    for begin, end in sorted(arrows):
        if begin not in height or end not in height:
            found.append(f"{begin} -> {end}: no layer holds {end if begin in height else begin}")
        elif height[end] <= height[begin]:
            beside = height[end] == height[begin]
            found.append(f"{begin} -> {end}: {'to a room beside' if beside else 'upward'}")
    return found + [f"{' -> '.join(each)}: a circle" for each in circles(arrows)]


def circles(arrows: Arrows) -> list[list[str]]:
    """For each room that leads back to itself the shortest way; rooms of one circle once."""
    found: dict[frozenset[str], list[str]] = {}
    for begin in sorted({begin for begin, _ in arrows}):
        ways, seen = [[begin]], {begin}
        while ways:
            way = ways.pop(0)
            for end in sorted(end for start, end in arrows if start == way[-1]):
                if end == begin:
                    found.setdefault(frozenset(way), [*way, begin])
                elif end not in seen:
                    seen.add(end)
                    ways.append([*way, end])
    return list(found.values())


def drawing(order: list[list[str]], modules: Counter[str], arrows: Arrows) -> str:
    """The rooms with their arrows, a line of dashes between layers, at most 100 characters wide."""
    rest = sorted(modules.keys() - {room for row in order for room in row})
    rows = [*order, *([rest] if rest else [])]
    lines = ["-" * WIDTH]
    for row in rows:
        for room in row:
            line = f"{room:<14} {modules[room]:>3} modules"
            ends = [end for each in rows for end in each if (room, end) in arrows]
            for number, end in enumerate(ends):
                word = f"{'  ' if number else '  -> '}{end} {arrows[room, end]}"
                if len(line) + len(word) > WIDTH:
                    lines.append(line)
                    line = " " * 29
                line += word
            lines.append(line)
        lines.append("-" * WIDTH)
    return "\n".join(lines)


def first_line(module: Path) -> str:
    """What a module says that it does: the first line of its docstring; empty without one."""
    words = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    return words.partition("\n")[0]


def listing(folder: Path) -> str:
    """The modules of a folder and of those in it, each with its first line."""
    modules = sorted(path for path in folder.rglob("*.py") if path.parent.name != "migrations")
    rows = [(path.relative_to(folder).as_posix(), first_line(path)) for path in modules]
    width = max((len(path) for path, _ in rows), default=0)
    return "\n".join(f"{path:<{width}}  {said}" for path, said in rows)


def main(wanted: str = "") -> int:
    """Print the drawing and what is wrong in it, or the modules of a folder. Gives the status to
    exit with.
    """
    if wanted:
        folder = ROOT / PACKAGE / wanted
        if not folder.is_dir():
            print(f"There is no folder {PACKAGE}/{wanted}.")
            return 1
        print(listing(folder))
        return 0
    order = layers()
    modules, arrows = read_imports()
    wrong = faults(order, arrows)
    print(drawing(order, modules, arrows))
    print("\n".join(wrong) or "No arrow leads upward, and there is no circle.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(*sys.argv[1:2]))
