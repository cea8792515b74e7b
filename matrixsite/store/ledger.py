"""What is known to lie at a place that the site is uploaded to, beside what the manifest says should."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select

from matrixsite.hosting.target import Upload
from matrixsite.site.kinds import Kind
from matrixsite.store.bulk import upsert_rows
from matrixsite.store.database import Database, chunks
from matrixsite.store.schema import hosted, output, page

_ROW = ("target", "path", "digest")


class StoreLedger:
    """The ledger of one target for the site in one folder. It is written only after the target confirmed."""

    def __init__(self, database: Database, target: str, folder: Path) -> None:
        self._database, self._target = database, target
        with database.read() as connection:
            named = select(output.c.id).where(output.c.folder == str(folder))
            self._output = connection.scalar(named) or 0
        self._there = and_(hosted.c.target == target, hosted.c.path == page.c.path)

    def missing(self, kinds: Collection[Kind]) -> Iterator[Upload]:
        """Pages of these kinds of which the target isn't known to have these bytes, by path."""
        differs = or_(hosted.c.path.is_(None), hosted.c.digest != page.c.digest)
        return self._uploads(self._pages(kinds).where(differs))

    def every(self) -> Iterator[Upload]:
        """All pages of the site, by path."""
        return self._uploads(self._pages(tuple(Kind)))

    def surplus(self) -> Iterator[str]:
        """Paths that the target has, and the site no longer, in any order."""
        gone = select(page.c.path).where(page.c.output == self._output, page.c.path == hosted.c.path)
        query = select(hosted.c.path).where(hosted.c.target == self._target, ~gone.exists())
        with self._database.read() as connection:
            yield from connection.scalars(query.execution_options(yield_per=1000))

    def count_missing(self, kinds: Collection[Kind]) -> int:
        """How many pages `missing` would give."""
        differs = or_(hosted.c.path.is_(None), hosted.c.digest != page.c.digest)
        return self._count(self._pages(kinds).where(differs))

    def count_pages(self) -> int:
        """How many pages the site has."""
        return self._count(self._pages(tuple(Kind)))

    def count(self) -> int:
        """How many files the target is known to have."""
        return self._count(select(hosted.c.path).where(hosted.c.target == self._target))

    def confirm(self, uploads: Iterable[Upload]) -> None:
        """The target has these."""
        with self._database.write() as connection:
            for part in chunks(uploads):
                rows = [(self._target, upload.path, upload.digest) for upload in part]
                upsert_rows(connection, hosted, _ROW, rows)

    def forget(self, paths: Iterable[str]) -> None:
        """The target doesn't have these, or nobody knows what it has there."""
        with self._database.write() as connection:
            for part in chunks(paths):
                named: ColumnElement[bool] = hosted.c.path.in_(part)
                connection.execute(delete(hosted).where(hosted.c.target == self._target, named))

    def _pages(self, kinds: Collection[Kind]) -> Select[tuple[str, bytes]]:
        joined = page.outerjoin(hosted, self._there)
        query = select(page.c.path, page.c.digest).select_from(joined)
        return query.where(page.c.output == self._output, page.c.kind.in_(kinds))

    def _uploads(self, query: Select[tuple[str, bytes]]) -> Iterator[Upload]:
        with self._database.read() as connection:
            streamed = query.order_by(page.c.path).execution_options(yield_per=1000)
            for row in connection.execute(streamed):
                yield Upload(row.path, row.digest)

    def _count(self, query: Select[tuple[str]] | Select[tuple[str, bytes]]) -> int:
        with self._database.read() as connection:
            return connection.scalar(select(func.count()).select_from(query.subquery())) or 0
