"""`import` and `withdraw`: commands that write a file for the operator or the editors."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matrixsite.cli.app import DAY, FEEDS_YAML, Config, State, app
from matrixsite.cli.reading import entries_named

if TYPE_CHECKING:
    from matrixsite.config.settings import Settings
    from matrixsite.registry.importing import Imported

_MOST_TOLD = 200


@app.command("import", rich_help_panel="In and out")
def import_members(
    file: Annotated[Path, typer.Argument(help="xlsx, CSV, OPML, or a planet ini file.", metavar="FILE")],
    config: Config = FEEDS_YAML,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an earlier import.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing: say who would join, leave, be renamed.")
    ] = False,
    today: Annotated[
        datetime | None,
        typer.Option(help="The day whose members --diff looks at (default: today).", formats=DAY),
    ] = None,
) -> None:
    """Write a list of members to members/<name>.yaml; feeds.yaml stays as it is.

    What can't be used is told on standard error, by line.
    """
    from matrixsite.editorial.replacing import replace_file
    from matrixsite.registry.importing import members_yaml, read_members

    if diff:
        _print_arrivals(file, config, today)
        return
    settings = _registry(config)
    target = config.parent / "members" / f"{file.stem}.yaml"
    if target.exists() and not force:
        raise typer.BadParameter(f"{target} exists already; add --force to overwrite it", param_hint="FILE")
    imported = read_members(file, settings)
    _print_unused(imported)
    if not imported.accounts:
        print("matrixsite: no account is left to import", file=sys.stderr)
        raise typer.Exit(2)
    known = {account.id for account in settings.accounts} if settings and not target.exists() else set()
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_file(target, members_yaml(imported, f"imported from {file.name}").encode())
    print(
        f"{len(imported.accounts)} accounts in {target}; feeds.yaml takes them in with: include: [members/*.yaml]"
    )
    if twice := [row["id"] for row in imported.accounts if row["id"] in known]:
        print(
            f"{len(twice)} of them are in the matrix already, such as {twice[0]}: take them out of either file"
        )


def _registry(config: Path) -> Settings | None:
    """The settings that names are looked up in; None where they can't be read, as before the first import."""
    from matrixsite.config.load import load
    from matrixsite.errors import SettingsError

    try:
        return load(config)
    except SettingsError as error:
        print(f"matrixsite: without the registry ({error.problems[0]})", file=sys.stderr)
        return None


def _print_unused(imported: Imported) -> None:
    for problem in imported.unused[:_MOST_TOLD]:
        print(f"  {problem}", file=sys.stderr)
    if len(imported.unused) > _MOST_TOLD:
        print(f"  … and {len(imported.unused) - _MOST_TOLD} more that could not be used", file=sys.stderr)


def _print_arrivals(file: Path, config: Path, today: datetime | None) -> None:
    from matrixsite.matrix import Matrix
    from matrixsite.registry.arrivals import arrivals
    from matrixsite.registry.importing import read_members

    matrix = Matrix.load(config)
    imported = read_members(file, matrix.settings)
    _print_unused(imported)
    day = today.date() if today else datetime.now(matrix.zone).date()
    changes = arrivals(imported, matrix.settings, day)
    for change in changes:
        turn = f": {change.before or '–'} → {change.after or '–'}" if change.before or change.after else ""
        print(f"{change.kind:9} {change.line.id}  {change.line.name}{turn}")
    kinds = Counter(change.kind.value for change in changes)
    print(", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "nothing would change")


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
    from datetime import UTC

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
