"""Winners from a table: which column is which, whom of the matrix a row means, and what could not be told.

Names in the first row say what the columns are; without such a row the first column that doesn't only count is the name
(the work, in a list of works), the next who made it or whom it belongs to, the one after it the citation. Empty cells
below a unit take its name: that is how merged cells come out of Excel. Those below a name or a citation don't.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matrixsite.config.names import name_key
from matrixsite.editorial.honors import HonorKind
from matrixsite.editorial.laureates import NOBODY, Laureate, Register
from matrixsite.editorial.pasted import Line, is_number, without_number

HEADERS: Mapping[str, tuple[str, ...]] = {
    "number": ("序号", "编号", "no", "no.", "#", "number"),
    "rank": ("名次", "排名", "位次", "排序", "rank"),
    "name": (
        *(
            "名称",
            "账号",
            "账号名称",
            "帐号",
            "新媒体名称",
            "公众号",
            "公众号名称",
            "获奖账号",
            "获奖者",
            "获奖名单",
        ),
        *("入选名单", "名单", "姓名", "获奖个人", "人员", "获奖单位", "name", "account", "winner"),
    ),
    "work": (
        "作品",
        "作品名称",
        "作品标题",
        "案例",
        "案例名称",
        "项目",
        "项目名称",
        "标题",
        "题目",
        "work",
        "title",
    ),
    "by": (
        *(
            "单位",
            "单位名称",
            "报送单位",
            "选送单位",
            "申报单位",
            "推荐单位",
            "所属单位",
            "工作单位",
            "制作单位",
        ),
        *("主创单位", "运营单位", "主办单位", "作者", "by", "unit", "organisation", "organization"),
    ),
    "citation": (
        "颁奖词",
        "评语",
        "推荐语",
        "推荐理由",
        "理由",
        "获奖理由",
        "主要事迹",
        "事迹",
        "citation",
        "reason",
    ),
    "link": ("链接", "作品链接", "网址", "地址", "link", "url"),
}
_KEYS = {name_key(word): key for key, words in HEADERS.items() for word in words}
_TITLE_ROWS = 5  # above the row of headers, at most

Columns = Mapping[str, int]  # key of a winner → its column


@dataclass(frozen=True, slots=True)
class Row:
    """A winner as the table gives it, with whom of the matrix it means."""

    line: int
    name: str = ""
    work: str = ""
    by: str = ""
    citation: str = ""
    rank: int = 0
    link: str = ""
    found: Laureate = NOBODY

    def written(self, kind: HonorKind) -> str | dict[str, str | int]:
        """The winner as honors/<id>.md has it: with the id that outlasts a rename; one that is a name only, as such."""
        keys: dict[str, str | int] = {
            "name": self.name,
            "work": self.work,
            "by": self.by,
            "account": self.found.account,
            "member": "" if self.found.account else self.found.member,
            "rank": self.rank,
            "citation": self.citation,
            "link": self.link,
        }
        there = {key: value for key, value in keys.items() if value}
        only = "work" if kind is HonorKind.WORK else "name"
        return str(there[only]) if there.keys() == {only} else there


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that nobody of the matrix bears, with up to three that it may have been meant for."""

    line: int
    name: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that made no winner."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class HonorTable:
    """What a table came to."""

    kind: HonorKind
    rows: tuple[Row, ...]
    unresolved: tuple[Unresolved, ...]
    skipped: tuple[Skipped, ...]

    def winners(self) -> list[str | dict[str, str | int]]:
        """Ready for the key `winners` of a list."""
        return [row.written(self.kind) for row in self.rows]


def winners_of(lines: Sequence[Line], kind: HonorKind, register: Register) -> HonorTable:
    """The winners of a list of this kind in the rows of a table."""
    columns, above, body = _columns(lines, kind)
    skipped = [Skipped(line.number, _text(line), "above the table") for line in above]
    rows: list[Row] = []
    unresolved: list[Unresolved] = []
    seen: dict[tuple[str, str, str], int] = {}
    unit = ""
    for line in body:
        cells = {key: line.cells[at] for key, at in columns.items() if at < len(line.cells)}
        unit = cells.get("by") or unit
        row = _row(line.number, {**cells, "by": unit}, kind)
        what = row.work if kind is HonorKind.WORK else row.name
        again = (name_key(row.name), name_key(row.work), name_key(row.by))
        if not what:
            skipped.append(Skipped(line.number, _text(line), "names nobody"))
        elif again in seen:
            skipped.append(Skipped(line.number, _text(line), f"the same as row {seen[again]}"))
        else:
            seen[again] = line.number
            found, missed = _found(row, kind, register)
            rows.append(found)
            unresolved += missed
    return HonorTable(kind, tuple(rows), tuple(unresolved), tuple(skipped))


def _row(line: int, cells: Mapping[str, str], kind: HonorKind) -> Row:
    name, work = (without_number(cells.get(key, "")) for key in ("name", "work"))
    rank = "".join(filter(str.isdecimal, cells.get("rank", "")))
    link = cells.get("link", "")
    return Row(
        line=line,
        name="" if kind is HonorKind.WORK else name,
        work=work,
        by=cells.get("by", "") or (name if kind is HonorKind.WORK else ""),
        citation=cells.get("citation", ""),
        rank=int(rank[:4]) if rank else 0,
        link=link if link.startswith(("http://", "https://")) else "",
    )


def _found(row: Row, kind: HonorKind, register: Register) -> tuple[Row, list[Unresolved]]:
    """The row with whom it means: an account or unit by its name, a work by its maker, a person by their unit."""
    name = row.by if kind in (HonorKind.WORK, HonorKind.PERSON) else row.name
    found = register.by_name(name)
    made = replace(row, found=found)
    if not name or found != NOBODY:
        return made, []
    return made, [Unresolved(row.line, name, register.near(name))]


def _columns(lines: Sequence[Line], kind: HonorKind) -> tuple[Columns, Sequence[Line], Sequence[Line]]:
    """Which column holds what, the rows above the table, and its body."""
    for at, line in enumerate(lines[:_TITLE_ROWS]):
        if named := _named(line, kind):
            return named, lines[:at], lines[at + 1 :]
    return _guessed(lines, kind), (), lines


def _named(line: Line, kind: HonorKind) -> Columns:
    """The columns by a row of headers; nothing where it is none."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(line.cells):
        if key := _KEYS.get(name_key(cell)):
            columns.setdefault(key, at)
    wanted = "work" if kind is HonorKind.WORK else "name"
    if kind is HonorKind.UNIT and "name" not in columns and "by" in columns:
        columns["name"] = columns.pop("by")
    if kind is HonorKind.WORK and "work" not in columns and "name" in columns:
        columns["work"] = columns.pop("name")
    return columns if wanted in columns else {}


def _guessed(lines: Sequence[Line], kind: HonorKind) -> Columns:
    """The columns by their order; one that only counts is passed over."""
    width = max((len(line.cells) for line in lines), default=0)
    filled = [
        [line.cells[at] for line in lines if at < len(line.cells) and line.cells[at]] for at in range(width)
    ]
    telling = [at for at, cells in enumerate(filled) if cells and not all(map(is_number, cells))]
    first = "work" if kind is HonorKind.WORK else "name"
    return dict(zip((first, "by", "citation"), telling, strict=False))


def _text(line: Line) -> str:
    return " ".join(filter(None, line.cells))
