"""Raw entries come back from the store as they went in."""

from __future__ import annotations

import json
from dataclasses import astuple, fields, replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.ingest import raw as raws
from matrixsite.model import Enclosure, RawEntry

texts = st.text(st.characters())  # lone surrogates, controls and all
entries = st.builds(
    RawEntry,
    guid=texts,
    title=texts,
    title_is_html=st.booleans(),
    content=texts,
    authors=st.lists(texts, max_size=2).map(tuple),
    categories=st.lists(texts, max_size=2).map(tuple),
    enclosures=st.lists(st.builds(Enclosure, texts, texts, st.integers(0, 2**40)), max_size=2).map(tuple),
)


@given(entries)
def test_round_trip(entry: RawEntry) -> None:
    assert raws.unpack(raws.pack(raws.dump(entry))) == entry


@given(entries, entries)
def test_versions_have_one_digest_each(one: RawEntry, other: RawEntry) -> None:
    assert (raws.digest(raws.dump(one)) == raws.digest(raws.dump(other))) is (one == other)
    assert (raws.fingerprint(one) == raws.fingerprint(other)) is (one == other)


TEXTS = [field.name for field in fields(RawEntry) if field.type == "str"]
ENTRY = RawEntry("g", "l", "t", True, "s", "c", authors=("a", "b"), enclosures=(Enclosure("u", "v", 1),))


@pytest.mark.parametrize(
    "other",
    [
        *(replace(ENTRY, **cast(Any, {name: "9"})) for name in TEXTS),
        replace(ENTRY, title_is_html=False),
        replace(ENTRY, guid="gl", link=""),
        replace(ENTRY, authors=("ab",)),
        replace(ENTRY, authors=("a",), categories=("b",)),
        replace(ENTRY, authors=(), categories=("a", "b")),
        replace(ENTRY, enclosures=(Enclosure("u", "v", 2),)),
        replace(ENTRY, enclosures=(Enclosure("uv", "", 1),)),
        replace(ENTRY, enclosures=(), categories=("u", "v", "1")),
    ],
)
def test_whatever_changes_is_another_version(other: RawEntry) -> None:
    assert raws.fingerprint(other) != raws.fingerprint(ENTRY)
    assert raws.digest(raws.dump(other)) != raws.digest(raws.dump(ENTRY))


def test_digests_are_those_of_every_store_and_every_python() -> None:
    dumped = raws.dump(replace(ENTRY, title="标题\ud800\0"))
    assert raws.digest(dumped).hex() == "00869d6b8c467970f38ea3859d6fe89c"
    assert raws.fingerprint(replace(ENTRY, title="标题\ud800\0")).hex() == "04ab6941db4e6f9578facb10f46f9589"


@given(entries)
def test_it_is_the_json_of_what_is_filled_in(entry: RawEntry) -> None:
    blank = RawEntry()
    names = [
        field.name for field in fields(entry) if getattr(entry, field.name) != getattr(blank, field.name)
    ]
    filled = {name: getattr(entry, name) for name in names}
    if entry.enclosures:
        filled["enclosures"] = [astuple(enclosure) for enclosure in entry.enclosures]
    written = json.dumps(filled, ensure_ascii=False, separators=(",", ":"))
    assert raws.dump(entry) == written.encode("utf-8", "surrogatepass")


@given(entries, texts)
def test_a_base_is_added(entry: RawEntry, base: str) -> None:
    packed = raws.pack(raws.with_base(raws.dump(entry), base))
    assert raws.unpack(packed) == replace(entry, base=base)
