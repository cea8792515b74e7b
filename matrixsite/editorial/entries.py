"""Entries that editors enter by hand, for accounts whose platform gives no feed."""

from __future__ import annotations

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
    kind: Media = Media.TEXT


def read_entries(source: Source, settings: Settings) -> tuple[tuple[HandEntry, ...], list[Problem]]:
    """entries.yaml: a list of {url, account, title, date, cover, kind}."""
    entries, problems = validate(tuple[HandEntry, ...], source.tree, source)
    accounts = {account.id for account in settings.accounts}
    for index, entry in enumerate(entries or ()):
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
    return entries or (), problems
