"""Entries that editors enter by hand, for accounts whose platform gives no feed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as day
from datetime import datetime
from typing import Annotated

from annotated_types import MinLen

from matrixsite.config.settings import Settings
from matrixsite.config.source import Source
from matrixsite.config.validation import validate
from matrixsite.config.wording import shown, suggestion
from matrixsite.editorial import markup
from matrixsite.editorial.lists import Fault
from matrixsite.editorial.rules import MEDIA_KINDS
from matrixsite.errors import Problem
from matrixsite.model import Media


@dataclass(frozen=True, slots=True)
class HandEntry:
    """An item of entries.yaml."""

    url: str
    account: str
    title: Annotated[str, MinLen(1)]
    date: datetime | day  # a time without zone is one of the account's zone
    cover: str = ""  # http(s) address, or a path relative to content/
    kind: Media = Media.TEXT  # what it mainly brings
    kinds: frozenset[str] = frozenset()  # of kinds.yaml


@dataclass(frozen=True, slots=True)
class EntryItem:
    url: str
    account: str
    title: Annotated[str, MinLen(1)]
    date: datetime | day
    cover: str = ""
    kind: str | tuple[str, ...] = ()


def read_entries(
    source: Source, settings: Settings, kinds: frozenset[str] = frozenset()
) -> tuple[tuple[HandEntry, ...], list[Problem]]:
    """entries.yaml: a list of {url, account, title, date, cover, kind}.

    `kind` is a medium, or one of `kinds` (those of kinds.yaml), or a list of such.
    """
    written, problems = validate(tuple[EntryItem, ...], source.tree, source)
    accounts = {account.id for account in settings.accounts}
    for index, entry in enumerate(written or ()):
        if not markup.is_address(entry.url):
            reason, mend = f"{shown(entry.url)} is no web address", "Write it as https://…"
            problems.append(source.problem((index, "url"), reason, mend))
        if entry.account not in accounts:
            reason, mend = f"{shown(entry.account)} is no account", suggestion(entry.account, accounts)
            problems.append(source.problem((index, "account"), reason, mend))
        if entry.cover and not markup.is_picture(entry.cover):
            reason = f"{shown(entry.cover)} is no picture's place"
            mend = "Write an address (https://…), or a path inside content/."
            problems.append(source.problem((index, "cover"), reason, mend))
        for path, reason, mend in _faults_of_kind(entry, kinds):
            problems.append(source.problem((index, *path), reason, mend))
    return tuple(_entry(entry) for entry in written or ()) if not problems else (), problems


def _faults_of_kind(entry: EntryItem, kinds: frozenset[str]) -> Iterator[Fault]:
    known = MEDIA_KINDS | kinds
    for index, name in enumerate(_kinds(entry)):
        if name not in known:
            path = ("kind",) if isinstance(entry.kind, str) else ("kind", index)
            yield path, f"{shown(name)} is not known here", suggestion(name, known)
    if len(MEDIA_KINDS.intersection(_kinds(entry))) > 1:
        yield ("kind",), "an entry mainly brings one thing", "Write one of text, image, audio, video."


def _kinds(entry: EntryItem) -> tuple[str, ...]:
    return (entry.kind,) if isinstance(entry.kind, str) else entry.kind


def _entry(entry: EntryItem) -> HandEntry:
    named = frozenset(_kinds(entry))
    medium = next(iter(named & MEDIA_KINDS), Media.TEXT.value)
    return HandEntry(
        entry.url, entry.account, entry.title, entry.date, entry.cover, Media(medium), named - MEDIA_KINDS
    )
