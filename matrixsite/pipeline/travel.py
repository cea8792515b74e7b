"""Values on their way to workers and back.

Python pickles a frozen dataclass with slots by code of its own, field by field and on both ends, which took as long as
storing what came. Its fields as the arguments that make it anew are taken and given by C code.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from operator import attrgetter
from typing import Any


def travel_by_fields(*kinds: type[Any]) -> None:
    """From now on values of these dataclasses, of several fields each, are pickled as a call with their fields."""
    for kind in kinds:
        values = attrgetter(*(field.name for field in fields(kind)))
        copyreg.pickle(kind, partial(_call, kind, values))


def _call(
    kind: type[Any], values: Callable[[Any], tuple[Any, ...]], value: Any
) -> tuple[type[Any], tuple[Any, ...]]:
    return kind, values(value)
