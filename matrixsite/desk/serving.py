"""The desk at work: a port, the address for the terminal, uvicorn until ^C."""

from __future__ import annotations

import asyncio
import errno
import getpass
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from ipaddress import ip_address
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from matrixsite.desk.access import Access, bracketed
from matrixsite.desk.doors import Gate
from matrixsite.desk.errors import DeskUnusable
from matrixsite.desk.guard import Guard
from matrixsite.errors import MatrixError

Say = Callable[[str], object]
ANOTHER = "This address works once, within 10 minutes. Enter: another one. ^C ends the desk."
ONCE = "This address works once, within 10 minutes; for another one start the desk anew. ^C ends it."


def serve_desk(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    state: Path,
    address: str = "",
    browser: bool = True,
    say: Say = print,
) -> None:
    """Serve `app` until ^C or the end of the process.

    `address` is the origin by which a proxy shows the desk. Raises DeskUnusable where it would be open to others
    without a password, MatrixError where it can't be served.
    """
    access = Access.by(host, address)
    gate = Gate.of(access, state, editor=_user())
    password = gate.passwords.read()
    with closing(listening(host, port)) as listener:
        if password is None and (address or not is_loopback(listener)):
            raise DeskUnusable(
                "others than this machine can reach the desk there, so it needs a password; "
                "set one: matrixsite desk --set-password"
            )
        server = quiet_server(Guard(app, gate), behind_proxy=bool(address))
        with _ended_by_signals():
            asyncio.run(
                _serve(server, listener, partial(_announce, gate, _shown(host, listener), say), browser)
            )


def quiet_server(app: ASGIApp, *, behind_proxy: bool = False) -> uvicorn.Server:
    """A server for the guarded application that logs nothing but faults of its own: the guard logs the others."""
    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        loop="asyncio",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=behind_proxy,  # whose address is whose, for the delay of guesses
        forwarded_allow_ips="127.0.0.1",
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises MatrixError where it can't."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, place = min(found, key=lambda one: one[0] != socket.AF_INET)
        listener = socket.socket(family)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen(100)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise MatrixError(f"port {port} is taken; name another one with --port") from error
        raise MatrixError(f"can't serve at {host}, port {port}: {error.strerror or error}") from error
    return listener


def is_loopback(listener: socket.socket) -> bool:
    """Whether only this machine reaches it: by what it is bound to, whatever name that was given by."""
    return ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback


def _shown(host: str, listener: socket.socket) -> str:
    """The address for this machine's browser: a number where it can be, which nobody else's can be taken for."""
    bound, port = listener.getsockname()[:2]
    if ip_address(bound.partition("%")[0]).is_unspecified:
        host = "[::1]" if ":" in bound else "127.0.0.1"
    elif is_loopback(listener):
        host = bracketed(bound)
    else:
        host = bracketed(host)
    return f"http://{host}:{port}/"


def _announce(gate: Gate, address: str, say: Say) -> str:
    url = f"{address}?token={gate.token.make()}"
    say(f"desk at {url}")
    say(ANOTHER if _at_terminal() else ONCE)
    return url


async def _serve(
    server: uvicorn.Server, listener: socket.socket, announce: Callable[[], str], browser: bool
) -> None:
    running = asyncio.ensure_future(server.serve(sockets=[listener]))
    while not server.started and not running.done():
        await asyncio.sleep(0.01)
    if not running.done():
        address = announce()
        if browser and _has_screen():
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        if _at_terminal():
            asyncio.get_running_loop().add_reader(sys.stdin.fileno(), _enter, announce)
    await running


def _enter(announce: Callable[[], object]) -> None:
    """Whoever sits at the terminal may always come in; a job in the background must not read from it."""
    if not _at_terminal():
        return
    if os.read(sys.stdin.fileno(), 1000):
        announce()
    else:
        asyncio.get_running_loop().remove_reader(sys.stdin.fileno())


def _at_terminal() -> bool:
    try:
        return sys.stdin.isatty() and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (AttributeError, OSError, ValueError):  # none, closed, or not the process's own
        return False


def _has_screen() -> bool:
    """Without one a browser would take over the terminal, if there is any."""
    windows = sys.platform in ("darwin", "win32")
    return windows or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """uvicorn raises again, to who came before it, the signal that ended it: nobody, for that is how the desk ends."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: None) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
