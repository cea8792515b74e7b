"""What is answered before any page of the desk: coming in, going out, and the source.

    /?token=…        the terminal's address: a session, then the same address without it
    GET  /login      the form; POST (editor, password, next): a session
    POST /logout     the session ends
    GET  /session    {csrf, language, editor}, for a page that has outlived its session; POST (language, editor, next)
    GET  /source.zip the source

A form for the password has no CSRF token, for nobody has a session yet; it is held to its origin like all others.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from matrixsite.desk.access import Access, local
from matrixsite.desk.bodies import Form
from matrixsite.desk.door_pages import LANGUAGES, page, spoken
from matrixsite.desk.own_source import source_archive
from matrixsite.desk.passwords import PasswordFile
from matrixsite.desk.sessions import OneTimeToken, Session, Sessions
from matrixsite.desk.throttle import Throttle

TOKEN = "token"  # the name of the parameter


@dataclass(slots=True)
class Gate:
    """What the desk knows of who may enter."""

    access: Access
    sessions: Sessions
    token: OneTimeToken
    throttle: Throttle
    passwords: PasswordFile
    editor: str = ""  # the name of who comes by the terminal's address, until they give another
    at_once: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(2)
    )  # passwords looked at: 32 MB each

    @classmethod
    def of(
        cls, access: Access, state: Path, *, editor: str = "", clock: Callable[[], float] = time.monotonic
    ) -> Gate:
        """A gate without sessions, whose password lies in the state folder."""
        sessions, token, throttle = Sessions(clock), OneTimeToken(clock), Throttle(clock)
        return cls(access, sessions, token, throttle, PasswordFile.within(state), editor)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request whose Host and origin are ours, with the session that its cookie names."""

    gate: Gate
    request: Request
    secret: str
    session: Session | None

    @classmethod
    def of(cls, gate: Gate, request: Request) -> Visit:
        """Its cookie bears the port, for browsers give the cookies of all ports of a host to each."""
        secret = request.cookies.get(_cookie(request), "")
        return cls(gate, request, secret, gate.sessions.find(secret) if secret else None)

    @property
    def language(self) -> str:
        """That of the session, else that of the browser."""
        return self.session.language if self.session else spoken(self.request.headers)

    @property
    def onward(self) -> str:
        """Where they wanted to go, without a token."""
        if self.request.method != "GET":
            return "/"
        pairs = parse_qsl(self.request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
        query = urlencode([(name, value) for name, value in pairs if name != TOKEN])
        path = local(self.request.scope["raw_path"].decode("latin-1"))
        return f"{path}?{query}" if query else path

    def by_token(self) -> Response:
        """Come in by the terminal's address; whoever is in already just goes on."""
        if self.gate.token.redeem(self.request.query_params[TOKEN]):
            return self._enter(self.gate.editor, self.onward)
        return RedirectResponse(self.onward, 303) if self.session else self.closed("token")

    async def by_password(self, form: Form) -> Response:
        """Come in by the password, if one is set."""
        onward, record = local(form.get("next", "/")), self.gate.passwords.read()
        if record is None:
            return self.closed("closed", onward)
        address = self.request.client.host if self.request.client else ""
        if wait := self.gate.throttle.admit(address):
            seconds = math.ceil(wait)
            response = page("wait", self.language, password=True, onward=onward, seconds=seconds)
            response.headers["Retry-After"] = str(seconds)
            return response
        async with self.gate.at_once:
            fits = await run_in_threadpool(record.fits, form.get("password", ""))
        if not fits:
            return self.closed("wrong", onward)
        self.gate.throttle.succeeded(address)
        return self._enter(form.get("editor", ""), onward)

    def closed(self, why: str, onward: str = "") -> Response:
        """The door, with the ways in; a page that htmx fills loads itself anew and so comes to it."""
        has_password = self.gate.passwords.path.exists()
        response = page(why, self.language, password=has_password, onward=onward or self.onward)
        if self.request.headers.get("hx-request"):
            response.headers["HX-Refresh"] = "true"
        return response

    def leave(self) -> Response:
        """End the session."""
        self.gate.sessions.end(self.secret)
        response = page("left", self.language, password=self.gate.passwords.path.exists())
        response.delete_cookie(_cookie(self.request), path="/", httponly=True, samesite="strict")
        return response

    def change(self, form: Form) -> Response:
        """Take another language or name."""
        wanted = form.get("language", "")
        language = wanted if wanted in LANGUAGES else ""
        self.gate.sessions.change(self.secret, language=language, editor=form.get("editor", ""))
        return RedirectResponse(local(form.get("next", "/")), 303)

    def _enter(self, editor: str, onward: str) -> Response:
        self.gate.sessions.end(self.secret)  # nobody goes on with a secret that they came with
        secret = self.gate.sessions.start(spoken(self.request.headers), editor or self.gate.editor)
        response = RedirectResponse(onward, 303)
        secure = self.gate.access.secure(self.request.scope["scheme"], self.request.headers.get("host", ""))
        response.set_cookie(
            _cookie(self.request), secret, path="/", secure=secure, httponly=True, samesite="strict"
        )
        return response


async def answered(visit: Visit, form: Form) -> Response | None:
    """The answer of a door; None where a page of the desk was asked for."""
    method, path = visit.request.method, visit.request.scope["path"]
    if path == "/source.zip" and method in ("GET", "HEAD"):
        return Response(await run_in_threadpool(source_archive), media_type="application/zip")
    if path == "/login":
        return await visit.by_password(form) if method == "POST" else visit.closed("closed", "/")
    if visit.session is None:
        return None
    if path == "/logout" and method == "POST":
        return visit.leave()
    if path == "/session":
        said = {
            "csrf": visit.session.csrf,
            "language": visit.session.language,
            "editor": visit.session.editor,
        }
        return visit.change(form) if method == "POST" else JSONResponse(said)
    return None


def _cookie(request: Request) -> str:
    _, port = request.scope.get("server") or ("", 0)
    return f"desk-{port}"
