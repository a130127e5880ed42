"""Content and builds that change, or are half-written, under a guide that runs."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from guide import ROOT, Failed, Place, manage


def starts(place: Place, **environment: str) -> tuple[bool, str]:
    """Whether a start would succeed, as `systemctl reload` asks first, and what it says."""
    command = [sys.executable, *place.could_start]
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), **environment}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stderr


def replaced(place: Place) -> str:
    """Content is edited, cut short and broken under a guide that runs."""
    content = place.scratch / "content"
    shutil.copytree(ROOT / "content", content)
    where = {"CONTENT_DIR": str(content), "BUILD_DIR": str(place.build)}
    if not starts(place, **where)[0]:
        raise Failed("whole content does not start, so what follows would tell nothing")
    with place.guide(**where) as guide:
        page = content / "en" / "options" / "prp.md"
        page.write_bytes(page.read_bytes()[: page.stat().st_size // 2])
        rules = content / "guide" / "options" / "shockwave.yaml"
        rules.write_text(rules.read_text()[:-40] + "\n  - nonsense: [")
        guide.readers.wait_for(200)
        _, built = manage("build", str(place.scratch / "none-of-it"), **where)
        begins, said = starts(place, CONTENT_DIR=str(content), BUILD_DIR="")
        refused, why = starts(place, **where)
        if begins or refused:
            raise Failed("a start with broken content is not refused")
        for told in (built, said):
            if "options/prp.md" not in told or "options/shockwave.yaml" not in told:
                raise Failed(f"not all problems are named: {told[-800:]}")
        if "manage.py build" not in why:
            raise Failed(f"the start does not say what to run: {why[-300:]}")
        faults = built.count("content/") or built.count(".md:") + built.count(".yaml:")
    return (
        f"the old build was served whole; a build names both files ({faults} problems), a start is "
        f"refused and a reload is not begun; readers saw {dict(guide.readers.seen)}"
    )


def half_builds(place: Place) -> str:
    """Builds are half-written beside the one that is served, and harm is done to that one too."""
    root = place.scratch / "half"
    made = next(place.build.glob("2*"))
    today, _, stamp = made.name.partition("-")
    served, half = root / f"20260101-{stamp}", root / f"{today}-{stamp}"
    shutil.copytree(made, served)
    with place.guide(BUILD_DIR=str(root)) as guide:
        shutil.copytree(served / "pages" / "options", root / ".draft-half" / "pages" / "options")
        shutil.copytree(served, half)
        harm(half)
        if not starts(place, BUILD_DIR=str(root))[0]:
            raise Failed("a half build stops a start that has a whole one")
        before = set(guide.workers())
        guide.process.send_signal(signal.SIGHUP)
        guide.readers.wait_for(50)
        guide.wait_for_workers(without=before, seconds=180)
        harm(served)
        guide.readers.wait_for(300)
        begins, said = starts(place, BUILD_DIR=str(root))
        if begins or "is not whole" not in said:
            raise Failed(f"a start from half a build: {said[-300:]}")
        code, said = manage("build", str(root))
        if code or not starts(place, BUILD_DIR=str(root))[0]:
            raise Failed(f"a build does not mend it: {said[-300:]}")
    return (
        "a half build beside it was passed over by new workers; every file of the served one cut "
        f"short: a start is refused, a build mends it; readers saw {dict(guide.readers.seen)}"
    )


def harm(build: Path) -> None:
    """Cut every page of a build short."""
    for file in (build / "pages").rglob("*.html*"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def stray(place: Place) -> str:
    """Unknown files lie in a build: of a desktop, of an editor, of a copy."""
    root = place.scratch / "stray"
    made = next(place.build.glob("2*"))
    served = root / made.name
    shutil.copytree(made, served)
    left = (".DS_Store", "index.html~", "options/prp/#index.html#", "options/.Trash/x.html")
    for name in left:
        file = served / "pages" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("left behind")
    code, said = manage("build", str(root))
    if code or "stands already" not in said:
        raise Failed(f"a build beside them ended with {code}: {said[-300:]}")
    with place.guide(BUILD_DIR=str(root)) as guide:
        for name in left:
            seen = guide.ask(f"/{name}".replace("#", "%23"))
            if seen.status != 404:
                raise Failed(f"/{name} is answered with {seen.status}")
    return f"{len(left)} left behind, none served; readers saw {dict(guide.readers.seen)}"
