"""Columns: the editors' own pages of stories."""

from __future__ import annotations

from collections.abc import Iterator

from matrixsite.editorial.columns import Column
from matrixsite.site import scopes, urls
from matrixsite.site.contexts.editorial import ColumnBlock, ColumnPage, ColumnsPage
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.values.archives import list_head, month_rows
from matrixsite.site.values.editors import editors_words, moved, picked_rows, picture
from matrixsite.site.values.feeds import list_feed

BLOCK_ROWS = 5  # of each column in the list of columns


LIST = ""  # the unit that is the page of all columns


def column_keys(edition: Edition) -> Iterator[str]:
    """The list of columns, and each of them."""
    if edition.columns:
        yield LIST
        yield from edition.columns


def column_pages(key: str, edition: Edition) -> Iterator[Made]:
    """The list of columns, or a column with its feed and the ways from its former ids; nothing for one that is gone."""
    if key == LIST and edition.columns:
        blocks = tuple(column_block(column, edition, BLOCK_ROWS) for column in edition.columns.values())
        yield Made(LIST, urls.COLUMNS, ColumnsPage(edition.head(edition.say("专栏"), urls.COLUMNS), blocks))
    if key in edition.columns:
        column, path = edition.columns[key], urls.column_page(key)
        yield Made(key, path, _column_page(column, edition))
        yield list_feed(key, scopes.COLUMNS, key, column.lead or column.title, edition)
        for former in column.former:
            yield Made(key, urls.column_page(former), moved(column.title, path, edition))


def column_inputs(edition: Edition) -> object:
    """What column pages show beyond the entries that are in them."""
    ended = tuple(name for name, column in edition.columns.items() if _ended(column, edition))
    return edition.settings.digest, edition.content.columns, ended


def _column_page(column: Column, edition: Edition) -> ColumnPage:
    """A column: lead, the editors' text, picks and what the rule brings."""
    path = urls.column_page(column.id)
    return ColumnPage(
        head=list_head(scopes.COLUMNS, column.id, path, column.title, edition, column.lead),
        title=column.title,
        lead=column.lead,
        cover=picture(column.cover),
        body=editors_words(column.html, path),
        begins=column.starts.isoformat() if column.starts else "",
        ends=column.ends.isoformat() if column.ends else "",
        ended=_ended(column, edition),
        rows=picked_rows(
            column.picks, scopes.scope(scopes.COLUMNS, column.id, edition), column.limit, edition
        ),
        months=month_rows(scopes.COLUMNS, column.id, edition),
    )


def column_block(column: Column, edition: Edition, limit: int) -> ColumnBlock:
    """A column with its first stories."""
    rows = picked_rows(column.picks, scopes.scope(scopes.COLUMNS, column.id, edition), limit, edition)
    link = Link(column.title, urls.column_page(column.id))
    return ColumnBlock(link, column.lead, picture(column.cover), rows, _ended(column, edition))


def _ended(column: Column, edition: Edition) -> bool:
    return column.ends is not None and column.ends < edition.today
