"""What requests carry: a bounded body of a known type, read before anyone looks at it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, ImmutableMultiDict
from starlette.types import Message, Receive

LIMIT = 1_000_000  # bytes
PATIENCE = 30.0  # seconds for all of it
FIELDS = 5_000  # of a form
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

Form = ImmutableMultiDict[str, str]


class BodyRefused(Exception):
    """A body that isn't taken, with the status that says why."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


class Gone(Exception):
    """Who asked has left."""


@dataclass(slots=True)
class Body:
    """A whole body, for the application to read again."""

    content: bytes
    form: Form
    _receive: Receive
    _read: bool = False

    async def receive(self) -> Message:
        """What the server gave, as the application sees it."""
        if self._read:
            return await self._receive()
        self._read = True
        return {"type": "http.request", "body": self.content, "more_body": False}


async def read_body(headers: Headers, receive: Receive) -> Body:
    """Read it. Raises BodyRefused, or Gone."""
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length[:20]) > LIMIT:
        raise BodyRefused(413)
    kind, _, parameters = headers.get("content-type", "").lower().partition(";")
    kind, charset = kind.strip(), parameters.strip().removeprefix("charset=").strip('"')
    try:
        content = await asyncio.wait_for(_read(receive), PATIENCE)
    except TimeoutError:
        raise BodyRefused(408) from None
    if content and (kind not in (FORM, JSON) or charset not in ("", "utf-8")):
        raise BodyRefused(415)
    return Body(content, _form(content) if kind == FORM else Form(), receive)


async def _read(receive: Receive) -> bytes:
    content, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        content += message.get("body", b"")
        more = message.get("more_body", False)
        if len(content) > LIMIT:
            raise BodyRefused(413)
    return bytes(content)


def _form(content: bytes) -> Form:
    try:
        fields = parse_qsl(content.decode(), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except ValueError:
        raise BodyRefused(400) from None
    return Form(fields)
