"""A desk with all its pages at work on loopback, behind its guard."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from matrixsite.desk.access import Access
from matrixsite.desk.app import desk_app
from matrixsite.desk.doors import Gate
from matrixsite.desk.guard import Guard
from matrixsite.desk.serving import listening, quiet_server
from tests.desk.office import NOW


@dataclass(frozen=True, slots=True)
class AtWork:
    """Where it is, and the gate that gives tokens."""

    port: int
    gate: Gate

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def way_in(self) -> str:
        """An address as the terminal prints it."""
        return f"{self.address}/?token={self.gate.token.make()}"


@contextmanager
def at_work(root: Path) -> Iterator[AtWork]:
    """The desk of the matrix in this folder."""
    app = desk_app(root / "feeds.yaml", None, lambda: NOW)
    gate = Gate.of(Access(), root / ".matrixsite", editor="林见秋", clock=time.monotonic)
    with closing(listening("127.0.0.1", 0)) as listener:
        server = quiet_server(Guard(app, gate))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            while not server.started:
                time.sleep(0.005)
            yield AtWork(listener.getsockname()[1], gate)
        finally:
            server.should_exit = True
            thread.join(timeout=20)
