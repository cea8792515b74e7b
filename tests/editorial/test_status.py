from __future__ import annotations

from dataclasses import replace

import pytest

from matrixsite.config.settings import Holds, Publish, Settings
from matrixsite.editorial.status import (
    AccountStanding,
    Decisions,
    EntryFacts,
    account_standing,
    held_word,
    status_of,
)
from matrixsite.model import Status

STANDING = AccountStanding(accounts=frozenset({"daily", "held"}), held=frozenset({"held"}))
DECISIONS = Decisions(
    approved=frozenset({"approved", "both"}),
    withdrawn=frozenset({"withdrawn", "both"}),
    withdrawn_stories=frozenset({"bad-story"}),
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (EntryFacts("a", "daily", "a"), Status.SHOWN),
        (EntryFacts("a", "held", "a"), Status.HELD),
        (EntryFacts("approved", "held", "a"), Status.SHOWN),
        (EntryFacts("a", "daily", "a", held_by="词"), Status.HELD),
        (EntryFacts("approved", "daily", "a", held_by="词"), Status.SHOWN),
        (EntryFacts("a", "left", "a"), Status.DORMANT),
        (EntryFacts("approved", "left", "a"), Status.DORMANT),
        (EntryFacts("a", "daily", "a", gone=True), Status.GONE),
        (EntryFacts("approved", "held", "a", gone=True), Status.SHOWN),
        (EntryFacts("approved", "left", "a", gone=True), Status.DORMANT),
        (EntryFacts("approved", "held", "a", gone=True, beyond_approval=True), Status.GONE),
        (EntryFacts("approved", "held", "a", beyond_approval=True), Status.GONE),
        (EntryFacts("a", "left", "a", gone=True), Status.GONE),
        (EntryFacts("withdrawn", "daily", "a"), Status.WITHDRAWN),
        (EntryFacts("both", "held", "a"), Status.WITHDRAWN),
        (EntryFacts("a", "daily", "bad-story"), Status.WITHDRAWN),
        (EntryFacts("approved", "daily", "bad-story"), Status.WITHDRAWN),
        (EntryFacts("withdrawn", "left", "a", gone=True), Status.WITHDRAWN),
    ],
)
def test_the_most_binding_word_rules(facts: EntryFacts, expected: Status) -> None:
    assert status_of(facts, STANDING, DECISIONS) is expected


def test_accounts_are_held_by_their_own_word_their_groups_or_their_class(settings: Settings) -> None:
    assert account_standing(settings).held == frozenset()
    own = tuple(
        replace(account, publish=Publish.HOLD) if account.id == "daily" else account
        for account in settings.accounts
    )
    assert account_standing(replace(settings, accounts=own)).held == {"daily"}
    groups = tuple(
        replace(group, publish=Publish.HOLD) if group.id == "districts" else group
        for group in settings.groups
    )
    assert account_standing(replace(settings, groups=groups)).held == {"qingshan-wechat", "lake"}
    by_class = replace(settings, holds=Holds(classes=("government",)))
    assert account_standing(by_class).held == {"city-wechat", "city-weibo"}


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("供热", "通告", ""),
        ("網貸广告", "", "网贷"),
        ("题", "加微信ＶＸ", "vx"),
        ("网贷", "vx", "vx"),  # in the operator's order
    ],
)
def test_a_word_holds_an_entry(title: str, text: str, expected: str) -> None:
    assert held_word(title, text, ("vx", "网贷")) == expected


def test_a_word_is_not_made_of_the_title_s_end_and_the_text_s_beginning() -> None:
    assert held_word("网", "贷", ("网贷",)) == ""
