"""What a story's pages may say of where it came from, who put it right and who cut it."""

from __future__ import annotations

import pytest

from matrixsite.config.settings import Account, Member
from matrixsite.dedup.verdict import Evidence
from matrixsite.site.source import Joined, StoryFacts
from matrixsite.site.spread import correction_of, corrections, marks_of, names_of, outside_of

FIRST = Joined("1", "a", Evidence.FOUNDER, 300)


def facts(*joined: Joined, outside: str = "", original: str = "1") -> StoryFacts:
    return StoryFacts(original, outside, joined=joined)


@pytest.mark.parametrize(
    ("joined", "shown"),
    [
        (Joined("1", "a", "founder", named=("新华社",)), "新华社"),
        (Joined("1", "a", "founder", named=("新华社",), credit="新華社"), "新華社"),
        (Joined("1", "a", "founder", named=("青山发布", "新华社"), credit="青山发布"), "新华社"),
        (Joined("1", "a", "founder", named=("青山发布",)), ""),
    ],
)
def test_a_source_is_named_as_a_shown_entry_writes_it_or_not_at_all(joined: Joined, shown: str) -> None:
    assert outside_of(facts(joined, outside="新华社")) == shown


def test_no_source_outside() -> None:
    assert outside_of(facts(Joined("1", "a", "founder", named=("青山发布",)))) == ""


def by(entry: str, account: str, evidence: Evidence = Evidence.TEXT, *, signs: str = "") -> Joined:
    return Joined(entry, account, evidence, 300, signs)


@pytest.mark.parametrize(
    ("others", "marked", "instead"),
    [
        ([by("2", "b")], {}, ""),
        ([by("2", "b", signs="c")], {"2": "correction"}, "2"),
        ([by("2", "a", Evidence.CORRECTION)], {"2": "revision"}, "2"),
        ([by("2", "b", Evidence.CORRECTION)], {}, ""),  # a copy of what was put right later
        ([by("2", "b", signs="c"), by("3", "a", signs="c")], {"2": "correction", "3": "correction"}, "3"),
        ([by("2", "b", signs="c"), by("3", "c", signs="tc")], {"2": "correction", "3": "correction"}, "2"),
    ],
)
def test_corrections(others: list[Joined], marked: dict[str, str], instead: str) -> None:
    story = facts(FIRST, *others)
    assert corrections(story) == marked
    assert correction_of(story) == instead


@pytest.mark.parametrize("original", ["2", "3"])
def test_nothing_to_read_instead_of_a_correction(original: str) -> None:
    every = facts(by("2", "b", signs="c"), by("3", "c", signs="c"), original=original)
    assert correction_of(every) == ""
    assert correction_of(facts(FIRST, by("2", "b", signs="c"), original="2")) == ""


@pytest.mark.parametrize(
    ("carrier", "marks"),
    [
        (Joined("2", "b", Evidence.EXCERPT, 90), ("excerpt",)),
        (Joined("2", "b", Evidence.EXCERPT, 900), ()),  # the longer of the two
        (Joined("2", "b", Evidence.TEXT, 300, named=("甲",)), ("repost",)),
        (Joined("2", "b", Evidence.TEXT, 300, named=("乙微信公众号",)), ()),  # itself
        (Joined("2", "b", Evidence.EXCERPT, 90, "c", ("甲",)), ("correction", "excerpt", "repost")),
    ],
)
def test_marks(carrier: Joined, marks: tuple[str, ...]) -> None:
    called = {"b": names_of(Account("b", "乙", "m", handle="yi"), Member("m", "乙局"))}
    found = marks_of(facts(Joined("1", "a", Evidence.FOUNDER, 300, named=("新华社",)), carrier), called)
    assert found == {"1": (), "2": marks}


def test_names_are_folded() -> None:
    account = Account("b", "青山發布會", "b", aliases=("ＣＣＴＶ",))
    assert names_of(account, None) == {"青山发布会", "cctv"}
