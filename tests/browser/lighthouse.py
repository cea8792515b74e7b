"""Lighthouse's marks for the four pages that readers see most: python -m tests.browser.lighthouse [SITE]

SITE is the sample built into output/ by default. Every category must reach MUST; where one doesn't, the page has
further runs, for a busy machine costs performance. Prints a line a page and what marks were lost for; exits 1 where one
is short.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.browser.conftest import Served

VERSION = "12.8.2"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MUST = 95
TRIES = 3
ROOT = Path(__file__).parents[2]


def main() -> int:
    site = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "output")
    chromium = shutil.which("chromium")
    if not chromium or not there():
        print("SKIPPED: Lighthouse needs chromium, and npx to get it by")
        return 0
    short = False
    with Served(site) as served:
        for path in pages(site):
            marks, lost = dict.fromkeys(CATEGORIES, 0), list[str]()
            for _ in range(TRIES):
                again, lost = marked(f"{served.url}/{path}", chromium)
                marks = {name: max(mark, again[name]) for name, mark in marks.items()}
                if min(marks.values()) >= MUST:
                    break
            print(path, *(f"{name} {mark}" for name, mark in marks.items()), sep="  ", flush=True)
            if min(marks.values()) < MUST:
                short = True
                print(*(f"    {line}" for line in lost), sep="\n")
    return short


def there() -> bool:
    """Whether Lighthouse can be had here."""
    if not shutil.which("npx"):
        return False
    command = ("npx", "--yes", f"lighthouse@{VERSION}", "--version")
    return subprocess.run(command, capture_output=True, timeout=300, check=False).returncode == 0


def pages(site: Path) -> Iterator[str]:
    """Home, the story of most carriers, its account, its entry."""
    files = sorted((site / "api/v1/stories").glob("*.json"))
    stories = [story for file in files for story in json.loads(file.read_text("utf-8"))["stories"]]
    widest = max(stories, key=lambda story: (len(story["carriers"]), story["id"]))
    first = next(one for one in widest["carriers"] if one["entry"] == widest["original"])
    below = [address.split("/", 3)[3] for address in (widest["url"], first["url"])]
    yield from ("index.html", below[0], f"accounts/{first['account']}/index.html", below[1])


def marked(address: str, chromium: str) -> tuple[Mapping[str, int], list[str]]:
    """The mark of each category, and the audits that are not perfect."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = (
            *("npx", "--yes", f"lighthouse@{VERSION}", address, "--quiet", "--output=json"),
            *(f"--output-path={report}", "--chrome-flags=--headless=new --no-sandbox"),
            *("--only-categories=" + ",".join(CATEGORIES), "--no-enable-error-reporting"),
        )
        environment = {**os.environ, "CHROME_PATH": chromium}
        done = subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL, timeout=300)
        if done.returncode or not report.exists():
            return dict.fromkeys(CATEGORIES, 0), [f"Lighthouse ended with {done.returncode}"]
        found: Mapping[str, Any] = json.loads(report.read_text("utf-8"))
    marks = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in CATEGORIES}
    lost = [
        f"{audit['id']}: {audit['score']} {audit.get('displayValue', '')}"
        for audit in found["audits"].values()
        if audit["score"] is not None and audit["score"] < 1
    ]
    return marks, lost


if __name__ == "__main__":
    sys.exit(main())
