"""What a `Matrix` takes and gives beside entries: the values behind its methods, for annotations and for reading.

They are made by the library; their fields only grow within a major version.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from matrixsite.model import Enclosure, Media

if TYPE_CHECKING:
    from matrixsite.boards.board import Where
    from matrixsite.boards.publishing import Scores
    from matrixsite.hosting.sending import Difference
    from matrixsite.matrix import Explanation
    from matrixsite.measures.period import Period
    from matrixsite.pipeline.report import FeedReport
    from matrixsite.registry.bulletin import Bulletin
    from matrixsite.registry.freshness import AccountStatus
    from matrixsite.registry.headline_candidates import HeadlineCandidate
    from matrixsite.registry.task_reports import TaskReport
    from matrixsite.registry.watch import Finding
    from matrixsite.store.archive import Revision

__all__ = [
    "AccountStatus",
    "Bulletin",
    "Difference",
    "Enclosure",
    "Explanation",
    "FeedReport",
    "Finding",
    "HeadlineCandidate",
    "Media",
    "Period",
    "Revision",
    "Scores",
    "TaskReport",
    "Where",
]

_ON_FIRST_USE = {
    "AccountStatus": "registry.freshness",
    "Bulletin": "registry.bulletin",
    "Difference": "hosting.sending",
    "Explanation": "matrix",
    "FeedReport": "pipeline.report",
    "Finding": "registry.watch",
    "HeadlineCandidate": "registry.headline_candidates",
    "Period": "measures.period",
    "Revision": "store.archive",
    "Scores": "boards.publishing",
    "TaskReport": "registry.task_reports",
    "Where": "boards.board",
}


def __getattr__(name: str) -> object:
    """Each with its module, on first use."""
    if module := _ON_FIRST_USE.get(name):
        return getattr(import_module(f"matrixsite.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
