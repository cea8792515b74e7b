"""One request from its URL to its answer: redirects by hand, conditional GET, one deadline, bounded body."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from hashlib import blake2b
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import hdrs
from yarl import URL

from matrixsite.config.settings import FetchSettings
from matrixsite.fetch import reasons
from matrixsite.fetch.addresses import Guard, literal
from matrixsite.fetch.connect import GuardedResolver, Proxies, RefusedAddressError, open_session
from matrixsite.fetch.decoding import unpack
from matrixsite.fetch.headers import ACCEPT, intact, location, retry_after
from matrixsite.fetch.reasons import Fault, failed
from matrixsite.model import Answer, Outcome, Request

MAX_REDIRECTS = 5
_LARGE = 1_000_000  # bytes of a body as sent
_LARGE_AT_ONCE = 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_BODIES = frozenset(
    {200, 203}
)  # 203: the same, changed by a proxy on the way; its validators are not the origin's


class Client:
    """Asks feeds over HTTP; an async context manager that holds one session."""

    def __init__(self, settings: FetchSettings, user_agent: str, accept: str = ACCEPT) -> None:
        self.guard = Guard(settings.allow_private)
        self._settings, self._user_agent, self._accept = settings, user_agent, accept

    async def __aenter__(self) -> Self:
        self._proxies = Proxies()
        self._large = asyncio.Semaphore(_LARGE_AT_ONCE)
        resolver = GuardedResolver(self.guard, self._proxies)
        self._resolver = resolver
        self._session = open_session(resolver, self._settings.connect_timeout, self._user_agent, self._accept)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._resolver.close()

    async def ask(self, request: Request, url: URL) -> Answer:
        """The feed's answer; `url` is `request.url` parsed. Whatever goes wrong is an answer too."""
        try:
            async with asyncio.timeout(self._settings.timeout):
                return await self._follow(request, url)
        except Fault as fault:
            return failed(request, fault)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return failed(request, self._fault(error))

    async def post(self, url: URL, form: Sequence[tuple[str, str]]) -> None:
        """Send a form, guarded as a feed is. Raises Fault unless the answer is one of success; it is not read."""
        try:
            self._check(url)
            async with (
                asyncio.timeout(self._settings.timeout),
                self._session.post(
                    url, data=form, allow_redirects=False, proxy=self._proxies.for_url(url)
                ) as response,
            ):
                if not 200 <= response.status < 300:
                    raise _refusal(response)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise self._fault(error) from error

    async def _follow(self, request: Request, start: URL) -> Answer:
        url, permanent, seen = start, True, {start}
        headers = _conditions(request)
        for hop in range(MAX_REDIRECTS + 1):
            self._check(url)
            async with self._session.get(
                url, headers=headers, allow_redirects=False, proxy=self._proxies.for_url(url)
            ) as response:
                if response.status not in _REDIRECTS:
                    return await self._answer(request, response, url, moved=permanent and hop > 0)
                permanent = permanent and response.status in _PERMANENT
                url = redirected(url, response.headers.get(hdrs.LOCATION), start)
            if url in seen:
                break
            seen.add(url)
        raise Fault(reasons.REDIRECT_LOOP, f"{len(seen)} addresses")

    def _check(self, url: URL) -> None:
        """Refuse what no resolver will see: other schemes, addresses spelled out, our own proxy."""
        host, port = url.raw_host, url.port
        if url.scheme not in ("http", "https") or not host or not port:
            raise Fault(reasons.BAD_ADDRESS, "not an http or https address with a host")
        if (found := literal(host)) is not None and (kind := self.guard.refusal(str(found), host, port)):
            raise Fault(reasons.REFUSED_ADDRESS, f"{host}:{port} is {kind}")
        if (host, port) in self._proxies.places and not self.guard.listed(host, port):
            raise Fault(reasons.REFUSED_ADDRESS, "the proxy itself")

    async def _answer(
        self, request: Request, response: aiohttp.ClientResponse, url: URL, *, moved: bool
    ) -> Answer:
        place = str(url.with_user(None) if url.raw_user else url)
        moved_to = place if moved else ""
        if response.status == 304 and (request.etag or request.modified):
            return Answer(
                key=request.key,
                outcome=Outcome.SAME,
                url=place,
                etag=request.etag,
                modified=request.modified,
                digest=request.digest,
                moved_to=moved_to,
                status=304,
            )
        if response.status not in _BODIES:
            raise _refusal(response)
        body = await self._body(response)
        digest = blake2b(body, digest_size=16).digest()
        same = digest == request.digest
        trusted = response.status == 200
        return Answer(
            key=request.key,
            outcome=Outcome.SAME if same else Outcome.NEW,
            url=place,
            body=b"" if same else body,
            content_type=intact(response.headers.get(hdrs.CONTENT_TYPE)),
            etag=intact(response.headers.get(hdrs.ETAG)) if trusted else "",
            modified=intact(response.headers.get(hdrs.LAST_MODIFIED)) if trusted else "",
            digest=digest,
            moved_to=moved_to,
            status=response.status,
        )

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        limit = self._settings.max_bytes
        if (response.content_length or 0) > limit:
            raise Fault(reasons.TOO_LARGE, f"over {limit} bytes", status=response.status)
        line = response.connection.protocol if response.connection else None
        packed = await self._packed(response.content, limit)
        if line is not None and _ends_with_connection(response) and isinstance(line.exception(), OSError):
            raise Fault(reasons.CUT_SHORT, "connection reset")  # aiohttp takes any end for the body's end
        return unpack(packed, response.headers.get(hdrs.CONTENT_ENCODING, ""), limit)

    async def _packed(self, stream: aiohttp.StreamReader, limit: int) -> bytes:
        """The body as sent. Beyond _LARGE it goes on only as one of a few, so that memory has a bound."""
        packets, size = [], 0
        async with AsyncExitStack() as place:
            while packet := await stream.readany():
                packets.append(packet)
                if size <= _LARGE < size + len(packet):
                    await place.enter_async_context(self._large)
                size += len(packet)
                if size > limit:
                    raise Fault(reasons.TOO_LARGE, f"over {limit} bytes")
        return packets[0] if len(packets) == 1 else b"".join(packets)

    def _fault(self, error: Exception) -> Fault:
        """The reason in an error of aiohttp or the system."""
        match error:
            case aiohttp.ConnectionTimeoutError():
                return Fault(reasons.CONNECT, f"no connection within {self._settings.connect_timeout:g} s")
            case aiohttp.ClientConnectorDNSError(os_error=RefusedAddressError() as refusal):
                return Fault(reasons.REFUSED_ADDRESS, f"{error.host}:{error.port} is {refusal}")
            case aiohttp.ClientProxyConnectionError() | aiohttp.ClientHttpProxyError():
                return Fault(reasons.PROXY)
            case aiohttp.ClientConnectorDNSError():
                return Fault(reasons.DNS, error.host)
            case aiohttp.ClientSSLError():
                kind = (
                    "certificate"
                    if isinstance(error, aiohttp.ClientConnectorCertificateError)
                    else "handshake"
                )
                return Fault(reasons.TLS, f"{error.host}: {kind}")
            case aiohttp.ClientConnectorError():
                return Fault(reasons.CONNECT, f"{error.host}: {error.os_error.strerror or 'failed'}")
            case aiohttp.InvalidURL():
                return Fault(reasons.BAD_ADDRESS)
            case TimeoutError():
                return Fault(reasons.TIMEOUT, f"no complete answer within {self._settings.timeout:g} s")
            case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError() | OSError():
                return Fault(reasons.CUT_SHORT, "connection ended early")
        return Fault(reasons.PROTOCOL, type(error).__name__)


def _ends_with_connection(response: aiohttp.ClientResponse) -> bool:
    return not {hdrs.CONTENT_LENGTH, hdrs.TRANSFER_ENCODING} & response.headers.keys()


def _conditions(request: Request) -> dict[str, str] | None:
    if not request.etag and not request.modified:
        return None
    sent = ((hdrs.IF_NONE_MATCH, request.etag), (hdrs.IF_MODIFIED_SINCE, request.modified))
    return {name: value for name, value in sent if value}


def redirected(url: URL, target: str | None, start: URL) -> URL:
    """Where a redirect leads. Credentials come from the operator's URL only and stay with its origin."""
    if not target or "\\" in target:
        raise Fault(reasons.REDIRECT_REFUSED, "no usable address")
    try:
        found = url.join(URL(location(target))).with_fragment(None)
        if found.scheme not in ("http", "https") or not found.raw_host:
            raise Fault(reasons.REDIRECT_REFUSED, f"to {found.scheme[:20]}:")
        found = found.with_user(None)
        if start.raw_user and found.origin() == start.origin():
            found = found.with_user(start.user).with_password(start.password)
    except ValueError as error:
        raise Fault(reasons.REDIRECT_REFUSED, "no usable address") from error
    return found


def _refusal(response: aiohttp.ClientResponse) -> Fault:
    status = response.status
    code = {
        304: reasons.PROTOCOL,
        404: reasons.NOT_FOUND,
        410: reasons.GONE,
        429: reasons.HOST_ASKED_TO_WAIT,
    }.get(status, reasons.HTTP_STATUS)
    detail = "304 unasked" if status == 304 else f"HTTP {status}"
    wait = 0.0
    if status in (429, 503):
        wait = retry_after(response.headers.get(hdrs.RETRY_AFTER), response.headers.get(hdrs.DATE))
    return Fault(code, detail, status=status, retry_after=wait)
