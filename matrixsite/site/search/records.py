"""Records: what a result shows of an entry, some entries a file, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from matrixsite.site.search.folding import fold

RECORDS = 24  # entries a file: some 7 KB once packed


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as a result. What changes with other entries (who else carries its story) is not part of it."""

    title: str
    excerpt: str
    published: str  # 2026-11-20 09:30, in the site's zone
    account: str
    name: str  # of the account
    path: str  # of its page; an address where it has none
    story: str  # its id, where it isn't the name of the page

    @property
    def texts(self) -> tuple[str, ...]:
        """What is searched, folded."""
        return tuple(fold(text) for text in (self.title, self.excerpt) if len(text) > 1)


def record_files(records: Iterable[Record]) -> Iterator[tuple[Sequence[Record], bytes]]:
    """Each file with what it holds."""
    left = iter(records)
    while part := list(islice(left, RECORDS)):
        yield part, _file(part)


def _file(records: Sequence[Record]) -> bytes:
    """Accounts are named once a file, entries from its oldest to its newest."""
    accounts = {record.account: record.name for record in records}
    numbers = {account: number for number, account in enumerate(accounts)}
    rows = [
        [one.path, one.published, numbers[one.account], one.title, one.excerpt, one.story] for one in records
    ]
    return as_json({"accounts": list(accounts.items()), "entries": rows})


def accounts_file(accounts: Sequence[str]) -> bytes:
    """The account of each entry of a segment: an index into the list of those there are."""
    numbers = {account: number for number, account in enumerate(dict.fromkeys(accounts))}
    return as_json({"accounts": list(numbers), "of": [numbers[account] for account in accounts]})


def as_json(value: object) -> bytes:
    """Compact, as UTF-8; what has no bytes becomes a visible reference."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "xmlcharrefreplace")
