"""Who published a story first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.config.settings import Account, Member, Settings, Site
from matrixsite.dedup.origins import Carrier, Names, Origin, is_nobody, original_of

HOUR = 3600
NAMES = Names(
    {
        "清溪晚报": frozenset({"a"}),
        "河西电台": frozenset({"b"}),
        "柿林发布": frozenset({"c"}),
        "清溪报业": frozenset({"a", "b"}),
        "青": frozenset({"c"}),
    }
)


def carrier(
    account: str, hours: float = 0, *named: str, seen: float | None = None, **more: object
) -> Carrier:
    """An entry of an account, called by its letter."""
    published = 1_790_000_000 + round(hours * HOUR)
    base = Carrier(
        entry=f"{account}-entry",
        account=account,
        published=published,
        first_seen=published if seen is None else 1_790_000_000 + round(seen * HOUR),
        inferred=False,
        day_only=False,
        length=400,
        signs="",
        title_key=1,
        named=named,
    )
    return replace(base, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("carriers", "expected"),
    [
        ([carrier("a")], Origin("a-entry", "only")),
        ([carrier("a", 2), carrier("b", 1)], Origin("b-entry", "earliest")),
        ([carrier("a", 2), carrier("b", 1, "清溪晚报")], Origin("a-entry", "named", "", 1)),
        (
            [carrier("a", 3), carrier("b", 1, "清溪晚报"), carrier("c", 2, "清溪晚报")],
            Origin("a-entry", "named", "", 2),
        ),
        (
            [carrier("a", 9), carrier("b", 5, "清溪晚报"), carrier("c", 1, "河西电台")],
            Origin("a-entry", "named", "", 1),
        ),
        ([carrier("a", 2, "河西电台"), carrier("b", 3, "清溪晚报")], Origin("a-entry", "named", "", 1)),
        ([carrier("a", 2), carrier("b", 1, "河西电台"), carrier("c", 3)], Origin("b-entry", "earliest")),
        (
            [carrier("a", 5), carrier("b", 1, "河西电台"), carrier("c", 3, "清溪晚报")],
            Origin("a-entry", "named", "", 1),
        ),
        ([carrier("a", 1), carrier("b", 2, "柿林发布")], Origin("a-entry", "earliest")),
        ([carrier("c", 3), carrier("a", 2), carrier("b", 1, "清溪报业")], Origin("b-entry", "earliest")),
    ],
    ids=[
        "one",
        "the earliest",
        "named, though later",
        "named by two",
        "a chain ends at its first",
        "each names the other: the earlier",
        "a claim of one's own is not a copy's",
        "others' word beats one's own",
        "a known account that doesn't carry it",
        "a name of several",
    ],
)
def test_original(carriers: list[Carrier], expected: Origin) -> None:
    assert original_of(carriers, NAMES) == expected
    assert original_of(carriers[::-1], NAMES) == expected


@pytest.mark.parametrize(
    ("early", "late", "first"),
    [
        (carrier("a", 1), carrier("b", 3), "a"),
        (carrier("a", 0, day_only=True), carrier("b", 9), "b"),
        (carrier("a", 0, day_only=True), carrier("b", 30), "a"),
        (carrier("a", 1, signs="p"), carrier("b", 3), "b"),
        (carrier("a", 1, signs="t"), carrier("b", 40), "a"),
        (carrier("a", 1, signs="ptc"), carrier("b", 30), "b"),
        (carrier("a", 1, length=40), carrier("b", 3), "b"),
        (carrier("a", 1, length=0), carrier("b", 9), "b"),
        (carrier("a", 9, seen=1, inferred=True), carrier("b", 3), "a"),
        (carrier("a", -300, seen=40), carrier("b", 3), "a"),
        (carrier("a", 1, seen=40), carrier("b", 3), "b"),
    ],
    ids=[
        "earlier",
        "a day without a time",
        "the day before",
        "pollution",
        "traditional, but days before",
        "all signs",
        "an excerpt",
        "a title",
        "undated: when it was seen",
        "long before, though seen late",
        "dated before, but seen a day after",
    ],
)
def test_stamps(early: Carrier, late: Carrier, first: str) -> None:
    assert original_of([early, late], NAMES).entry == f"{first}-entry"
    assert original_of([late, early], NAMES).entry == f"{first}-entry"


def test_an_account_has_one_voice_however_often_it_speaks() -> None:
    boasting = [replace(carrier("b", n, "河西电台"), entry=f"b{n}") for n in range(5)]
    assert original_of([*boasting, carrier("a", 9), carrier("c", 3, "清溪晚报")], NAMES).entry == "a-entry"


def test_another_title_than_the_others_have_is_a_sign_of_copying() -> None:
    others = [carrier("b", 3), carrier("c", 4)]
    assert original_of([carrier("a", 1, title_key=2), *others], NAMES).entry == "b-entry"
    assert original_of([carrier("a", 1), *others], NAMES).entry == "a-entry"


def test_the_editors_word_is_the_last() -> None:
    carriers = [carrier("a", 1), carrier("b", 2, "清溪晚报"), carrier("c", 3)]
    assert original_of(carriers, NAMES, "c-entry") == Origin("c-entry", "editor")
    assert original_of(carriers, NAMES, "another-story's") == original_of(carriers, NAMES)


@pytest.mark.parametrize(
    ("named", "outside"),
    [
        ([("远方周刊",), ("远方周刊",), ("他处日报",)], "远方周刊"),
        ([("他处日报",), ("远方周刊",), ()], "他处日报"),
        ([("清溪晚报",), (), ()], ""),
        ([("网络",), ("综合",), ("本报",)], ""),
        ([("清溪晚报", "远方周刊"), (), ()], "远方周刊"),
        ([(), (), ()], ""),
    ],
    ids=["most name it", "the first by name", "inside", "nobody", "beside one inside", "none"],
)
def test_a_source_outside_the_matrix(named: list[tuple[str, ...]], outside: str) -> None:
    carriers = [
        carrier(account, n, *names) for n, (account, names) in enumerate(zip("abc", named, strict=True))
    ]
    assert original_of(carriers, NAMES).outside == outside
    assert original_of(carriers, NAMES, "a-entry").outside == outside


@pytest.mark.parametrize(
    ("name", "accounts"),
    [
        ("清溪晚报", "a"),
        ("清溪晚報", "a"),
        ("清溪晚报微信公众号", "a"),
        ("清溪晚报客户端", "a"),
        ("清溪晚报融媒", "a"),
        ("清溪报业", "ab"),
        ("清溪", ""),
        ("青藤诗社", ""),
        ("远方周刊", ""),
        ("清溪晚报读者俱乐部来稿选登", ""),
        ("", ""),
    ],
)
def test_names_are_resolved(name: str, accounts: str) -> None:
    assert NAMES.resolve(name) == frozenset(accounts)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("网络", True),
        ("综合整理", True),
        ("原创", True),
        ("本报", True),
        ("热心网友", True),
        ("清溪晚报", False),
    ],
)
def test_is_nobody(name: str, expected: bool) -> None:
    assert is_nobody(name) is expected


def test_the_names_of_a_matrix() -> None:
    settings = Settings(
        root=Path("."),
        state=Path("."),
        file=Path("feeds.yaml"),
        digest="",
        site=Site(title="清溪矩阵", url="https://x.example"),
        members=(Member("press", "清溪报业", aliases=("清报集团",)),),
        accounts=(
            Account("a", "清溪晚报", "press", aliases=("晚报君",), handle="QingXi-Daily"),
            Account("b", "河西電臺", "press"),
            Account("c", "柿林发布", "c"),
        ),
    )
    names = Names.of(settings)
    assert names.resolve("晚报君") == names.resolve("qingxi daily") == {"a"}
    assert names.resolve("河西电台") == {"b"}
    assert names.resolve("清溪报业") == names.resolve("清报集团") == {"a", "b"}
    assert names.resolve("柿林发布") == {"c"}
    assert names.resolve("") == frozenset()


@given(
    st.lists(
        st.builds(
            carrier,
            st.sampled_from("abc"),
            st.integers(-50, 50),
            st.sampled_from(["清溪晚报", "河西电台", "清溪报业", "远方周刊", "网络"]),
            inferred=st.booleans(),
            day_only=st.booleans(),
            length=st.integers(0, 500),
            signs=st.sampled_from(["", "p", "tc"]),
            title_key=st.sampled_from([None, 1, 2]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_the_order_of_carriers_makes_no_difference(drawn: list[Carrier], data: st.DataObject) -> None:
    carriers = [replace(one, entry=str(n)) for n, one in enumerate(drawn)]
    found = original_of(carriers, NAMES)
    assert found == original_of(data.draw(st.permutations(carriers)), NAMES)
    assert found.entry in {one.entry for one in carriers}
