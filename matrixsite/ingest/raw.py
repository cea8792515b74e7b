"""Raw entries as bytes: packed for the store, so that a mended cleaner can run over the archive, and as digests."""

from __future__ import annotations

import json
import zlib
from dataclasses import astuple, fields
from hashlib import blake2b
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from matrixsite.model import Enclosure, RawEntry

_KEYS = tuple(f'"{field.name}":' for field in fields(RawEntry))
_values = attrgetter(*(field.name for field in fields(RawEntry)))
_BLANK = RawEntry()
_texts = attrgetter(*(field.name for field in fields(RawEntry) if type(getattr(_BLANK, field.name)) is str))
_OTHERS = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=astuple)


def dump(raw: RawEntry) -> bytes:
    """The non-blank fields as JSON in a fixed order: equal entries give equal bytes."""
    filled = [
        key + (encode_basestring(value) if type(value) is str else _json(value))
        for key, value in zip(_KEYS, _values(raw), strict=True)
        if value
    ]
    return f"{{{','.join(filled)}}}".encode("utf-8", "surrogatepass")


def _json(value: Any) -> str:
    """What is no text: names mostly, for which the encoder's preparations take longer than its work."""
    if type(value) is tuple and type(value[0]) is str:
        return f"[{','.join(map(encode_basestring, value))}]"
    return _OTHERS.encode(value)


def with_base(dumped: bytes, base: str) -> bytes:
    """What `dump` gave for an entry without a base, with this one."""
    field = f'"base":{encode_basestring(base)}}}'.encode("utf-8", "surrogatepass")
    return dumped[:-1] + (b"," if len(dumped) > 2 else b"") + field


def digest(dumped: bytes) -> bytes:
    """16 bytes that tell one version of an item from another: the store's, which therefore never change."""
    return blake2b(dumped, digest_size=16).digest()


def fingerprint(raw: RawEntry) -> bytes:
    """16 bytes by which a snapshot knows an item again. Most items of a night are asked for nothing else.

    It is over the texts and, so that none can pass for another, their number and lengths: JSON would cost more.
    """
    texts = [*_texts(raw), *raw.authors, *raw.categories]
    for file in raw.enclosures:
        texts += file.url, file.type, str(file.length)
    frame = [int(raw.title_is_html), len(raw.authors), len(raw.categories), *map(len, texts)]
    return blake2b(f"{frame}{''.join(texts)}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def pack(dumped: bytes) -> bytes:
    """Compressed for the store, at the level that takes least time: others save a few per cent of room."""
    return zlib.compress(dumped, 1)


def unpack(packed: bytes) -> RawEntry:
    """The entry that `pack(dump(entry))` came from."""
    filled = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    for name in ("authors", "categories"):
        filled[name] = tuple(filled.get(name, ()))
    filled["enclosures"] = tuple(Enclosure(*item) for item in filled.get("enclosures", ()))
    return RawEntry(**filled)
