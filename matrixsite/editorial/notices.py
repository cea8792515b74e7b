"""Notices: what the site itself has to say to its readers, for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from annotated_types import MinLen

from matrixsite.config.validation import validate
from matrixsite.editorial import markup
from matrixsite.editorial.frontmatter import Page
from matrixsite.errors import Problem


class Level(StrEnum):
    """How pressing a notice is."""

    INFO = "info"
    WARNING = "warning"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Notice:
    id: str
    title: str
    level: Level = Level.INFO
    starts: date | None = None  # first and last day on which it stands
    ends: date | None = None
    html: str = ""  # sanitised; addresses relative to content/
    former: tuple[str, ...] = ()

    def stands(self, today: date) -> bool:
        """Whether `today` lies in its time."""
        return (self.starts is None or self.starts <= today) and (self.ends is None or today <= self.ends)


@dataclass(frozen=True, slots=True)
class NoticeFront:
    """The front matter of notices/<id>.md."""

    title: Annotated[str, MinLen(1)]
    level: Level = Level.INFO
    from_: date | None = None
    until: date | None = None
    former: tuple[str, ...] = ()


def read_notice(page: Page) -> tuple[Notice | None, list[Problem]]:
    """A notice from its page."""
    written, problems = validate(NoticeFront, page.front.tree, page.front)
    if written is None:
        return None, problems
    if written.from_ and written.until and written.from_ > written.until:
        mend = "Correct one of the two dates."
        return None, [page.front.problem(("until",), "it lies before `from`", mend)]
    html = markup.rendered(page.body)
    starts, ends = written.from_, written.until
    return Notice(page.id, written.title, written.level, starts, ends, html, written.former), []
