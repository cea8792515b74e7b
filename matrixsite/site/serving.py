"""A web server for previews: the built site as it is, with live reload, for this machine only.

Nothing is written: the reloading script is put into pages as they are sent. Names in the Host header are
checked, so that no page elsewhere can have its own name lead here and read the preview (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import errno
import json
import mimetypes
import signal
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from matrixsite.errors import MatrixError
from matrixsite.site.urls import NOT_FOUND

EVENTS = "/.matrixsite/events"
SCRIPT = "/.matrixsite/preview.js"
BEAT = 15.0  # seconds between signs of life, which find out browsers that left

_SCRIPT_FILE = Path(__file__).with_name("preview.js")
_TAG = f'<script src="{SCRIPT}"></script>'.encode()
_PLAIN = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


class Channel:
    """What browsers hear: that the site was rebuilt, or why it was not."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes]] = set()
        self._failure = ""

    def reload(self) -> None:
        """The site is new."""
        self._failure = ""
        self._send(_event("reload", ""))

    def fail(self, message: str) -> None:
        """The site could not be rebuilt; browsers that come later hear it too."""
        self._failure = message
        self._send(_event("failed", message))

    def close(self) -> None:
        """End all streams."""
        self._send(b"")

    def _send(self, event: bytes) -> None:
        for listener in self._listeners:
            listener.put_nowait(event)

    async def listen(self) -> AsyncIterator[bytes]:
        """Events as they come, signs of life between them, until the channel is closed."""
        events: asyncio.Queue[bytes] = asyncio.Queue()
        self._listeners.add(events)
        try:
            if self._failure:
                yield _event("failed", self._failure)
            while True:
                try:
                    event = await asyncio.wait_for(events.get(), BEAT)
                except TimeoutError:
                    event = b":\n\n"
                if not event:
                    return
                yield event
        finally:
            self._listeners.discard(events)


def _event(name: str, message: str) -> bytes:
    return f"event: {name}\ndata: {json.dumps(message)}\n\n".encode()


def preview_app(folder: Path, base: str, *, host: str, channel: Channel | None) -> web.Application:
    """The application that answers with the files of `folder` below the path `base` (both slashes).

    `host` is a name it may be asked by, beside localhost and addresses; without `channel` pages stay as they are.
    """
    pages = _Pages(folder.resolve(), base, channel)
    app = web.Application(middlewares=[_only_for(host)])
    if channel:
        app.router.add_get(EVENTS, pages.events)
        app.router.add_get(SCRIPT, pages.script)
    app.router.add_get("/{path:.*}", pages.page)
    return app


def _only_for(host: str) -> Middleware:
    @web.middleware
    async def check_host(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not is_ours(request.headers.get("Host", ""), host):
            return web.Response(status=403, text="This preview answers to localhost only.\n")
        return await handler(request)

    return check_host


def is_ours(header: str, host: str) -> bool:
    """Whether a Host header names this machine in a way that nobody else's DNS can."""
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return False
    if name in ("localhost", host.lower()) or name.endswith(".localhost"):
        return bool(name)
    with suppress(ValueError):
        return bool(ip_address(name))
    return False


class _Pages:
    """Requests answered from a folder."""

    def __init__(self, folder: Path, base: str, channel: Channel | None) -> None:
        self._folder, self._base, self._channel = folder, base, channel

    async def page(self, request: web.Request) -> web.StreamResponse:
        if not request.path.startswith(self._base):
            if request.path + "/" == self._base or request.path == "/":
                raise web.HTTPFound(self._base)
            return self._missing()
        path = request.path.removeprefix(self._base)
        place = located(self._folder, path)
        if place and place.is_dir():
            if path and not path.endswith("/"):
                raise web.HTTPFound(quote(f"{self._base}{path}/"))
            place = located(self._folder, f"{path}index.html")
        if place is None or not place.is_file():
            return self._missing()
        if place.suffix == ".html":
            return self._html(place.read_bytes(), 200)
        kind = mimetypes.guess_type(place.name, strict=False)[0] or "application/octet-stream"  # WebP, too
        return web.FileResponse(place, headers={**_PLAIN, "Content-Type": kind})

    async def script(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(_SCRIPT_FILE, headers=_PLAIN)

    async def events(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        assert self._channel
        with suppress(ConnectionError):  # the browser left
            await response.write(b":\n\n")
            async for event in self._channel.listen():
                await response.write(event)
        return response

    def _missing(self) -> web.Response:
        page = located(self._folder, NOT_FOUND)
        if page is None or not page.is_file():
            return web.Response(status=404, text="There is no such page.\n", headers=_PLAIN)
        return self._html(page.read_bytes(), 404)

    def _html(self, content: bytes, status: int) -> web.Response:
        body = with_script(content) if self._channel else content
        return web.Response(
            status=status, body=body, content_type="text/html", charset="utf-8", headers=_PLAIN
        )


def located(folder: Path, path: str) -> Path | None:
    """The file or folder that `path` (decoded) names in the resolved `folder`; None where nothing in it answers.

    Hidden files are none of a site's, save .well-known (RFC 8615); links must not lead out of the folder.
    """
    parts = path.removesuffix("/").split("/") if path else []
    if any(not part or "\\" in part or (part[0] == "." and part != ".well-known") for part in parts):
        return None
    try:
        place = folder.joinpath(*parts).resolve()
        if not place.is_relative_to(folder) or not (place.is_dir() if path.endswith("/") else place.exists()):
            return None
    except (OSError, ValueError):  # a name too long, a null character, links in a circle
        return None
    return place


def with_script(page: bytes) -> bytes:
    """The page with the reloading script, at the end of its body."""
    place = page.lower().rfind(b"</body>")
    return page + _TAG if place < 0 else page[:place] + _TAG + page[place:]


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[str]:
    """The application at work; yields its address. Raises MatrixError where it can't be."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise MatrixError(_unservable(host, port, error)) from error
        name = f"[{host}]" if ":" in host else host
        yield f"http://{name}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def _unservable(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken; name another one with --port"
    return f"can't serve at {host}, port {port}: {error.strerror or error}"


async def until_stopped(work: Awaitable[None] | None) -> None:
    """Wait for ^C or the end of the process, doing `work` meanwhile; what the work raises ends it too."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    tasks = {asyncio.ensure_future(stop.wait()), *([asyncio.ensure_future(work)] if work else [])}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
