"""The errors a caller can act upon, grouped by what can be done about them.

    MatrixError
    ├── SettingsError     settings or editors' files are wrong: mend the files named in `problems`
    ├── PluginBroken      a plugin that they name is not there, or can't be loaded
    ├── StoreError        the store can't be read or written
    │   └── StoreTooNew   it belongs to a newer matrixsite: upgrade
    ├── EngineUnknown     `--engine` names none that there is here
    ├── EngineLost        the cluster doesn't answer, or no longer: nothing stored is lost
    ├── BoardRefused      the office's board can't be written there, or as asked
    ├── TargetUnknown     `publish --to` names no place
    ├── PublishFailed     not all of the site got there: what did is known, the next publish goes on
    ├── BuildFailed       the site could not be built; the old one stands
    └── Locked            another run is at work: wait for it, or end it

A feed's failure is none of these: it is a value (`model.Reason`) that the run records and reports.
Everything else that is raised is a bug and is left to show its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

__all__ = [
    "BoardRefused",
    "BuildFailed",
    "EngineLost",
    "EngineUnknown",
    "Locked",
    "MatrixError",
    "PluginBroken",
    "Problem",
    "PublishFailed",
    "SettingsError",
    "StoreError",
    "StoreTooNew",
    "TargetUnknown",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a settings or editors' file, with all a person needs to mend it."""

    file: str  # path as the operator would type it, relative to the folder of feeds.yaml where inside it
    line: int  # 1-based; 0 where the file as a whole is meant
    field: str  # dotted path: accounts.3.platform; empty for the file
    reason: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" {self.field}:" if self.field else ""
        return f"{place}:{field} {self.reason}. {self.mend}".rstrip()


class MatrixError(Exception):
    """Base of all expected errors; `exit_code` is what the command line answers with."""

    exit_code: ClassVar[int] = 3


class SettingsError(MatrixError):
    """Settings or content are wrong; all problems at once, nothing done."""

    exit_code: ClassVar[int] = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PluginBroken(MatrixError):
    """A plugin that settings or a formula name isn't installed, or can't be loaded."""

    exit_code: ClassVar[int] = 2


class StoreError(MatrixError):
    """The store can't be read or written (full disk, no rights, broken file)."""


class StoreTooNew(StoreError):
    """The store was written by a newer matrixsite, which this one must not touch."""


class EngineUnknown(MatrixError):
    """What `--engine` was given is no engine, or its package is not installed."""

    exit_code: ClassVar[int] = 2


class EngineLost(MatrixError):
    """The cluster doesn't answer, or no longer. What was stored is stored; the next run goes on."""


class BoardRefused(MatrixError):
    """The office's board can't be written: into that folder, of that month, or without a package that it needs."""

    exit_code: ClassVar[int] = 2


class TargetUnknown(MatrixError):
    """What `publish --to` was given names no place."""

    exit_code: ClassVar[int] = 2


class PublishFailed(MatrixError):
    """Not all of the site got to its target. What did is in the ledger; publishing again sends the rest."""


class BuildFailed(MatrixError):
    """The site could not be built or published; the old site stands."""


class Locked(MatrixError):
    """Another run holds the lock of this matrix."""

    exit_code: ClassVar[int] = 4

    def __init__(self, lock: Path | str, holder: str) -> None:
        self.lock, self.holder = lock, holder
        super().__init__(f"another run is at work: {holder} (lock: {lock}); wait for it to end")
