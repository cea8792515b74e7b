"""Where connections go: the operator's proxies, and a name look-up that hands out only what may be asked.

The connector connects to exactly what the resolver returns, so no name shows one address to the check and
another to the connection (DNS rebinding). Addresses spelled out in URLs reach no resolver: see `client`.
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.request import getproxies, proxy_bypass

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from matrixsite.errors import Problem, SettingsError
from matrixsite.fetch.addresses import Guard
from matrixsite.fetch.decoding import OFFERED

_REMEMBERED = 3600  # seconds that a looked-up name is kept: longer than any run takes
_LOOKUPS = 32  # at once; a name server that doesn't answer holds its thread for seconds


class RefusedAddressError(OSError):
    """A name that resolves to nothing that may be asked."""


class Proxies:
    """HTTP_PROXY, HTTPS_PROXY and NO_PROXY, as the standard library reads them. Raises SettingsError."""

    def __init__(self) -> None:
        found = {scheme: address for scheme, address in getproxies().items() if scheme in ("http", "https")}
        self._by_scheme = {scheme: _proxy(scheme, address) for scheme, address in found.items()}
        self.places = frozenset((proxy.raw_host, proxy.port) for proxy in self._by_scheme.values())

    def for_url(self, url: URL) -> URL | None:
        """The proxy that a request for `url` goes through, or None."""
        if not self._by_scheme:
            return None
        proxy = self._by_scheme.get(url.scheme)
        return None if proxy is None or proxy_bypass(f"{url.raw_host}:{url.port}") else proxy


def _proxy(scheme: str, address: str) -> URL:
    try:
        proxy = URL(address if "://" in address else f"http://{address}")
        if proxy.scheme in ("http", "https") and proxy.raw_host:
            return proxy
    except ValueError:
        pass
    raise SettingsError(
        [
            Problem(
                "environment",
                0,
                f"{scheme}_proxy".upper(),
                "no proxy that can be used",
                "Name an http:// one",
            )
        ]
    )


class GuardedResolver(AbstractResolver):
    """The system's resolver without what the guard refuses, in threads of its own."""

    def __init__(self, guard: Guard, proxies: Proxies) -> None:
        self._guard, self._proxies = guard, proxies
        self._threads = ThreadPoolExecutor(_LOOKUPS, thread_name_prefix="lookup")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Look a name up. Raises RefusedAddressError if all are refused, OSError if there is none."""
        found = await asyncio.get_running_loop().run_in_executor(self._threads, _look_up, host, port, family)
        if (host, port) in self._proxies.places:  # the operator's own choice
            return found
        refusals = [self._guard.refusal(one["host"], host, port) for one in found]
        if found and all(refusals):
            raise RefusedAddressError(refusals[0])
        return [one for one, refusal in zip(found, refusals, strict=True) if refusal is None]

    async def close(self) -> None:
        """Leave threads that still wait for a name server to end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int, family: int) -> list[ResolveResult]:
    try:
        rows = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
    except UnicodeError as error:  # a label that is empty or too long for DNS
        raise OSError(f"not a host name ({error})") from error
    return [
        ResolveResult(
            hostname=host,
            host=str(address[0]),
            port=port,
            family=found,
            proto=proto,
            flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
        )
        for found, _, proto, _, address in rows
    ]


def open_session(
    resolver: AbstractResolver, connect_timeout: float, user_agent: str, accept: str
) -> aiohttp.ClientSession:
    """One session for all requests: no cookies, no netrc, nothing unpacked or followed by itself."""
    connector = aiohttp.TCPConnector(limit=0, resolver=resolver, ttl_dns_cache=_REMEMBERED)
    return aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, connect=connect_timeout),
        headers={"User-Agent": user_agent, "Accept": accept, "Accept-Encoding": OFFERED},
        auto_decompress=False,
        trust_env=False,
    )
