"""Fixtures that more than one folder of tests uses."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis
import pytest

from tests import postgres
from tests.feedserver import FeedServer

_UNSAFE = ("journal_mode=WAL", "synchronous=OFF", "temp_store=MEMORY")


# The same examples in every run, and no clock: what fails by chance, or on a busy machine, holds up another's change.
hypothesis.settings.register_profile(
    "repeatable",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("repeatable")


@pytest.hookimpl(trylast=True)  # after what shuffles
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True, scope="session")
def _no_waiting_for_disks() -> Iterator[None]:
    """Nothing here outlives the power of the machine; that a process waits for disks is seen in tests/crash."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sync", lambda: None)
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr("matrixsite.store.database._PRAGMAS", _UNSAFE)
        yield


@pytest.fixture
def feed_server() -> Iterator[FeedServer]:
    """A web server on loopback; fill its `routes`."""
    with FeedServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL server for the session; tests that need one skip where it isn't installed."""
    if postgres.programs() is None:
        pytest.skip("the programs of PostgreSQL are not installed")
    with postgres.server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> str:
    """The URL of an empty database."""
    return postgres_server.create()
