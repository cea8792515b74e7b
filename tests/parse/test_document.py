"""Whatever the bytes are, `parse` answers with a value, and the same bytes with the same value."""

from __future__ import annotations

import pickle
from dataclasses import fields
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from matrixsite.model import ParsedFeed, RawEntry
from matrixsite.parse.charset import carriable
from matrixsite.parse.document import parse

DOCUMENTS = sorted(
    path.read_bytes() for path in (Path(__file__).parent / "cases").iterdir() if path.suffix != ".yaml"
)
PIECES = st.sampled_from(
    b"<|>|&|<item>|</item>|<![CDATA[|]]>|<!--|-->|<svg>|<title>|</title>|<entry xml:base='x'>|\xff|\0|&#xD800;"
    b"|<a/b/|<?|{|[|\"|\xd6\xd0|<!DOCTYPE|<content type='xhtml'><div>|<source>|</source>|<media:thumbnail/>|<author>"
    b"|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".split(b"|")
)


def check(parsed: ParsedFeed) -> None:
    """A value that pickles, of texts that XML can carry; an error comes without entries."""
    assert pickle.loads(pickle.dumps(parsed)) == parsed
    assert parsed.error is None or not parsed.entries
    for entry in parsed.entries:
        for field in fields(RawEntry):
            value = getattr(entry, field.name)
            texts = [value] if isinstance(value, str) else value if isinstance(value, tuple) else []
            assert all(carriable(text) == text for text in texts if isinstance(text, str))


@given(st.binary(max_size=400), st.sampled_from(["", "a.csv", "https://example.org/feed"]))
def test_any_bytes(body: bytes, url: str) -> None:
    check(parse(body, url=url))


@given(
    st.lists(PIECES, max_size=40).map(b"".join),
    st.sampled_from([b"<rss version='2.0'><channel>", b"<feed>", b""]),
)
def test_any_soup(soup: bytes, head: bytes) -> None:
    check(parse(head + soup))


@given(st.data())
def test_mutated_documents(data: st.DataObject) -> None:
    body = bytearray(data.draw(st.sampled_from(DOCUMENTS)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        length = data.draw(st.integers(0, 30))
        body[at : at + length] = data.draw(PIECES | st.binary(max_size=8))
    check(parse(bytes(body), url="https://example.org/feed"))


@given(st.sampled_from(DOCUMENTS), st.data())
def test_cut_documents_keep_what_came_before(document: bytes, data: st.DataObject) -> None:
    whole = parse(document)
    cut = parse(document[: data.draw(st.integers(0, len(document)))])
    check(cut)
    if cut.truncated and not whole.problems:
        assert cut.entries[:-1] == whole.entries[: max(len(cut.entries) - 1, 0)]


@given(st.sampled_from(DOCUMENTS))
def test_same_bytes_same_value(document: bytes) -> None:
    assert parse(document) == parse(document)
