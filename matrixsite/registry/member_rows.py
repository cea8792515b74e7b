"""Accounts as rows: what `export members` writes, and `include` and `import` read as the very same accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from typing import Any

from matrixsite.config.implied import ROLES, Names
from matrixsite.config.query_words import written_query
from matrixsite.config.settings import Account, Feed, Member, Organisation, Query, Settings
from matrixsite.config.shorthand import cell_of, written_feed, written_former_name, written_store_link
from matrixsite.config.spelling import feed_keys
from matrixsite.config.validation import key_of
from matrixsite.spreadsheet import Table

Row = dict[str, Any]  # key of an account → text, true, or a list of texts

COLUMNS = tuple(
    {"groups": "group", "feeds": "feed"}.get(one.name, key_of(one.name)) for one in fields(Account)
)
"""The keys of accounts, as columns are named."""

_DEFAULTS: Mapping[str, Any] = {
    one.name: one.default for one in fields(Account) if one.default is not MISSING and one.name != "platform"
}


class Rows:
    """Writes accounts of one matrix: bodies and batches by their names where these mean nothing else."""

    def __init__(self, settings: Settings) -> None:
        bodies: list[Member | Organisation] = [*settings.members, *settings.organisations]
        self._bodies = _spoken(bodies, Names.of(bodies))
        self._batches = _spoken(settings.batches, Names.of(settings.batches))

    def row(self, account: Account) -> Row:
        """What the settings say of an account, as they write it; what is left out is the default."""
        said = {
            one.name: value
            for one in fields(account)
            if (value := getattr(account, one.name)) != _DEFAULTS.get(one.name, MISSING)
        }
        if account.member == account.id:
            del said["member"]
        for role in ROLES:
            if role in said:
                said[role] = self._bodies.get(said[role], said[role])
        if account.batch:
            said["batch"] = self._batches.get(account.batch, account.batch)
        return {
            _KEYS.get(name, key_of(name)): _WRITTEN.get(name, _plain)(account, value)
            for name, value in said.items()
        }


_KEYS = {"groups": "group", "feeds": "feed"}


def _plain(_: Account, value: Any) -> Any:
    match value:
        case StrEnum() | date():
            return str(value)
        case tuple():
            return list(value)
    return value


def _feeds(account: Account, value: Any) -> list[Any]:
    usual = feed_keys(account.id, [feed.url for feed in value])
    return [_feed(account, feed, named=feed.key != key) for feed, key in zip(value, usual, strict=True)]


def _feed(account: Account, feed: Feed, *, named: bool) -> str | dict[str, str]:
    if not named and not feed.source:
        return feed.url
    name = {"name": feed.key.removeprefix(f"{account.id}/")} if named else {}
    return name | {"url": feed.url} | ({"source": feed.source} if feed.source else {})


def _query(_: Account, query: Query) -> dict[str, Any]:
    said = {one.name: getattr(query, one.name) for one in fields(query)}
    return {key: list(words) if isinstance(words, tuple) else words for key, words in said.items() if words}


_WRITTEN: Mapping[str, Callable[[Account, Any], Any]] = {
    "feeds": _feeds,
    "query": _query,
    "former_names": lambda _, names: [written_former_name(one.name, one.until) for one in names],
    "store_links": lambda _, links: [
        written_store_link(one.store, one.url, one.version, one.updated) for one in links
    ],
}


def _spoken(listed: Iterable[Any], names: Names) -> dict[str, str]:
    """The name of each, where it leads back to it."""
    return {one.id: one.name for one in listed if names.found(one.name) == {one.id}}


def member_rows(settings: Settings) -> list[Row]:
    """All accounts, in the order of the settings."""
    rows = Rows(settings)
    return [rows.row(account) for account in settings.accounts]


def member_table(settings: Settings) -> Table:
    """All accounts with all keys, for a spreadsheet; its cells are yet to be made inert."""
    return [
        COLUMNS,
        *([_cell(column, row.get(column)) for column in COLUMNS] for row in member_rows(settings)),
    ]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _cell(column: str, value: Any) -> str:
    if column == "feed" and value:
        return cell_of(
            written_feed(one.get("name", ""), one["url"], one.get("source", ""))
            if isinstance(one, dict)
            else written_feed("", one)
            for one in value
        )
    match value:
        case None | False:
            return ""
        case True:
            return "true"
        case list():
            return cell_of(value)
        case dict():
            return written_query(Query(**{key: _frozen(words) for key, words in value.items()}))
    return str(value)
