"""Requests shared out: every host in one part, nothing lost, about equally much in each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matrixsite.fetch.spread import batches, host_of, shards
from matrixsite.model import Request

requests = st.lists(st.integers(0, 9), max_size=60).map(
    lambda hosts: [Request(f"k{n}", f"http://h{host}.example/{n}") for n, host in enumerate(hosts)]
)


@given(requests, st.integers(1, 5))
def test_every_host_is_in_one_part(asked: list[Request], count: int) -> None:
    parts = shards(asked, count)
    assert sorted(one.key for part in parts for one in part) == sorted(one.key for one in asked)
    hosts = [{host_of(one) for one in part} for part in parts]
    assert sum(map(len, hosts)) == len({host_of(one) for one in asked})
    assert len(parts) <= count
    assert all(parts)


@given(requests, st.integers(1, 5))
def test_no_part_has_more_than_another_by_more_than_a_host(asked: list[Request], count: int) -> None:
    parts = shards(asked, count)
    largest = max((sum(host_of(two) == host_of(one) for two in asked) for one in asked), default=0)
    if len(parts) == count:
        assert max(map(len, parts)) - min(map(len, parts)) <= largest


@given(requests, st.integers(1, 7))
def test_batches_keep_the_order_of_a_host(asked: list[Request], size: int) -> None:
    found = [one for batch in batches(asked, size) for one in batch]
    assert sorted(one.key for one in found) == sorted(one.key for one in asked)
    for host in {host_of(one) for one in asked}:
        assert [one for one in found if host_of(one) == host] == [
            one for one in asked if host_of(one) == host
        ]
    assert all(len(batch) <= size for batch in batches(asked, size))


def test_a_host_is_known_by_name_and_port() -> None:
    assert host_of(Request("k", "https://user:word@Example.ORG:8080/x")) == "example.org:8080"
