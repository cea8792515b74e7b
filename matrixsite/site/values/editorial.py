"""The editors' pages: columns and honor rolls."""

from __future__ import annotations

from markupsafe import Markup

from matrixsite.editorial.columns import Column
from matrixsite.editorial.honors import HonorKind, HonorList, HonorRoll, Winner
from matrixsite.editorial.markup import rebased
from matrixsite.site import contexts, urls
from matrixsite.site.contexts import (
    ColumnBlock,
    ColumnPage,
    ColumnsPage,
    Head,
    HonorPage,
    HonorsPage,
    Link,
    RedirectPage,
    RollBlock,
)
from matrixsite.site.edition import Edition
from matrixsite.site.rows import story_rows, title_link

BLOCK_ROWS = 5  # of each column in the list of columns


def columns_page(edition: Edition) -> ColumnsPage:
    """All columns, those that have ended too."""
    blocks = tuple(column_block(column, edition, BLOCK_ROWS) for column in edition.columns.values())
    return ColumnsPage(edition.head(edition.say("专栏"), urls.COLUMNS), blocks)


def column_page(id_: str, edition: Edition) -> ColumnPage:
    """A column: lead, the editors' text, picks and what the rule brings."""
    column, path = edition.columns[id_], urls.column_page(id_)
    return ColumnPage(
        head=edition.head(column.title, path, column.lead),
        title=column.title,
        lead=column.lead,
        cover=_picture(column.cover),
        body=_body(column.html, path),
        begins=column.starts.isoformat() if column.starts else "",
        ends=column.ends.isoformat() if column.ends else "",
        rows=story_rows(edition.source.column_stories(id_, column.limit), edition),
    )


def column_block(column: Column, edition: Edition, limit: int) -> ColumnBlock:
    """A column with its first stories."""
    rows = story_rows(edition.source.column_stories(column.id, limit), edition)
    return ColumnBlock(
        Link(column.title, urls.column_page(column.id)), column.lead, _picture(column.cover), rows
    )


def former_column_page(id_: str, edition: Edition) -> RedirectPage:
    return _moved(edition.columns[id_].title, urls.column_page(id_), edition)


def honors_page(edition: Edition) -> HonorsPage:
    """All rolls, latest year first."""
    blocks = tuple(roll_block(roll) for roll in edition.rolls.values())
    return HonorsPage(edition.head(edition.say("榜单"), urls.HONORS), blocks)


def honor_page(id_: str, edition: Edition) -> HonorPage:
    """One roll with all its lists."""
    roll, path = edition.rolls[id_], urls.honor_page(id_)
    report = roll.source
    return HonorPage(
        head=edition.head(roll.title, path, roll.basis),
        title=roll.title,
        year=roll.year,
        date=roll.date.isoformat() if roll.date else "",
        guided_by=roll.issuers.guided_by,
        hosted_by=roll.issuers.hosted_by,
        organised_by=roll.issuers.organised_by,
        basis=roll.basis,
        source=Link(report.name, report.url, external=bool(report.url)) if report else None,
        source_date=report.date.isoformat() if report and report.date else "",
        body=_body(roll.html, path),
        lists=tuple(_honor_list(honors, edition) for honors in roll.lists),
    )


def roll_block(roll: HonorRoll) -> RollBlock:
    titles = tuple(honors.title for honors in roll.lists)
    return RollBlock(Link(roll.title, urls.honor_page(roll.id)), roll.year, titles)


def former_honor_page(id_: str, edition: Edition) -> RedirectPage:
    return _moved(edition.rolls[id_].title, urls.honor_page(id_), edition)


def _honor_list(honors: HonorList, edition: Edition) -> contexts.HonorList:
    winners = tuple(_winner(winner, honors.kind, edition) for winner in honors.winners)
    return contexts.HonorList(honors.title, honors.kind.value, honors.ordered, honors.announced, winners)


def _winner(winner: Winner, kind: HonorKind, edition: Edition) -> contexts.Winner:
    """The winner's name leads to the account; a work's title to the work, its maker's to the account."""
    who = Link(winner.name, _account_of(winner, edition))
    if kind is HonorKind.WORK:
        return contexts.Winner(
            _work(winner, edition), who if winner.name else None, winner.citation, winner.rank
        )
    if winner.link and not who.href:
        who = Link(winner.name, winner.link, external=True)
    by = Link(winner.by) if winner.by else None
    return contexts.Winner(who, by, winner.citation, winner.rank)


def _account_of(winner: Winner, edition: Edition) -> str:
    """The page of the winner's account, or of the only account of the member."""
    if winner.account in edition.accounts:
        return urls.account_page(winner.account)
    run = edition.accounts_of.get(winner.member, ())
    return urls.account_page(run[0].id) if len(run) == 1 else ""


def _work(winner: Winner, edition: Edition) -> Link:
    """A work that the matrix carries leads to its page here, any other to where it was published."""
    listed = edition.source.find(winner.link) if winner.link else None
    account = edition.accounts.get(listed.entry.account) if listed else None
    if listed and account:
        return title_link(listed, account, winner.work)
    return Link(winner.work, winner.link, external=bool(winner.link))


def _moved(title: str, path: str, edition: Edition) -> RedirectPage:
    canonical = urls.absolute(edition.settings.site.url, path)
    return RedirectPage(Head(title, canonical, noindex=True), Link(title, path))


def _picture(address: str) -> Link | None:
    """A picture by its address, or by its path in content/, which is published under the same path."""
    return Link("", address, external="://" in address) if address else None


def _body(html: str, path: str) -> Markup:
    """The editors' words, sanitised when they were read, with their addresses as seen from this page."""
    return Markup(rebased(html, urls.root_of(path))) if html else Markup()
