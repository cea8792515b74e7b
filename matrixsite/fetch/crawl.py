"""All requests of a run: answers as they come, few of them waiting, and polite to each host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from matrixsite.config.settings import FetchSettings
from matrixsite.fetch import reasons
from matrixsite.fetch.headers import ACCEPT
from matrixsite.fetch.hosts import Patience, host_of
from matrixsite.fetch.local import read_local
from matrixsite.fetch.reasons import Fault, failed
from matrixsite.fetch.turns import Turn, Turns
from matrixsite.model import Answer, Request

if TYPE_CHECKING:  # aiohttp takes a third of a second to import, and a run on local files needs none of it
    from yarl import URL

    from matrixsite.fetch.client import Client

_PATIENCE = 0.1  # of the deadline: after it a request counts as slow, see Turns


async def fetch_all(
    requests: Iterable[Request],
    settings: FetchSettings,
    root: Path,
    *,
    site_url: str,
    offline: bool = False,
    accept: str = ACCEPT,
) -> AsyncGenerator[Answer, None]:
    """One answer for every request, in the order in which they come in.

    Local paths are relative to `root`; `accept` says what kinds of files are wanted. With `offline` nothing goes over
    the network. At most `settings.concurrency` bodies wait for the consumer: one that lags behind holds back what
    hasn't started. It must not block the event loop for seconds, or deadlines pass meanwhile.
    """
    remote = []
    for request in requests:
        if "://" not in request.url:
            yield read_local(request, root, settings.max_bytes)
        elif offline:
            yield failed(request, Fault(reasons.OFFLINE))
        else:
            remote.append(request)
    if remote:
        async with aclosing(_fetch_remote(remote, settings, site_url, accept)) as answers:
            async for answer in answers:
                yield answer


async def _fetch_remote(
    requests: list[Request], settings: FetchSettings, site_url: str, accept: str
) -> AsyncGenerator[Answer, None]:
    from matrixsite.fetch.client import Client

    async with Client(settings, settings.user_agent or user_agent(site_url), accept) as client:
        run = _Run(client, settings)
        try:
            for answer in run.queue(requests):
                yield answer
            while run.left:
                for answer in await run.next_answers():
                    yield answer
        finally:
            await run.stop()


def user_agent(site_url: str) -> str:
    """Who we are and where to complain."""
    from matrixsite import __version__

    return f"matrixsite/{__version__} (+{site_url})"


class _Run:
    """The requests under way: starts them as turns and consumer allow."""

    def __init__(self, client: Client, settings: FetchSettings) -> None:
        self._client = client
        self._turns: Turns[tuple[Request, URL]] = Turns(
            total=settings.concurrency,
            per_host=settings.per_host,
            spacing=settings.spacing,
            patience=settings.timeout * _PATIENCE,
        )
        self._loop = asyncio.get_running_loop()
        self._ended: asyncio.Queue[asyncio.Task[Answer]] = asyncio.Queue()
        self._running: dict[asyncio.Task[Answer], Turn[tuple[Request, URL]]] = {}
        self._patience = Patience()
        self._alarm: asyncio.TimerHandle | None = None
        self.left = 0  # requests not answered yet

    def queue(self, requests: Iterable[Request]) -> list[Answer]:
        """Line requests up by host and start the first; gives the answers of those that have no usable address."""
        from yarl import URL

        hopeless = []
        for request in requests:
            try:
                url = URL(request.url)
                host = host_of(url, self._client.guard.listed)
            except ValueError:
                hopeless.append(failed(request, Fault(reasons.BAD_ADDRESS)))
                continue
            self._turns.add(host, (request, url), spaced=host == (url.raw_host or ""))
            self.left += 1
        self._start()
        return hopeless

    async def next_answers(self) -> list[Answer]:
        """Wait for one request to end; more than one answer if it speaks for others of its host."""
        task = await self._ended.get()
        turn = self._running.pop(task)
        self._turns.done(turn)
        answers = [task.result(), *self._answered_for(turn.host, task.result())]
        self.left -= len(answers)
        self._start()
        return answers

    def _start(self) -> None:
        now = self._loop.time()
        while turn := self._turns.take(now, held=self._ended.qsize()):
            task = self._loop.create_task(self._client.ask(*turn.item))
            self._running[task] = turn
            task.add_done_callback(self._ended.put_nowait)
        if (wakes := self._turns.wakes(now)) is not None:
            self._set_alarm(wakes)

    def _set_alarm(self, at: float) -> None:
        """Look again then, or before: an alarm that rings too early costs less than one for every answer."""
        if self._alarm is not None:
            if self._alarm.when() <= at:
                return
            self._alarm.cancel()
        self._alarm = self._loop.call_at(at, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._start()

    def _answered_for(self, host: str, answer: Answer) -> list[Answer]:
        """The requests of its host that an answer settles."""
        fault = self._patience.heed(host, answer)
        return [failed(request, fault) for request, _ in self._turns.drop(host)] if fault else []

    async def stop(self) -> None:
        """End what is under way (the consumer may have left early)."""
        if self._alarm is not None:
            self._alarm.cancel()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
