"""Workbooks: what their cells hold, and what no file may cost."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from matrixsite.xlsx import FormulaCell, UnreadableWorkbook, first_sheet

_PART = "xl/worksheets/sheet1.xml"
_THIEF = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def saved(book: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_sheet(markup: str | bytes, parts: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook whose sheet is this markup, and other parts as given."""
    made = io.BytesIO()
    replaced = {_PART: markup.encode() if isinstance(markup, str) else markup, **(parts or {})}
    with (
        zipfile.ZipFile(io.BytesIO(saved(openpyxl.Workbook()))) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in {**dict.fromkeys(old.namelist()), **dict.fromkeys(replaced)}:
            new.writestr(name, replaced[name] if name in replaced else old.read(name))
    return made.getvalue()


def sheet_of(rows: str) -> bytes:
    return with_sheet(_SHEET.format(rows))


def test_cells() -> None:
    book = openpyxl.Workbook()
    sheet: Worksheet = book.active
    sheet.append(["青山", 7, 7.5, None, True, "#N/A", "=1+1", "1.50"])
    sheet.append([])
    sheet.append([None, None, "x"])
    days = [("yyyy-mm", 1), ("yyyy-mm-dd", 1), ('yyyy"年"m"月"', 1), ("mmm-yy", 1), ("0.00", 1), ("h:mm", 1)]
    for column, (pattern, _) in enumerate(days, 1):
        cell = sheet.cell(4, column, datetime(2026, 10, 1) if pattern not in ("0.00", "h:mm") else 2.5)
        cell.number_format = pattern
    sheet.merge_cells("A2:B2")
    found = first_sheet(saved(book), 10)
    assert found.rows == [
        (1, ["青山", 7, 7.5, None, True, "#N/A", FormulaCell("1+1", None), "1.50"]),
        (3, [None, None, "x"]),
        (4, ["2026-10", "2026-10-01", "2026-10", "2026-10", 2.5, 2.5]),
    ]
    assert found.merged == [(2, 1, 2, 2)]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)
CELLS = st.one_of(
    st.none(),
    TEXT.filter(lambda text: not text.startswith("=")),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 3)).filter(lambda number: not number.is_integer()),
    st.dates(date(1901, 1, 1), date(2099, 1, 1)),
)


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=5))
def test_what_another_program_wrote(rows: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    read = dict(first_sheet(saved(book), 10).rows)
    for line, row in enumerate(rows, 1):
        wanted = [str(cell) if isinstance(cell, date) else cell or (0 if cell == 0 else None) for cell in row]
        found = [*read.get(line, []), *[None] * 5][: len(row)]
        assert found == wanted


def test_the_first_visible_sheet() -> None:
    book = openpyxl.Workbook()
    book.active.append(["hidden"])
    book.active.sheet_state = "hidden"
    book.create_sheet("shown").append(["shown"])
    assert first_sheet(saved(book), 10).rows == [(1, ["shown"])]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ('<row r="5"><c r="B5"><v>1</v></c></row>', [(5, [None, 1])]),
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", [(1, [1, 2]), (2, [3])]),
        (
            '<row><c t="inlineStr"><is><t>青</t><r><t>山</t></r><rPh><t>qing</t></rPh></is></c></row>',
            [(1, ["青山"])],
        ),
        ('<row><c t="str"><f>A1&amp;"x"</f><v>x</v></c></row>', [(1, [FormulaCell('A1&"x"', "x")])]),
        ('<row><c><f t="shared" si="0"/><v>2</v></c></row>', [(1, [FormulaCell("", 2)])]),
        ('<row r="1048576"><c r="A1048576"/></row>', []),
    ],
    ids=["sparse", "without references", "inline", "formula", "shared formula", "only styled"],
)
def test_markup_of_other_programs(rows: str, found: object) -> None:
    assert first_sheet(sheet_of(rows), 10).rows == found


def test_a_prefix_before_every_name() -> None:
    markup = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        "<x:row><x:c><x:v>4</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert first_sheet(with_sheet(markup), 10).rows == [(1, [4])]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no workbook"),
        (b"PK\x03\x04 no workbook", "no workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "no workbook"),
        (sheet_of("<row><c><v>x</v></c></row>"), "no workbook"),
        (sheet_of('<row><c t="s"><v>9</v></c></row>'), "no workbook"),
        (sheet_of('<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), "no workbook"),
        (sheet_of('<row><c r="????"><v>1</v></c></row>'), "no workbook"),
        (sheet_of("<row>"), "no workbook"),
        (sheet_of('<row><c r="XFD1"><v>1</v></c></row>'), "more than 100 columns"),
        (sheet_of("<row><c><v>1</v></c></row>" * 11), "more than 10 rows"),
        (with_sheet('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), "no workbook"),
        (with_sheet("<x/>", {"xl/workbook.xml": _THIEF}), "no workbook"),
        (with_sheet("<x/>", {f"xl/more{number}.xml": b"" for number in range(2001)}), "more than 2000 parts"),
    ],
)  # fmt: skip
def test_what_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableWorkbook) as caught:
        first_sheet(content, 10)
    assert reason in caught.value.reason


@pytest.mark.parametrize("part", [_PART, "xl/styles.xml"])
def test_a_bomb(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matrixsite.xlsx.package.MOST_SMALL", 1_000_000)
    monkeypatch.setattr("matrixsite.xlsx.sheet.MOST_UNPACKED", 1_000_000)
    bomb = with_sheet(_SHEET.format(""), {part: b"<x>" + b" " * 2_000_000})
    assert len(bomb) < 20_000
    with pytest.raises(UnreadableWorkbook) as caught:
        first_sheet(bomb, 10)
    assert "unpacks to more than" in caught.value.reason


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(0, 3000))
def test_damaged_bytes_are_refused_or_read(noise: bytes, at: int) -> None:
    content = bytearray(sheet_of('<row><c t="s"><v>0</v></c></row>'))
    content[at : at + len(noise)] = noise
    with suppress(UnreadableWorkbook):
        first_sheet(bytes(content), 10)
