"""Content ten times as large, made in a temporary folder from the real one.

Topics with their facts and sources are copied under new ids, until there are ten times as many
reading pages. Options and questions stay: their number decides how long a list is.
"""

import re
import shutil
from pathlib import Path

from treatment_guide.library.text.page_rules import LOOKED_UP

TIMES = 10


def enlarge(content: Path, target: Path) -> Path:
    """The larger content, ready to be loaded."""
    shutil.copytree(content, target)
    flow_file = target / "guide/flow.yaml"
    flow = flow_file.read_text()
    row = re.search(r"^topics: \[(.+?)\]", flow, re.MULTILINE | re.DOTALL)
    if not row:
        raise SystemExit("flow.yaml lists no topics")
    # Lists for looking things up may be longer than any other page; their copies would be too long.
    topics = [name for name in re.split(r",\s*", row[1]) if ("topic", name) not in LOOKED_UP]
    pages = sum(
        1
        for folder in ("options", "situations", "steps", "topics", "about")
        for _ in (target / "en" / folder).glob("*.md")
    )
    copies = -(-pages * (TIMES - 1) // len(topics))
    names = []
    for number in range(copies):
        mark = f"-copy{_letters(number)}"
        for topic in topics:
            names.append(topic + mark)
            text = (target / f"en/topics/{topic}.md").read_text()
            (target / f"en/topics/{topic}{mark}.md").write_text(
                _spread(_renamed(text, mark), number)
            )
        copied_facts(target, mark, number)
    flow_file.write_text(flow.replace(row[1], ", ".join([row[1], *names]), 1))
    return target


def _letters(number: int) -> str:
    """A number in letters: words of the guide hold no digits."""
    first, second = divmod(number, 26)
    return chr(97 + first) + chr(97 + second)


def _renamed(text: str, mark: str) -> str:
    """A page that shows the copies of its facts."""
    return re.sub(r"<fact:([a-z0-9-]+)>", rf"<fact:\1{mark}>", text)


def _spread(text: str, number: int) -> str:
    """A text whose days of `check-by` are in a month of its copy: no month may hold too many."""
    return re.sub(r"check-by: \S+", f"check-by: 2027-{1 + number % 9:02}-15", text)


def copied_facts(target: Path, mark: str, number: int) -> None:
    """Every fact that a topic shows, again under another id."""
    shown = {
        fact.removesuffix(mark)
        for page in (target / "en/topics").glob(f"*{mark}.md")
        for fact in re.findall(r"<fact:([a-z0-9-]+)>", page.read_text())
    }
    for kind, folder, ending in (("yaml", "guide/facts", "yaml"), ("md", "en/facts", "md")):
        parts = []
        for file in sorted((target / folder).glob(f"*.{ending}")):
            if "-copy" not in file.name:
                parts += _entries(file.read_text(), kind, shown, mark)
        (target / folder / f"all{mark}.{ending}").write_text(_spread("".join(parts), number))


def _entries(text: str, kind: str, shown: set[str], mark: str) -> list[str]:
    """The entries of a file that are shown, renamed."""
    head = r"^([a-z0-9-]+):" if kind == "yaml" else r"^## ([a-z0-9-]+)$"
    starts = list(re.finditer(head, text, re.MULTILINE))
    ends = [*(each.start() for each in starts[1:]), len(text)]
    return [
        text[each.start() : each.end(1)] + mark + text[each.end(1) : end].rstrip("\n") + "\n\n"
        for each, end in zip(starts, ends, strict=True)
        if each[1] in shown
    ]
