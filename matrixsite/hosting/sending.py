"""Bringing a target in line with the published folder: batch by batch, each confirmed before it is written down.

Pictures first, then entries and stories, then what links to these, the home page, deletions last: whoever is
interrupted leaves links that resolve, and goes on where the ledger ends. A batch that isn't confirmed ends the upload
before anything that links to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from matrixsite.errors import PublishFailed
from matrixsite.hosting.target import Target, Upload
from matrixsite.pipeline.progress import Progress
from matrixsite.site.kinds import Kind
from matrixsite.site.placing import deletion_order
from matrixsite.site.publish import is_excessive, is_guarded
from matrixsite.site.stage import file_digest
from matrixsite.store.database import chunks

BATCH = 2000  # files a call: a program is started, or a connection made, for each
_FIRST, _LEAVES, _LAST = (Kind.IMAGE,), (Kind.ENTRY, Kind.STORY), (Kind.HOME,)
_LISTS = tuple(kind for kind in Kind if kind not in (*_FIRST, *_LEAVES, *_LAST))
STAGES: dict[str, tuple[Kind, ...]] = {  # by the name that progress gives them
    "pictures": _FIRST,
    "entries": _LEAVES,
    "lists": _LISTS,
    "home": _LAST,
}


class Ledger(Protocol):
    """What is known to lie at a target, beside what the site has (`store.ledger`)."""

    def missing(self, kinds: Sequence[Kind]) -> Iterator[Upload]: ...
    def every(self) -> Iterator[Upload]: ...
    def surplus(self) -> Iterator[str]: ...
    def count_missing(self, kinds: Sequence[Kind]) -> int: ...
    def count_pages(self) -> int: ...
    def count(self) -> int: ...
    def confirm(self, uploads: Iterable[Upload]) -> None: ...
    def forget(self, paths: Iterable[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """How many files a target has to be given and to lose."""

    send: int
    delete: int
    kept: int


def difference(ledger: Ledger) -> Difference:
    """What `bring` would do."""
    send = ledger.count_missing(tuple(Kind))
    return Difference(send, sum(1 for _ in ledger.surplus()), ledger.count_pages() - send)


def verify(folder: Path, target: Target, ledger: Ledger, progress: Progress) -> None:
    """Ask the target itself what it has of the site, and correct the ledger: after files there were touched by
    others, or to go on with a target whose ledger was lost."""
    progress.stage("verifying", ledger.count_pages())
    for uploads in chunks(ledger.every(), BATCH):
        holding = target.holding(folder, uploads)
        ledger.confirm(upload for upload in uploads if upload.path in holding)
        ledger.forget(upload.path for upload in uploads if upload.path not in holding)
        progress.advance(len(uploads))


def require_few_deletions(ledger: Ledger, address: str) -> None:
    """Refuse what is more likely an accident than a wish, as a build does. Raises PublishFailed."""
    gone, count = sum(map(is_guarded, ledger.surplus())), ledger.count()
    if is_excessive(gone, count):
        raise PublishFailed(
            f"{gone} of {count} files at {address} would go, over a tenth; --force deletes them"
        )


def bring(folder: Path, target: Target, ledger: Ledger, progress: Progress, *, size: int = BATCH) -> None:
    """Send what the target misses, delete what it has too much, so many files at a time.

    Raises PublishFailed with the ledger up to date.
    """
    for name, kinds in STAGES.items():
        if count := ledger.count_missing(kinds):
            progress.stage(f"uploading {name}", count)
            for uploads in chunks(ledger.missing(kinds), size):
                _send(folder, target, ledger, uploads)
                progress.advance(len(uploads))
    progress.stage("deleting")
    for paths in chunks(sorted(ledger.surplus(), key=deletion_order), size):
        target.delete(paths)
        ledger.forget(paths)
        progress.advance(len(paths))


def _send(folder: Path, target: Target, ledger: Ledger, uploads: Sequence[Upload]) -> None:
    """What is on its way isn't known any more, what was confirmed is."""
    for upload in uploads:
        if file_digest(folder / upload.path) != upload.digest:
            raise PublishFailed(
                f"{folder / upload.path} isn't as it was built; run `matrixsite build --repair`, then publish again"
            )
    ledger.forget(upload.path for upload in uploads)
    target.send(folder, [upload.path for upload in uploads])
    holding = target.holding(folder, uploads)
    ledger.confirm(upload for upload in uploads if upload.path in holding)
    lost = [upload.path for upload in uploads if upload.path not in holding]
    if lost:
        raise PublishFailed(
            f"{len(lost)} files were sent and aren't there, {lost[0]} among them; publish again to send them again"
        )
