"""What the store knows of a published folder: the one place where checking asks it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from matrixsite.site.publish import TOKEN_FILE
from matrixsite.store.database import Database
from matrixsite.store.schema import output, page


def published_digests(database: Database, folder: Path) -> dict[str, bytes] | None:
    """Path and digest (blake2b-16) of every file published to `folder`; None where it isn't the folder we knew."""
    known = str(folder.resolve())
    with database.read() as connection:
        token = connection.scalar(select(output.c.token).where(output.c.folder == known))
        if not token or token != _token_in(folder):
            return None
        rows = select(page.c.path, page.c.digest).join(output, output.c.id == page.c.output)
        return {row.path: row.digest for row in connection.execute(rows.where(output.c.folder == known))}


def _token_in(folder: Path) -> str:
    try:
        return (folder / TOKEN_FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
