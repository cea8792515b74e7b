"""Why a desk does not start."""

from __future__ import annotations

from typing import ClassVar

from matrixsite.errors import MatrixError


class DeskUnusable(MatrixError):
    """The desk can't be used as asked; the message says what mends it."""

    exit_code: ClassVar[int] = 2
