"""Whether an entry stands on the site: one function of store, settings and editors' files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from matrixsite.config.settings import Publish, Settings
from matrixsite.editorial.folding import folded
from matrixsite.editorial.grouping import groups_of_accounts
from matrixsite.model import Status


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the store knows of an entry that bears on its status."""

    id: str
    account: str
    story: str
    held_by: str = ""  # the operator's word that holds it
    gone: bool = False  # removed by its publisher
    beyond_approval: bool = False  # nothing is left of it, or its approval is older than its removal


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """What the settings say of the accounts: which there are, and which of them wait for an editor."""

    accounts: frozenset[str]
    held: frozenset[str]


@dataclass(frozen=True, slots=True)
class Decisions:
    """The editors' words on single entries, their refs resolved to ids by the store."""

    approved: frozenset[str] = frozenset()  # entries
    withdrawn: frozenset[str] = frozenset()  # entries
    withdrawn_stories: frozenset[str] = frozenset()


def account_standing(settings: Settings) -> AccountStanding:
    """Held is an account by its own `publish: hold`, by that of a group it is in, or by `holds.classes`."""
    groups = groups_of_accounts(settings)
    held_groups = {group.id for group in settings.groups if group.publish is Publish.HOLD}
    held = (
        account.id
        for account in settings.accounts
        if account.publish is Publish.HOLD
        or account.account_class in settings.holds.classes
        or not held_groups.isdisjoint(groups[account.id])
    )
    return AccountStanding(frozenset(account.id for account in settings.accounts), frozenset(held))


def status_of(facts: EntryFacts, standing: AccountStanding, decisions: Decisions) -> Status:
    """The first that applies, from the most to the least binding:

    withdrawn  by an editor, the entry itself or its whole story; no approval lifts it
    gone       its publisher took it back, and no editor approved it since; or its words are erased
    dormant    its account is no longer in feeds.yaml
    held       its account, or a word in it, waits for an editor, and none approved it
    shown
    """
    if facts.id in decisions.withdrawn or facts.story in decisions.withdrawn_stories:
        return Status.WITHDRAWN
    if facts.beyond_approval or (facts.gone and facts.id not in decisions.approved):
        return Status.GONE
    if facts.account not in standing.accounts:
        return Status.DORMANT
    if (facts.held_by or facts.account in standing.held) and facts.id not in decisions.approved:
        return Status.HELD
    return Status.SHOWN


def held_word(title: str, text: str, words: tuple[str, ...]) -> str:
    """The first of the operator's words that stands, folded, in title or text; '' where none does."""
    if not words:
        return ""
    said = f"{folded(title)}\n{folded(text)}"
    return next((word for word, sought in _folded_words(words) if sought in said), "")


@lru_cache(maxsize=256)
def _folded_words(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((word, folded(word)) for word in words)
