"""How long work tells how far it is: the stages know this protocol, the command line draws it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives what a run does. `total` is 0 where it isn't known."""

    def stage(self, name: str, total: int = 0) -> None:
        """A new stage began; the one before it ended."""

    def advance(self, count: int = 1) -> None:
        """So much more of the stage is done."""


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int = 0) -> None:
        """Say nothing."""

    def advance(self, count: int = 1) -> None:
        """Say nothing."""
