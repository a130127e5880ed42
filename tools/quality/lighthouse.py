"""What Lighthouse says about a page, on a phone."""

import json
import os
import subprocess
from pathlib import Path

from tools.browser import FLAGS, say
from tools.quality.programs import MODULES
from tools.quality.served import fetch

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3  # a busy machine makes a page look slow; the best of these counts
#: Pages of answers tell search engines to stay away, and are right to.
WANTS_NO_SEARCH = "is-crawlable"


def measure(kind: str, url: str, chromium: Path, node: str) -> list[str]:
    """One line of the table; what is below 100."""
    private = 'name="robots" content="noindex"' in fetch(url)
    best: dict[str, int] = {}
    why: dict[str, list[str]] = {}
    for _ in range(TRIES):
        report = lighthouse(url, private, chromium, node)
        if not report:
            continue
        for name in CATEGORIES:
            score = round(100 * (report["categories"][name]["score"] or 0))
            if score > best.get(name, -1):
                best[name], why[name] = score, below(report, name)
        if min(best.values()) == 100:
            break
    if not best:
        return [f"{kind}: Lighthouse gave no report in {TRIES} tries"]
    row = "".join(f"{best[name]:>16}" for name in CATEGORIES)
    print(f"{kind:<24}{'(p)' if private else '':>4}{row}", flush=True)
    return [
        f"{kind} {name} {best[name]}: {', '.join(why[name])}" for name in best if best[name] < 100
    ]


def lighthouse(url: str, private: bool, chromium: Path, node: str) -> dict | None:
    """The report of one run; None where the run broke off, as it may on a busy machine."""
    tool = MODULES / "lighthouse/cli/index.js"
    command = [
        *(node, str(tool), url, "--quiet", "--output=json", "--output-path=stdout"),
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        *([f"--skip-audits={WANTS_NO_SEARCH}"] if private else []),
    ]
    env = {**os.environ, "CHROME_PATH": str(chromium)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        say(f"Lighthouse broke off on {url}: {done.stderr.strip()[-300:]}")
        return None
    return json.loads(done.stdout)


def below(report: dict, category: str) -> list[str]:
    """The audits of a category that cost points."""
    return [
        f"{audit['id']} {audit.get('displayValue', '')}".strip()
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"]
        and (audit := report["audits"][reference["id"]])["score"] is not None
        and audit["score"] < 1
    ]
