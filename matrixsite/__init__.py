"""matrixsite: turns the feeds of a media matrix into a static alliance site, every night.

    from matrixsite import Matrix

    matrix = Matrix.load("feeds.yaml")
    matrix.update()
    matrix.build("output")
    for entry in matrix.entries(account="qingshan-fabu"):
        print(entry.published, entry.title)

Public are the names in `__all__` of this module, of `matrixsite.results` (what a matrix gives beside entries),
`matrixsite.errors` and `matrixsite.plugins` (for who adds to it). Everything else may move; docs/library.md says what
may change when.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from matrixsite.errors import (
    BuildFailed,
    Locked,
    MatrixError,
    Problem,
    PublishFailed,
    SettingsError,
    StoreError,
)
from matrixsite.model import Entry, Status

if TYPE_CHECKING:
    from matrixsite.matrix import Matrix
    from matrixsite.pipeline.progress import Progress
    from matrixsite.pipeline.report import RunReport

__version__ = "0.1.0.dev0"

__all__ = [
    "BuildFailed",
    "Entry",
    "Locked",
    "Matrix",
    "MatrixError",
    "Problem",
    "Progress",
    "PublishFailed",
    "RunReport",
    "SettingsError",
    "Status",
    "StoreError",
]

_ON_FIRST_USE = {
    "Matrix": "matrix",
    "Progress": "pipeline.progress",
    "RunReport": "pipeline.report",
    "register": "site.plugin",  # what pelican calls where PLUGINS = ["matrixsite"]
}


def __getattr__(name: str) -> object:
    """The names that need heavy modules come on first use: `import matrixsite` stays quick."""
    if module := _ON_FIRST_USE.get(name):
        return getattr(import_module(f"matrixsite.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
