"""A board as editors describe it: content/boards/<id>.md, with its published editions beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Annotated

from annotated_types import Ge, Interval, MinLen

from matrixsite.boards.edition import MOST_ROWS, BoardEdition
from matrixsite.config.settings import GroupKind, Settings
from matrixsite.config.validation import validate
from matrixsite.editorial import markup
from matrixsite.editorial.frontmatter import Page
from matrixsite.editorial.rules import Names, Rule, compile_rule, rule_faults
from matrixsite.errors import Problem
from matrixsite.measures.period import PeriodKind


@dataclass(frozen=True, slots=True)
class Where:
    """Which accounts a board speaks of: keys are and-ed, items of one list or-ed; nothing means all."""

    accounts: Names = ()
    members: Names = ()
    groups: Names = ()  # with those below them
    group_kinds: Annotated[tuple[GroupKind, ...], MinLen(1)] = ()  # the level: in any group of these kinds
    platforms: Names = ()
    classes: Names = ()

    def rule(self) -> Rule:
        """The same as a rule of editors' lists, but for the level."""
        return Rule(self.accounts, self.members, self.groups, self.platforms, self.classes)


@dataclass(frozen=True, slots=True)
class BoardFront:
    """The front matter of boards/<id>.md."""

    title: Annotated[str, MinLen(1)]
    index: str = ""
    period: PeriodKind = PeriodKind.MONTH
    where: Where = field(default_factory=Where)
    top: Annotated[int, Interval(ge=1, le=MOST_ROWS)] = 50
    public: bool = False
    external: bool = False
    order: Annotated[int, Ge(0)] = 0
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """A board. Only a `public` one is on the site; `external` ones are others', taken over as they are."""

    id: str
    title: str
    index: str = ""  # wci, wci@14.2; empty on an external one
    period: PeriodKind = PeriodKind.MONTH
    where: Where = Where()
    top: int = 50
    public: bool = False
    external: bool = False
    order: int = 0
    html: str = ""  # sanitised; addresses relative to content/
    former: tuple[str, ...] = ()
    editions: tuple[BoardEdition, ...] = ()  # newest first

    def with_editions(self, editions: tuple[BoardEdition, ...]) -> Board:
        return replace(self, editions=editions)


def read_board(page: Page, settings: Settings) -> tuple[Board | None, list[Problem]]:
    """A board from its page, without editions; or None, and all that is wrong with it."""
    written, problems = validate(BoardFront, page.front.tree, page.front)
    if written is None:
        return None, problems
    if written.where.rule() != Rule():
        problems += [
            page.front.problem(("where", *path), reason, mend)
            for path, reason, mend in rule_faults(written.where.rule(), settings)
        ]
    if written.external and written.index:
        reason = "a board of others has no index of ours"
        problems.append(page.front.problem(("index",), reason, "Remove `index` or `external`."))
    if not written.external and not written.index:
        mend = "Add `index: wci`, or `external: true` for a board of others."
        problems.append(page.front.problem(("index",), "the board says no index", mend))
    if problems:
        return None, problems
    board = Board(
        id=page.id,
        title=written.title,
        index=written.index,
        period=written.period,
        where=written.where,
        top=written.top,
        public=written.public,
        external=written.external,
        order=written.order,
        html=markup.rendered(page.body),
        former=written.former,
    )
    return board, []


def accounts_where(where: Where, settings: Settings) -> tuple[str, ...]:
    """The ids of the accounts that a board speaks of, in the order of the settings; closed ones too."""
    kinds = set(where.group_kinds)
    level = tuple(group.id for group in settings.groups if group.kind in kinds)
    within = [compile_rule(where.rule(), settings).accounts]
    if kinds:
        within.append(compile_rule(Rule(groups=level), settings).accounts if level else frozenset())
    return tuple(
        account.id for account in settings.accounts if all(ids is None or account.id in ids for ids in within)
    )
