"""Columns (专栏): the editors' picks first, then what a rule brings, for a time or for good."""

from __future__ import annotations

from dataclasses import dataclass

from matrixsite.config.settings import Settings
from matrixsite.config.validation import validate
from matrixsite.editorial import markup
from matrixsite.editorial.frontmatter import Page
from matrixsite.editorial.lists import EditorsList, WrittenPeriod, list_faults, made_list
from matrixsite.editorial.rules import NOTHING, Named
from matrixsite.errors import Problem


@dataclass(frozen=True, slots=True)
class Column(EditorsList):
    """columns/<id>.md."""

    folder = "columns"
    prefix = "column"


def read_column(
    page: Page, settings: Settings, named: Named = NOTHING
) -> tuple[Column | None, list[Problem]]:
    """A column from its page: the value, or None and all that is wrong with it."""
    written, problems = validate(WrittenPeriod, page.front.tree, page.front)
    if written is None:
        return None, problems
    faults = list_faults(written, "column", settings, named)
    html = markup.rendered(page.body)
    return made_list(Column, page.id, written, page.front, (), faults, html=html)
