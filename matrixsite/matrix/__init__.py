"""The library's front door: a matrix that can be updated, built and read."""

from __future__ import annotations

from matrixsite.matrix.office import Office
from matrixsite.matrix.opened import output_folder, remembered_output
from matrixsite.matrix.reading import Explanation, Reading
from matrixsite.matrix.runs import Runs

__all__ = ["Explanation", "Matrix", "output_folder", "remembered_output"]


class Matrix(Runs, Reading, Office):
    """A matrix as its feeds.yaml describes it. Make one with `Matrix.load`; nothing is opened before it is needed.

    Reading needs no lock and may go on beside a run. `update` and `build` hold the lock of the state folder and
    raise `Locked` where another run has it. Wrong settings or editors' files raise `SettingsError`. Both are read
    once: load the matrix again to see what was written to them since.
    """
