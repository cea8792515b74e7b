"""`desk`: editing in the browser."""

from __future__ import annotations

import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from matrixsite.cli.app import FEEDS_YAML, Config, State, app
from matrixsite.cli.telling import tell

PARTS = ("starlette", "uvicorn", "ruamel")  # of the extra


@app.command(rich_help_panel="Editors")
def desk(
    config: Config = FEEDS_YAML,
    state: State = None,
    port: Annotated[int, typer.Option(help="0: any free one.", min=0, max=65535)] = 8001,
    host: Annotated[
        str, typer.Option(help="Address or name to listen at; others than this machine's need a password.")
    ] = "127.0.0.1",
    address: Annotated[
        str, typer.Option(help="Where a proxy shows the desk: https://desk.example.org.", metavar="URL")
    ] = "",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
    set_password: Annotated[
        bool,
        typer.Option("--set-password", help="Set the password (asked for, or read from stdin), and end."),
    ] = False,
) -> None:
    """Edit content/ in the browser, on this machine. The address it prints works once. ^C ends it."""
    from matrixsite.config.load import load
    from matrixsite.desk.errors import DeskUnusable

    settings = load(config, state=state)
    if set_password:
        _set_password(settings.state)
        return
    if not all(find_spec(part) for part in PARTS):
        raise DeskUnusable("the desk needs more than matrixsite itself: pip install 'matrixsite[desk]'")
    from matrixsite.desk.app import desk_app
    from matrixsite.desk.serving import serve_desk

    if host not in ("127.0.0.1", "localhost", "::1") and not address:
        tell("note", "note: without https whoever listens in on the network reads along; see --address")
    serve_desk(
        desk_app(config, state),
        host,
        port,
        state=settings.state,
        address=address,
        browser=browser,
        say=partial(print, flush=True),
    )
    print("stopped")


def _set_password(state: Path) -> None:
    from getpass import getpass

    from matrixsite.desk.errors import DeskUnusable
    from matrixsite.desk.passwords import PasswordFile, record_of

    if sys.stdin.isatty():
        password = getpass("New password for the desk: ")
        if getpass("Once more: ") != password:
            raise DeskUnusable("these were two passwords; nothing was stored")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    file = PasswordFile.within(state)
    file.write(record_of(password))
    print(f"wrote {file.path}; a desk at work asks for it from the next login on")
