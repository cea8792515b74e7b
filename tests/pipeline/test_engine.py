"""The engine: calls run in this process or in workers; a worker that dies takes only its own call with it."""

from __future__ import annotations

import os
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from matrixsite.ingest import harvest
from matrixsite.model import ParsedFeed
from matrixsite.parse.document import parse
from matrixsite.pipeline import update
from matrixsite.pipeline.engine import Engine
from tests.nights import Nights, rss


def _die() -> None:
    os._exit(1)


def _fail() -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_call_gives_its_value_or_its_error(jobs: int) -> None:
    with Engine(jobs) as engine:
        assert engine.submit(pow, 2, 5).result() == 32
        assert engine.submit_alone(pow, 2, 5).result() == 32
        with pytest.raises(ZeroDivisionError):
            engine.submit(_fail).result()


def test_work_runs_here_or_elsewhere() -> None:
    with Engine(1) as engine:
        assert engine.submit(os.getpid).result() == os.getpid()
    with Engine(2) as engine:
        assert engine.submit(os.getpid).result() != os.getpid()


def test_a_pool_that_broke_is_replaced() -> None:
    with Engine(2) as engine:
        with pytest.raises(BrokenProcessPool):
            engine.submit(_die).result()
        assert engine.submit(pow, 2, 5).result() == 32


def test_a_call_that_dies_alone_leaves_the_pool_whole() -> None:
    with Engine(2) as engine:
        slow = engine.submit(sum, range(1_000_000))
        with pytest.raises(BrokenProcessPool):
            engine.submit_alone(_die).result()
        assert slow.result() == 499999500000


def _nights(root: Path, bad: str) -> Nights:
    ids = [f"a{n}" for n in range(6)]
    nights = Nights(root, [{"id": name, "feed": f"{name}.xml"} for name in ids])
    for name in ids:
        nights.write(f"{name}.xml", rss(bad if name == "a3" else f"{name}-item"))
    return nights


@pytest.fixture
def eager_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers even for few feeds, and a chunk for each: all are under way when one dies."""
    monkeypatch.setattr(update, "WORTH_A_POOL", 1)
    monkeypatch.setattr("matrixsite.pipeline.collecting.CHUNK_BYTES", 1)


@pytest.mark.usefixtures("eager_pool")
def test_a_document_that_kills_its_worker_harms_only_its_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(body: bytes, **about: Any) -> ParsedFeed:
        """Stands for a fault in a C library; workers are forks of this process."""
        if b"killer" in body:
            os._exit(139)
        return parse(body, **about)

    monkeypatch.setattr(harvest, "parse", crash)
    nights = _nights(tmp_path, "killer")
    report = nights.update(jobs=2)
    assert report.new == 5
    assert {feed.key: feed.reason for feed in report.feeds if feed.reason} == {"a3": "worker-died"}
    monkeypatch.undo()
    assert nights.update().new == 1, "a mended reader gets to see the same bytes again"


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("eager_pool")
def test_a_document_that_meets_a_bug_harms_only_its_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, jobs: int
) -> None:
    def trip(body: bytes, **about: Any) -> ParsedFeed:
        if b"tripper" in body:
            raise ZeroDivisionError("hush")
        return parse(body, **about)

    monkeypatch.setattr(harvest, "parse", trip)
    report = _nights(tmp_path, "tripper").update(jobs=jobs)
    assert report.new == 5
    assert {feed.key: feed.detail for feed in report.feeds if feed.reason} == {"a3": "ZeroDivisionError"}
    assert "feed a3 failed" in caplog.text
