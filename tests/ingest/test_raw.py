"""Raw entries come back from the store as they went in."""

from __future__ import annotations

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
