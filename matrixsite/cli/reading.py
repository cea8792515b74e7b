"""`status` and `explain`: the commands that only look."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from matrixsite.cli.app import FEEDS_YAML, Config, State, app

if TYPE_CHECKING:
    from matrixsite.matrix import Explanation, Matrix
    from matrixsite.registry.freshness import AccountStatus


@app.command(rich_help_panel="Looking")
def status(
    config: Config = FEEDS_YAML,
    state: State = None,
    as_json: Annotated[bool, typer.Option("--json", help="A list, for programs.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="A table, for spreadsheets.")] = False,
) -> None:
    """How fresh the accounts are, and how their feeds do."""
    from matrixsite.matrix import Matrix
    from matrixsite.registry.freshness import as_mapping

    statuses = Matrix.load(config, state=state).statuses()
    if as_json:
        print(json.dumps([as_mapping(item) for item in statuses], ensure_ascii=False, indent=1))
    elif as_csv:
        _csv(statuses)
    else:
        _table(statuses)


def _csv(statuses: list[AccountStatus]) -> None:
    from matrixsite.registry.freshness import as_mapping
    from matrixsite.spreadsheet import inert

    rows = [{key: value for key, value in as_mapping(item).items() if key != "feeds"} for item in statuses]
    writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else ["account"], lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: inert(value) for key, value in row.items()} for row in rows)


def _table(statuses: list[AccountStatus]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table("account", "name", "entries", "newest", "days", "feed", "why")
    for item in statuses:
        newest = (item.last_published or "")[:10]
        days = "" if item.days is None else str(item.days)
        cells = (item.account, item.name, str(item.entries), newest, days, item.health, item.sentence)
        table.add_row(*map(escape, cells))
    Console().print(table)


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
