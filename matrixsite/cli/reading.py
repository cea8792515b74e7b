"""`status` and `explain`: the commands that only look."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from matrixsite.cli.app import DAY, FEEDS_YAML, Config, State, app
from matrixsite.cli.tables import csv_rows, print_table

if TYPE_CHECKING:
    from matrixsite.matrix import Explanation, Matrix
    from matrixsite.registry.freshness import AccountStatus


@app.command(rich_help_panel="Looking")
def status(
    config: Config = FEEDS_YAML,
    state: State = None,
    as_json: Annotated[bool, typer.Option("--json", help="A list, for programs.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table, for spreadsheets.")] = False,
    group: Annotated[str, typer.Option(help="Only accounts in this group.", metavar="ID")] = "",
    red: Annotated[bool, typer.Option("--red", help="Only accounts that are red.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="What is odd with feeds instead.")] = False,
    today: Annotated[
        datetime | None, typer.Option(help="The day that is looked from (default: today).", formats=DAY)
    ] = None,
) -> None:
    """How fresh the accounts are, and how their feeds do."""
    from matrixsite.matrix import Matrix
    from matrixsite.registry.freshness import as_mapping
    from matrixsite.registry.news import Colour

    matrix = Matrix.load(config, state=state)
    day = today.date() if today else None
    within = _accounts_in(matrix, group) if group else None
    if watch:
        _watch(matrix, day, within, as_json=as_json, as_csv=as_csv)
        return
    statuses = [
        item
        for item in matrix.statuses(today=day)
        if (within is None or item.account in within) and (not red or item.colour == Colour.RED)
    ]
    if as_json:
        print(json.dumps([as_mapping(item) for item in statuses], ensure_ascii=False, indent=1))
    elif as_csv:
        _csv(statuses)
    else:
        _table(statuses)


def _accounts_in(matrix: Matrix, group: str) -> frozenset[str]:
    """The accounts of a group and of all that lies in it."""
    from matrixsite.config.wording import suggestion
    from matrixsite.editorial.grouping import groups_of_accounts

    known = [one.id for one in matrix.settings.groups]
    if group not in known:
        raise typer.BadParameter(
            f"there is no group {group!r}. {suggestion(group, known)}", param_hint="--group"
        )
    return frozenset(name for name, groups in groups_of_accounts(matrix.settings).items() if group in groups)


def _watch(
    matrix: Matrix, day: date | None, within: frozenset[str] | None, *, as_json: bool, as_csv: bool
) -> None:
    accounts = {feed.key: account.id for account in matrix.settings.accounts for feed in account.feeds}
    rows = [
        {
            "account": accounts.get(one.feed, one.feed),
            "feed": one.feed,
            "watch": one.watch.value,
            "since": one.since.astimezone(matrix.zone).isoformat(timespec="seconds"),
            "sentence": one.sentence,
            "mend": one.mend,
        }
        for one in matrix.watch(today=day)
        if within is None or accounts.get(one.feed, one.feed) in within
    ]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif as_csv:
        csv_rows(rows, ["account", "feed", "watch", "since", "sentence", "mend"])
    else:
        print_table(rows, ("account", "watch", "since", "sentence", "mend"))


def _csv(statuses: list[AccountStatus]) -> None:
    from matrixsite.registry.freshness import as_mapping

    rows = [{key: value for key, value in as_mapping(item).items() if key != "feeds"} for item in statuses]
    for row in rows:
        row["weeks"] = " ".join(map(str, row["weeks"]))
    csv_rows(rows, list(rows[0]) if rows else ["account"])


def _table(statuses: list[AccountStatus]) -> None:
    rows = [
        {
            "account": item.account,
            "name": item.name,
            "entries": str(item.entries),
            "newest": (item.last_published or "")[:10],
            "days": "" if item.days is None else str(item.days),
            "fresh": item.colour,
            "feed": item.health,
            "why": item.sentence,
        }
        for item in statuses
    ]
    print_table(rows, ("account", "name", "entries", "newest", "days", "fresh", "feed", "why"))


@app.command(rich_help_panel="Looking")
def explain(
    ref: Annotated[str, typer.Argument(help="An entry's id or address.", metavar="REF")],
    config: Config = FEEDS_YAML,
    state: State = None,
    revisions: Annotated[bool, typer.Option("--revisions", help="Superseded words, too.")] = False,
) -> None:
    """Say why an entry is shown, held, merged or hidden."""
    from matrixsite.matrix import Matrix

    matrix = Matrix.load(config, state=state)
    found = entries_named(matrix, ref)
    if not found:
        print(f"the store holds no entry {ref}", file=sys.stderr)
        raise typer.Exit(1)
    for item in found:
        for line in _explained(matrix, item, revisions=revisions):
            print(line)


def entries_named(matrix: Matrix, ref: str) -> list[Explanation]:
    """The entries that an argument REF names; one that can't be a ref is a usage error."""
    try:
        return matrix.explain(ref)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="REF") from error


def _explained(matrix: Matrix, item: Explanation, *, revisions: bool) -> list[str]:
    from matrixsite.registry.explaining import explain_status
    from matrixsite.registry.story_reasons import Reasons
    from matrixsite.site.words import words

    entry = item.entry
    why = explain_status(entry, matrix.settings, matrix.content, item.removal_seen)
    dated = "first seen then" if entry.inferred else "by its feed"
    lines = [
        f"{entry.id}  {entry.title or '(no title)'}",
        f"  account    {entry.account}, by feed {entry.feed}",
        f"  address    {entry.url or '(none)'}",
        f"  published  {entry.published.isoformat()} ({dated}); first seen {entry.first_seen.isoformat()}",
        f"  status     {entry.status}: {why}",
    ]
    reasons = Reasons(
        words(matrix.settings.site.language), {one.id: one.name for one in matrix.settings.accounts}
    )
    sentences = reasons.of(item.told)
    lines += [
        f"  story      {entry.story}: {next(sentences)}",
        *(f"             {said}" for said in sentences),
    ]
    lines += [
        f"           {'* ' if carrier.original else '  '}{carrier.id} {carrier.account} {carrier.published.isoformat()}"
        for carrier in item.carriers
    ]
    if entry.corrected:
        lines.append(f"  corrected  {entry.corrected.isoformat()}, {len(item.revisions)} revision(s) kept")
    if revisions:
        for old in item.revisions:
            lines += [
                f"  revision {old.number}, until {old.seen.isoformat()}: {old.title}",
                *_indented(old.text),
            ]
    return lines


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]
