"""matrixsite: turns the feeds of a media matrix into a static alliance site, every night.

    from matrixsite import Matrix

    matrix = Matrix.load("feeds.yaml")
    matrix.update()
    matrix.build("output")
    for entry in matrix.entries(account="qingshan-fabu"):
        print(entry.published, entry.title)

The names in `__all__` are the public ones; everything else may move.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from matrixsite.errors import (
    BoardRefused,
    BuildFailed,
    Locked,
    MatrixError,
    Problem,
    PublishFailed,
    SettingsError,
    StoreError,
    StoreTooNew,
    TargetUnknown,
)
from matrixsite.model import Enclosure, Entry, Media, Status

if TYPE_CHECKING:
    from matrixsite.boards.board import Where
    from matrixsite.boards.publishing import Scores
    from matrixsite.hosting.sending import Difference
    from matrixsite.matrix import Explanation, Matrix
    from matrixsite.measures.period import Period
    from matrixsite.pipeline.progress import Progress
    from matrixsite.pipeline.report import FeedReport, RunReport
    from matrixsite.registry.bulletin import Bulletin
    from matrixsite.registry.freshness import AccountStatus
    from matrixsite.registry.headline_candidates import HeadlineCandidate
    from matrixsite.registry.task_reports import TaskReport
    from matrixsite.registry.watch import Finding
    from matrixsite.store.archive import Revision

__version__ = "0.1.0.dev0"

__all__ = [
    "AccountStatus",
    "BoardRefused",
    "BuildFailed",
    "Bulletin",
    "Difference",
    "Enclosure",
    "Entry",
    "Explanation",
    "FeedReport",
    "Finding",
    "HeadlineCandidate",
    "Locked",
    "Matrix",
    "MatrixError",
    "Media",
    "Period",
    "Problem",
    "Progress",
    "PublishFailed",
    "Revision",
    "RunReport",
    "Scores",
    "SettingsError",
    "Status",
    "StoreError",
    "StoreTooNew",
    "TargetUnknown",
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
    "Matrix": "matrix",
    "Period": "measures.period",
    "Progress": "pipeline.progress",
    "Revision": "store.archive",
    "RunReport": "pipeline.report",
    "TaskReport": "registry.task_reports",
    "Scores": "boards.publishing",
    "Where": "boards.board",
}


def __getattr__(name: str) -> object:
    """The names that need heavy modules come on first use: `import matrixsite` stays quick."""
    if module := _ON_FIRST_USE.get(name):
        return getattr(import_module(f"matrixsite.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
