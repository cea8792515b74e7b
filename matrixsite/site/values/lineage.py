"""What an account's page says of it as part of the matrix: who stands behind it, what it was, what became of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from matrixsite.config.implied import ROLES
from matrixsite.config.settings import Account, Closure
from matrixsite.registry.roster import succession
from matrixsite.site.contexts.accounts import Life, Predecessor, RoleLink, StoreRow
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.values.organisations import body_link


def bodies_of(account: Account, edition: Edition) -> tuple[RoleLink, ...]:
    """Its sponsor, undertaker and operator, those that it names."""
    named = ((role, getattr(account, role)) for role in ROLES)
    return tuple(RoleLink(role, body_link(edition.bodies[name])) for role, name in named if name)


def life_of(account: Account, edition: Edition) -> Life:
    """Its former names, what it followed and what followed it."""
    open_ = account.open_on(edition.today)
    closed = account.closed.isoformat() if account.closed else ""
    before = (edition.accounts[name] for name in edition.predecessors.get(account.id, ()))
    return Life(
        former=tuple(
            (former.name, former.until.isoformat() if former.until else "") for former in account.former_names
        ),
        predecessors=tuple(
            Predecessor(edition.account_links[one.id], _closure(one))
            for one in before
            if not one.open_on(edition.today)
        ),
        closed="" if open_ else closed,
        closes=closed if open_ else "",
        closure=_closure(account),
        successors=tuple(edition.account_links[name] for name in succession(account.id, edition.accounts)),
    )


def store_rows(account: Account) -> tuple[StoreRow, ...]:
    """Where an app can be had."""
    return tuple(
        StoreRow(
            Link(one.store or urlsplit(one.url).netloc, one.url, external=True),
            one.version,
            one.updated.isoformat() if one.updated else "",
        )
        for one in account.store_links
    )


def life_inputs(edition: Edition) -> object:
    """What of other accounts, batches and bodies the pages of accounts show; of the account itself its change tells."""
    accounts = edition.accounts
    followed = tuple(
        (one.id, one.name, one.successor, one.closed, one.closure, accounts[one.successor].name)
        for one in accounts.values()
        if one.successor in accounts
    )
    named = tuple((name, body.one.name) for name, body in edition.bodies.items())
    batches = tuple((batch.id, batch.name) for batch in edition.settings.batches)
    return followed, named, batches, edition.days_ahead


def _closure(account: Account) -> str:
    return (account.closure or Closure.CLOSED).value
