"""Exports of platforms and back offices: CSV (or TSV) with a header line, or JSON: a list of objects, or an
object that holds such a list as `entries`, `items`, `data` or `list`.

The columns, in English or Chinese, in any order and case; others are left alone:

    id, guid                          identity       编号, 标识
    url, link                         address        链接, 网址, 地址, 原文链接
    title                             title          标题, 名称
    published, date, time             when           发布时间, 发布日期, 时间, 日期
    updated, modified                 when changed   更新时间, 修改时间
    summary, excerpt, description     HTML           摘要, 简介
    content, html                     HTML           正文, 内容
    text                              plain text     纯文本, 全文
    author, authors                   who            作者, 编辑
    category, categories, tags        what about     分类, 标签, 栏目
    cover, image, thumbnail           picture        封面, 封面图, 图片
    enclosure, media, video, audio    file           附件, 视频, 音频
    source                            taken from     来源
    rights                            licence        版权

Several authors or categories stand in one cell separated by `,` `，` `、` `;` `；` or `|`.
A document needs a column for a title or an address.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from matrixsite.model import Enclosure, ParsedFeed, RawEntry, Reason
from matrixsite.parse import reasons
from matrixsite.parse.jsonfeed import is_json_feed, parse_json_feed, plain_as_html, text, texts
from matrixsite.parse.limits import Limits

_COLUMNS: Final = {
    "guid": "guid id 编号 标识",
    "link": "url link 链接 网址 地址 原文链接",
    "title": "title 标题 名称",
    "published": "published date time pubdate date_published published_at 发布时间 发布日期 时间 日期",
    "updated": "updated modified date_modified updated_at 更新时间 修改时间",
    "summary": "summary excerpt description 摘要 简介",
    "content": "content html content_html 正文 内容",
    "text": "text content_text 纯文本 全文",
    "authors": "author authors 作者 编辑",
    "categories": "category categories tags 分类 标签 栏目",
    "image": "cover image thumbnail 封面 封面图 图片",
    "enclosures": "enclosure media video audio 附件 视频 音频",
    "source": "source 来源",
    "rights": "rights 版权",
}
_FIELD: Final = {column: field for field, columns in _COLUMNS.items() for column in columns.split()}
_LISTS: Final = ("entries", "items", "data", "list")
_SEPARATORS = re.compile(r"[,，、;；|]")
_MARKUP = re.compile(r"</?[a-z][^<>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)

csv.field_size_limit(2**31 - 1)  # a long article is no fault; `Limits.octets` bounds the whole document

Row = Mapping[str, object]


def parse_csv(body: bytes, *, limits: Limits) -> ParsedFeed:
    """Read clean UTF-8 bytes as comma-, semicolon- or tab-separated values."""
    document = body.decode("utf-8").lstrip()
    header = document[: document.find("\n")]
    reader = csv.reader(io.StringIO(document, newline=""), delimiter=max(",\t;", key=header.count))
    rows: list[Row] = []
    problems: tuple[Reason, ...] = ()
    try:
        known = {n: column for n, column in enumerate(next(reader)) if _field(column)}
        for cells in islice(filter(None, reader), limits.rows + 1):
            rows.append({known[n]: cell for n, cell in enumerate(cells) if n in known})
    except csv.Error as error:
        problems = (Reason(reasons.BAD_CSV, f"{error}, line {reader.line_num}: the rest is cut"),)
    parsed = _parsed("csv", rows, limits)
    return replace(parsed, problems=problems + parsed.problems)


def parse_json(body: bytes, *, limits: Limits) -> ParsedFeed:
    """Read clean UTF-8 bytes as JSON: a JSON Feed, or an export."""
    if body.count(b"{") + body.count(b"[") > 4 * limits.elements:
        return ParsedFeed(error=Reason(reasons.TOO_MANY_ELEMENTS))
    try:
        document, problems = _document(body)
    except (ValueError, RecursionError) as error:
        return ParsedFeed(error=Reason(reasons.BAD_JSON, _fault(error)))
    parsed = _of_document(document, limits)
    return replace(parsed, problems=problems + parsed.problems)


def _document(body: bytes) -> tuple[Any, tuple[Reason, ...]]:
    """JSON decoded, forgiving line ends and tabs as they are in a text. Raises ValueError, RecursionError."""
    try:
        return json.loads(body), ()
    except json.JSONDecodeError:
        return json.loads(body, strict=False), (Reason(reasons.CONTROL_CHARACTERS, "in a text of JSON"),)


def _of_document(document: Any, limits: Limits) -> ParsedFeed:
    if is_json_feed(document):
        return parse_json_feed(document, limits=limits)
    rows = document
    if isinstance(document, dict):
        rows = next((document[name] for name in _LISTS if isinstance(document.get(name), list)), None)
    if not isinstance(rows, list):
        return ParsedFeed(error=Reason(reasons.NOT_A_FEED, "JSON without a list of entries"))
    return _parsed("json", [row if isinstance(row, dict) else {} for row in rows[: limits.rows + 1]], limits)


def _fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, line {error.lineno}"
    return "nested too deep" if isinstance(error, RecursionError) else type(error).__name__


def _parsed(form: str, rows: list[Row], limits: Limits) -> ParsedFeed:
    fields = [_fields(row) for row in rows[: limits.rows]]
    entries = tuple(_entry(found) for found in fields if found.keys() & {"title", "link"})
    if rows and not entries:
        code = reasons.BAD_CSV if form == "csv" else reasons.NOT_A_FEED
        return ParsedFeed(error=Reason(code, "no column for a title or an address"))
    problems = []
    if bad := len(fields) - len(entries):
        problems.append(Reason(reasons.BAD_ITEMS, f"{bad} without title and address left out"))
    if len(rows) > limits.rows:
        problems.append(Reason(reasons.TOO_MANY_ENTRIES, f"only {limits.rows} read"))
    return ParsedFeed(format=form, entries=entries, problems=tuple(problems))


def _field(column: str) -> str:
    return _FIELD.get(column.strip().lower(), "")


def _fields(row: Row) -> dict[str, Any]:
    """The known cells of a row that are not blank; the first column that names a field wins."""
    found: dict[str, Any] = {}
    for column, value in row.items():
        field = _field(column)
        if field and field not in found and (text(value) or isinstance(value, list)):
            found[field] = value
    return found


def _entry(found: Mapping[str, Any]) -> RawEntry:
    cell = {field: text(value) for field, value in found.items()}
    return RawEntry(
        guid=cell.get("guid", ""),
        link=cell.get("link", ""),
        title=cell.get("title", ""),
        summary=_as_html(cell.get("summary", "")),
        content=_as_html(cell.get("content", "")) or plain_as_html(cell.get("text", "")),
        published=cell.get("published", ""),
        updated=cell.get("updated", ""),
        authors=_several(found.get("authors")),
        categories=_several(found.get("categories")),
        enclosures=tuple(Enclosure(url) for url in _urls(found.get("enclosures"))),
        image=cell.get("image", ""),
        source_title=cell.get("source", ""),
        rights=cell.get("rights", ""),
    )


def _as_html(value: str) -> str:
    """A back office's 正文 may be HTML or plain text: without any markup its lines are kept."""
    return value if _MARKUP.search(value) else plain_as_html(value)


def _several(value: object) -> tuple[str, ...]:
    return texts(value) if isinstance(value, list) else texts(_SEPARATORS.split(text(value)[:4096]))


def _urls(value: object) -> Iterable[str]:
    return texts(value if isinstance(value, list) else text(value).split()[:64])
