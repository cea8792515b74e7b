"""Recorded real nights through `update` or `build`: cold, unchanged, and the nights that follow.

    python benchmarks/nights.py [wechat-2021|wechat-2026] [--build]

Needs the recorded feeds beside the repository (../shared); says so and ends where they are absent.
Musts for wechat-2021 (issue 2): night 1 cold under 240 CPU-s and 500 MiB, unchanged under 15 CPU-s, night 2 under
120 CPU-s. With --build each night also tells the pages there are, the largest of them, and the longest list.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from measuring import Cost, measured

SHARED = Path(__file__).resolve().parents[2] / "shared"
PORT = 8765
_ROW = re.compile(rb'<(?:li|div) class="(?:row|card)[ "]')
NIGHTS = {"wechat-2021": 2, "wechat-2026": 4}


def main() -> None:
    server = SHARED / "tools" / "feedserver.py"
    if not server.exists():
        print(f"skipped: no recorded feeds in {SHARED}")
        return
    name = next((argument for argument in sys.argv[1:] if argument in NIGHTS), "wechat-2021")
    command = "build" if "--build" in sys.argv else "update"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        feeds = root / "feeds.yaml"
        served = subprocess.Popen(
            [sys.executable, server, name, "--port", str(PORT), "--write-feeds-yaml", feeds],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert served.stdout is not None
            served.stdout.readline()  # it listens now
            print(f"{name}, matrixsite {command}")
            print(f"{'night':<12}{'CPU s':>8}{'wall s':>8}{'PSS MiB':>9}  outcome")
            _night(root, command, "1, cold")
            _night(root, command, "1 again")
            for night in range(2, NIGHTS[name] + 1):
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/night?n={night}", data=b"").read()
                _night(root, command, str(night))
        finally:
            served.terminate()
            served.wait()


def _night(root: Path, command: str, label: str) -> None:
    cost: Cost = measured([sys.executable, "-m", "matrixsite", command], cwd=root)
    outcome = cost.output.strip().splitlines()[-1].replace(str(root), "")
    print(f"{label:<12}{cost.cpu:>8.1f}{cost.wall:>8.1f}{cost.memory:>9.0f}  {outcome}", flush=True)
    if command == "build":
        print(f"{'':<12}{_pages(root / 'output')}", flush=True)


def _pages(site: Path) -> str:
    """How many pages there are, and how large they grow."""
    count = largest = longest = 0
    for page in site.rglob("*.html"):
        content = page.read_bytes()
        count, largest = count + 1, max(largest, len(content))
        longest = max(longest, len(_ROW.findall(content)))
    return f"{count} pages, the largest {largest / 1000:.0f} KB, at most {longest} rows on one"


if __name__ == "__main__":
    main()
