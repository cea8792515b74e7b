"""The journal of a publication: what is to be recorded and deleted, written before the first rename.

What is to be moved is what lies in the stage. A run that finds the journal of an interrupted publication first finishes
that: every step may be done twice. So each file is its old or its new bytes at every moment, and the manifest never
lags behind the folder for long.

A line for the publication, then one for each page that was made, as it comes from the workers, then one for each path
that is no more. Nobody holds more than a line of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from matrixsite.site.manifest import Known


@dataclass(frozen=True, slots=True)
class Publication:
    """What is published where. `acknowledged` is the last change of the outbox that the pages know of."""

    folder: str
    stage: str
    token: str
    acknowledged: int
    edition: str


class Draft:
    """A journal that is being written beside its place; it counts when it is finished."""

    def __init__(self, publication: Publication, file: Path) -> None:
        self.publication, self._file, self._part = publication, file, file.with_suffix(".part")
        self._stream = self._part.open("w", encoding="ascii")
        self._stream.write(_line(asdict(publication)))
        self.empty = True

    def record(self, lines: str) -> None:
        """Add pages, as `page_line` writes them."""
        self._stream.write(lines)
        self.empty = self.empty and not lines

    def finish(self, removes: Iterable[str]) -> Journal:
        """Add what is no more, and put it in its place when it and all that it speaks of are on the disk."""
        self._stream.writelines(map(_line, removes))
        self._stream.flush()
        os.fsync(self._stream.fileno())
        os.sync()  # the staged files: what renames put in place must be on the disk before its name is
        os.replace(self._part, self._file)
        return Journal(self.publication, self._file)

    def __enter__(self) -> Draft:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()
        self._part.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal in its place."""

    publication: Publication
    file: Path

    def pages(self) -> Iterator[Known]:
        """What is to be recorded."""
        for path, kind, key, fingerprint, digest in self._lines("["):
            yield Known(path, kind, key, bytes.fromhex(fingerprint), bytes.fromhex(digest))

    def removes(self) -> Iterator[str]:
        """The paths that are no more."""
        return self._lines('"')

    def _lines(self, begin: str) -> Iterator[Any]:
        with self.file.open(encoding="ascii") as lines:
            yield from (json.loads(line) for line in lines if line.startswith(begin))


def page_line(page: Known) -> str:
    """A page to record."""
    return _line([page.path, page.kind, page.key, page.fingerprint.hex(), page.digest.hex()])


def read_journal(file: Path) -> Journal | None:
    """The journal of a publication that was interrupted; None where there is none."""
    try:
        with file.open(encoding="ascii") as lines:
            return Journal(Publication(**json.loads(next(lines))), file)
    except FileNotFoundError:
        return None


def _line(value: Any) -> str:
    return json.dumps(value) + "\n"
