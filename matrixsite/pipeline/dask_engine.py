"""Work on a Dask cluster, by `Client.get_executor()`: calls, their arguments and what comes back travel.

A worker that is killed loses nothing: the scheduler gives its calls to others. A call that kills every worker it is
given to (Dask counts) breaks as it does on a local pool, with BrokenProcessPool; whoever asked repeats its parts alone,
which is done on this machine, in a process of its own. A scheduler that is gone ends the run, EngineLost.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

import dask
from distributed import Client, KilledWorker, LocalCluster, Worker, WorkerPlugin
from distributed.comm.core import CommClosedError

from matrixsite import __version__
from matrixsite.errors import EngineLost, EngineUnknown

P = ParamSpec("P")
T = TypeVar("T")

WAIT = 30.0  # seconds for a scheduler to answer, and for its first worker
_SETTINGS = {
    "distributed.logging": {"distributed": "error"},
    "distributed.admin.large-graph-warning-threshold": "100MB",  # a chunk of documents is no mistake
}


class DaskEngine:
    """A client of a scheduler, with the interface of `engine.Engine`."""

    remote = True  # workers may lie on other machines: what they make comes back

    def __init__(self, client: Any) -> None:
        """`client` is a `distributed.Client`."""
        self._client = client
        # equal calls are not one: a feed that is asked twice may answer otherwise
        self._executor = client.get_executor(pure=False)
        self._given = ""
        self.jobs = 1  # how many calls run at once
        self.look()

    def look(self) -> None:
        """See how many workers there are by now: they come and go."""
        with _lost():
            threads: dict[str, int] = self._client.nthreads()
        self.jobs = max(1, sum(threads.values()))

    def give(self, given: object) -> None:
        """What `submit_given` hands to its calls. Every worker gets it once, those that join later too."""
        self._given = uuid4().hex
        with _lost():
            self._client.register_plugin(
                Given(self._given, pickle.dumps(given)), name=f"matrixsite-{self._given}"
            )

    def take_back(self) -> None:
        """Let workers forget what they were given."""
        if self._given:
            with suppress(Exception):  # the run is over; the scheduler may be, too
                self._client.unregister_worker_plugin(f"matrixsite-{self._given}")

    def submit_given(self, fn: Callable[..., T], /, *args: Any) -> Future[T]:
        """Start a call with what was given as its first argument."""
        return self.submit(_call_given, self._given, fn, *args)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start a call."""
        with _lost():
            return _translated(self._executor.submit(fn, *args, **kwargs))

    def submit_alone(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start a call in a process of its own on this machine: no other call can be taken for it."""
        executor = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        future = executor.submit(fn, *args, **kwargs)
        executor.shutdown(wait=False)
        return future

    def close(self) -> None:
        """The cluster outlives the stages of a run: `cluster` closes it."""

    def __enter__(self) -> DaskEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Given(WorkerPlugin):
    """What calls are given, kept in each worker until its run is over."""

    def __init__(self, token: str, packed: bytes) -> None:
        self._token, self._packed = token, packed

    def setup(self, worker: Worker) -> None:
        """Called by each worker, when it starts too."""
        _packed[self._token] = self._packed

    def teardown(self, worker: Worker) -> None:
        """Called when the run is over."""
        _packed.pop(self._token, None)
        _unpacked.pop(self._token, None)


_packed: dict[str, bytes] = {}  # in a worker: what it was given
_unpacked: dict[str, Any] = {}


def _call_given(token: str, fn: Callable[..., T], *args: Any) -> T:
    if token not in _unpacked:
        _unpacked[token] = pickle.loads(_packed[token])  # from who started this worker's scheduler: trusted
    return fn(_unpacked[token], *args)


@contextmanager
def cluster(address: str, jobs: int) -> Iterator[DaskEngine]:
    """The engine on the scheduler at an address, or on one with so many workers that lives as long as this."""
    start_cluster: Any = LocalCluster  # distributed is untyped
    connect: Any = Client
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_SETTINGS | {"distributed.comm.timeouts.connect": f"{WAIT:g}s"}))
        try:
            if not address:
                stack.enter_context(
                    local := start_cluster(
                        n_workers=jobs,
                        threads_per_worker=1,
                        host="127.0.0.1",
                        dashboard_address="127.0.0.1:0",
                    )
                )
            place = f"tcp://{address}" if address else local.scheduler_address
            client = stack.enter_context(connect(place, timeout=WAIT, set_as_default=False))
            client.wait_for_workers(1, timeout=WAIT)
        except (OSError, TimeoutError) as error:
            where = address or "this machine"
            raise EngineLost(
                f"no Dask scheduler with a worker answers at {where}: {error}; start both, then run again"
            ) from error
        _require_like_workers(client)
        engine = DaskEngine(client)
        try:
            yield engine
        finally:
            engine.take_back()


def _require_like_workers(client: Any) -> None:
    """Workers must run this matrixsite, or pages would come out otherwise; and one call at a time, for a document's
    computing time is that of its process. Raises EngineUnknown."""
    for address, version in client.run(_version).items():
        if version != __version__:
            raise EngineUnknown(
                f"the worker {address} has matrixsite {version}, this is {__version__}; make them alike"
            )
    for address, threads in client.nthreads().items():
        if threads > 1:
            raise EngineUnknown(
                f"the worker {address} has {threads} threads; start workers with --nthreads 1"
            )


def _version() -> str:
    return __version__


@contextmanager
def _lost() -> Iterator[None]:
    try:
        yield
    except (OSError, CommClosedError, RuntimeError) as error:
        raise _gone(error) from error


def _translated(asked: Future[T]) -> Future[T]:
    """The future with errors as a local pool has them."""
    given: Future[T] = Future()

    def tell(done: Future[T]) -> None:
        if done.cancelled():
            given.set_exception(_gone("its calls were cancelled"))
            return
        error = done.exception()
        if error is None:
            given.set_result(done.result())
        elif isinstance(error, KilledWorker):
            given.set_exception(BrokenProcessPool(str(error)))
        elif isinstance(error, CommClosedError):
            given.set_exception(_gone(error))
        else:
            given.set_exception(error)

    asked.add_done_callback(tell)
    return given


def _gone(why: object) -> EngineLost:
    return EngineLost(f"the Dask scheduler is gone: {why}; nothing stored is lost, run again")
