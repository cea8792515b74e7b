"""The page of search: all that it shows comes by its script."""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.site.contexts.frame import Head


@dataclass(frozen=True, slots=True)
class SearchPage:
    head: Head
