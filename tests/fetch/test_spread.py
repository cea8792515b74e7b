"""Requests shared out: every host in one part, nothing lost, about equally much in each."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from matrixsite.fetch.addresses import Guard
from matrixsite.fetch.hosts import host_of
from matrixsite.fetch.spread import Hosted, batches, shards
from matrixsite.model import Request

requests = st.lists(st.integers(0, 9), max_size=60).map(
    lambda hosts: [(f"h{host}", Request(f"k{n}", f"http://h{host}/{n}")) for n, host in enumerate(hosts)]
)


def keys(asked: list[Hosted]) -> list[str]:
    return [request.key for _, request in asked]


@given(requests, st.integers(1, 5))
def test_every_host_is_in_one_part(asked: list[Hosted], count: int) -> None:
    parts = shards(asked, count)
    assert sorted(key for part in parts for key in keys(part)) == sorted(keys(asked))
    assert sum(len({host for host, _ in part}) for part in parts) == len({host for host, _ in asked})
    assert len(parts) <= count
    assert all(parts)


@given(requests, st.integers(1, 5))
def test_no_part_has_more_than_another_by_more_than_a_host(asked: list[Hosted], count: int) -> None:
    sizes = list(map(len, shards(asked, count)))
    largest = max(Counter(host for host, _ in asked).values(), default=0)
    if len(sizes) == count:
        assert max(sizes) - min(sizes) <= largest


@given(requests, st.integers(1, 7))
def test_batches_keep_the_order_of_a_host(asked: list[Hosted], size: int) -> None:
    found = [one for batch in batches(asked, size) for one in batch]
    for host in {host for host, _ in asked}:
        assert keys([one for one in found if one[0] == host]) == keys(
            [one for one in asked if one[0] == host]
        )
    assert len(found) == len(asked)
    assert all(len(batch) <= size for batch in batches(asked, size))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://user:word@A.Example/x", "a.example"),
        ("https://a.example:443/x", "a.example"),
        ("http://a.example:8080/x", "a.example"),
        ("https://一.example/x", "xn--4gq.example"),
        ("http://127.0.0.1:1200/x", "127.0.0.1:1200"),  # listed
        ("http://127.0.0.1:1201/x", "127.0.0.1"),
    ],
)
def test_what_counts_as_one_host(url: str, host: str) -> None:
    assert host_of(URL(url), Guard(["127.0.0.1:1200"]).listed) == host
