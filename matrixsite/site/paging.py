"""Lists cut into pages."""

from __future__ import annotations

from collections.abc import Callable

from matrixsite.site.contexts.rows import Pages
from matrixsite.site.rows import MOST_ROWS


def page_count(rows: int, most: int = MOST_ROWS) -> int:
    """How many pages these rows take; a list without rows has a page all the same."""
    return max(1, -(-rows // most))


def numbered(path: Callable[[int], str], number: int, count: int) -> Pages:
    """Where a page of a list stands among the others."""
    return Pages(
        number, count, path(number - 1) if number > 1 else "", path(number + 1) if number < count else ""
    )
