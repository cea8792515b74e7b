"""The program run on an archive: its commands, what they cost, what they wrote."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from measuring import Cost, measured

from .posts import night_of

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {"PYTHONPATH": f"{ROOT}:{ROOT / 'benchmarks'}"}
MATRIXSITE = (sys.executable, "-m", "matrixsite")
_WRITTEN = re.compile(r"site: (\d+) written, (\d+) removed")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build cost, and the files that it says it wrote and removed."""

    cost: Cost
    written: int
    removed: int


def update(folder: Path, night: int) -> Cost:
    """`matrixsite update` of that night."""
    return measured(_command("update", night), cwd=folder, env=ENVIRONMENT)


def build(folder: Path, night: int, *words: str) -> Built:
    """`matrixsite build` of that night, update and all."""
    cost = measured((*_command("build", night), *words), cwd=folder, env=ENVIRONMENT)
    told = _WRITTEN.search(cost.output)
    if told is None:
        raise RuntimeError(f"the build says not what it wrote:\n{cost.output}")
    return Built(cost, int(told[1]), int(told[2]))


def _command(name: str, night: int) -> Sequence[str]:
    return (*MATRIXSITE, name, "--offline", "--now", night_of(night).isoformat())


@dataclass(frozen=True, slots=True)
class Standing:
    """A site's files: when and in which inode each was written, and what it says."""

    marks: dict[str, tuple[int, int]]
    digests: dict[str, bytes]

    @classmethod
    def of(cls, site: Path) -> Standing:
        """As they lie there now."""
        files = [path for path in site.rglob("*") if path.is_file()]
        marks = {str(path.relative_to(site)): (path.stat().st_mtime_ns, path.stat().st_ino) for path in files}
        digests = {str(path.relative_to(site)): blake2b(path.read_bytes()).digest() for path in files}
        return cls(marks, digests)

    def written_since(self, before: Standing) -> set[str]:
        """Files that were written."""
        return {name for name, mark in self.marks.items() if before.marks.get(name) != mark}

    def in_vain(self, before: Standing) -> set[str]:
        """Of these, the ones that say what they said before."""
        return {name for name in self.written_since(before) if before.digests.get(name) == self.digests[name]}


@dataclass(frozen=True, slots=True)
class Size:
    """How large a site is."""

    files: int
    pages: int  # of HTML
    megabytes: float

    @classmethod
    def of(cls, site: Path) -> Size:
        """Of the files in that folder."""
        files = [path for path in site.rglob("*") if path.is_file()]
        total = sum(path.stat().st_size for path in files)
        return cls(len(files), sum(path.suffix == ".html" for path in files), total / 1e6)

    def __str__(self) -> str:
        return f"{self.files:,} files, {self.pages:,} of them pages, {self.megabytes:,.0f} MB"
