"""One clock: one module asks what day it is, and no test passes or fails because a day has come."""

import re
import subprocess
import sys
from datetime import date, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from treatment_guide.http import clock
from treatment_guide.library.content_check import current_library
from treatment_guide.library.loading.loader import load_library

ROOT = Path(__file__).parents[2]

#: Every way to ask for the day or the time that Python and Django offer, one a line from
#: `date.today()` on; each is refused.
OTHER_WAYS = """
import datetime as dt
import email.utils
import time
from datetime import date, datetime

from django.utils import timezone

date.today()
datetime.now()
datetime.now(dt.UTC)
datetime.today()
datetime.utcnow()
dt.date.today()
dt.datetime.now(dt.UTC)
time.time()
time.time_ns()
time.clock_gettime(0)
time.localtime()
time.gmtime()
time.ctime()
time.asctime()
time.strftime("%Y")
email.utils.formatdate()
email.utils.localtime()
timezone.now()
timezone.localtime()
timezone.localdate()
from time import time
from django.utils.timezone import localdate
"""


def refused(text: str, path: str) -> set[int]:
    """The lines of a module that the linter refuses because they name a banned call."""
    said = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--output-format", "concise",
         "--stdin-filename", path, "-"],
        cwd=ROOT, input=text, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return {int(line) for line in re.findall(r":(\d+):\d+: TID251", said.stdout)}


@pytest.mark.parametrize(
    "path", ["treatment_guide/web/new.py", "treatment_guide/library/new.py", "tests/web/new.py"]
)
def test_every_other_way_to_ask_for_the_day_is_refused(path):
    """The linter refuses each of them, in every room and in tests."""
    lines = OTHER_WAYS.splitlines()
    ways = set(range(lines.index("date.today()") + 1, len(lines) + 1))

    assert refused(OTHER_WAYS, path) == ways


def test_only_the_clock_may_ask_the_machine():
    """In its own module the call is allowed, so that the rule needs no exception elsewhere."""
    text = (ROOT / "treatment_guide/http/clock.py").read_text()

    assert refused(text, "treatment_guide/http/clock.py") == set()
    assert refused(text, "treatment_guide/http/other.py") != set()


def test_no_template_asks_for_the_day():
    """Django's `{% now %}` would be a second clock."""
    templates = sorted((ROOT / "templates").rglob("*.*"))
    found = [path.name for path in templates if re.search(r"\{%-?\s*now\b", path.read_text())]

    assert len(templates) > 50
    assert found == []


def test_freeze_moves_the_clock_for_everybody(freeze):
    """Ours and Django's, to a day to come and to one long past; a second day replaces the first."""
    for day in (date(2027, 11, 30), date(1971, 3, 1)):
        freeze(day)

        assert (clock.today(), clock.now().date(), timezone.localdate()) == (day, day, day)  # noqa: TID251


def test_who_asks_the_day_where_no_test_may_fails(no_clock):
    """The guard of tests/engine and tests/library works, for the day and for the time."""
    for ask in (clock.today, clock.now):
        with pytest.raises(AssertionError, match="what day it is"):
            ask()


def run_by_make_check() -> list[str]:
    """The files and folders of tests that `make check` runs."""
    steps = (ROOT / "Makefile").read_text().partition("\ncheck:")[2].partition("finish")[0]
    return re.findall(r"\btests/[\w/.]+", steps)


#: Fixtures that stand around every test of a folder: one refuses the clock, one sets its day.
REFUSED = re.compile(r"@pytest\.fixture\(autouse=True\)\ndef \w+\(no_clock\b")
ONE_DAY = re.compile(r'@pytest\.fixture\(scope="module", autouse=True\)\ndef \w+\(the_day\b')


def test_a_test_of_make_check_asks_no_clock_or_has_a_day_of_its_own() -> None:
    """tests/engine and tests/library refuse the clock to each of their tests; the files of
    tests/content run on one day, whatever day it is. So none can pass or fail by the day.
    """
    rooms = {path: path for path in run_by_make_check() if not path.endswith(".py")}
    files = {path: "tests/content" for path in run_by_make_check() if path.endswith(".py")}

    assert list(rooms) == ["tests/engine", "tests/library"]
    assert all(path.startswith("tests/content/") for path in files)
    for folders, guard in ((rooms, REFUSED), (files, ONE_DAY)):
        for path, folder in folders.items():
            assert guard.search((ROOT / folder / "conftest.py").read_text(encoding="utf-8")), path


@pytest.mark.parametrize("path", [path for path in run_by_make_check() if path.endswith(".py")])
def test_what_a_file_of_make_check_does_before_its_tests_asks_no_clock(path, no_clock):
    """What stands outside its tests, and outside their day: the lists that it makes of them."""
    current_library()  # as the next test reads it
    spec = spec_from_file_location(f"{Path(path).stem}_on_no_day", ROOT / path)
    spec.loader.exec_module(module_from_spec(spec))


def test_the_look_at_the_content_is_the_same_on_every_day(no_clock):
    """`make check` looks at the content of today: a day to come makes no fault of it."""
    assert load_library(settings.CONTENT_DIR) == current_library()


@pytest.mark.parametrize("years", [1, 2])
def test_the_quick_loop_can_be_run_on_a_day_to_come(years):
    """`pytest --on` moves the clock of a whole run, before a test is read; one file stands for all,
    as no test can see the day.
    """
    day = clock.today() + timedelta(days=365 * years)
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--on", f"{day}",
         "tests/engine/test_parents.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert said.returncode == 0, said.stdout[-3_000:]
    assert f"the day is {day}" in said.stdout
