"""Which hosts are asked together, where several processes ask: none is asked by two of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from matrixsite.model import Request

BATCH = 64  # requests that are asked in one go: their answers come back together


def shards(requests: Iterable[Request], count: int) -> list[list[Request]]:
    """At most so many parts, about equally many requests in each; all requests of a host in one, in their order.

    A function of the requests: the largest hosts first, each to the part that has least.
    """
    by_host: dict[str, list[Request]] = {}
    for request in requests:
        by_host.setdefault(host_of(request), []).append(request)
    parts: list[list[Request]] = [[] for _ in range(max(1, count))]
    for _, its in sorted(by_host.items(), key=lambda item: (-len(item[1]), item[0])):
        min(parts, key=len).extend(its)
    return [part for part in parts if part]


def host_of(request: Request) -> str:
    """The host that a request asks, with its port where it names one."""
    return urlsplit(request.url).netloc.rpartition("@")[2].casefold()


def batches(part: Sequence[Request], size: int = BATCH) -> Iterator[list[Request]]:
    """What is asked in one go: hosts take turns, so that one that is slow holds up few of the others."""
    by_host: dict[str, list[Request]] = {}
    for request in part:
        by_host.setdefault(host_of(request), []).append(request)
    turns = [its[::-1] for its in by_host.values()]
    batch: list[Request] = []
    while turns:
        for its in turns:
            batch.append(its.pop())
            if len(batch) == size:
                yield batch
                batch = []
        turns = [its for its in turns if its]
    if batch:
        yield batch
