"""A bound on the computing time of a piece of work in a worker process.

It counts the work's own CPU time, so neither a busy machine nor what runs beside it changes what comes out.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooSlow(BaseException):
    """The time is up; no `except Exception` on the way may take it for its own."""


@contextmanager
def computing_time(seconds: float) -> Iterator[None]:
    """Raise TooSlow after so many seconds of CPU time; takes the timers and signals of its process.

    The first bell is heard by Python code and regular expressions. C code that hears none is ended by the second, at
    twice the time, and its process with it (`Engine.submit_alone` tells). In a thread that isn't the main one (a Dask
    worker's) no bell is heard: the process ends at the time.
    """
    if threading.current_thread() is not threading.main_thread():
        with _timer(signal.ITIMER_PROF, seconds):
            yield
        return
    signal.signal(signal.SIGVTALRM, _ring)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    again = seconds / 10  # a callback of C code swallows what is raised in it
    with _timer(signal.ITIMER_PROF, 2 * seconds), _timer(signal.ITIMER_VIRTUAL, seconds, again):
        yield


def _ring(*_: object) -> None:
    raise TooSlow


@contextmanager
def _timer(which: int, seconds: float, again: float = 0.0) -> Iterator[None]:
    signal.setitimer(which, seconds, again)
    try:
        yield
    finally:
        signal.setitimer(which, 0)
