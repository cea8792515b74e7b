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

from typing import TYPE_CHECKING

from matrixsite.errors import (
    BuildFailed,
    Locked,
    MatrixError,
    Problem,
    SettingsError,
    StoreError,
    StoreTooNew,
)
from matrixsite.model import Enclosure, Entry, Media, Status

if TYPE_CHECKING:
    from matrixsite.matrix import Matrix
    from matrixsite.pipeline.report import FeedReport, RunReport

__version__ = "0.1.0.dev0"

__all__ = [
    "BuildFailed",
    "Enclosure",
    "Entry",
    "FeedReport",
    "Locked",
    "Matrix",
    "MatrixError",
    "Media",
    "Problem",
    "RunReport",
    "SettingsError",
    "Status",
    "StoreError",
    "StoreTooNew",
]


def __getattr__(name: str) -> object:
    """The heavy names come on first use: `import matrixsite` stays quick."""
    if name == "Matrix":
        from matrixsite.matrix import Matrix

        return Matrix
    if name in ("FeedReport", "RunReport"):
        from matrixsite.pipeline import report

        return getattr(report, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
