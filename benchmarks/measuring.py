"""What a command costs: CPU of its whole process tree, and the peak of its summed proportional memory (PSS)."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

EVERY = 0.1  # seconds between looks at the memory


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall in seconds, memory in MiB; what the command said, line by line, and after how many seconds."""

    cpu: float
    wall: float
    memory: float
    told: tuple[tuple[float, str], ...] = ()

    @property
    def output(self) -> str:
        """All that it said."""
        return "".join(text for _, text in self.told)


def measured(command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end. Raises RuntimeError where it fails."""
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watch = _Watch(process.pid)
    watch.start()
    assert process.stdout is not None
    told = tuple((time.monotonic() - began, text) for text in process.stdout)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.stop()
    cost = Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began, watch.peak / 2**20, told)
    if process.returncode:
        raise RuntimeError(f"{command} answered {process.returncode}:\n{cost.output}")
    return cost


class _Watch(threading.Thread):
    """Looks at the memory of a process tree until told to stop."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._done, self.peak = pid, threading.Event(), 0

    def run(self) -> None:
        while not self._done.wait(EVERY):
            self.peak = max(self.peak, _pss(self._pid))

    def stop(self) -> None:
        self._done.set()
        self.join()


def _pss(pid: int) -> int:
    """Bytes, of the process and all below it; what is gone meanwhile counts nothing."""
    try:
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.Error:
        return 0
    total = 0
    for process in tree:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue
    return total
