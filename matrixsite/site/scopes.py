"""The lists that have a front page, month archives and a feed: what each is drawn from, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matrixsite.config.settings import Account, Group, Member
from matrixsite.editorial.content import EDITORS_LISTS
from matrixsite.editorial.lists import EditorsList
from matrixsite.editorial.sections import Section
from matrixsite.site.contexts.frame import Link
from matrixsite.site.edition import Edition
from matrixsite.site.source import Scope
from matrixsite.site.urls import front_page

ACCOUNTS, MEMBERS, GROUPS, SECTIONS = "accounts", "members", "groups", "sections"
COLUMNS, SERIES, CAMPAIGNS, KINDS = EDITORS = tuple(sort.folder for sort in EDITORS_LISTS)
BY_RULE = (SECTIONS, *EDITORS)
WITH_YEARS = (ACCOUNTS, MEMBERS)  # whose years have a page

FOLDERS = {"member": MEMBERS, "group": GROUPS, "section": SECTIONS} | {
    sort.prefix: sort.folder for sort in EDITORS_LISTS
}
"""Where the lists stand whose changes the outbox tells by the name of their node."""

_PREFIXES = {folder: prefix for prefix, folder in FOLDERS.items()}


def every_list(edition: Edition) -> Iterator[tuple[str, str]]:
    """(folder, id) of all of them."""
    yield from ((ACCOUNTS, account) for account in edition.accounts)
    yield from ((MEMBERS, member) for member in edition.accounts_of if member not in edition.alone)
    yield from ((GROUPS, group) for group in edition.groups)
    yield from ((SECTIONS, section.id) for section in edition.sections.values() if not section.link)
    yield from ((folder, name) for folder in EDITORS for name in edition.lists[folder])


def announced(edition: Edition) -> Iterator[tuple[str, str]]:
    """Those of them that the site leads to: not what has yet to begin."""
    for folder, name in every_list(edition):
        if folder not in EDITORS or name in edition.announced[folder]:
            yield folder, name


def exists(folder: str, name: str, edition: Edition) -> bool:
    """Whether there is such a list (any more)."""
    if folder == MEMBERS:
        return name in edition.accounts_of and name not in edition.alone
    return name in _named(folder, edition)


def scope(folder: str, name: str, edition: Edition) -> Scope:
    """What the list is drawn from."""
    if folder == ACCOUNTS:
        return Scope(accounts=(name,), every_entry=True)
    if folder == MEMBERS:
        return Scope(accounts=tuple(account.id for account in edition.accounts_of[name]))
    if folder == GROUPS:
        return Scope(accounts=tuple(sorted(edition.tree.within[name])))
    return Scope(node=node(folder, name))


def node(folder: str, name: str) -> str:
    """The list's name in the membership table."""
    return f"{_PREFIXES[folder]}:{name}"


def archive_of(folder: str, name: str, edition: Edition) -> tuple[str, str]:
    """The list whose months and feed serve this one."""
    return (ACCOUNTS, name) if folder == MEMBERS and name in edition.alone else (folder, name)


def list_link(folder: str, name: str, edition: Edition) -> Link:
    """The list's name and its front page."""
    one = _named(folder, edition)[name]
    title = one.title if isinstance(one, EditorsList | Section) else one.name
    return Link(title, front_page(folder, name))


def _named(folder: str, edition: Edition) -> Mapping[str, Account | Member | Group | Section | EditorsList]:
    """What the lists of a folder are about."""
    places: Mapping[str, Mapping[str, Account | Member | Group | Section | EditorsList]] = {
        ACCOUNTS: edition.accounts,
        MEMBERS: edition.members,
        GROUPS: edition.groups,
        SECTIONS: edition.sections,
        **edition.lists,
    }
    return places[folder]


def lists_with(account: str, edition: Edition) -> Iterator[tuple[str, str]]:
    """The lists that an account's entries stand in, or did, by who published them; those of rules the store knows."""
    yield ACCOUNTS, account
    yield MEMBERS, edition.accounts[account].member
    yield from ((GROUPS, group) for group in sorted(edition.groups_with[account]))
