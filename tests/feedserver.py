"""A small web server on loopback whose whole internet is one table: path → what it answers, however odd.

    server.routes["/a.xml"] = Reply(b"<rss/>", {"ETag": '"1"'})                 a proper answer
    server.routes["/b.xml"] = lambda asked: Reply(status=304)               by the request
    server.routes["/c.xml"] = Raw([b"HTTP/1.1 200 OK\\r\\n", 0.1, b"junk"])   byte by byte
    server.asked                                                                what came in

Runs in a thread of its own, on an ephemeral port of 127.0.0.1.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from itertools import chain, repeat
from types import TracebackType
from typing import Literal, Self


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in. Header names are lower-case, values the bytes as sent."""

    method: str
    target: str  # path and query; the whole address where the server is used as a proxy
    headers: tuple[tuple[str, bytes], ...]
    body: bytes = b""

    def header(self, name: str) -> bytes | None:
        """The first value of a header."""
        return next((value for key, value in self.headers if key == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer by the book: Content-Length is added, the connection stays open."""

    body: bytes = b""
    headers: Mapping[str, str | bytes] = field(default_factory=dict)
    status: int = 200
    delay: float = 0.0  # seconds before it

    def encoded(self) -> bytes:
        phrase = HTTPStatus(self.status).phrase if self.status in list(HTTPStatus) else "Odd"
        lines = [f"HTTP/1.1 {self.status} {phrase}".encode()]
        for name, value in self.headers.items():
            lines.append(f"{name}: ".encode() + (value.encode() if isinstance(value, str) else value))
        if self.status != 304:
            lines.append(b"Content-Length: %d" % len(self.body))
        return b"\r\n".join([*lines, b"", self.body])


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer byte by byte: bytes are sent, numbers are pauses in seconds; then the connection ends."""

    steps: Iterable[bytes | float]
    end: Literal["close", "reset", "hold"] = "close"  # hold: stay silent for good


def endless(head: bytes, again: bytes, pause: float = 0.0) -> Raw:
    """`head`, then `again` for ever. Can be served any number of times."""
    return Raw(_Endless(head, again, pause))


@dataclass(frozen=True, slots=True)
class _Endless:
    head: bytes
    again: bytes
    pause: float

    def __iter__(self) -> Iterator[bytes | float]:
        return chain([self.head], chain.from_iterable(repeat((self.again, self.pause))))


Answered = Reply | Raw
Route = Answered | Callable[[Asked], Answered]


class FeedServer:
    """A context manager; `routes` may be changed at any time, other paths answer 404. A path answers
    with any query that has no route of its own.

    With `ports` it listens on several, and is as many hosts to a fetcher.
    """

    def __init__(
        self, routes: Mapping[str, Route] | None = None, tls: ssl.SSLContext | None = None, ports: int = 1
    ) -> None:
        self._tls = tls
        self.routes: dict[str, Route] = dict(routes or {})
        self.asked: list[Asked] = []
        self.at_once = 0  # the most requests that were being answered at one moment
        self.ports = [0] * ports
        self._busy = 0
        self._started = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve()), name="feedserver", daemon=True
        )

    @property
    def port(self) -> int:
        return self.ports[0]

    @property
    def place(self) -> str:
        """host:port, as `fetch.allow_private` lists it."""
        return self.places[0]

    @property
    def places(self) -> list[str]:
        """All of them."""
        return [f"127.0.0.1:{port}" for port in self.ports]

    def url(self, path: str, host: int = 0) -> str:
        """The address of a path on this server."""
        return f"http://{self.places[host % len(self.ports)]}{path}"

    def targets(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.target for asked in self.asked]

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        servers = [
            await asyncio.start_server(
                self._connection, "127.0.0.1", 0, limit=1 << 20, backlog=256, ssl=self._tls
            )
            for _ in self.ports
        ]
        self.ports = [server.sockets[0].getsockname()[1] for server in servers]
        self._started.set()
        await self._stop.wait()
        for server in servers:
            server.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer(await _read(reader), writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client left, or the test is over
        finally:
            writer.close()

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; False if that ends the connection."""
        self.asked.append(asked)
        self._busy += 1
        self.at_once = max(self.at_once, self._busy)
        try:
            path = asked.target.partition("?")[0]
            route = self.routes.get(asked.target) or self.routes.get(path, _NOT_FOUND)
            answer = route(asked) if callable(route) else route
            if isinstance(answer, Raw):
                await _send_raw(answer, writer, self._stop)
                return False
            await asyncio.sleep(answer.delay)
            writer.write(answer.encoded())
            await writer.drain()
            return True
        finally:
            self._busy -= 1


async def _send_raw(answer: Raw, writer: asyncio.StreamWriter, stop: asyncio.Event) -> None:
    for step in answer.steps:
        if isinstance(step, bytes):
            writer.write(step)
            await writer.drain()
        else:
            await asyncio.sleep(step)
    if answer.end == "hold":
        await stop.wait()  # an event of nobody else's would be collected, and the connection with it
    if answer.end == "reset":
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()


async def _read(reader: asyncio.StreamReader) -> Asked:
    asked = _parse(await reader.readuntil(b"\r\n\r\n"))
    length = int(asked.header("content-length") or 0)
    return replace(asked, body=await reader.readexactly(length))


def _parse(head: bytes) -> Asked:
    first, *lines = head.split(b"\r\n")
    method, target, _ = first.decode("latin-1").split(" ", 2)
    fields = (line.partition(b":") for line in lines if line)
    return Asked(method, target, tuple((name.decode().lower(), value.strip()) for name, _, value in fields))


_NOT_FOUND = Reply(b"no such feed", status=404)
