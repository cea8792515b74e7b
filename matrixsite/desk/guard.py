"""What every request to the desk passes before a page is made, and every answer before it leaves.

Pages find `request.state.session` (a `Session`: csrf, language, editor) and `request.state.form` (the fields of an
urlencoded body, empty otherwise); JSON bodies are read as ever. In this order: is Host ours; does it come from where
it may; is there a session; is the body bounded and of a known type; does it bear the session's CSRF token.
"""

from __future__ import annotations

import logging

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from matrixsite.desk.access import SAFE, strayed
from matrixsite.desk.bodies import BodyRefused, Gone, read_body
from matrixsite.desk.door_pages import page, spoken
from matrixsite.desk.doors import TOKEN, Gate, Visit, answered

STATIC = "/static/"  # the desk's own files, which the door needs too

POLICY = "; ".join(
    (
        "default-src 'none'",
        *(
            f"{kind} 'self'"
            for kind in ("script-src", "style-src", "connect-src", "form-action", "frame-src")
        ),
        "img-src 'self' https: http: data:",  # pictures stay where publishers have them, as on the site
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
_POLICY = "Content-Security-Policy"
HEADERS = {
    _POLICY: POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """An application (ASGI) that lets through to `app` what the gate allows."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self._app, self._gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the beginning and end of the server."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._guarded(scope, receive, _Headed(send))

    async def _guarded(self, scope: Scope, receive: Receive, send: _Headed) -> None:
        request = Request(scope)
        try:
            await self._answer(request, receive, send)
        except Gone:
            return
        except Exception:
            logging.getLogger(__name__).exception("the desk failed at %s %s", request.method, scope["path"])
            if not send.started:
                await page("bug", spoken(request.headers))(scope, receive, send)

    async def _answer(self, request: Request, receive: Receive, send: Send) -> None:
        scope, headers, method = request.scope, request.headers, request.method
        refusal: Response | None = None
        if not self._gate.access.knows(headers.get("host", "")):
            refusal = page("host", spoken(headers))
        elif not self._gate.access.own(method, scope["scheme"], headers):
            refusal = page("origin", spoken(headers))
        if refusal is None:
            visit = Visit.of(self._gate, request)
            refusal = _turned_away(visit)
        if refusal:
            await refusal(scope, receive, send)
            return
        try:
            body = await read_body(headers, receive)
        except BodyRefused as refused:
            await page(str(refused.status), visit.language)(scope, receive, send)
            return
        if visit.session and method not in SAFE:
            sent = headers.get("x-csrf-token") or body.form.get("csrf", "")
            if not visit.session.sent(sent) and not _is_login(visit):
                await page("csrf", visit.language)(scope, receive, send)
                return
        if response := await answered(visit, body.form):
            await response(scope, body.receive, send)
            return
        state = {**scope.get("state", {}), "session": visit.session, "form": body.form}
        await self._app({**scope, "state": state}, body.receive, send)


def _turned_away(visit: Visit) -> Response | None:
    """The answer to who has no session, before anything is read of what they send; and to the terminal's address."""
    method, path = visit.request.method, visit.request.scope["path"]
    if method == "GET" and TOKEN in visit.request.query_params:
        return visit.by_token()
    if visit.session or _is_login(visit) or (method in ("GET", "HEAD") and _is_open(path)):
        return None
    if method == "GET" and strayed(visit.request.headers):
        return page("strayed", visit.language, onward=visit.onward, go_on=True)
    return visit.closed("closed")


def _is_login(visit: Visit) -> bool:
    return visit.request.scope["path"] == "/login" and visit.request.method in ("GET", "HEAD", "POST")


def _is_open(path: str) -> bool:
    inner = path.removeprefix(STATIC).split("/")
    return path == "/source.zip" or (path.startswith(STATIC) and not {"", ".", ".."} & set(inner))


class _Headed:
    """Sends, with the headers that every answer has."""

    def __init__(self, send: Send) -> None:
        self._send, self.started = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            own = headers.get(_POLICY, "")  # a page may forbid more than all of them, never less
            for name, value in HEADERS.items():
                headers[name] = value
            if own:
                headers[_POLICY] = f"{POLICY}, {own}"
            headers.setdefault("Cache-Control", "no-store")
        await self._send(message)
