"""What pages of the register share: a row for an account, and the ways to these pages.

They say nothing of entries: they change with the settings, and on days that the settings name.
"""

from __future__ import annotations

from collections.abc import Iterator

from matrixsite.site import urls
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.registry import RegistryRow
from matrixsite.site.edition import Edition


def registry_row(name: str, edition: Edition) -> RegistryRow:
    """An account of the matrix by its id."""
    account = edition.accounts[name]
    return RegistryRow(
        account=edition.account_links[name],
        member=edition.member_name(account),
        platform=account.platform,
        joined=account.joined.isoformat() if account.joined else "",
        closed=account.closed.isoformat() if account.closed and not account.open_on(edition.today) else "",
    )


def registry_links(edition: Edition) -> Iterator[Link]:
    """The fronts of the register that there are."""
    if edition.accounts:
        yield Link(edition.say("平台统计"), urls.PLATFORMS)
    if edition.batches:
        yield Link(edition.say("入驻批次"), urls.BATCHES)
    if edition.bodies:
        yield Link(edition.say("主办承办单位"), urls.ORGANISATIONS)


def registry_inputs(edition: Edition) -> object:
    """What these pages hang on: settings, and those of the days in them that have passed."""
    return edition.settings.digest, edition.days_ahead
