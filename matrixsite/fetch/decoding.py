"""Compressed bodies, unpacked once they are complete and never beyond a limit: a bomb doesn't expand.

The bytes are believed, not the label: plain text sent as gzip is plain text, unlabelled gzip is gzip.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from matrixsite.fetch.reasons import BAD_ENCODING, CUT_SHORT, TOO_LARGE, Fault

OFFERED: Final = "gzip, deflate, br"
"""What `Accept-Encoding` says."""

_GZIP = b"\x1f\x8b"
_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<[?!a-zA-Z]|[\[{]\s*[\"{\[])")
_MEMBERS = 64  # gzip members of one body (RFC 1952 allows any number; thousands are an attack)
_STEP = 256 * 1024  # bytes that one call of brotli may give; the library overshoots to about twice this


def unpack(packed: bytes, content_encoding: str, limit: int) -> bytes:
    """The body in `packed`, at most `limit` bytes. Raises Fault (bad-encoding, cut-short, too-large)."""
    labels = (part.strip() for part in content_encoding.lower().split(","))
    codings = [label for label in labels if label not in ("", "identity")]
    if packed.startswith(_GZIP):
        return _inflate(packed, 31, limit)
    if not packed or not codings or codings in (["gzip"], ["x-gzip"]) or _TEXT.match(packed):
        if len(packed) > limit:
            raise _too_large(limit)
        return packed
    if codings == ["deflate"]:
        return _inflate(packed, 15 if _zlib_header(packed) else -15, limit)
    if codings == ["br"]:
        return _brotli(packed, limit)
    raise Fault(BAD_ENCODING, ", ".join(codings)[:40])


def _inflate(packed: bytes, window: int, limit: int) -> bytes:
    """gzip (all its members), zlib or raw deflate, as `window` says; padding after the end is ignored."""
    parts: list[bytes] = []
    room = limit
    for _ in range(_MEMBERS):
        stream = zlib.decompressobj(window)
        try:
            part = stream.decompress(packed, room + 1)
        except zlib.error as error:
            raise Fault(BAD_ENCODING, "corrupt gzip or deflate") from error
        if len(part) > room:
            raise _too_large(limit)
        if not stream.eof:
            raise Fault(CUT_SHORT, "compressed body ends early")
        parts.append(part)
        room -= len(part)
        packed = stream.unused_data
        if window != 31 or not packed.startswith(_GZIP):
            return b"".join(parts)
    raise Fault(BAD_ENCODING, f"more than {_MEMBERS} gzip members")


def _brotli(packed: bytes, limit: int) -> bytes:
    import brotli

    stream = brotli.Decompressor()
    parts: list[bytes] = []
    room = limit
    while not stream.is_finished():
        try:
            part = stream.process(packed, output_buffer_limit=_STEP)
        except brotli.error as error:
            raise Fault(BAD_ENCODING, "corrupt brotli") from error
        packed = b""
        room -= len(part)
        if room < 0:
            raise _too_large(limit)
        if not part and stream.can_accept_more_data() and not stream.is_finished():
            raise Fault(CUT_SHORT, "compressed body ends early")
        parts.append(part)
    return b"".join(parts)


def _zlib_header(head: bytes) -> bool:
    """RFC 1950 section 2.2; many servers send RFC 1951 streams without it under the same label."""
    return len(head) > 1 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0


def _too_large(limit: int) -> Fault:
    return Fault(TOO_LARGE, f"over {limit} bytes")
