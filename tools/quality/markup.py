"""What the Nu checker and html-validate say about the pages."""

import json
from pathlib import Path

from tools.quality.programs import MODULES, QUALITY, VNU, output

#: CSS that is newer than the Nu checker. Browsers that do not know it pass over it.
NOT_YET_KNOWN = ("“field-sizing”: Property “field-sizing” doesn't exist",)


def check_markup(pages: dict[str, str], folder: Path, node: str, java: str) -> list[str]:
    """What the Nu checker and html-validate say about pages."""
    names = {}
    for number, (address, text) in enumerate(pages.items()):
        names[f"{number}.html"] = address
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    files = [str(folder / name) for name in names]

    nu = output(
        [java, "-jar", str(VNU), "--format", "json", "--stdout", "--exit-zero-always", *files]
    )
    found = [
        f"Nu: {names[Path(fault['url']).name]} line {fault.get('lastLine')}: {fault['message']}"
        for fault in json.loads(nu)["messages"]
        if fault["type"] == "error" or fault.get("subType") == "warning"
        if not any(words in fault["message"] for words in NOT_YET_KNOWN)
    ]
    print(f"{'Nu checker':<24}{len(pages):>4} pages  {len(found):>4} faults")

    tool = MODULES / "html-validate/bin/html-validate.mjs"
    rules = ["--config", str(QUALITY / "htmlvalidate.json")]
    said = json.loads(
        output([node, str(tool), *rules, "--formatter", "json", *files], status=(0, 1))
    )
    more = [
        f"html-validate: {names[Path(page['filePath']).name]} line {fault['line']}: "
        f"{fault['message']} ({fault['ruleId']})"
        for page in said
        for fault in page["messages"]
    ]
    print(f"{'html-validate':<24}{len(pages):>4} pages  {len(more):>4} faults")
    return found + more
