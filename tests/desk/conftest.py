"""A desk at work on loopback, with pages that say what they were given, and a browser's part by hand."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from matrixsite.desk.access import Access
from matrixsite.desk.doors import Gate
from matrixsite.desk.guard import Guard
from matrixsite.desk.passwords import record_of
from matrixsite.desk.serving import listening, quiet_server

PASSWORD = "青山不改绿水长流今夜无眠"


@dataclass(slots=True)
class Clock:
    """Time that passes when told to."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: str
    raw: bytes

    def __getitem__(self, name: str) -> str:
        return self.headers[name] or ""


@dataclass(slots=True)
class Browser:
    """Keeps a cookie, and asks with the headers of a browser unless told otherwise."""

    gate: Gate
    clock: Clock
    port: int
    cookie: str = ""
    csrf: str = ""
    seen: list[Answer] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """A header of the value "-" is left out."""
        sent = {"Cookie": self.cookie or "-", **(headers or {})}
        sent = {name: value for name, value in sent.items() if value != "-"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            raw = response.read()
        answer = Answer(response.status, response.headers, raw.decode("utf-8", "replace"), raw)
        if cookie := answer["Set-Cookie"]:
            self.cookie = cookie.partition(";")[0]
        self.seen.append(answer)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, _named(headers))

    def post(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """A form, as a page of the desk sends it."""
        usual = {
            "Origin": self.origin,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRF-Token": self.csrf or "-",
        }
        return self.ask("POST", path, urlencode(fields or {}).encode(), {**usual, **_named(headers)})

    def come_in(self) -> Answer:
        """By the terminal's address."""
        answer = self.get(f"/?token={self.gate.token.make()}")
        self.csrf = json.loads(self.get("/").body)["csrf"]
        return answer

    def log_in(self, password: str = PASSWORD, **headers: str) -> Answer:
        return self.post("/login", {"password": password, "editor": "李编辑", "next": "/who?a=1"}, **headers)


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


async def _who(request: Request) -> Response:
    session = request.state.session
    return JSONResponse({"csrf": session.csrf, "language": session.language, "editor": session.editor})


async def _echo(request: Request) -> Response:
    body = await request.body()
    fields = request.state.form.multi_items()
    return JSONResponse({"body": body.decode(), "form": fields}, headers={"Cache-Control": "max-age=9"})


async def _fail(request: Request) -> Response:
    raise RuntimeError("a page that fails")


async def _style(request: Request) -> Response:
    return PlainTextResponse("body {}")


def pages() -> Starlette:
    """What stands in for the pages of the desk."""
    return Starlette(
        routes=[
            Route("/", _who),
            Route("/who", _who),
            Route("/echo", _echo, methods=["POST", "PUT", "DELETE"]),
            Route("/fail", _fail),
            Route("/static/{path:path}", _style),
        ]
    )


Opening = Callable[..., AbstractContextManager[Browser]]


@dataclass(slots=True)
class Served:
    """A server that all tests share; each puts a desk of its own there."""

    port: int
    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """A port with a server."""
    with closing(listening("127.0.0.1", 0)) as listener:
        served = Served(listener.getsockname()[1], pages())
        server = quiet_server(served)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            while not server.started:
                time.sleep(0.005)
            yield served
        finally:
            server.should_exit = True
            thread.join(timeout=20)


@pytest.fixture
def opened(tmp_path: Path, served: Served) -> Opening:
    """Open a desk: `with opened(password=True, access=…) as browser`."""

    @contextmanager
    def start(*, password: bool = False, access: Access | None = None) -> Iterator[Browser]:
        clock = Clock()
        gate = Gate.of(access or Access(), tmp_path, editor="operator", clock=clock)
        if password:
            gate.passwords.write(record_of(PASSWORD, n=2))
        served.app = Guard(pages(), gate)
        yield Browser(gate, clock, served.port)

    return start


@pytest.fixture
def desk(opened: Opening) -> Iterator[Browser]:
    """A desk on loopback, without a password; nobody is in yet."""
    with opened() as browser:
        yield browser


def location(answer: Answer) -> str:
    """Where it leads, without the host."""
    parts = urlsplit(answer["Location"])
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
