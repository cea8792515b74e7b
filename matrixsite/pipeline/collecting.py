"""Feeds in, entries stored: the part of a run that waits for the network.

    requests ─fetch─► answers ─read on the engine─► documents ─shelf─► store

Bodies wait in bounded numbers only.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterable, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace

from matrixsite.errors import MatrixError
from matrixsite.ingest.harvest import Harvest
from matrixsite.ingest.task import Task
from matrixsite.model import Answer, Outcome, Reason
from matrixsite.pipeline.asking import Tasks
from matrixsite.pipeline.engines import AnyEngine
from matrixsite.pipeline.learning import Result
from matrixsite.pipeline.progress import Progress
from matrixsite.pipeline.reading import load_readers, read, read_all
from matrixsite.pipeline.shelving import Shelf
from matrixsite.registry.record import FeedRecord

_log = logging.getLogger(__name__)

CHUNK_BYTES = 400_000  # of bodies that go to a worker at once
AHEAD = 5_000_000  # bytes of bodies that may wait for workers, to keep them busy while a batch is stored
WORKER_DIED = "worker-died"
READING_FAILED = "reading-failed"


class Collector:
    """One collection: answers come in, go to the engine in chunks, and to the shelf as they are done."""

    def __init__(
        self,
        tasks: Tasks,
        records: Mapping[str, FeedRecord],
        shelf: Shelf,
        engine: AnyEngine,
        progress: Progress,
    ) -> None:
        self._tasks, self._records, self._shelf = tasks, records, shelf
        self._engine, self._progress = engine, progress
        self._chunk: list[tuple[Answer, Task]] = []
        self._chunk_bytes = self._ahead = 0  # bytes in the chunk, and in those under way
        self._under_way: set[asyncio.Task[None]] = set()

    async def collect(self, answers: AsyncIterable[Answer]) -> None:
        """Store all that comes. Feeds' faults are recorded; what the store raises ends the collection."""
        async for answer in answers:
            self._progress.advance()
            await self._take(answer)
        self._submit()
        while self._under_way:
            await self._one_done()
        self._shelf.flush()

    async def _take(self, answer: Answer) -> None:
        if answer.outcome is not Outcome.NEW:
            self._shelf.put(Result(answer))
            return
        task = self._tasks.task(answer, self._records[answer.key])
        self._chunk.append((replace(answer, body=b""), task))
        self._chunk_bytes += len(task.body)
        if self._chunk_bytes >= CHUNK_BYTES:
            self._submit()
            while self._ahead > AHEAD and len(self._under_way) > 2 * self._engine.jobs:
                await self._one_done()

    def _submit(self) -> None:
        if self._chunk:
            load_readers()
            chunk, size = self._chunk, self._chunk_bytes
            self._chunk, self._chunk_bytes = [], 0
            self._ahead += size
            self._under_way.add(asyncio.create_task(self._harvest(chunk, size)))

    async def _harvest(self, chunk: list[tuple[Answer, Task]], size: int) -> None:
        tasks = [task for _, task in chunk]
        try:
            harvests = await asyncio.wrap_future(self._engine.submit(read_all, tasks))
        except MatrixError:  # all workers are gone
            raise
        except Exception:  # a worker died, or a bug in our reading: find the document, let the others live
            harvests = [await self._harvest_alone(task) for task in tasks]
        self._ahead -= size
        for (answer, _), done in zip(chunk, harvests, strict=True):
            self._shelf.put(Result(answer, done))

    async def _harvest_alone(self, task: Task) -> Harvest:
        try:
            return await asyncio.wrap_future(self._engine.submit_alone(read, task))
        except BrokenProcessPool:
            reason = Reason(WORKER_DIED)
        except Exception as error:
            _log.exception("a bug: reading the document of feed %s failed", task.key)
            reason = Reason(READING_FAILED, type(error).__name__)
        return Harvest(task.key, task.account, task.rule, error=reason)

    async def _one_done(self) -> None:
        done, self._under_way = await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
