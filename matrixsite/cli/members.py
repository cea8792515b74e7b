"""`members`: who is in the matrix, what changed, how many there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from matrixsite.cli.app import DAY, FEEDS_YAML, Config, State, app
from matrixsite.cli.tables import csv_rows, print_table

if TYPE_CHECKING:
    from matrixsite.config.settings import Settings
    from matrixsite.registry.roster import Roster, RosterLine

members = typer.Typer(help="Who is in the matrix, what changed, how many there are.", no_args_is_help=True)
app.add_typer(members, name="members", rich_help_panel="Looking")

Day = Annotated[
    datetime | None, typer.Option("--on", help="The day that is looked at (default: today).", formats=DAY)
]
AsJson = Annotated[bool, typer.Option("--json", help="A list, for programs.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="A table, for spreadsheets.")]


class By(StrEnum):
    """What totals are divided by."""

    PLATFORM = "platform"
    CLASS = "class"
    GROUP = "group"


@members.command("list")
def list_members(
    config: Config = FEEDS_YAML,
    state: State = None,
    on: Day = None,
    departed: Annotated[
        bool, typer.Option("--departed", help="Those that went instead, and where to.")
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """The accounts that are in on a day, under the names of then."""
    from matrixsite.registry.roster import roster_on

    settings = _settings(config, state)
    roster = roster_on(settings, _day(on, settings))
    batches = {account.id: account.batch for account in settings.accounts}
    joined = {account.id: account.joined for account in settings.accounts}
    if departed:
        rows = [
            _line(one.line)
            | {"closed": one.day.isoformat(), "closure": one.closure, "successor": one.successor}
            for one in roster.departed.values()
        ]
        _show(rows, (*_LINE, "closed", "closure", "successor"), as_json=as_json, as_csv=as_csv)
        return
    rows = [
        _line(line) | {"batch": batches[line.id], "joined": _iso(joined[line.id])}
        for line in roster.lines.values()
    ]
    _show(rows, (*_LINE, "batch", "joined"), as_json=as_json, as_csv=as_csv)


@members.command("diff")
def diff_members(
    before: Annotated[str, typer.Argument(help="A batch, a day, or another feeds.yaml.", metavar="A")],
    after: Annotated[str, typer.Argument(help="The same; default: today.", metavar="B")] = "",
    config: Config = FEEDS_YAML,
    state: State = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """What changed from A to B: joined, closed, merged, moved, renamed.

    Of another feeds.yaml also member, class, platform and groups, which have no dates.
    """
    from matrixsite.registry.roster import difference

    settings = _settings(config, state)
    rosters = [_roster(text, settings) for text in (before, after)]
    rows = [
        {
            "change": change.kind.value,
            "id": change.line.id,
            "name": change.line.name,
            "before": change.before,
            "after": change.after,
            "day": _iso(change.day),
        }
        for change in difference(*rosters)
    ]
    _show(rows, ("change", "id", "name", "before", "after", "day"), as_json=as_json, as_csv=as_csv)


@members.command("totals")
def totals_of_members(
    by: Annotated[By, typer.Option(help="What they are divided by.")] = By.PLATFORM,
    config: Config = FEEDS_YAML,
    state: State = None,
    on: Day = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """How many accounts there are on a day; a column a platform. Groups hold those of the groups in them."""
    from matrixsite.editorial.grouping import groups_of_accounts
    from matrixsite.registry.counting import counts, totals
    from matrixsite.registry.roster import roster_on

    settings = _settings(config, state)
    lines = tuple(roster_on(settings, _day(on, settings)).lines.values())
    within = groups_of_accounts(settings) if by is By.GROUP else {}
    divided: Mapping[By, Callable[[RosterLine], Iterable[str]]] = {
        By.PLATFORM: lambda line: (line.platform,),
        By.CLASS: lambda line: (line.account_class,),
        By.GROUP: lambda line: within[line.id] or ("",),
    }
    platforms = [] if by is By.PLATFORM else [name for name, _ in counts(line.platform for line in lines)]
    rows = [
        {by.value: one.of, "accounts": one.accounts, **{name: one.parts.get(name, 0) for name in platforms}}
        for one in totals(lines, divided[by], lambda line: line.platform)
    ]
    _show(rows, (by.value, "accounts", *platforms), as_json=as_json, as_csv=as_csv)


_LINE = ("id", "name", "member", "platform", "class", "groups")


def _line(line: RosterLine) -> dict[str, object]:
    return {
        "id": line.id,
        "name": line.name,
        "member": line.member,
        "platform": line.platform,
        "class": line.account_class,
        "groups": ";".join(line.groups),
    }


def _settings(config: Path, state: Path | None) -> Settings:
    from matrixsite.config.load import load

    return load(config, state=state)


def _roster(text: str, settings: Settings) -> Roster:
    """The roster that an argument names; ends the command where it names none."""
    from matrixsite.config.implied import Names
    from matrixsite.config.wording import suggestion
    from matrixsite.registry.roster import roster_of_batch, roster_on

    if not text:
        return roster_on(settings, _day(None, settings))
    if text.lower().endswith((".yaml", ".yml")):
        with TemporaryDirectory() as folder:  # its cache would lie beside it
            other = _settings(Path(text), Path(folder))
        return roster_on(other, _day(None, other))
    if (day := _parsed(text)) is not None:
        return roster_on(settings, day)
    batches = {batch.id: batch for batch in settings.batches}
    found = Names.of(settings.batches).found(text)
    if len(found) != 1:
        known = (name for batch in settings.batches for name in (batch.id, batch.name))
        raise typer.BadParameter(
            f"{text!r} is no day and no batch. {suggestion(text, known)}", param_hint="A B"
        )
    try:
        return roster_of_batch(settings, batches[next(iter(found))])
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="A B") from error


def _parsed(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(given: datetime | None, settings: Settings) -> date:
    from zoneinfo import ZoneInfo

    return given.date() if given else datetime.now(ZoneInfo(settings.site.timezone)).date()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _show(
    rows: Sequence[Mapping[str, object]], columns: Sequence[str], *, as_json: bool, as_csv: bool
) -> None:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif as_csv:
        csv_rows(rows, columns)
    else:
        print_table([{name: str(row[name]) for name in columns} for row in rows], columns)
