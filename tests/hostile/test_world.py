"""All scenarios in one build beside 200 healthy feeds, then two nights more: nobody suffers, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.feedserver import FeedServer
from tests.hostile.scenarios import Scenario, all_scenarios
from tests.hostile.world import DEADLINE, HEALTHY, Night, World, forbidden_port

NIGHTS = 3
MEMORY = 1_000_000_000  # octets
SLACK = 5.0  # seconds that a busy machine may take for itself


@dataclass(frozen=True, slots=True)
class Lived:
    """Three nights of the world, with what was stored after each, and one of the healthy feeds alone."""

    world: World
    nights: list[Night]
    health: list[dict[str, tuple[str, str]]]
    titles: list[dict[str, list[str]]]
    alone: Night
    trespassers: int

    def scenarios(self) -> Iterator[tuple[str, Scenario]]:
        return ((f"h{n}", scenario) for n, scenario in enumerate(self.world.scenarios))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    root = tmp_path_factory.mktemp("world")
    with forbidden_port() as (port, connections):
        scenarios = all_scenarios(port)
        hosts = len(scenarios) + HEALTHY // 10
        with FeedServer(ports=hosts) as server:
            alone = World(root / "alone", server, []).build(0)
            world = World(root / "all", server, scenarios)
            nights, health, titles = [], [], []
            for number in range(NIGHTS):
                nights.append(world.build(number))
                health.append({key: (told.health, told.reason) for key, told in world.statuses().items()})
                titles.append(dict(world.titles()))
            yield Lived(world, nights, health, titles, alone, connections())


def test_it_ends_well(lived: Lived) -> None:
    assert lived.alone.code == 0, lived.alone.output
    for night in lived.nights:
        assert night.code in (0, 1), night.output
        assert "Traceback" not in night.output


def test_every_healthy_entry_is_there(lived: Lived) -> None:
    for number, stored in enumerate(lived.titles):
        for n in range(HEALTHY):
            wanted = {f"标题 g{n}-{item}" for item in range(5 + number)}
            assert set(stored.get(f"healthy-{n}", ())) == wanted
            assert lived.health[number][f"healthy-{n}"] == ("ok", "")


def test_it_takes_no_longer_than_two_deadlines_more(lived: Lived) -> None:
    assert lived.nights[0].seconds <= 2 * DEADLINE + 3 * lived.alone.seconds + SLACK


def test_memory(lived: Lived) -> None:
    assert 0 < max(night.peak for night in lived.nights) < MEMORY


def test_no_file_outside_output_and_state(lived: Lived) -> None:
    assert lived.world.stray() == []
    assert set().union(*(night.temporary for night in lived.nights)) == set()


def test_nobody_connected_where_nothing_was_allowed(lived: Lived) -> None:
    assert lived.trespassers == 0


@pytest.mark.parametrize("number", range(NIGHTS))
def test_health_says_what_happened(lived: Lived, number: int) -> None:
    wrong = []
    for account, scenario in lived.scenarios():
        expected = scenario.health(number)
        health, code = lived.health[number][account]
        healths = ("ok", "degraded") if expected.health == "readable" else (expected.health,)
        if health not in healths or expected.code not in (None, code):
            wrong.append(f"{scenario.name}: {health} {code}, not {expected.health} {expected.code}")
    assert wrong == []


@pytest.mark.parametrize("number", range(NIGHTS))
def test_nothing_stored_is_lost(lived: Lived, number: int) -> None:
    wrong = []
    for account, scenario in lived.scenarios():
        now = lived.titles[number].get(account, [])
        before = lived.titles[number - 1].get(account, []) if number else list(scenario.titles)
        if lost := set(before) - set(now):
            wrong.append(f"{scenario.name}: lost {lost} of {now[:5]}")
    assert wrong == []


def test_entries_are_neither_split_nor_joined(lived: Lived) -> None:
    counted = ((scenario, lived.titles[-1].get(account, [])) for account, scenario in lived.scenarios())
    wrong = [
        (scenario.name, len(titles))
        for scenario, titles in counted
        if scenario.entries not in (None, len(titles))
    ]
    assert wrong == []


def test_a_forbidden_port_would_have_told(tmp_path: Path) -> None:
    import socket

    with forbidden_port() as (port, connections):
        for host in ("127.0.0.1", "::1"):
            socket.create_connection((host, port)).close()
        assert connections() == 2
