"""A matrix of all scenarios beside healthy feeds, and its nights as processes that are watched."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from matrixsite import Matrix
from matrixsite.registry.freshness import AccountStatus
from tests.feedserver import FeedServer, Reply
from tests.hostile.scenarios import Scenario
from tests.nights import Item, rss

HEALTHY, A_HOST = 200, 10  # healthy feeds, and how many of them at one host
DEADLINE = 6.0  # seconds for a whole response


@dataclass(slots=True)
class Night:
    """What a build came to, and what was seen of it from outside."""

    code: int
    seconds: float
    computing: float  # seconds of CPU time, of all its processes together
    output: str
    peak: int = 0  # octets, of all its processes together
    temporary: set[str] = field(default_factory=set)  # seen in TMPDIR meanwhile


class World:
    """Folders of their own for everything that a process may be tempted to write to."""

    def __init__(self, root: Path, server: FeedServer, scenarios: Sequence[Scenario]) -> None:
        self.root, self.server, self.scenarios = root, server, scenarios
        self.matrix, self.state, self.site = root / "matrix", root / "state", root / "site"
        self.elsewhere = [root / name for name in ("home", "tmp", "cwd")]
        for folder in (self.matrix, *self.elsewhere):
            folder.mkdir(parents=True)
        healthy = [
            {"id": f"healthy-{n}", "feed": server.url(f"/healthy-{n}.xml", len(scenarios) + n // A_HOST)}
            for n in range(HEALTHY)
        ]
        hostile = [
            {"id": f"h{n}", "feed": self._address(n, scenario), **scenario.settings}
            for n, scenario in enumerate(scenarios)
        ]
        settings = {
            "site": {"title": "敌意世界", "url": "https://matrix.example.org"},
            "accounts": [
                {"name": account["id"], "rights": "full", **account} for account in healthy + hostile
            ],
            "fetch": {"allow_private": server.places, "timeout": DEADLINE, "connect_timeout": 2},
        }
        (self.matrix / "feeds.yaml").write_text(json.dumps(settings, ensure_ascii=False), encoding="utf-8")

    def _address(self, n: int, scenario: Scenario) -> str:
        address = self.server.url(f"/h{n}{scenario.path}", n)
        return address.replace("127.0.0.1", scenario.host, 1) if scenario.host else address

    def answer(self, night: int) -> None:
        """Let the server answer as in that night, counted from 0."""
        routes = self.server.routes
        for n in range(HEALTHY):
            items = [Item(f"g{n}-{number}") for number in range(5 + night)]
            routes[f"/healthy-{n}.xml"] = Reply(rss(*items))
        for n, scenario in enumerate(self.scenarios):
            routes[f"/h{n}{scenario.path}"] = scenario.answer(night)

    def build(self, night: int) -> Night:
        """One night in a process of its own."""
        self.answer(night)
        home, temporary, cwd = self.elsewhere
        environment = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        environment |= {"HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-m", "tests.hostile.night", str(night), "build"]
        command += ["-c", str(self.matrix / "feeds.yaml")]
        command += ["--state", str(self.state), "-o", str(self.site), "--force"]
        command += ["--now", f"2026-11-{night + 10}T03:00:00+08:00", "--today", f"2026-11-{night + 10}"]
        began, computed = time.monotonic(), _computed()
        with (
            subprocess.Popen(
                command, cwd=cwd, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            ) as process,
            _watched(process.pid, temporary) as seen,
        ):
            output, _ = process.communicate(timeout=300)
        seconds, computing = time.monotonic() - began, _computed() - computed
        return Night(process.returncode, seconds, computing, output, seen.peak, seen.temporary)

    def load(self) -> Matrix:
        return Matrix.load(self.matrix / "feeds.yaml", state=self.state)

    def statuses(self) -> Mapping[str, AccountStatus]:
        """By account."""
        return {status.account: status for status in self.load().statuses()}

    def titles(self) -> Mapping[str, list[str]]:
        """Of all stored entries, whatever their status, by account."""
        found: dict[str, list[str]] = {}
        for entry in self.load().entries(status=None):
            found.setdefault(entry.account, []).append(entry.title)
        return found

    def stray(self) -> list[str]:
        """Files and folders outside output and state, save the settings."""
        expected = {self.matrix, self.state, self.site, *self.elsewhere, self.matrix / "feeds.yaml"}
        within = (self.state, self.site)
        found = (path for path in self.root.rglob("*") if path not in expected)
        return [str(path) for path in found if not any(folder in path.parents for folder in within)]


@dataclass(slots=True)
class _Seen:
    peak: int = 0
    temporary: set[str] = field(default_factory=set)


@contextmanager
def _watched(pid: int, folder: Path) -> Iterator[_Seen]:
    """Look at the memory of a process and its children, and into a folder, some 50 times a second."""
    seen, ended = _Seen(), threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            seen.peak = max(seen.peak, sum(map(_resident, _family(pid))))
            seen.temporary |= set(os.listdir(folder))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        ended.set()
        watcher.join()


def _computed() -> float:
    """CPU time of all children so far that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(name) for task in tasks for name in (task / "children").read_text().split()]
    except OSError:  # it ended
        return [pid]
    return [pid, *(below for child in children for below in _family(child))]


def _resident(pid: int) -> int:
    """Octets of memory, what processes share counted in part (smaps' PSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


@contextmanager
def forbidden_port() -> Iterator[tuple[int, Callable[[], int]]]:
    """A port that listens on every loopback address, and a question: how many connected so far?"""
    listening = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True, backlog=64)
    with listening:
        yield listening.getsockname()[1], partial(_connections, listening)


@contextmanager
def forbidden_address(address: str, port: int) -> Iterator[Callable[[], int]]:
    """One place that listens, and the same question."""
    with socket.create_server((address, port), backlog=64) as listening:
        yield partial(_connections, listening)


def _connections(listening: socket.socket) -> int:
    listening.setblocking(False)
    count = 0
    with suppress(BlockingIOError):
        while True:
            listening.accept()[0].close()
            count += 1
    return count
