"""The paths of a whole site in little memory."""

from __future__ import annotations

from array import array

_EMPTY = 0
_BITS = (1 << 64) - 1


class PathSet:
    """A set that keeps 64 bits of each path, in 12 to 24 bytes; one of Python's takes some 150.

    Two paths may be taken for one: at 800,000 pages that befalls one build of fifty million, and not the same one
    again, for strings hash otherwise in each process.
    """

    def __init__(self) -> None:
        self._slots, self._count = array("Q", bytes(8 * 1024)), 0  # open addressing, at most two thirds full

    def add(self, path: str) -> bool:
        """Add a path; whether it was not there."""
        mark = _mark(path)
        slot = self._slot(mark)
        if self._slots[slot] == mark:
            return False
        self._slots[slot] = mark
        self._count += 1
        if 3 * self._count > 2 * len(self._slots):
            self._grow()
        return True

    def __contains__(self, path: str) -> bool:
        mark = _mark(path)
        return self._slots[self._slot(mark)] == mark

    def __len__(self) -> int:
        return self._count

    def _slot(self, mark: int) -> int:
        """Where it is, or would be."""
        last = len(self._slots) - 1
        slot = mark & last
        while self._slots[slot] not in (_EMPTY, mark):
            slot = (slot + 1) & last
        return slot

    def _grow(self) -> None:
        before = self._slots
        self._slots = array("Q", bytes(16 * len(before)))
        for mark in before:
            if mark != _EMPTY:
                self._slots[self._slot(mark)] = mark


def _mark(path: str) -> int:
    return hash(path) & _BITS or 1
