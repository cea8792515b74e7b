"""Turns: limits hold whatever happens, nothing is lost, and nobody waits for a slow neighbour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matrixsite.fetch.turns import Turn, Turns


def turns(total: int = 4, per_host: int = 2, spacing: float = 0.0, patience: float = 100.0) -> Turns[str]:
    return Turns(total=total, per_host=per_host, spacing=spacing, patience=patience)


def take_all(line: Turns[str], now: float) -> list[str]:
    taken = []
    while turn := line.take(now):
        taken.append(turn.item)
    return taken


def test_hosts_take_turns_and_waiting_costs_no_slot() -> None:
    line = turns()
    for n in range(9):
        line.add("big", f"b{n}")
    line.add("small", "s")
    assert take_all(line, 0.0) == ["b0", "s", "b1"]  # the big host's limit leaves the fourth slot to others
    line.add("late", "l")
    assert take_all(line, 0.0) == ["l"]


def test_starts_at_a_host_are_spaced() -> None:
    line = turns(spacing=1.0)
    line.add("a", "a0")
    line.add("a", "a1")
    line.add("b", "b0", spaced=False)
    line.add("b", "b1", spaced=False)
    assert take_all(line, 10.0) == ["a0", "b0", "b1"]
    assert line.wakes(10.0) == 11.0
    assert take_all(line, 10.9) == []
    assert take_all(line, 11.0) == ["a1"]
    assert line.wakes(11.0) is None


def test_the_slow_give_their_place_to_others_but_not_to_their_own_host() -> None:
    line = turns(total=2, per_host=2, patience=5.0)
    for item in ("s0", "s1", "s2"):
        line.add("slow", item)
    line.add("other", "o")
    first, second = line.take(0.0), line.take(0.0)
    assert first is not None
    assert second is not None
    assert (first.item, second.item) == ("s0", "o")
    assert line.take(4.9) is None
    assert line.wakes(4.9) == 5.0
    assert take_all(line, 5.0) == ["s1"]  # s2 still waits: its host has two at work
    line.done(first)
    assert take_all(line, 5.0) == ["s2"]


def test_finished_answers_that_nobody_took_hold_new_ones_back() -> None:
    line = turns(total=2)
    line.add("a", "a0")
    assert line.take(0.0, held=2) is None
    assert line.take(0.0, held=1) is not None


def test_what_is_dropped_does_not_start() -> None:
    line = turns(per_host=1)
    for item in ("a0", "a1", "a2"):
        line.add("a", item)
    first = line.take(0.0)
    assert first is not None
    assert line.drop("a") == ["a1", "a2"]
    line.done(first)
    assert take_all(line, 0.0) == []


@given(
    st.lists(st.sampled_from("abcd"), max_size=40),
    st.integers(1, 5),
    st.integers(1, 3),
    st.sampled_from([0.0, 0.5, 2.0]),
)
def test_every_item_starts_once_within_the_limits(
    hosts: list[str], total: int, per_host: int, spacing: float
) -> None:
    line = turns(total, per_host, spacing, patience=1e6)
    for n, host in enumerate(hosts):
        line.add(host, f"{host}{n}")
    now, started, running = 0.0, dict.fromkeys("abcd", -9.0), list[Turn[str]]()
    seen: list[str] = []
    while len(seen) < len(hosts):
        while turn := line.take(now):
            assert now - started[turn.host] >= spacing
            started[turn.host] = now
            running.append(turn)
            seen.append(turn.item)
            assert len(running) <= total
            assert sum(other.host == turn.host for other in running) <= per_host
        if running and (not spacing or len(seen) % 2):
            line.done(running.pop(len(seen) % len(running)))
        elif (wakes := line.wakes(now)) is not None and now < wakes < 1e6:
            now = wakes
        elif running:
            line.done(running.pop())
    assert sorted(seen) == sorted(f"{host}{n}" for n, host in enumerate(hosts))
