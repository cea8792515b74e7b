"""The engine that a run asked for: local workers, a Dask cluster of this machine, or one elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeAlias

from matrixsite.errors import EngineUnknown
from matrixsite.pipeline.engine import Engine

if TYPE_CHECKING:
    from matrixsite.pipeline.dask_engine import DaskEngine

AnyEngine: TypeAlias = "Engine | DaskEngine"
LOCAL, DASK, SCHEDULER = "local", "dask", "dask://"


class Engines(Protocol):
    """Gives each stage its engine; whoever takes one closes it."""

    def __call__(self, *, many: bool, apart: bool = False) -> AnyEngine:
        """`many`: there is work enough for several workers; `apart`: calls must not run in this process."""


class LocalEngines:
    """Workers of this machine, anew for each stage: so they inherit what that stage knows."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def __call__(self, *, many: bool, apart: bool = False) -> Engine:
        return Engine(self._jobs if many else 1, apart=apart)


class DaskEngines:
    """One cluster for all stages, however little there is to do: it was asked for."""

    def __init__(self, engine: DaskEngine) -> None:
        self._engine = engine

    def __call__(self, *, many: bool, apart: bool = False) -> DaskEngine:
        self._engine.look()
        return self._engine


def require_engine(name: str) -> None:
    """Raise EngineUnknown for what names no engine, or one whose package isn't installed."""
    if name in (LOCAL, ""):
        return
    if name != DASK and not name.startswith(SCHEDULER):
        raise EngineUnknown(f"{name!r} is no engine; write local, dask, or dask://HOST:PORT")
    from importlib.util import find_spec

    if find_spec("distributed") is None:
        raise EngineUnknown("Dask is not installed: pip install 'matrixsite[dask]'")


@contextmanager
def engines(name: str, jobs: int) -> Iterator[Engines]:
    """The engines of a run. Raises EngineUnknown, or EngineLost where no scheduler or no worker answers."""
    require_engine(name)
    if name in (LOCAL, ""):
        yield LocalEngines(jobs)
        return
    from matrixsite.pipeline.dask_engine import cluster

    address = name.removeprefix(SCHEDULER) if name.startswith(SCHEDULER) else ""
    with cluster(address, jobs) as engine:
        yield DaskEngines(engine)
