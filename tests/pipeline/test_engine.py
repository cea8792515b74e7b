"""The engine: calls run in this process or in workers; a worker that dies takes only its own call with it."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import socket
import stat
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from matrixsite.ingest import sources
from matrixsite.model import ParsedFeed
from matrixsite.parse.document import parse
from matrixsite.pipeline import reading, update
from matrixsite.pipeline.engine import Engine
from tests.nights import Nights, rss


def _die() -> None:
    os._exit(1)


def _fail() -> None:
    raise ZeroDivisionError


def _sockets() -> list[int]:
    return [number for number in map(int, os.listdir("/dev/fd")) if number > 2 and _is_socket(number)]


def _is_socket(number: int) -> bool:
    with suppress(OSError):
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    return False


@pytest.mark.parametrize(("jobs", "apart"), [(1, False), (1, True), (2, False)])
def test_a_call_gives_its_value_or_its_error(jobs: int, apart: bool) -> None:
    with Engine(jobs, apart=apart) as engine:
        assert engine.submit(pow, 2, 5).result() == 32
        assert engine.submit_alone(pow, 2, 5).result() == 32
        with pytest.raises(ZeroDivisionError):
            engine.submit(_fail).result()


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_given_reaches_every_call_though_nothing_could_pickle_it(jobs: int) -> None:
    with Engine(jobs) as engine:
        engine.give(lambda number: number + 1)
        assert [engine.submit_given(_call, number).result() for number in range(3)] == [1, 2, 3]


def _call(given: Callable[[int], int], number: int) -> int:
    return given(number)


def test_work_runs_here_or_elsewhere() -> None:
    with Engine(1) as engine:
        assert engine.submit(os.getpid).result() == os.getpid()
    with Engine(2) as engine:
        assert engine.submit(os.getpid).result() != os.getpid()


@pytest.mark.parametrize("jobs", [1, 2])
def test_workers_come_with_the_first_call(jobs: int) -> None:
    with Engine(jobs, apart=True) as engine:
        assert multiprocessing.active_children() == []
        assert engine.submit(os.getpid).result() != os.getpid()


def test_a_worker_holds_no_connection_of_its_parent() -> None:
    with socket.socket() as ours, Engine(1, apart=True) as engine:
        assert ours.fileno() in _sockets()
        assert engine.submit(_sockets).result() == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_pool_that_broke_is_replaced(jobs: int) -> None:
    with Engine(jobs, apart=True) as engine:
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


def _reads(monkeypatch: pytest.MonkeyPatch, word: bytes, does: Callable[[], object]) -> None:
    """Let reading a document with that word do something else; workers are forks of this process."""

    def parsed(body: bytes, **about: Any) -> ParsedFeed:
        if word in body:
            does()
        return parse(body, **about)

    monkeypatch.setattr(sources, "parse", parsed)


def _signal(number: signal.Signals) -> Callable[[], None]:
    return lambda: os.kill(os.getpid(), number)


@pytest.mark.parametrize(("jobs", "fault"), [(1, _die), (2, _die), (1, _signal(signal.SIGKILL))])
@pytest.mark.usefixtures("eager_pool")
def test_a_document_that_kills_its_worker_harms_only_its_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, fault: Callable[[], None]
) -> None:
    _reads(monkeypatch, b"killer", fault)
    nights = _nights(tmp_path, "killer")
    report = nights.update(jobs=jobs)
    assert report.new == 5
    assert {feed.key: feed.reason for feed in report.feeds if feed.reason} == {"a3": "worker-died"}
    monkeypatch.undo()
    assert nights.update().new == 1, "a mended reader gets to see the same bytes again"


def _backtrack() -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")


def _swallow() -> None:
    """As a callback of a C library would."""
    for _ in range(2):
        with suppress(BaseException):
            _backtrack()
    _backtrack()


def _deaf() -> None:
    """C code without an end that looks at no signal."""
    sum(repeat(0))


@pytest.mark.parametrize(
    ("jobs", "work", "code"),
    [
        (1, _backtrack, "too-slow"),
        (2, _backtrack, "too-slow"),
        (1, _swallow, "too-slow"),
        (1, _deaf, "worker-died"),
    ],
)
def test_a_document_without_end_harms_only_its_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, work: Callable[[], None], code: str
) -> None:
    nights = _nights(tmp_path, "before")
    nights.update()
    monkeypatch.setattr(reading, "CPU_SECONDS", 0.3)
    _reads(monkeypatch, b"trap", work)
    for name in ("a2", "a3"):
        nights.write(f"{name}.xml", rss("trap" if name == "a3" else f"{name}-news"))
    report = nights.update(jobs=jobs)
    assert report.new == 1
    assert {feed.key: feed.reason for feed in report.feeds if feed.reason} == {"a3": code}
    assert nights.titles("a3") == ["标题 before"]
    monkeypatch.undo()
    assert nights.update().new == 1, "with more time the same bytes are read again"


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("eager_pool")
def test_a_document_that_meets_a_bug_harms_only_its_feed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, jobs: int
) -> None:
    _reads(monkeypatch, b"tripper", _fail)
    report = _nights(tmp_path, "tripper").update(jobs=jobs)
    assert report.new == 5
    assert {feed.key: feed.detail for feed in report.feeds if feed.reason} == {"a3": "ZeroDivisionError"}
    assert "feed a3 failed" in caplog.text
