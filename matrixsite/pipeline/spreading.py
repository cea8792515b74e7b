"""Fetching on the workers of a cluster: parts of the hosts, each asked by one worker at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from matrixsite.config.settings import FetchSettings
from matrixsite.fetch import reasons
from matrixsite.fetch.addresses import Guard
from matrixsite.fetch.crawl import fetch_all
from matrixsite.fetch.hosts import Patience, host_of
from matrixsite.fetch.reasons import Fault, failed
from matrixsite.fetch.spread import Hosted, batches, shards
from matrixsite.model import Answer, Request
from matrixsite.pipeline.engines import AnyEngine

BATCH = 64  # requests that are asked in one go: their answers come back together


async def fetch_spread(
    requests: Sequence[Request], settings: FetchSettings, root: Path, *, site_url: str, engine: AnyEngine
) -> AsyncGenerator[Answer, None]:
    """One answer for every request. Local paths are read here, the rest asked for by workers.

    A part of the hosts has one call under way: so `per_host` holds over the cluster, and what a host said in one call
    is heeded in the next. `concurrency` is shared out. What a worker that was killed had asked is asked again.
    """
    local = [request for request in requests if "://" not in request.url]
    async for answer in fetch_all(local, settings, root, site_url=site_url):
        yield answer
    hosted, hopeless = _hosted([request for request in requests if "://" in request.url], settings)
    for answer in hopeless:
        yield answer
    parts = shards(hosted, engine.jobs)
    share = replace(settings, concurrency=max(1, settings.concurrency // max(1, len(parts))))
    asker = _Asker(engine, share, root, site_url)
    done: asyncio.Queue[list[Answer] | None] = asyncio.Queue(maxsize=max(1, len(parts)))
    asking = [asyncio.create_task(asker.ask(part, done)) for part in parts]
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


def _hosted(requests: Sequence[Request], settings: FetchSettings) -> tuple[list[Hosted], list[Answer]]:
    """The requests with their hosts, and the answers of those that have none."""
    from yarl import URL

    listed, hosted, hopeless = Guard(settings.allow_private).listed, [], []
    for request in requests:
        try:
            hosted.append((host_of(URL(request.url), listed), request))
        except ValueError:
            hopeless.append(failed(request, Fault(reasons.BAD_ADDRESS)))
    return hosted, hopeless


class _Asker:
    """Asks by calls to workers."""

    def __init__(self, engine: AnyEngine, settings: FetchSettings, root: Path, site_url: str) -> None:
        self._engine, self._how = engine, (settings, root, site_url)
        self._patience = Patience()
        self._settled: dict[str, Fault] = {}  # hosts that aren't to be asked any more in this run

    async def ask(self, part: Sequence[Hosted], done: asyncio.Queue[list[Answer] | None]) -> None:
        """Ask for one part, a batch after the other; None at its end."""
        for batch in batches(part, BATCH):
            await done.put(list(self._answered_for(batch)))
            wanted = [(host, request) for host, request in batch if host not in self._settled]
            if wanted:
                answers = await self._asked([request for _, request in wanted])
                self._heed({request.key: host for host, request in wanted}, answers)
                await done.put(answers)
        await done.put(None)

    def _answered_for(self, batch: Sequence[Hosted]) -> Iterator[Answer]:
        for host, request in batch:
            if host in self._settled:
                yield failed(request, self._settled[host])

    def _heed(self, hosts: dict[str, str], answers: Sequence[Answer]) -> None:
        for answer in answers:
            host = hosts[answer.key]
            if fault := self._patience.heed(host, answer):
                self._settled[host] = fault

    async def _asked(self, batch: list[Request]) -> list[Answer]:
        try:
            return await asyncio.wrap_future(self._engine.submit(fetch_batch, batch, *self._how))
        except BrokenProcessPool:  # more workers were killed than one call survives: ask from here
            return await _all(batch, *self._how)


async def _next(
    done: asyncio.Queue[list[Answer] | None], asking: Sequence[asyncio.Task[None]]
) -> list[Answer] | None:
    """What comes next; raises what a part raised, for it will bring nothing more."""
    taking = asyncio.create_task(done.get())
    while True:
        failed_part = next((task for task in asking if task.done() and task.exception()), None)
        if failed_part:
            taking.cancel()
            failed_part.result()
        pending = [task for task in asking if not task.done()]
        await asyncio.wait([taking, *pending], return_when=asyncio.FIRST_COMPLETED)
        if taking.done():
            return taking.result()


def fetch_batch(batch: list[Request], settings: FetchSettings, root: Path, site_url: str) -> list[Answer]:
    """The answers to some requests, in a worker."""
    return asyncio.run(_all(batch, settings, root, site_url))


async def _all(batch: list[Request], settings: FetchSettings, root: Path, site_url: str) -> list[Answer]:
    return [answer async for answer in fetch_all(batch, settings, root, site_url=site_url)]
