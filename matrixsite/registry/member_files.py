"""The rows that a file of members holds, whatever it is, each with its line: tables, OPML, the ini files of planets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from configparser import ConfigParser
from configparser import Error as IniError
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matrixsite.config.names import name_key
from matrixsite.config.source import UNPRINTABLE
from matrixsite.config.tables import table_rows
from matrixsite.config.wording import shown, suggestion
from matrixsite.errors import Problem, SettingsError
from matrixsite.parse.charset import decode
from matrixsite.registry.member_headings import HEADINGS, WRITTEN_HEADINGS, value_of
from matrixsite.registry.member_rows import Row
from matrixsite.spreadsheet import as_written
from matrixsite.xlsx import FormulaCell, UnreadableWorkbook, first_sheet

MOST_BYTES = 50_000_000
MOST_ROWS = 100_000
MOST_DEPTH = 20  # of nested outlines
_MEND = "Import an OPML file, a table (CSV or xlsx) with columns name and feed, or a planet ini file."

GroupPath = tuple[str, ...]  # the names of a group and those it lies in, the outermost first


@dataclass(frozen=True)
class MemberLine:
    """An account as a file has it. `said` has the keys of settings, but for its groups."""

    line: int
    said: Row
    groups: tuple[GroupPath, ...] = ()


@dataclass
class MemberFile:
    """All lines, and what of the file could not be used."""

    name: str
    lines: list[MemberLine] = field(default_factory=list)
    unused: list[Problem] = field(default_factory=list)

    def leave_out(self, line: int, field: str, reason: str, mend: str) -> None:
        self.unused.append(Problem(self.name, line, field, reason, mend))


def read_member_file(path: Path) -> MemberFile:
    """Raises SettingsError for a file that is none of these, is damaged, or asks for more than any list needs."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"it can't be read: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise _refused(path, f"it is larger than {MOST_BYTES // 1_000_000} MB", "Divide it.")
    file = MemberFile(path.name)
    match path.suffix.lower():
        case ".opml" | ".xml":
            file.lines += _opml(path, content)
        case ".ini" | ".cfg" | ".conf":
            file.lines += _ini(path, decode(content).body.decode())
        case ".csv":
            _table(path, _csv(path, decode(content).body.decode()), file)
        case ".xlsx":
            _table(path, _xlsx(path, content), file)
        case _:
            raise _refused(path, f"files ending in {path.suffix or 'nothing'} are not known")
    if not file.lines and not file.unused:
        raise _refused(path, "it names no accounts")
    return file


def _refused(path: Path, reason: str, mend: str = _MEND) -> SettingsError:
    return SettingsError([Problem(str(path), 0, "", reason, mend)])


Cells = Sequence[tuple[int, Sequence[Any]]]


def _csv(path: Path, text: str) -> Cells:
    text = text.removeprefix("\ufeff")
    if control := UNPRINTABLE.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise SettingsError(
            [Problem(str(path), line, "", "the text holds a control character", "Remove it.")]
        )
    rows, problems = table_rows(text, str(path))
    if problems:
        raise SettingsError(problems)
    if len(rows) > MOST_ROWS:
        raise _refused(path, f"it has more than {MOST_ROWS} rows", "Divide it.")
    return rows


def _xlsx(path: Path, content: bytes) -> Cells:
    try:
        return first_sheet(content, MOST_ROWS).rows
    except UnreadableWorkbook as error:
        raise _refused(path, error.reason, error.mend) from error


def _table(path: Path, rows: Cells, file: MemberFile) -> None:
    """The first row names the columns, in either language."""
    if not rows:
        raise _refused(path, "the file is empty")
    (line, header), *body = rows
    columns: dict[int, str] = {}
    for at, cell in enumerate(header):
        heading = str(cell if cell is not None else "").strip()
        column = HEADINGS.get(name_key(heading))
        if heading and column is None:
            file.leave_out(line, heading, "unknown column", suggestion(heading, WRITTEN_HEADINGS))
        elif column in columns.values():
            file.leave_out(line, heading, f"another column says {column} already", "Remove one of the two.")
        elif column:
            columns[at] = column
    if not {"name", "feed"} & set(columns.values()):
        raise _refused(path, "no column names the accounts")
    for number, cells in body:
        said = _row(number, cells, columns, file)
        groups = tuple((name,) for name in said.pop("group", ()))
        if said:
            file.lines.append(MemberLine(number, said, groups))


def _row(line: int, cells: Sequence[Any], columns: dict[int, str], file: MemberFile) -> Row:
    said: Row = {}
    for at, cell in enumerate(cells):
        if isinstance(cell, FormulaCell):
            mend = "Write its result."
            file.leave_out(line, columns.get(at, ""), f"{shown(str(cell))} is a formula", mend)
        elif (text := as_written(_text(cell).strip())) and at in columns:
            said[columns[at]] = value_of(columns[at], text)
    return said


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else str(cell)


def _opml(path: Path, content: bytes) -> Iterator[MemberLine]:
    """Outlines with a feed; those around them are its groups. A feed that stands in several is one account."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:  # not even a beginning
        root = None
    if root is None:
        raise _refused(path, "it is no XML")
    found: dict[tuple[str, str], MemberLine] = {}
    for outline in root.iter("outline"):
        feed = outline.get("xmlUrl", "").strip()
        if not feed:
            continue
        around = [one for one in outline.iterancestors("outline") if one.get("xmlUrl") is None][:MOST_DEPTH]
        group = tuple(name for one in reversed(around) if (name := _title(one)))
        name = _title(outline) or feed
        said = {"name": name, "feed": [feed], "home": outline.get("htmlUrl", "").strip()}
        line = found.get((name, feed)) or MemberLine(
            outline.sourceline or 0, {key: value for key, value in said.items() if value}
        )
        groups = line.groups if not group or group in line.groups else (*line.groups, group)
        found[name, feed] = MemberLine(line.line, line.said, groups)
    yield from found.values()


def _title(outline: Any) -> str:
    return str(outline.get("title") or outline.get("text") or "").strip()


def _ini(path: Path, text: str) -> Iterator[MemberLine]:
    """A section a feed, its header the address (Planet, Venus) or an id with a `feed` key (Pluto)."""
    parser = ConfigParser(interpolation=None, strict=False, default_section="DEFAULT")
    try:
        parser.read_string(text if text.lstrip().startswith("[") else f"[planet]\n{text}")
    except IniError as error:
        raise _refused(path, f"it is no ini file: {str(error).splitlines()[0]}") from error
    for name in parser.sections():
        section = parser[name]
        feed = name if "://" in name else section.get("feed", "")
        if feed and name.lower() != "planet":
            said = {
                "id": "" if "://" in name else name,
                "name": section.get("name") or section.get("title") or name,
                "feed": [feed],
                "home": section.get("link", ""),
            }
            yield MemberLine(0, {key: value for key, value in said.items() if value})
