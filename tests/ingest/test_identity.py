"""Which items of a document are told apart, and by what."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.config.settings import IdentityRule
from matrixsite.ingest.identity import UNASKED, Identified, Identity, entry_id, identify, is_iri
from matrixsite.model import RawEntry

GUID, LINK, TITLE, TEXT = IdentityRule


def item(guid: str = "", link: str = "", title: str = "", text: str = "") -> RawEntry:
    return RawEntry(guid=guid, link=link, title=title, content=text)


def told_apart(
    *items: RawEntry, rule: IdentityRule = GUID, locked: bool = False, prefix: str = "", account: str = "a"
) -> Identified:
    links = [each.link for each in items]
    return identify(items, links, account=account, rule=rule, locked=locked, prefix=prefix)


def one(*items: RawEntry, prefix: str = "", account: str = "a") -> Identity:
    found = told_apart(*items, prefix=prefix, account=account).identities[0]
    assert found is not None
    return found


GOOD = [item(f"g{n}", f"https://x.org/{n}", f"第{n}条", f"正文{n}") for n in range(40)]


@pytest.mark.parametrize(
    ("items", "rule", "different"),
    [
        (GOOD, GUID, 40),
        ([item("", each.link, each.title) for each in GOOD], GUID, 40),
        ([item("same", each.link, each.title) for each in GOOD], LINK, 40),
        ([item("same", "https://x.org/", each.title) for each in GOOD], TITLE, 40),
        ([item("same", "", "日报", each.content) for each in GOOD], LINK, 40),
        ([item("", "https://x.org/", each.title) for each in GOOD], TITLE, 40),
        ([*GOOD[:20], *(item("", "https://x.org/", each.title) for each in GOOD[20:])], TITLE, 40),
        ([*GOOD, GOOD[3]], GUID, 40),
        (
            [*GOOD, item("g3", "https://x.org/other", "另一条")],
            GUID,
            41,
        ),  # 1 of 41 clashes: tolerated, kept apart
        ([*GOOD, *(item(f"g{n}", f"https://x.org/o{n}", "另") for n in range(3))], LINK, 43),
        ([item()], GUID, 1),
        ([item(), item()], GUID, 1),
    ],
    ids=[
        "good",
        "blank",
        "one guid",
        "one guid and link",
        "text only",
        "one link without guids",
        "one link for those without guids",
        "repeated",
        "below",
        "above",
        "void",
        "voids",
    ],
)
def test_the_first_field_that_serves(items: list[RawEntry], rule: IdentityRule, different: int) -> None:
    found = told_apart(*items)
    assert found.rule is rule
    assert len({each.strict for each in found.identities if each}) == different


def test_an_item_that_repeats_an_earlier_one_has_no_identity() -> None:
    assert [bool(each) for each in told_apart(GOOD[0], GOOD[1], GOOD[0]).identities] == [True, True, False]


def test_a_locked_policy_never_degrades() -> None:
    items = [item("same", each.link, each.title) for each in GOOD]
    found = told_apart(*items, locked=True)
    assert found.rule is GUID
    assert all(each and each.shared for each in found.identities)
    assert len({each.strict for each in found.identities if each}) == len(items)


def test_the_trusted_field_alone_is_the_loose_form() -> None:
    assert one(item("g", "https://x.org/1", "旧题")).loose == one(item("g", "https://x.org/2", "新题")).loose
    assert (
        one(item("g", "https://x.org/1", "旧题")).strict != one(item("g", "https://x.org/2", "新题")).strict
    )
    assert one(item("", "https://x.org/1", "旧题")) == one(item("", "https://x.org/1", "新题"))


def test_accounts_never_share_an_identity() -> None:
    assert one(item("urn:x:1"), account="a").loose != one(item("urn:x:1"), account="b").loose


def test_a_guid_of_one_of_several_feeds_stands_behind_its_key() -> None:
    assert one(item("7"), prefix="a/news").loose != one(item("7"), prefix="a/video").loose
    assert one(item("7"), prefix="a/news").former == (one(item("7")).loose,)
    assert one(item("urn:x:7"), prefix="a/news") == one(item("urn:x:7"), prefix="a/video")
    assert one(item("", "https://x.org/7"), prefix="a/news") == one(item("", "https://x.org/7"))


def test_no_guid_can_stand_for_the_parts_of_another_item() -> None:
    target = item("g", "https://x.org/1", "题")
    forged = item("g\nhttps://x.org/1\n题")
    assert one(forged).loose not in (one(target).loose, one(target).strict)


@pytest.mark.parametrize(
    ("guid", "iri"),
    [
        ("https://x.org/中文?id=1", True),
        ("urn:uuid:1225c695", True),
        ("tag:x.org,2026:1", True),
        ("12345", False),
        ("/relative", False),
        ("", False),
        ("https://x.org/a b", False),
        ("javascript:alert(1)", False),
        ("DATA:text/html,x", False),
        ("urn:<b>", False),
    ],
)
def test_iris(guid: str, iri: bool) -> None:
    assert is_iri(guid) is iri


@given(st.binary(min_size=16, max_size=16), st.integers(0, 3))
def test_ids_are_twelve_characters_of_base32(digest: bytes, attempt: int) -> None:
    assert re.fullmatch("[a-z2-7]{12}", entry_id(digest, attempt))
    assert entry_id(digest, attempt) != entry_id(digest, attempt + 1)


@given(st.lists(st.builds(item, *[st.sampled_from(["", "x", "y"])] * 4), max_size=12))
def test_each_item_has_its_own_strict_form_in_any_document(items: list[RawEntry]) -> None:
    found = [each for each in told_apart(*items).identities if each]
    assert len({each.strict for each in found}) == len(found)
    alone = [each.loose for each in found if not each.shared]
    assert len(set(alone)) == len(alone)


def test_who_is_not_asked_for_costs_nothing_and_changes_nothing() -> None:
    items = [
        item("g", "https://x.org/1", "a"),
        item("h"),
        item("g", "https://x.org/1", "a"),
        item("g", "", "b"),
    ]
    links = [each.link for each in items]
    every = identify(items, links, account="a", rule=GUID, locked=True)
    some = identify(items, links, account="a", rule=GUID, locked=True, wanted={2, 3})
    assert some.rule is every.rule
    assert some.identities == (UNASKED, UNASKED, None, every.identities[3])
