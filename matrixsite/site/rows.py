"""Entries as list rows, and the rules by which lists choose them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from matrixsite.config.settings import Account, Rights
from matrixsite.editorial.rights import Shown, shown
from matrixsite.model import Entry, Media
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.rows import Row
from matrixsite.site.edition import Edition
from matrixsite.site.labels import Labels
from matrixsite.site.pictures import cover_of
from matrixsite.site.same_titles import told_apart
from matrixsite.site.scopes import KINDS
from matrixsite.site.source import Listed
from matrixsite.site.urls import story_page

MOST_ROWS = 100  # of any list on any page
STAND_IN = 40  # characters of an excerpt that stand in for a title


def has_page(listed: Listed, account: Account) -> bool:
    """Whether the entry has something to show beyond its title, judged without its text.

    What the text would add to the excerpt shows in `media`: pictures or a film with hardly a word.
    """
    wordless = shows_html(account) and listed.entry.media is not Media.TEXT
    return wordless or shown(listed.entry, account).has_page


def own_canonical(entry: Entry, account: Account) -> bool:
    """Whether the entry's page is its own canonical address: a whole text is the original's copy and says so."""
    return not (shows_html(account) and entry.url)


def shows_html(account: Account) -> bool:
    """Whether the account's owner lets the site show whole texts."""
    return account.rights is Rights.FULL


def title_of(part: Shown) -> str:
    """The title; where there is none, as on microblogs, the beginning of the text; empty without that too."""
    if part.title or len(part.excerpt) <= STAND_IN:
        return part.title or part.excerpt
    return f"{part.excerpt[:STAND_IN]}…"


def title_link(listed: Listed, account: Account, title: str) -> Link:
    """Where a title leads: the story page of two or more carriers, else the entry page, else the original."""
    if listed.carriers > 1:
        return Link(title, story_page(listed.entry.story))
    return entry_link(listed, account, title)


def entry_link(listed: Listed, account: Account, title: str) -> Link:
    """The entry's own page, or the original where there is nothing to show."""
    if has_page(listed, account):
        return Link(title, listed.entry.path)
    return Link(title, listed.entry.url, external=True)


def story_rows(listed: Iterable[Listed], edition: Edition) -> tuple[Row, ...]:
    """Rows of a list that shows stories."""
    return _rows(listed, edition, title_link)


def entry_rows(listed: Iterable[Listed], edition: Edition) -> tuple[Row, ...]:
    """Rows of a list of one story's carriers: each leads to the entry itself."""
    return _rows(listed, edition, entry_link)


def capped(listed: Iterable[Listed], edition: Edition, *, a_member: int, limit: int) -> Iterator[Listed]:
    """The first `limit` of the list, at most `a_member` of one member, so that no one drowns the others.

    Looks no further than 50 times `limit`: in a matrix of few members there is nothing more to find.
    """
    taken: Counter[str] = Counter()
    for _, one in zip(range(50 * limit), listed, strict=False):
        account = edition.accounts.get(one.entry.account)
        if account is None or taken[account.member] >= a_member:
            continue
        taken[account.member] += 1
        yield one
        if taken.total() >= limit:
            return


def _rows(
    listed: Iterable[Listed], edition: Edition, link: Callable[[Listed, Account, str], Link]
) -> tuple[Row, ...]:
    there = [one for one in listed if one.entry.account in edition.accounts]
    labels = Labels([one.entry.id for one in there], edition)
    rows = [_row(one, edition.accounts[one.entry.account], labels, edition, link) for one in there]
    return told_apart(rows, edition)


def _row(
    listed: Listed,
    account: Account,
    labels: Labels,
    edition: Edition,
    link: Callable[[Listed, Account, str], Link],
) -> Row:
    entry = listed.entry
    part: Shown = shown(entry, account)
    title = title_of(part)
    leads = link(listed, account, title)
    return Row(
        title=title,
        href=leads.href,
        external=leads.external,
        account=edition.account_links[account.id],
        platform=account.platform,
        published=edition.moment(entry.published),
        corrected=edition.moment(entry.corrected) if entry.corrected else None,
        excerpt=part.excerpt if part.excerpt != title else "",
        cover=cover_of(part),
        media=entry.media.value,
        carriers=listed.carriers,
        note=listed.note,
        kinds=labels.links(KINDS, entry.id),
    )
