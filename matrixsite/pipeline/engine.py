"""Where CPU work runs: in this process, or on a pool of its own workers. Nothing that runs on it can tell.

A worker that dies (memory, a crash in a C library, no end) breaks its pool: all calls under way raise
BrokenProcessPool, the next call gets a new pool. Whoever asked repeats them, each alone, to find the one that kills.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import stat
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar

from matrixsite.store.lock import forget_inherited_locks

P = ParamSpec("P")
T = TypeVar("T")

_PR_SET_PDEATHSIG = 1  # prctl(2)


class InlineExecutor(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # as with every executor: for whoever asks for the result
            future.set_exception(error)
        return future


class Engine:
    """An executor for a run, mended when a worker dies."""

    remote = False  # workers write where this process does

    def __init__(self, jobs: int, *, apart: bool = False) -> None:
        """`jobs` workers. One or none means this process, or one worker if calls must run `apart` from it. Workers
        start with the first call: a run without any needs none.
        """
        self.jobs, self._apart = max(1, jobs), apart or jobs > 1
        self._executor: Executor | None = None
        self._given: Any = None

    def give(self, given: object) -> None:
        """What `submit_given` hands to its calls. Before the first call: workers inherit it, nothing is pickled."""
        self._given = given

    def submit_given(self, fn: Callable[..., T], /, *args: Any) -> Future[T]:
        """Start a call with what was given as its first argument."""
        if self._apart:
            return self.submit(_call_given, fn, *args)
        return self.submit(fn, self._given, *args)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start a call; a pool that broke since is replaced first."""
        self._executor = self._executor or self._start(self.jobs)
        try:
            return self._executor.submit(fn, *args, **kwargs)
        except BrokenProcessPool:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = self._start(self.jobs)
            return self._executor.submit(fn, *args, **kwargs)

    def submit_alone(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Start a call in a worker of its own: BrokenProcessPool then means that this very call kills its worker."""
        executor = self._start(1)
        future = executor.submit(fn, *args, **kwargs)
        executor.shutdown(wait=False)
        return future

    def close(self) -> None:
        """End the workers; calls not yet begun are dropped."""
        if self._executor:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self, workers: int) -> Executor:
        if not self._apart:
            return InlineExecutor()
        pool = ProcessPoolExecutor(
            workers,
            mp_context=get_context("fork"),
            initializer=_begin_worker,
            initargs=(os.getpid(), self._given),
        )
        pool.submit(
            _nothing
        ).result()  # forks all workers now, while this process has no threads of the pool's own
        return pool


def _nothing() -> None:
    """The first call of a pool."""


_inherited: Any = None  # in a worker: what its engine was given


def _call_given(fn: Callable[..., T], *args: Any) -> T:
    return fn(_inherited, *args)


def _begin_worker(parent: int, given: object) -> None:
    """A worker ends with its parent, even a killed one, holds no lock or connection of it, and leaves ^C to it."""
    global _inherited
    _inherited = given
    gc.freeze()  # what it inherited isn't its to clear up
    forget_inherited_locks()
    _forget_inherited_sockets()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        prctl: Any = ctypes.CDLL(None, use_errno=True).prctl
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)


def _forget_inherited_sockets() -> None:
    """Or a connection that the parent closes would stay open in here. Their numbers stay taken: objects know them."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in map(int, os.listdir("/dev/fd")):
        with suppress(OSError):  # the listing's own
            if number > 2 and stat.S_ISSOCK(os.fstat(number).st_mode):
                os.dup2(nothing, number, inheritable=False)
    os.close(nothing)
