"""How often the interpreter looks for cycles of garbage while a run holds many values."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Values made since the last look; looks at the young before the older, and at these before all are looked at.
_EVERY = (100_000, 20, 50)


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look seldom: what a run makes lives until it is written and forms no cycles, so looking finds nothing.

    With the interpreter's own thresholds that takes a tenth of the CPU of a run that reads or joins many entries.
    Reference counting frees as ever.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_EVERY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
