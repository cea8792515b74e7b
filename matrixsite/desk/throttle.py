"""How often a password may be guessed: a delay that grows with failures, for each address and for all together.

A try counts as failed from its beginning, so that guesses sent at once don't slip through while the first is looked
at. Who has to wait is told so without a look at the password. The delay for all is short: it bounds guessing from
many addresses without shutting editors out for long (the one-time address of the terminal needs no password).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network

FREE, FREE_TOGETHER = 3, 12  # tries without delay
LONGEST, LONGEST_TOGETHER = 900.0, 60.0  # seconds
FORGOTTEN = 3600.0  # seconds after its last failure an address is as new


@dataclass(slots=True)
class _Failures:
    count: int = 0
    last: float = 0.0

    def wait(self, now: float, free: int, longest: float) -> float:
        """Seconds until the next try: 1, 2, 4, … after the last."""
        if self.count < free:
            return 0.0
        delay = longest if self.count - free > 20 else min(2.0 ** (self.count - free), longest)
        return max(0.0, self.last + delay - now)


@dataclass(slots=True)
class Throttle:
    """Failures so far; `clock` gives seconds."""

    clock: Callable[[], float]
    _by_address: dict[str, _Failures] = field(default_factory=dict)
    _together: _Failures = field(default_factory=_Failures)

    def admit(self, address: str) -> float:
        """Begin a try from this address: 0, or the seconds that it has to wait, and then there was no try."""
        now = self.clock()
        self._forget(now)
        own = self._by_address.get(_network(address), _Failures())
        wait = max(own.wait(now, FREE, LONGEST), self._together.wait(now, FREE_TOGETHER, LONGEST_TOGETHER))
        if wait:
            return wait
        self._by_address[_network(address)] = own
        for failures in (own, self._together):
            failures.count, failures.last = failures.count + 1, now
        return 0.0

    def succeeded(self, address: str) -> None:
        """The try was none of guessing: it is taken back, with the failures of its address."""
        self._by_address.pop(_network(address), None)
        self._together.count = max(0, self._together.count - 1)

    def _forget(self, now: float) -> None:
        """As many are kept as fail in an hour, which the delay for all bounds."""
        for address in [name for name, one in self._by_address.items() if now - one.last > FORGOTTEN]:
            del self._by_address[address]
        if now - self._together.last > FORGOTTEN:
            self._together.count = 0


def _network(address: str) -> str:
    """Whose address it is: a subscriber's of IPv6 are the 2^64 of a network."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped or ip_network((int(parsed), 64), strict=False))
