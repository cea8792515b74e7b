"""Packed bodies come out whole or not at all, and never beyond the limit."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.fetch.decoding import unpack
from matrixsite.fetch.reasons import Fault

CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
}


@given(st.sampled_from(list(CODINGS)), st.binary(max_size=500))
def test_what_was_packed_comes_out(coding: str, text: bytes) -> None:
    feed = b"<rss>" + text  # the beginning is what tells text from packed bytes
    assert unpack(CODINGS[coding](feed), coding, 1000) == feed


@given(st.sampled_from(["gzip", "deflate", "br", "x", "gzip, br"]), st.binary(max_size=300))
def test_any_bytes_are_a_body_or_a_fault(coding: str, packed: bytes) -> None:
    try:
        unpacked = unpack(packed, coding, 1000)
    except Fault:
        return
    assert len(unpacked) <= 1000


@given(st.sampled_from(["gzip", "deflate", "br"]), st.data())
def test_no_beginning_passes_for_the_whole(coding: str, data: st.DataObject) -> None:
    packed = CODINGS[coding](b"<rss>" + data.draw(st.binary(max_size=100)))
    length = data.draw(st.integers(3, len(packed) - 1))
    with pytest.raises(Fault, match="cut-short"):
        unpack(packed[:length], coding, 1000)


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize(("size", "fits"), [(10_000, True), (10_001, False)])
def test_the_limit_is_exact(coding: str, size: int, fits: bool) -> None:
    packed = CODINGS[coding](bytes(size))
    if fits:
        assert unpack(packed, coding, 10_000) == bytes(size)
    else:
        with pytest.raises(Fault, match="too-large"):
            unpack(packed, coding, 10_000)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_a_bomb_never_expands_past_the_limit(coding: str) -> None:
    packed = CODINGS[coding](bytes(20_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(Fault, match="too-large"):
            unpack(packed, coding, 1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_thousand_members_are_refused() -> None:
    with pytest.raises(Fault, match="bad-encoding"):
        unpack(gzip.compress(b"") * 1000, "gzip", 1_000_000)
