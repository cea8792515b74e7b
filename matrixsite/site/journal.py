"""The journal of a publication: what is to be recorded and deleted, written before the first rename.

What is to be moved is what lies in the stage.

A run that finds one of an interrupted publication first finishes that: every step may be done twice. So each file is
its old or its new bytes at every moment, and the manifest never lags behind the folder for long.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matrixsite.site.production import Known


@dataclass(frozen=True, slots=True)
class Journal:
    """One publication. `acknowledged` is the last change of the outbox that the pages know of."""

    folder: str
    stage: str
    token: str
    acknowledged: int
    edition: str
    removes: tuple[str, ...]
    pages: tuple[Known, ...]  # to record


def write_journal(journal: Journal, file: Path) -> None:
    """Write it whole, on the disk before its name is."""
    part = file.with_suffix(".part")
    with part.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in _lines(journal))
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(part, file)


def read_journal(file: Path) -> Journal | None:
    """The journal of a publication that was interrupted; None where there is none."""
    try:
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return None
    head = lines[0]
    return Journal(
        **head,
        removes=tuple(line["remove"] for line in lines[1:] if "remove" in line),
        pages=tuple(_known(line["page"]) for line in lines[1:] if "page" in line),
    )


def _lines(journal: Journal) -> Iterable[dict[str, Any]]:
    yield {
        "folder": journal.folder,
        "stage": journal.stage,
        "token": journal.token,
        "acknowledged": journal.acknowledged,
        "edition": journal.edition,
    }
    yield from ({"remove": path} for path in journal.removes)
    for page in journal.pages:
        yield {"page": [page.path, page.kind, page.key, page.fingerprint.hex(), page.digest.hex()]}


def _known(line: list[str]) -> Known:
    path, kind, key, fingerprint, digest = line
    return Known(path, kind, key, bytes.fromhex(fingerprint), bytes.fromhex(digest))
