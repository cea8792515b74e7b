"""Fetching on the workers of a cluster: parts of the hosts, each asked by one worker at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from matrixsite.config.settings import FetchSettings
from matrixsite.fetch.crawl import fetch_all
from matrixsite.fetch.spread import batches, shards
from matrixsite.model import Answer, Request
from matrixsite.pipeline.engines import AnyEngine


async def fetch_spread(
    requests: Sequence[Request], settings: FetchSettings, root: Path, *, site_url: str, engine: AnyEngine
) -> AsyncGenerator[Answer, None]:
    """One answer for every request. Local paths are read here, the rest asked for by workers.

    A part of the hosts has one call under way: so `per_host` holds over the cluster. `concurrency` is shared out. What
    a worker that was killed had asked is asked again.
    """
    local = [request for request in requests if "://" not in request.url]
    async for answer in fetch_all(local, settings, root, site_url=site_url):
        yield answer
    parts = shards((request for request in requests if "://" in request.url), engine.jobs)
    if not parts:
        return
    share = replace(settings, concurrency=max(1, settings.concurrency // len(parts)))
    done: asyncio.Queue[list[Answer] | None] = asyncio.Queue(maxsize=len(parts))

    async def ask(part: Sequence[Request]) -> None:
        for batch in batches(part):
            await done.put(await _asked(engine, batch, share, root, site_url))
        await done.put(None)

    asking = [asyncio.create_task(ask(part)) for part in parts]
    left = len(parts)
    try:
        while left:
            answers = await _next(done, asking)
            left -= answers is None
            for answer in answers or ():
                yield answer
    finally:
        for task in asking:
            task.cancel()
        for task in asking:
            with suppress(asyncio.CancelledError, Exception):
                await task


async def _next(
    done: asyncio.Queue[list[Answer] | None], asking: Sequence[asyncio.Task[None]]
) -> list[Answer] | None:
    """What comes next; raises what a part raised, for it will bring nothing more."""
    taking = asyncio.create_task(done.get())
    while True:
        failed = next((task for task in asking if task.done() and task.exception()), None)
        if failed:
            taking.cancel()
            failed.result()
        pending = [task for task in asking if not task.done()]
        await asyncio.wait([taking, *pending], return_when=asyncio.FIRST_COMPLETED)
        if taking.done():
            return taking.result()


async def _asked(
    engine: AnyEngine, batch: list[Request], settings: FetchSettings, root: Path, site_url: str
) -> list[Answer]:
    try:
        return await asyncio.wrap_future(engine.submit(fetch_batch, batch, settings, root, site_url))
    except BrokenProcessPool:  # more workers were killed than one call survives: ask from here
        return await _all(batch, settings, root, site_url)


def fetch_batch(batch: list[Request], settings: FetchSettings, root: Path, site_url: str) -> list[Answer]:
    """The answers to some requests, in a worker."""
    return asyncio.run(_all(batch, settings, root, site_url))


async def _all(batch: list[Request], settings: FetchSettings, root: Path, site_url: str) -> list[Answer]:
    return [answer async for answer in fetch_all(batch, settings, root, site_url=site_url)]
