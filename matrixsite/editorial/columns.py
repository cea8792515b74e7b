"""Columns (专栏): the editors' picks first, then what a rule brings, under a lead of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from annotated_types import Interval, MinLen

from matrixsite.config.settings import Settings
from matrixsite.config.validation import validate
from matrixsite.config.wording import shown
from matrixsite.editorial import markup
from matrixsite.editorial.frontmatter import Page
from matrixsite.editorial.picks import Pick, WrittenPick, read_picks
from matrixsite.editorial.refs import Ref, read_ref
from matrixsite.editorial.rules import Rule, rule_faults
from matrixsite.errors import Problem

LONGEST = 100  # rows of a list page


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    title: str
    lead: str = ""
    cover: str = ""  # http(s) address, or a path relative to content/
    starts: date | None = None  # first and last day on which it is announced
    ends: date | None = None
    picks: tuple[Pick, ...] = ()
    exclude: tuple[Ref, ...] = ()  # kept out though the rule matches
    rule: Rule | None = None
    limit: int = LONGEST  # stories on its front page
    order: int = 0  # place among the columns, then by id
    html: str = ""  # sanitised; addresses relative to content/
    former: tuple[str, ...] = ()  # earlier ids, whose addresses lead here

    def runs(self, today: date) -> bool:
        """Whether `today` lies in its time."""
        return (self.starts is None or self.starts <= today) and (self.ends is None or today <= self.ends)


@dataclass(frozen=True, slots=True)
class ColumnFront:
    """The front matter of columns/<id>.md."""

    title: Annotated[str, MinLen(1)]
    lead: str = ""
    cover: str = ""
    from_: date | None = None
    to: date | None = None
    picks: tuple[WrittenPick, ...] = ()
    exclude: tuple[str, ...] = ()
    rule: Rule | None = None
    limit: Annotated[int, Interval(ge=1, le=LONGEST)] = LONGEST
    order: int = 0
    former: tuple[str, ...] = ()


def read_column(
    page: Page, settings: Settings, sections: frozenset[str] = frozenset()
) -> tuple[Column | None, list[Problem]]:
    """A column from its page: the value, or None and all that is wrong with it."""
    written, problems = validate(ColumnFront, page.front.tree, page.front)
    if written is None:
        return None, problems
    picks = read_picks(written.picks, page.front, ("picks",), problems)
    exclude = [
        read_ref(ref, page.front, ("exclude", index), problems) for index, ref in enumerate(written.exclude)
    ]
    problems += _faults(written, page, settings, sections)
    if problems:
        return None, problems
    column = Column(
        id=page.id,
        title=written.title,
        lead=written.lead,
        cover=written.cover,
        starts=written.from_,
        ends=written.to,
        picks=picks,
        exclude=tuple(filter(None, exclude)),
        rule=written.rule,
        limit=written.limit,
        order=written.order,
        html=markup.rendered(page.body),
        former=written.former,
    )
    return column, []


def _faults(written: ColumnFront, page: Page, settings: Settings, sections: frozenset[str]) -> list[Problem]:
    found = []
    if written.rule:
        for path, reason, mend in rule_faults(written.rule, settings, sections):
            found.append(page.front.problem(("rule", *path), reason, mend))
    if written.from_ and written.to and written.from_ > written.to:
        found.append(page.front.problem(("to",), "it lies before `from`", "Correct one of the two dates."))
    if written.cover and not markup.is_picture(written.cover):
        reason = f"{shown(written.cover)} is no picture's place"
        mend = "Write an address (https://…), or a path inside content/ such as `images/lake.jpg`."
        found.append(page.front.problem(("cover",), reason, mend))
    if not written.picks and not written.rule:
        reason = "a column without picks and rule stays empty"
        found.append(page.front.problem((), reason, "Add `picks: […]` or `rule: {…}`."))
    return found
