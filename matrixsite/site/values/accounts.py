"""Account pages and their feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matrixsite.config.settings import Account
from matrixsite.site import scopes, urls
from matrixsite.site.contexts.accounts import AccountPage
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.rows import MOST_ROWS, story_rows
from matrixsite.site.source import Listed
from matrixsite.site.syndication.items import MOST_ITEMS
from matrixsite.site.values.activity import activity_of
from matrixsite.site.values.archives import list_head, month_rows, year_links
from matrixsite.site.values.badges import honors_of
from matrixsite.site.values.batches import batch_link
from matrixsite.site.values.editors import account_picture
from matrixsite.site.values.feeds import feed_of
from matrixsite.site.values.lineage import bodies_of, life_inputs, life_of, store_rows


def account_pages(name: str, edition: Edition) -> Iterator[Made]:
    """An account's front page and its feed; nothing for one that left the matrix."""
    if name in edition.accounts:
        account, scope = edition.accounts[name], scopes.scope(scopes.ACCOUNTS, name, edition)
        newest = list(edition.source.newest(scope, MOST_ROWS))
        yield Made(name, urls.account_page(name), _account_page(name, newest, edition))
        about = account.intro or account.name
        yield feed_of(newest[:MOST_ITEMS], name, scopes.ACCOUNTS, name, about, edition)


def account_inputs(edition: Edition) -> object:
    """What account pages show beyond their entries and what the settings say of them."""
    return life_inputs(edition), tuple(sorted(edition.honors_of.items()))


def _account_page(name: str, newest: Sequence[Listed], edition: Edition) -> AccountPage:
    """An account with its newest 100 entries; the past is in its months."""
    account, standing = edition.accounts[name], edition.standings.get(name)
    return AccountPage(
        head=list_head(scopes.ACCOUNTS, name, urls.account_page(name), account.name, edition, account.intro),
        name=account.name,
        platform=account.platform,
        handle=account.handle,
        member=_member(account, edition),
        groups=tuple(
            Link(edition.groups[group].name, urls.group_page(group)) for group in edition.groups_of(account)
        ),
        intro=account.intro,
        avatar=account_picture(account.avatar),
        home=Link(account.home, account.home, external=True) if account.home else None,
        joined=account.joined.isoformat() if account.joined else "",
        batch=batch_link(edition.batches[account.batch]) if account.batch else None,
        bodies=bodies_of(account, edition),
        life=life_of(account, edition),
        stores=store_rows(account),
        honors=honors_of(account.member, edition, account=name),
        count=standing.count if standing else 0,
        qr=account_picture(account.qr),
        activity=activity_of((account,), edition),
        newest=story_rows(newest, edition),
        months=month_rows(scopes.ACCOUNTS, name, edition),
        calendars=year_links(scopes.ACCOUNTS, name, edition),
    )


def _member(account: Account, edition: Edition) -> Link | None:
    name = edition.member_name(account)
    return Link(name, urls.member_page(account.member)) if name else None
