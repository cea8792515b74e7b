"""`update` and `build`: the commands that change something."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matrixsite.cli.app import FEEDS_YAML, Config, State, app
from matrixsite.cli.telling import start_telling, tell

if TYPE_CHECKING:
    from matrixsite.matrix import Matrix
    from matrixsite.pipeline.report import RunReport

Now = Annotated[
    str, typer.Option(help="Dates what is first seen, ISO 8601 (default: the clock).", metavar="TIME")
]
Offline = Annotated[bool, typer.Option("--offline", help="Local files only: nothing goes over the network.")]
Jobs = Annotated[int, typer.Option(help="Worker processes (default: one a core).", min=0)]
OnEngine = Annotated[
    str,
    typer.Option(
        "--engine",
        help="Where CPU work runs: local, dask, or dask://HOST:PORT of a scheduler.",
        metavar="ENGINE",
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Answer 1 if any feed fails.")]
LogJson = Annotated[
    bool, typer.Option("--log-json", help="Progress and outcome as JSON lines on standard error.")
]


@app.command(rich_help_panel="Every night")
def update(
    config: Config = FEEDS_YAML,
    state: State = None,
    only: Annotated[str, typer.Option(help="Only this account.", metavar="ID")] = "",
    shard: Annotated[
        str,
        typer.Option(
            help="Collect one of N parts of the accounts, no more: stories wait for the next run without it.",
            metavar="I/N",
        ),
    ] = "",
    now: Now = "",
    offline: Offline = False,
    force: Annotated[bool, typer.Option("--force", help="Ask feeds that pause, too.")] = False,
    jobs: Jobs = 0,
    engine: OnEngine = "local",
    strict: Strict = False,
    log_json: LogJson = False,
) -> None:
    """Fetch the feeds, store what is new, find stories."""
    from matrixsite.cli.progress import shown_progress

    moment, part = _moment(now), _part(shard)
    matrix = _matrix(config, state, log_json=log_json)
    if only and only not in {account.id for account in matrix.settings.accounts}:
        raise typer.BadParameter(f"there is no account {only!r} in {config}", param_hint="--only")
    with shown_progress(as_json=log_json) as progress:
        report = matrix.update(
            only=only,
            shard=part,
            now=moment,
            offline=offline,
            force=force,
            jobs=jobs or None,
            engine=engine,
            progress=progress,
        )
    _answer(matrix, report, strict=strict, as_json=log_json)


@app.command(rich_help_panel="Every night")
def build(
    config: Config = FEEDS_YAML,
    state: State = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Where the site goes (default: where it went last, else output/).",
            metavar="DIR",
        ),
    ] = None,
    now: Now = "",
    today: Annotated[
        str,
        typer.Option(
            help="The day that decides what has expired, YYYY-MM-DD (default: that of --now).", metavar="DAY"
        ),
    ] = "",
    offline: Offline = False,
    full: Annotated[bool, typer.Option("--full", help="Look at every page.")] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Look at the published files, too; mend them.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Let more than a tenth of the site be deleted.")
    ] = False,
    jobs: Jobs = 0,
    engine: OnEngine = "local",
    strict: Strict = False,
    log_json: LogJson = False,
) -> None:
    """Update, then build the site and publish what changed."""
    from matrixsite.cli.progress import shown_progress

    moment, day = _moment(now), _day(today)
    matrix = _matrix(config, state, log_json=log_json)
    with shown_progress(as_json=log_json) as progress:
        report = matrix.build(
            output,
            now=moment,
            today=day,
            offline=offline,
            full=full,
            repair=repair,
            force=force,
            jobs=jobs or None,
            engine=engine,
            progress=progress,
        )
    _answer(matrix, report, strict=strict, as_json=log_json)


def _matrix(config: Path, state: Path | None, *, log_json: bool) -> Matrix:
    start_telling(as_json=log_json)
    from matrixsite.matrix import Matrix

    matrix = Matrix.load(config, state=state)
    for warning in matrix.content.warnings:
        tell("warning", f"warning: {warning}", **asdict(warning))
    return matrix


def _answer(matrix: Matrix, report: RunReport, *, strict: bool, as_json: bool) -> None:
    """Say what came of it, and end with the exit code."""
    failing = report.health.get("failed", 0)
    if as_json:
        summary = json.loads(replace(report, feeds=()).to_json())
        del summary["feeds"]
        tell("done", _summary(report), **summary)
    else:
        print(_summary(report))
        for warning in report.warnings:
            print(f"  {warning}")
        for found in report.watch[:10]:
            print(f"  new: {found.feed}: {found.sentence}. {found.mend}")
        for feed in [feed for feed in report.feeds if feed.health in ("failed", "paused")][:10]:
            print(f"  {feed.key}: {feed.sentence}. {feed.mend}")
        if failing > 10:
            print(f"  … {failing} feeds fail in all: `matrixsite status` lists them")
    if report.failing > matrix.settings.fetch.alert or (strict and failing):
        raise typer.Exit(1)


def _summary(report: RunReport) -> str:
    health = ", ".join(f"{count} {name}" for name, count in report.health.items() if count)
    parts = [f"{report.new} new, {report.corrected} corrected", f"feeds: {health or 'none'}"]
    if report.images:
        parts.append("images: " + ", ".join(f"{count} {name}" for name, count in report.images.items()))
    if report.output:
        parts.append(
            f"site: {report.written} written, {report.removed} removed, {report.kept} unchanged in {report.output}"
        )
    return "; ".join(parts)


def _part(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    number, slash, of = text.partition("/")
    if not (slash and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise typer.BadParameter(f"{text!r} is no part like 1/3", param_hint="--shard")
    return int(number), int(of)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no time like 2026-11-22T03:00:00+08:00", param_hint="--now"
        ) from None
    return moment if moment.tzinfo else moment.astimezone()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day like 2026-11-22", param_hint="--today") from None
