"""What was published where (`site.publish.Manifest`): a row a file, so that an interrupted run knows what is ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from matrixsite.store.database import Database
from matrixsite.store.entries import chunks
from matrixsite.store.schema import output, page


class StoreManifest:
    """The manifest of each output folder, each call one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def token_of(self, folder: Path) -> str:
        with self._database.read() as connection:
            return connection.scalar(select(output.c.token).where(output.c.folder == str(folder))) or ""

    def pages_of(self, folder: Path) -> Iterator[str]:
        with self._database.read() as connection:
            query = select(page.c.path).join(output, output.c.id == page.c.output)
            yield from connection.scalars(query.where(output.c.folder == str(folder)).order_by(page.c.path))

    def start(self, folder: Path, token: str) -> None:
        with self._database.write() as connection:
            if (known := _output(connection, folder)) is not None:
                connection.execute(delete(page).where(page.c.output == known))
                connection.execute(delete(output).where(output.c.id == known))
            connection.execute(insert(output).values(folder=str(folder), token=token))

    def record(self, folder: Path, pages: Iterable[tuple[str, bytes]]) -> None:
        digests = dict(pages)
        if not digests:
            return
        with self._database.write() as connection:
            known = _output(connection, folder)
            for part in chunks(sorted(digests)):
                connection.execute(delete(page).where(page.c.output == known, page.c.path.in_(part)))
            rows = [
                {"output": known, "path": path, "fingerprint": b"", "digest": digest}
                for path, digest in digests.items()
            ]
            connection.execute(insert(page), rows)

    def forget(self, folder: Path, paths: Iterable[str]) -> None:
        gone = sorted(paths)
        if not gone:
            return
        with self._database.write() as connection:
            known = _output(connection, folder)
            for part in chunks(gone):
                connection.execute(delete(page).where(page.c.output == known, page.c.path.in_(part)))


def _output(connection: Connection, folder: Path) -> int | None:
    return connection.scalar(select(output.c.id).where(output.c.folder == str(folder)))
