"""Hosts, and what their answers say of the rest of their feeds: the same for whoever asks them in a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from matrixsite.fetch import reasons
from matrixsite.fetch.reasons import Fault
from matrixsite.model import Answer

if TYPE_CHECKING:  # see `crawl`
    from yarl import URL

_SILENCE: Final = 12  # faults of a host in a row after which the rest of its feeds isn't asked in this run
_SILENT: Final = frozenset({reasons.CONNECT, reasons.DNS, reasons.TIMEOUT})

Listed = Callable[[str, int], bool]  # host, port → whether the operator names it in allow_private


def host_of(url: URL, listed: Listed) -> str:
    """What counts as one host: its name, whatever the port; but each port of a machine that the operator lists, where
    bridges stand side by side. Raises ValueError for an address that has none."""
    host, port = url.raw_host or "", url.port or 0
    return f"{host}:{port}" if listed(host, port) else host


class Patience:
    """How much is left with each host in a run."""

    def __init__(self) -> None:
        self._faults: dict[str, int] = {}  # host → in a row

    def heed(self, host: str, answer: Answer) -> Fault | None:
        """What an answer settles for the requests of its host that still wait: nothing, as a rule."""
        code = answer.reason.code if answer.reason else ""
        if code == reasons.HOST_ASKED_TO_WAIT:
            return Fault(code, "not asked: the host answered 429 to another", retry_after=answer.retry_after)
        self._faults[host] = self._faults.get(host, 0) + 1 if code in _SILENT else 0
        if self._faults[host] < _SILENCE:
            return None
        return Fault(reasons.HOST_SILENT, f"not asked: {self._faults[host]} others in a row failed")
