"""A matrix built once, its feeds changed, and what the next night must make of it whatever befell a run meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from matrixsite.registry.exporting import entry_line
from tests.nights import FIRST, LONG, NIGHT, Item, Nights, rss

NOW = FIRST + NIGHT
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a matrix holds."""

    entries: list[object]
    site: Files


def feeds(nights: Nights, night: int, ids: tuple[str, ...], items: int = 30) -> None:
    """What the accounts bring by a night: more entries, some of the old ones reworded."""
    for name in ids:
        words = (f"{LONG}{n}第{night if n % 5 == 0 else 1}版" for n in range(items * night))
        nights.write(f"{name}.xml", rss(*(Item(f"{name}{n}", text=text) for n, text in enumerate(words))))


def first_night(root: Path, ids: tuple[str, ...], items: int = 30) -> Nights:
    """Built once; then its feeds changed."""
    nights = Nights(root, [{"id": name, "feed": f"{name}.xml"} for name in ids])
    feeds(nights, 1, ids, items)
    nights.load().build(root / "output", now=FIRST, jobs=1)
    feeds(nights, 2, ids, items)
    return nights


def copy(nights: Nights, root: Path) -> Nights:
    """The same folder elsewhere; where it publishes to is remembered by its address, so it is named again."""
    shutil.copytree(nights.root, root)
    copied = object.__new__(Nights)
    copied.root, copied.store = root, ""
    return copied


def build_options(nights: Nights, jobs: int = 2) -> list[str | Path]:
    """`matrixsite build` on the second night."""
    where: list[str | Path] = ["-c", nights.root / "feeds.yaml", "-o", nights.root / "output"]
    return ["build", *where, "--now", NOW.isoformat(), "--jobs", str(jobs), "--force"]


def finish(nights: Nights) -> Outcome:
    """The next run, and what there is then."""
    matrix = nights.load()
    matrix.build(nights.root / "output", now=NOW, jobs=1, force=True)
    lines: list[object] = [entry_line(entry, matrix.zone) for entry in matrix.entries(status=None)]
    return Outcome(lines, published(nights))


def published(nights: Nights) -> Files:
    """Every published file with its bytes, save the token."""
    site = nights.root / "output"
    found = (path for path in site.rglob("*") if path.is_file() and path.name != ".matrixsite-output")
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}


def assert_sound(nights: Nights, before: Files, after: Files, known: set[str]) -> None:
    """As a run may leave it that failed: a sound store with all it had, each file its old or its new bytes."""
    with closing(sqlite3.connect(nights.root / ".matrixsite/store.sqlite3")) as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert known <= {entry.id for entry in nights.load().entries(status=None)}
    now = published(nights)
    assert now.keys() >= before.keys() & after.keys()
    for path, content in now.items():
        assert content in (before.get(path), after.get(path)), path
