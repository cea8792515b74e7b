"""What was published where (`site.publish.Manifest`): a row a page, with what it was made from and its digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from matrixsite.site.kinds import Kind
from matrixsite.site.manifest import Known
from matrixsite.store.bulk import upsert_rows
from matrixsite.store.database import Database, chunks
from matrixsite.store.outbox import IMAGES_SEEN, LISTS_SEEN, latest_change
from matrixsite.store.runs import remembered
from matrixsite.store.schema import change, output, page

_KNOWN = (page.c.path, page.c.kind, page.c.key, page.c.fingerprint, page.c.digest)
_ROW = ("output", "path", "kind", "key", "fingerprint", "digest")
_UNKNOWN = b"\0"  # a fingerprint that nothing has
_HALF = 8  # bytes of a fingerprint that are its kind's


class StoreManifest:
    """The manifest of one output folder, which is known by its resolved path."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database, self._folder = database, str(folder)
        with database.read() as connection:
            row = connection.execute(select(output).where(output.c.folder == self._folder)).one_or_none()
        self._id = row.id if row else 0
        self.token = row.token if row else ""
        self.acknowledged = row.acknowledged if row else 0
        self.edition = row.edition if row else ""

    def count(self, kind: Kind | None = None) -> int:
        with self._database.read() as connection:
            query = select(func.count()).select_from(page).where(page.c.output == self._id)
            if kind:
                query = query.where(page.c.kind == kind)
            return connection.scalar(query) or 0

    def mark_of(self, kind: Kind) -> bytes:
        query = select(page.c.fingerprint).where(page.c.output == self._id, page.c.kind == kind)
        with self._database.read() as connection:  # by key, since those without are distrusted
            return (connection.scalar(query.order_by(page.c.key).limit(1)) or b"")[:_HALF]

    def units_of(self, kind: Kind) -> set[str]:
        query = select(page.c.key).where(page.c.output == self._id, page.c.kind == kind).distinct()
        with self._database.read() as connection:
            return set(connection.scalars(query))

    def of_units(self, kind: Kind, keys: Sequence[str]) -> list[Known]:
        query = select(*_KNOWN).where(page.c.output == self._id, page.c.kind == kind)
        with self._database.read() as connection:
            return [
                _known(row)
                for part in chunks(keys)
                for row in connection.execute(query.where(page.c.key.in_(part)))
            ]

    def of_kind(self, kind: Kind) -> Iterator[Known]:
        query = select(*_KNOWN).where(page.c.output == self._id, page.c.kind == kind)
        with self._database.read() as connection:
            for row in connection.execute(query.execution_options(yield_per=1000)):
                yield _known(row)

    def at(self, paths: Iterable[str]) -> list[Known]:
        query = select(*_KNOWN).where(page.c.output == self._id)
        with self._database.read() as connection:
            return [
                _known(row)
                for part in chunks(paths)
                for row in connection.execute(query.where(page.c.path.in_(part)))
            ]

    def distrust(self, paths: Iterable[str]) -> None:
        with self._database.write() as connection:
            for part in chunks(paths):
                doubted = update(page).where(page.c.output == self._id, page.c.path.in_(part))
                connection.execute(doubted.values(key="", fingerprint=_UNKNOWN, digest=b""))

    def begin(self, token: str) -> None:
        with self._database.write() as connection:
            if self._id:
                connection.execute(delete(page).where(page.c.output == self._id))
                connection.execute(delete(output).where(output.c.id == self._id))
            connection.execute(insert(output).values(folder=self._folder, token=token))
            self._id = connection.scalar(select(output.c.id).where(output.c.folder == self._folder)) or 0
        self.token, self.acknowledged, self.edition = token, 0, ""

    def commit(self, pages: Iterable[Known], removed: Iterable[str], acknowledged: int, edition: str) -> None:
        with self._database.write() as connection:
            for part in chunks(removed):
                connection.execute(delete(page).where(page.c.output == self._id, page.c.path.in_(part)))
            for rows in chunks(pages):
                upsert_rows(connection, page, _ROW, [self._row(known) for known in rows])
            values = {"acknowledged": acknowledged, "edition": edition}
            connection.execute(update(output).where(output.c.id == self._id).values(values))
            _forget_changes(connection)
        self.acknowledged, self.edition = acknowledged, edition

    def _row(self, known: Known) -> tuple[Any, ...]:
        return self._id, known.path, known.kind, known.key, known.fingerprint, known.digest


def _forget_changes(connection: Connection) -> None:
    """The outbox keeps what somebody has not heard of yet, and its last row, for numbers must not be used again.

    A build tells its folder of what another run took in after pictures and lists were brought in line.
    """
    heard = connection.scalar(select(func.min(output.c.acknowledged))) or 0
    others = (remembered(connection, name) for name in (IMAGES_SEEN, LISTS_SEEN))
    heard = min([heard, *(int(seen) for seen in others if seen)])
    last = latest_change(connection)
    connection.execute(
        delete(change).where(change.c.seq <= bindparam("heard")), {"heard": min(heard, last - 1)}
    )


def _known(row: Any) -> Known:
    return Known(row.path, row.kind, row.key, row.fingerprint, row.digest)


def output_folders(connection: Connection) -> list[Path]:
    """Every folder that a site was published to."""
    return [Path(folder) for folder in connection.scalars(select(output.c.folder).order_by(output.c.folder))]
