"""The disk fails at a write, a rename or an fsync: one sentence, nothing lost or torn, and the next run finishes.

A seeded sample of all such calls that a build makes on its files; `FAULTS` in the environment asks for more of them.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Answer
from tests.crash.tracing import Call, require_strace, traced
from tests.crash.world import Outcome, assert_sound, build_options, finish, first_night, published
from tests.nights import Nights

pytestmark = pytest.mark.long

SAMPLE = int(os.environ.get("FAULTS", "3"))
RENAMES = ("rename", "renameat", "renameat2")
WRITES = ("write", "pwrite64")
SYNCS = ("fsync", "fdatasync")
_FILE = re.compile(r"[<\"]([^<>\"]+)[>\"]")
# The cache is as good as missing where it can't be written, the lock only says who holds it, and SQLite makes its
# index of the log (-shm) anew.
_MAY_FAIL = re.compile(r"settings\.cache|/lock$|-shm$|\.matrixsite/templates")


@dataclass(frozen=True, slots=True)
class World:
    """Before the second night, all that a build does then to its files, and what must come of it."""

    begun: Nights
    known: set[str]  # ids of its entries
    calls: list[tuple[str, int, list[str]]]  # name, which one of that name, files
    wanted: Outcome


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    require_strace()
    folder = tmp_path_factory.mktemp("faults")
    begun = first_night(folder / "m", ("a", "b"), items=4)
    known = {entry.id for entry in begun.load().entries(status=None)}
    undisturbed = begun.copy(folder / "undisturbed")
    answer, seen = traced(build_options(undisturbed, jobs=1), folder / "log", (*RENAMES, *WRITES, *SYNCS))
    assert answer.code == 0
    numbers: Counter[str] = Counter()
    calls = []
    for call in seen:
        if files := _files(call, undisturbed.root):
            numbers[call.name] += 1
            calls.append((call.name, numbers[call.name], files))
    return World(begun, known, calls, finish(undisturbed))


@pytest.mark.parametrize(
    ("names", "error"), [(RENAMES, "EIO"), (WRITES, "ENOSPC"), (WRITES, "EIO"), (SYNCS, "EIO")]
)
def test_a_call_that_fails(world: World, tmp_path: Path, names: tuple[str, ...], error: str) -> None:
    calls = [call for call in world.calls if call[0] in names]
    assert calls
    chosen = random.Random(f"{names}{error}").sample(calls, min(SAMPLE, len(calls)))
    for number, (name, when, files) in enumerate(chosen):
        nights = world.begun.copy(tmp_path / str(number))
        paths = {nights.root / file for each, _, found in world.calls if each == name for file in found}
        inject = f"error={error}:when={when}"
        answer, seen = traced(
            build_options(nights, jobs=1), tmp_path / "log", (name,), paths=paths, inject=inject
        )
        assert [_files(call, nights.root) for call in seen if call.injected] == [files]
        _assert_told(answer, files)
        assert_sound(nights, published(world.begun), world.wanted.site, world.known)
        assert finish(nights) == world.wanted


def _assert_told(answer: Answer, files: list[str]) -> None:
    assert "Traceback" not in answer.err
    if (
        answer.code == 0
    ):  # only what SQLite makes up for: a later run copies its log, its folder is synced at leisure
        assert all(".sqlite3" in file or file == ".matrixsite" for file in files)
        return
    assert answer.code == 3
    assert answer.err.splitlines()[-1].startswith("matrixsite: ")


def _files(call: Call, root: Path) -> list[str]:
    """The files of a matrix that a call is about, relative to its folder."""
    named = (Path(path) for path in _FILE.findall(call.rest))
    inside = [path.relative_to(root).as_posix() for path in named if path.is_relative_to(root)]
    return [] if any(_MAY_FAIL.search(file) for file in inside) else inside
