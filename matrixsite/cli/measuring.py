"""`measures`: what editors know of accounts, checked and summed up."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from matrixsite.cli.app import FEEDS_YAML, Config, app

if TYPE_CHECKING:
    from matrixsite.measures.period import Period

measures = typer.Typer(help="Reads, likes and the like, from content/measures.", no_args_is_help=True)
app.add_typer(measures, name="measures", rich_help_panel="Editors")


class By(StrEnum):
    """What sums are divided by."""

    PLATFORM = "platform"
    GROUP = "group"


def period_of(text: str) -> Period:
    """A period as it is typed; ends the command where it is none."""
    from matrixsite.measures.period import parse_period

    period = parse_period(text)
    if period is None:
        raise typer.BadParameter(
            f"{text!r} is no period: 2026-10, 2026-Q3, 2026, 2026-W45", param_hint="PERIOD"
        )
    return period


@measures.command("check")
def check_measures(config: Config = FEEDS_YAML) -> None:
    """Read every table and the indices; say what is wrong, else what there is."""
    from matrixsite.boards.checking import require_computable
    from matrixsite.matrix import Matrix

    matrix = Matrix.load(config)
    require_computable(matrix.settings, matrix.content.boards)
    ledger, formulas = matrix.measures, list(matrix.indices)
    periods = ledger.periods()
    spans = f", {periods[-1].text} to {periods[0].text}" if periods else ""
    print(f"{len(ledger)} rows of {len(ledger.rows)} accounts{spans}")
    for formula in formulas:
        print(f"{formula.key}  {formula.title}")


@measures.command("totals")
def totals_of(
    period: Annotated[str, typer.Argument(help="2026-10, 2026-Q3, 2026, …", metavar="PERIOD")],
    by: Annotated[By, typer.Option(help="What sums are divided by.")] = By.PLATFORM,
    config: Config = FEEDS_YAML,
) -> None:
    """Sums of all measures in a period, with the year before: a table for spreadsheets on standard output.

    A change is that of the accounts which supplied the measure in both years.
    """
    from matrixsite.matrix import Matrix
    from matrixsite.measures.totals import by_group, by_platform, everybody, tallies, totals
    from matrixsite.measures.vocabulary import TITLES
    from matrixsite.spreadsheet import csv_text

    matrix, wanted = Matrix.load(config), period_of(period)
    rows: list[tuple[object, ...]] = [(by.value, "measure", "名称", "total", "accounts", "change")]
    found, settings = tallies(matrix.measures, wanted), matrix.settings
    parts = by_platform(settings) if by is By.PLATFORM else by_group(settings)
    for part in (everybody(settings), *parts):
        for name, total in totals(found, part.accounts).items():
            change = "" if total.change is None else round(total.change, 4)  # a number, whatever its sign
            rows.append((part.id, name, TITLES[name], total.amount, total.accounts, change))
    sys.stdout.write(csv_text(rows))
