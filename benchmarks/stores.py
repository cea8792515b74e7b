"""What a first build, a night with news and one without cost on SQLite and on PostgreSQL, and a copy between them.

    python benchmarks/stores.py --postgres postgresql+psycopg://matrix@/empty?host=/run/postgresql [--feeds 200]

The database must be empty. Of PostgreSQL the CPU of its server's processes on this machine is told beside ours.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
from city import City, document
from measuring import Cost, measured

BUILD = (sys.executable, "-m", "matrixsite", "build", "--offline", "--jobs", "2")
MORE = 2  # entries of each feed that the second night brings


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare stores.")
    parser.add_argument("--postgres", required=True, metavar="URL", help="an empty database")
    parser.add_argument("--feeds", type=int, default=200)
    options = parser.parse_args()
    city = City(options.feeds)
    print(f"{city.feeds} feeds of {city.entries} entries, then {MORE} more each")
    print(f"{'':<34}{'CPU s':>8}{'server s':>10}{'wall s':>8}{'PSS MiB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, store in (("SQLite", "store.sqlite3"), ("PostgreSQL", options.postgres)):
            root = place / name
            _write(root, city, store)
            _line(f"{name}, first build", lambda root=root: measured(BUILD, cwd=root))
            _write(root, replace(city, entries=city.entries + MORE), store)
            _line(
                f"{name}, a night of {MORE * city.feeds} entries", lambda root=root: measured(BUILD, cwd=root)
            )
            _line(f"{name}, a night without news", lambda root=root: measured(BUILD, cwd=root))
        copy = (sys.executable, "-m", "matrixsite", "store", "copy", options.postgres, "copied.sqlite3")
        _line("copy, PostgreSQL to SQLite", lambda: measured(copy, cwd=place))
        (place / "copied.sqlite3").unlink()
        shutil.rmtree(place / "PostgreSQL")


def _write(root: Path, city: City, store: str) -> None:
    root.mkdir(exist_ok=True)
    accounts = ""
    for number in range(city.feeds):
        (root / f"{number}.xml").write_bytes(document(city, number))
        account = f"id: a{number}, name: 账号{number}发布, member: m{number // 3}, platform: wechat"
        accounts += f"- {{{account}, feed: {number}.xml}}\n"
    site = '{title: 大矩阵, url: "https://matrix.example.org"}'
    (root / "feeds.yaml").write_text(f"site: {site}\nstore: {store}\naccounts:\n{accounts}", encoding="utf-8")


def _line(label: str, act: Callable[[], Cost]) -> None:
    before = _servers()
    cost = act()
    print(
        f"{label:<34}{cost.cpu:>8.1f}{_servers() - before:>10.1f}{cost.wall:>8.1f}{cost.memory:>9.0f}",
        flush=True,
    )


def _servers() -> float:
    """CPU seconds of the PostgreSQL servers here, of processes that ended too."""
    total = 0.0
    for process in psutil.process_iter(["name"]):
        if process.info["name"] == "postgres":
            times = process.cpu_times()
            parent = process.parent()
            is_child = parent is not None and parent.name() == "postgres"
            total += times.user + times.system
            total += 0 if is_child else times.children_user + times.children_system
    return total


if __name__ == "__main__":
    main()
