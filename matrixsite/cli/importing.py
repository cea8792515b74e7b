"""`import` and `withdraw`: commands that write a file for the operator or the editors."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from matrixsite.cli.app import FEEDS_YAML, Config, State, app
from matrixsite.cli.reading import entries_named


@app.command("import", rich_help_panel="In and out")
def import_members(
    file: Annotated[Path, typer.Argument(help="OPML, CSV, or a planet ini file.", metavar="FILE")],
    config: Config = FEEDS_YAML,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an earlier import.")] = False,
) -> None:
    """Write the members of another program to members/<name>.yaml; feeds.yaml stays as it is."""
    from matrixsite.registry.importing import members_yaml, read_members

    target = config.parent / "members" / f"{file.stem}.yaml"
    if target.exists() and not force:
        raise typer.BadParameter(f"{target} exists already; add --force to overwrite it", param_hint="FILE")
    rows = read_members(file)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(members_yaml(rows, file.name), encoding="utf-8")
    print(f"{len(rows)} accounts in {target}; feeds.yaml takes them in with: include: [members/*.yaml]")


@app.command(rich_help_panel="In and out")
def withdraw(
    ref: Annotated[str, typer.Argument(help="An entry's id or address.", metavar="REF")],
    why: Annotated[str, typer.Option(help="The reason, for the record.")],
    config: Config = FEEDS_YAML,
    state: State = None,
    by: Annotated[str, typer.Option(help="Who decided.")] = "",
    story: Annotated[bool, typer.Option("--story", help="All who carry the text, too.")] = False,
    purge: Annotated[bool, typer.Option("--purge", help="Erase its words from the store.")] = False,
) -> None:
    """Append a withdrawal to content/withdrawn.yaml; the next build takes the entry off the site."""
    from datetime import UTC, datetime

    from matrixsite.editorial.decisions import Scope
    from matrixsite.editorial.refs import parse_ref
    from matrixsite.editorial.withdrawing import FILE, append_withdrawal
    from matrixsite.matrix import Matrix

    matrix = Matrix.load(config, state=state)
    found = entries_named(matrix, ref)
    if len(found) != 1:
        what = "holds no entry" if not found else f"holds {len(found)} entries of the address"
        print(f"matrixsite: the store {what} {ref}; name it by its id", file=sys.stderr)
        raise typer.Exit(2)
    folder = matrix.settings.root / "content"
    append_withdrawal(
        folder,
        parse_ref(ref),
        why=why,
        by=by,
        on=datetime.now(UTC).astimezone(matrix.zone).date(),
        scope=Scope.STORY if story else Scope.ENTRY,
        purge=purge,
    )
    print(f"withdrawn in {folder / FILE}: {found[0].entry.title}")
