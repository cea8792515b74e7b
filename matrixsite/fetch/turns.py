"""Whose turn it is: who may start now under the limits on all requests, on one host's, and on their spacing.

A plain state machine over times in seconds that the caller gives: no clock, no tasks. Waiting costs no slot:
only what was taken counts, so a host whose limit is reached never keeps others from starting.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Host(Generic[T]):
    name: str
    spacing: float
    waiting: deque[T] = field(default_factory=deque)
    running: int = 0
    next_start: float = 0.0
    placed: bool = False  # stands in the line of the ready or among the later


@dataclass(frozen=True, slots=True, eq=False)
class Turn(Generic[T]):
    """One item that may start; to be given back with `Turns.done`."""

    item: T
    host: str
    started: float


class Turns(Generic[T]):
    """Queues by host, served in rotation."""

    def __init__(self, *, total: int, per_host: int, spacing: float, patience: float) -> None:
        """`total` and `per_host` are numbers of requests at once, `spacing` and `patience` seconds.

        What runs longer than `patience` gives its place among the `total` to another: waiting is idle.
        Up to four times `total` then run; a slow one still counts for its own host.
        """
        self._total, self._per_host, self._spacing, self._patience = total, per_host, spacing, patience
        self._hosts: dict[str, _Host[T]] = {}
        self._ready: deque[_Host[T]] = deque()
        self._later: list[tuple[float, int, _Host[T]]] = []
        self._numbers = count()
        self._brisk: dict[Turn[T], None] = {}  # running, in order of their starts
        self._slow: set[Turn[T]] = set()

    def add(self, host: str, item: T, *, spaced: bool = True) -> None:
        """Queue an item behind those of its host."""
        found = self._hosts.get(host)
        if found is None:
            found = self._hosts[host] = _Host(host, self._spacing if spaced else 0.0)
        found.waiting.append(item)
        self._place(found, 0.0)

    def take(self, now: float, *, held: int = 0) -> Turn[T] | None:
        """The next item that may start, or None. `held` counts finished ones that still take up room."""
        self._settle(now)
        if not self._ready or held + len(self._brisk) >= self._total or len(self._slow) >= 3 * self._total:
            return None
        host = self._ready.popleft()
        host.placed = False
        turn = Turn(host.waiting.popleft(), host.name, now)
        self._brisk[turn] = None
        host.running += 1
        host.next_start = now + host.spacing
        self._place(host, now)
        return turn

    def done(self, turn: Turn[T]) -> None:
        """A taken item has ended."""
        if turn in self._slow:
            self._slow.remove(turn)
        else:
            del self._brisk[turn]
        host = self._hosts[turn.host]
        host.running -= 1
        self._place(host, turn.started)

    def drop(self, host: str) -> list[T]:
        """Take out all that still waits for a host."""
        found = self._hosts[host]
        dropped = list(found.waiting)
        found.waiting.clear()
        return dropped

    def wakes(self, now: float) -> float | None:
        """When `take` is worth asking again though nothing ends before; None if time changes nothing."""
        times = []
        if self._later:
            times.append(self._later[0][0])
        if self._ready and self._brisk:
            times.append(next(iter(self._brisk)).started + self._patience)
        return max(now, min(times)) if times else None

    def _place(self, host: _Host[T], now: float) -> None:
        if host.placed or not host.waiting or host.running >= self._per_host:
            return
        host.placed = True
        if host.next_start > now:
            heappush(self._later, (host.next_start, next(self._numbers), host))
        else:
            self._ready.append(host)

    def _settle(self, now: float) -> None:
        """Let time pass: spaced hosts become ready, long runners slow, emptied hosts leave the line."""
        while self._later and self._later[0][0] <= now:
            self._ready.append(heappop(self._later)[2])
        while self._ready and not self._ready[0].waiting:
            self._ready.popleft().placed = False
        while self._brisk and (oldest := next(iter(self._brisk))).started + self._patience <= now:
            del self._brisk[oldest]
            self._slow.add(oldest)
