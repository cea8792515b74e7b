"""Which hosts are asked together, where several processes ask: none is asked by two of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from matrixsite.model import Request

Hosted = tuple[str, Request]  # a request, with what counts as its host (`hosts.host_of`)


def shards(requests: Iterable[Hosted], count: int) -> list[list[Hosted]]:
    """At most so many parts, about equally many requests in each; all requests of a host in one, in their order.

    A function of the requests: the largest hosts first, each to the part that has least.
    """
    parts: list[list[Hosted]] = [[] for _ in range(max(1, count))]
    for _, its in sorted(_by_host(requests).items(), key=lambda item: (-len(item[1]), item[0])):
        min(parts, key=len).extend(its)
    return [part for part in parts if part]


def batches(part: Sequence[Hosted], size: int) -> Iterator[list[Hosted]]:
    """What is asked in one go: hosts take turns, so that one that is slow holds up few of the others."""
    turns = [its[::-1] for its in _by_host(part).values()]
    batch: list[Hosted] = []
    while turns:
        for its in turns:
            batch.append(its.pop())
            if len(batch) == size:
                yield batch
                batch = []
        turns = [its for its in turns if its]
    if batch:
        yield batch


def _by_host(requests: Iterable[Hosted]) -> dict[str, list[Hosted]]:
    found: dict[str, list[Hosted]] = {}
    for host, request in requests:
        found.setdefault(host, []).append((host, request))
    return found
