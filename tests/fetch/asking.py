"""Running the real fetch against the loopback server, for the tests of this folder."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from matrixsite.config.settings import FetchSettings
from matrixsite.fetch.crawl import fetch_all
from matrixsite.model import Answer, Request
from tests.feedserver import FeedServer

PATIENT = FetchSettings(max_bytes=100_000, spacing=0.0)
QUICK = replace(PATIENT, timeout=0.4, connect_timeout=0.3)
"""For what must time out; elsewhere a busy machine would make a healthy answer late."""


def fetch(requests: Iterable[Request], settings: FetchSettings, root: Path = Path()) -> list[Answer]:
    """All answers, in the order in which they came."""

    async def run() -> list[Answer]:
        return [answer async for answer in fetch_all(requests, settings, root, site_url="https://m.example")]

    return asyncio.run(run())


def listing(*servers: FeedServer, settings: FetchSettings = PATIENT) -> FetchSettings:
    """Settings under which these servers may be asked."""
    return replace(settings, allow_private=tuple(server.place for server in servers))


def fetch_one(
    server: FeedServer, path: str, *, etag: str = "", digest: bytes = b"", settings: FetchSettings = PATIENT
) -> Answer:
    """The answer for one path of a server."""
    request = Request("a", server.url(path), etag=etag, digest=digest)
    (answer,) = fetch([request], listing(server, settings=settings))
    return answer


def code(answer: Answer) -> str:
    """The code of an answer's reason; empty if it has none."""
    return answer.reason.code if answer.reason else ""
