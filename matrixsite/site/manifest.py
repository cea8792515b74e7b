"""What is known of a published folder: a row a page, which the store keeps (`store.outputs`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from matrixsite.site.kinds import Kind


@dataclass(frozen=True, slots=True)
class Known:
    """What the manifest says of a page."""

    path: str
    kind: str
    key: str
    fingerprint: bytes
    digest: bytes


class Pages(Protocol):
    """The manifest of the folder that is built for."""

    def mark_of(self, kind: Kind) -> bytes:
        """The kind's fingerprint under which its pages were made, all under the same; empty where there is none, of
        no kind's while one is distrusted."""

    def units_of(self, kind: Kind) -> set[str]:
        """The keys of the units of a kind that have pages."""

    def of_units(self, kind: Kind, keys: Sequence[str]) -> list[Known]:
        """The pages of these units."""

    def of_kind(self, kind: Kind) -> Iterator[Known]:
        """All pages of a kind, a few at a time, in any order."""


class Manifest(Pages, Protocol):
    """What the store knows of one published folder. Each call that writes is one transaction."""

    token: str  # empty where we never published there
    acknowledged: int  # the last change of the outbox that its pages know of
    edition: str  # fingerprint of everything but the outbox

    def count(self, kind: Kind | None = None) -> int:
        """How many pages there are, of all kinds or of one."""

    def at(self, paths: Iterable[str]) -> list[Known]:
        """The pages that stand at these paths."""

    def distrust(self, paths: Iterable[str]) -> None:
        """Forget what these pages were made from and what bytes they had: they are made again."""

    def begin(self, token: str) -> None:
        """From now on the folder carries this token and none of its files is ours."""

    def commit(self, pages: Iterable[Known], removed: Iterable[str], acknowledged: int, edition: str) -> None:
        """These pages are published, these are no more. Both may be many and are read once."""


class ManifestOf(Protocol):
    """Finds the manifest of a folder."""

    def __call__(self, folder: Path, /) -> Manifest: ...
