"""Workbooks read: the first sheet of an xlsx file as rows of plain values, in one pass and within bounds.

openpyxl, which writes ours, makes an object of each cell and takes 0.2 ms to read a row of twelve; here a pass of expat
takes a sixth of that, and what a hostile file can cost is bounded before it costs it.
"""

from matrixsite.xlsx.cells import FormulaCell
from matrixsite.xlsx.package import UnreadableWorkbook
from matrixsite.xlsx.sheet import MOST_COLUMNS, Sheet, first_sheet

__all__ = ["MOST_COLUMNS", "FormulaCell", "Sheet", "UnreadableWorkbook", "first_sheet"]
