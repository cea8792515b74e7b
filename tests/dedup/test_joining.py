"""Which story an entry joins."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.dedup.joining import WORN, Evidence, Index, Join, Pending, join_all

U, V, T, S = 1, 2, 11, 12  # keys of addresses and texts


def entry(
    name: str, account: str = "", *, url: int | None = None, text: int | None = None, title: str = "题"
) -> Pending:
    return Pending(name, account or name, title, 0, 0, "", "2026", url, text)


def stories(entries: Sequence[Pending], index: Index | None = None) -> dict[str, str]:
    """The story of each entry in the end."""
    return settled(join_all(entries, index or Index()))


def settled(joins: Sequence[Join]) -> dict[str, str]:
    found: dict[str, str] = {}
    for join in joins:
        found = {name: join.story if story in join.merges else story for name, story in found.items()}
        found[join.entry] = join.story
    return found


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([entry("a", url=U), entry("b", url=U)], "aa"),
        ([entry("a", text=T), entry("b", text=T, title="他题")], "aa"),
        ([entry("a"), entry("b")], "ab"),
        ([entry("a", "x", text=T), entry("b", "x", text=T)], "aa"),
        ([entry("a", "x", text=T), entry("b", "x", text=T, title="他题")], "ab"),
        ([entry("a", url=U), entry("b", text=T), entry("c", url=U, text=T)], "aaa"),
        ([entry("a", "x", text=T), entry("b", "x", text=T, title="他题"), entry("c", text=T)], "abc"),
        (
            [entry("a", "x", url=U), entry("b", "x", text=T, title="他题"), entry("c", url=U, text=T)],
            "aba",
        ),
        (
            [entry("a", url=U, text=T), entry("b", url=V, text=S), entry("c", url=U), entry("d", text=S)],
            "abab",
        ),
    ],
    ids=[
        "one address",
        "one text",
        "nothing",
        "one text, one account, one title",
        "one text, one account, another title",
        "address and text make two stories one",
        "a text that an account uses twice merges nothing",
        "a text doesn't join what an account keeps apart",
        "apart",
    ],
)
def test_join(entries: list[Pending], expected: str) -> None:
    assert "".join(stories(entries).values()) == expected


def test_an_address_that_a_feed_uses_twice_joins_nothing() -> None:
    assert stories([entry("a", url=U), entry("b", url=U)], Index(unusable=frozenset({U}))) == {
        "a": "a",
        "b": "b",
    }


def test_a_worn_out_template_joins_nothing() -> None:
    used = [entry(f"n{n:02}", "x", text=T, title=f"第{n}期") for n in range(WORN + 1)]
    assert stories([*used, entry("z", text=T)])["z"] == "z"


def test_a_text_of_many_carriers_is_no_template() -> None:
    carriers = [entry(f"n{n:02}", text=T) for n in range(3 * WORN)]
    assert set(stories(carriers).values()) == {"n00"}
    at_one_address = [entry(f"n{n:02}", text=T, url=U) for n in range(3 * WORN)]
    assert set(stories([*at_one_address, entry("z", text=T)]).values()) == {"n00"}


def test_a_template_does_not_recover_when_its_stories_merge() -> None:
    used = [entry(f"n{n:02}", "x", text=T, url=n, title=f"第{n}期") for n in range(WORN + 1)]
    bridges = [entry(f"y{n}", url=n, text=S) for n in range(3)]
    assert stories([*used, *bridges, entry("z", text=T)])["z"] == "z"


def test_the_older_story_survives() -> None:
    joins = join_all([entry("b", url=U), entry("a", text=T), entry("c", url=U, text=T)], Index())
    assert joins[-1] == Join("c", "a", Evidence.BOTH, ("b",))


pending = st.builds(
    entry,
    name=st.just(""),
    account=st.sampled_from("xyz"),
    url=st.none() | st.integers(1, 4),
    text=st.none() | st.integers(11, 13),
    title=st.sampled_from(["题", "他题"]),
)


@given(st.lists(pending, max_size=12))
def test_an_account_that_keeps_texts_apart_is_never_joined_by_text(drawn: list[Pending]) -> None:
    entries = [
        Pending(f"n{n:02}", item.account, item.title, 0, 0, "", "2026", None, item.text_key)
        for n, item in enumerate(drawn)
    ]
    found = stories(entries)
    titles: dict[tuple[str, str], set[str]] = {}
    for item in entries:
        titles.setdefault((found[item.id], item.account), set()).add(item.title)
    assert all(len(each) == 1 for each in titles.values())
