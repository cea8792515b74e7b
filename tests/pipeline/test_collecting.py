"""Bodies wait for workers in bounded numbers, so that neither workers nor memory run out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

import pytest

from matrixsite.config.settings import IdentityRule
from matrixsite.ingest.harvest import Harvest
from matrixsite.ingest.task import Task
from matrixsite.model import Answer, Outcome
from matrixsite.pipeline import collecting
from matrixsite.pipeline.collecting import Collector
from matrixsite.pipeline.learning import Result
from matrixsite.pipeline.progress import Silent

NOW = datetime(2026, 11, 2, tzinfo=UTC)


class Slow:
    """An engine that does a call now and then."""

    def __init__(self, jobs: int) -> None:
        self.jobs, self.most = jobs, 0
        self._waiting: list[tuple[Future[Any], list[Harvest]]] = []

    def submit(self, _work: object, tasks: Sequence[Task]) -> Future[Any]:
        future: Future[Any] = Future()
        self._waiting.append((future, [Harvest(task.key, task.account) for task in tasks]))
        self.most = max(self.most, len(self._waiting))
        return future

    async def work(self) -> None:
        while True:
            await asyncio.sleep(0.001)
            if self._waiting:
                future, harvests = self._waiting.pop(0)
                future.set_result(harvests)


class Tasks:
    """Tasks of nothing but a body."""

    def task(self, answer: Answer, _record: object) -> Task:
        return Task(answer.key, answer.key, answer.body, "", "", "Asia/Shanghai", NOW, IdentityRule.GUID)


class Shelf:
    def __init__(self) -> None:
        self.keys: list[str] = []

    def put(self, result: Result) -> None:
        self.keys.append(result.answer.key)

    def flush(self) -> None: ...


async def _answers(sizes: Sequence[int]) -> AsyncIterator[Answer]:
    for number, size in enumerate(sizes):
        yield Answer(f"a{number}", Outcome.NEW, body=b"x" * size)


@pytest.mark.parametrize(
    ("jobs", "sizes", "most"),
    [
        (1, [100] * 60, 11),  # small ones up to AHEAD, and the one that goes beyond
        (2, [600] * 20, 5),  # large ones by their number: two a worker, and one
        (1, [600] * 20, 3),
        (2, [100], 1),
        (2, [], 0),
    ],
)
def test_so_much_waits_for_workers(
    monkeypatch: pytest.MonkeyPatch, jobs: int, sizes: list[int], most: int
) -> None:
    monkeypatch.setattr(collecting, "CHUNK_BYTES", 100)
    monkeypatch.setattr(collecting, "AHEAD", 1000)
    engine, shelf = Slow(jobs), Shelf()
    records: Any = {f"a{number}": None for number in range(len(sizes))}
    parts: tuple[Any, Any, Any] = Tasks(), shelf, engine

    async def collect() -> None:
        working = asyncio.create_task(engine.work())
        await Collector(parts[0], records, parts[1], parts[2], Silent()).collect(_answers(sizes))
        working.cancel()

    asyncio.run(collect())
    assert engine.most == most
    assert sorted(shelf.keys) == sorted(records)
