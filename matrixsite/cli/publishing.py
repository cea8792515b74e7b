"""`publish`: uploading the built site."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from matrixsite.cli.app import FEEDS_YAML, Config, Output, State, app
from matrixsite.cli.runs import LogJson
from matrixsite.cli.telling import start_telling, tell


@app.command(rich_help_panel="Every night")
def publish(
    to: Annotated[
        list[str],
        typer.Option(
            "--to",
            help="dir:FOLDER, rsync:HOST:PATH or rclone:REMOTE:PATH; may be given several times.",
            metavar="TARGET",
        ),
    ],
    config: Config = FEEDS_YAML,
    state: State = None,
    output: Output = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how much there is to do, and do nothing.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Ask the target first what it has: slow, mends a lost ledger.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Let more than a tenth of the target be deleted.")
    ] = False,
    log_json: LogJson = False,
) -> None:
    """Upload what changed of the built site: pages, then lists, then deletions. Goes on where it was interrupted.

    Answers 0 where the target is as the site is, 2 where --to names no place, 3 where not all of it got there.
    """
    start_telling(as_json=log_json)
    from matrixsite.cli.progress import shown_progress
    from matrixsite.matrix import Matrix

    matrix = Matrix.load(config, state=state)
    for target in to:
        with shown_progress(as_json=log_json) as progress:
            done = matrix.publish(
                target, output, dry_run=dry_run, verify=verify, force=force, progress=progress
            )
        words = ("to send", "to delete") if dry_run else ("sent", "deleted")
        told = f"{target}: {done.send:,} {words[0]}, {done.delete:,} {words[1]}, {done.kept:,} unchanged"
        if log_json:
            tell("done", told, target=target, **asdict(done))
        else:
            print(told)
