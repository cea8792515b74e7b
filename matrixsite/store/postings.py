"""The posting lists on disk, in two tables: a small one of what was learned lately, before the large one.

A hash falls anywhere among all others, so that a row written into a large table by itself costs a page of its own.
Rows that wait and go there together, sorted, share pages: the cost of a batch doesn't grow with the archive (the idea
of O'Neil et al., The Log-Structured Merge-Tree, 1996).
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from matrixsite.dedup.postings import Postings
from matrixsite.store.bulk import insert_rows
from matrixsite.store.schema import posting, posting_recent, sentence, sentence_recent

TABLES = ((posting_recent, posting), (sentence_recent, sentence))
FULL = 1_000_000  # rows of the small tables: some 25 MB
TRANSACTIONS = 32  # in which they are emptied: SQLite keeps what a statement changes in memory
_LEAST, _MOST = -(2**63), 2**63 - 1


def write_learned(connection: Connection, fingerprints: Postings, sentences: Postings) -> int:
    """Store what an index learned, which no row says yet; returns the number of rows."""
    for (recent, _), learned in zip(TABLES, (fingerprints.learned, sentences.learned), strict=True):
        rows = sorted((hashed, story, day) for (hashed, story), day in learned.items())
        insert_rows(connection, recent, ("hash", "story", "day"), rows)
    return len(fingerprints.learned) + len(sentences.learned)


def recent_rows(connection: Connection) -> int:
    """How many rows wait."""
    return sum(connection.scalar(select(func.count()).select_from(recent)) or 0 for recent, _ in TABLES)


def slices(count: int) -> list[tuple[int, int]]:
    """All hashes in so many ranges, from … to: those of fingerprints and sentences, which have 32 bits, evenly.

    Titles, pictures and what earlier versions learned, of 64 bits, are of the first and the last.
    """
    starts = [2**32 * number // count for number in range(count)]
    return list(zip([_LEAST, *starts[1:]], [*(start - 1 for start in starts[1:]), _MOST], strict=True))


def settle_slice(connection: Connection, low: int, high: int) -> None:
    """Bring the waiting rows of a range of hashes to the large tables."""
    for recent, table in TABLES:
        within = recent.c.hash.between(low, high)
        waiting = select(recent).where(within).order_by(recent.c.hash, recent.c.story)
        connection.execute(insert(table).from_select(["hash", "story", "day"], waiting))
        connection.execute(delete(recent).where(within))
