"""`check` and `serve`: looking at the built site, by rules and by eye."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matrixsite.cli.app import FEEDS_YAML, Config, Output, State, app
from matrixsite.cli.runs import LogJson
from matrixsite.cli.telling import start_telling, tell

if TYPE_CHECKING:
    from matrixsite.matrix import Matrix
    from matrixsite.site.checking.findings import Finding
    from matrixsite.store.database import Database

SHOWN = 20  # findings of one rule that are printed


@app.command(rich_help_panel="Looking")
def check(
    config: Config = FEEDS_YAML,
    state: State = None,
    output: Output = None,
    jobs: Annotated[int, typer.Option(help="Worker processes (default: one a core).", min=0)] = 0,
    strict: Annotated[bool, typer.Option("--strict", help="Count warnings as errors.")] = False,
    log_json: LogJson = False,
) -> None:
    """Check settings, content and the built site: its files, links and feeds.

    Answers 0 where all is well or only warnings were found, 1 where the site is broken, 2 where settings or
    content are wrong.
    """
    start_telling(as_json=log_json)
    from matrixsite.boards.checking import require_computable
    from matrixsite.cli.progress import shown_progress
    from matrixsite.matrix import Matrix, output_folder
    from matrixsite.site.checking.check import check_matrix
    from matrixsite.site.checking.findings import Severity

    matrix = Matrix.load(config, state=state)
    content = matrix.content
    require_computable(matrix.settings, content.boards)
    with _store(matrix) as database, shown_progress(as_json=log_json) as progress:
        report = check_matrix(
            matrix.settings,
            content,
            database,
            output.absolute() if output else output_folder(matrix.settings, database),
            now=datetime.now(UTC),
            required=output is not None,
            jobs=jobs or os.cpu_count() or 1,
            progress=progress,
        )
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    summary = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    for sentence in report.left_out:
        tell("note", f"note: {sentence}")
    if log_json:
        for finding in report.findings:
            tell("finding", str(finding), **asdict(finding))
        tell("done", summary, errors=errors, warnings=warnings)
    else:
        _print(report.findings)
        print(summary)
    if errors or (strict and warnings):
        raise typer.Exit(1)


@app.command(rich_help_panel="Looking")
def serve(
    config: Config = FEEDS_YAML,
    state: State = None,
    output: Output = None,
    port: Annotated[int, typer.Option(help="0: any free one.", min=0, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Address or name to listen at.")] = "127.0.0.1",
    watch: Annotated[bool, typer.Option("--watch/--no-watch", help="Rebuild and reload on changes.")] = True,
) -> None:
    """Preview the built site; rebuild it (offline) and reload the browser when its files change. ^C ends it."""
    import asyncio

    from matrixsite.errors import BuildFailed
    from matrixsite.matrix import Matrix, output_folder
    from matrixsite.site.preview import Inputs, preview
    from matrixsite.site.rebuilding import rebuild_offline

    matrix = Matrix.load(config, state=state)
    with _store(matrix) as database:
        folder = output.absolute() if output else output_folder(matrix.settings, database)
    if not (folder / "index.html").exists():
        raise BuildFailed(f"there is no site in {folder}; build it first: matrixsite build")
    arguments = ["--config", str(config)]
    arguments += ["--state", str(state)] if state else []
    arguments += ["--output", str(output)] if output else []
    inputs = Inputs(matrix.settings, folder, lambda: Matrix.load(config, state=state).settings)
    build = partial(rebuild_offline, arguments) if watch else None
    asyncio.run(preview(inputs, build, host=host, port=port, say=partial(print, flush=True)))
    print("stopped")


@app.command(hidden=True)
def rebuild(config: Config = FEEDS_YAML, state: State = None, output: Output = None) -> None:
    """What `serve` runs on changes: build offline, without the `after:` command, which may well publish."""
    start_telling(as_json=True)
    from matrixsite.cli.progress import shown_progress
    from matrixsite.matrix import Matrix

    settings = Matrix.load(config, state=state).settings
    with shown_progress(as_json=True) as progress:
        report = Matrix(replace(settings, after="")).build(output, offline=True, progress=progress)
    tell("done", f"{report.written} written, {report.removed} removed")


@contextmanager
def _store(matrix: Matrix) -> Iterator[Database | None]:
    """The store of the matrix; None where there is none yet, for looking makes none."""
    from matrixsite.store.database import open_database

    if isinstance(matrix.store, Path) and not matrix.store.exists():
        yield None
        return
    with closing(open_database(matrix.store)) as database:
        yield database


def _print(findings: Iterable[Finding]) -> None:
    """The findings under the rules they break, as the report orders them."""
    for (rule, severity), group in groupby(findings, key=lambda finding: (finding.rule, finding.severity)):
        found = list(group)
        print(f"{rule}: {_counted(len(found), severity)}")
        for finding in found[:SHOWN]:
            print(f"  {finding}")
        if len(found) > SHOWN:
            print(f"  … and {len(found) - SHOWN:,} more")


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
