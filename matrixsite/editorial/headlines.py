"""Headlines (今日头条): the editors' one pick a day, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import MinLen

from matrixsite.config.validation import validate
from matrixsite.editorial import markup
from matrixsite.editorial.frontmatter import Page
from matrixsite.editorial.refs import Ref, read_ref
from matrixsite.errors import Problem


@dataclass(frozen=True, slots=True)
class Headline:
    date: date  # the day it leads
    pick: Ref
    reason: str
    picker: str = ""
    html: str = ""  # sanitised; addresses relative to content/


@dataclass(frozen=True, slots=True)
class HeadlineFront:
    """The front matter of headlines/DATE.md."""

    pick: str
    reason: Annotated[str, MinLen(1)]
    picker: str = ""


def read_headline(page: Page) -> tuple[Headline | None, list[Problem]]:
    """A headline from its page, whose file is named for its day: 2026-11-20.md."""
    written, problems = validate(HeadlineFront, page.front.tree, page.front)
    day = _day(page.id)
    if day is None:
        mend = "Rename the file to its day, such as 2026-11-20.md."
        problems.append(Problem(page.front.file, 0, "", "the file's name is no day", mend))
    if written is None:
        return None, problems
    pick = read_ref(written.pick, page.front, ("pick",), problems)
    if pick is None or day is None:
        return None, problems
    return Headline(day, pick, written.reason, written.picker, markup.rendered(page.body)), problems


def _day(name: str) -> date | None:
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    return day if day.isoformat() == name else None  # 20261120 and 2026-W47-5 are ISO days too
