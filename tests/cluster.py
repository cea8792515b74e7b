"""A Dask scheduler with two worker processes on loopback, as an operator starts them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

LEAST = 60.0  # seconds to start
DEADLY = "【致命】"  # a title that kills the process that filters it
PLUGIN = {  # a package as pip installs it, whose filter crashes
    "deadly.py": "import os\n"
    "def deadly(entry):\n"
    f"    if {DEADLY!r} in entry.title:\n        os._exit(1)\n    return entry\n",
    "deadly-1.dist-info/METADATA": "Metadata-Version: 2.1\nName: deadly\nVersion: 1\n",
    "deadly-1.dist-info/entry_points.txt": "[matrixsite.filters]\ndeadly = deadly:deadly\n",
}


class Cluster:
    """Its processes, which are started once and end with the block."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "scheduler.json"
        for name, text in PLUGIN.items():
            (folder / "packages" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "packages" / name).write_text(text, encoding="utf-8")
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard")
        self._wait(self._file.exists)
        workers = ("--nworkers", "2", "--nthreads", "1", "--no-dashboard")
        self._workers = self._start("worker", *workers, "--local-directory", str(folder))
        self._wait(lambda: len(self.workers()) == 2)

    @property
    def packages(self) -> Path:
        """Where its workers import from, beside what is installed."""
        return self.folder / "packages"

    @property
    def engine(self) -> str:
        """As `--engine` takes it."""
        address: str = json.loads(self._file.read_text())["address"]
        return address.replace("tcp://", "dask://")

    def workers(self) -> list[psutil.Process]:
        """The processes that calls run in; each has a nanny, which starts another when it dies."""
        with suppress(psutil.NoSuchProcess):
            below = psutil.Process(self._workers.pid).children(recursive=True)
            return [one for one in below if "spawn_main" in " ".join(one.cmdline())]
        return []

    def kill_worker(self) -> None:
        """One of the two, with SIGKILL."""
        self.workers()[0].send_signal(signal.SIGKILL)

    def close(self) -> None:
        for process in (self._workers, self.scheduler):
            with suppress(psutil.NoSuchProcess):
                for one in [
                    *psutil.Process(process.pid).children(recursive=True),
                    psutil.Process(process.pid),
                ]:
                    with suppress(psutil.NoSuchProcess):
                        one.kill()
            process.wait()

    def _start(self, kind: str, *options: str) -> subprocess.Popen[bytes]:
        where = ("--host", "127.0.0.1", "--scheduler-file", str(self._file))
        with (self.folder / f"{kind}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", kind, *where, *options],
                cwd=self.folder,
                env={**os.environ, **self._environment()},
                stdout=log,
                stderr=log,
            )

    def _environment(self) -> Mapping[str, str]:
        return {"PYTHONPATH": os.pathsep.join([str(self.packages), *sys.path])}

    def _wait(self, come: object) -> None:
        assert callable(come)
        end = time.monotonic() + LEAST
        while not come():
            assert time.monotonic() < end, (self.folder / "worker.log").read_text()
            time.sleep(0.05)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """One that ends with the block."""
    one = Cluster(folder)
    try:
        yield one
    finally:
        one.close()
