"""Packing of raw entries, as the store keeps them so that a mended cleaner can run over the archive."""

from __future__ import annotations

import json
import zlib
from dataclasses import astuple, fields
from hashlib import blake2b

from matrixsite.model import Enclosure, RawEntry

_NAMES = tuple(field.name for field in fields(RawEntry))
_BLANK = RawEntry()


def dump(raw: RawEntry) -> bytes:
    """The non-blank fields as JSON in a fixed order: equal entries give equal bytes."""
    filled = {name: value for name in _NAMES if (value := getattr(raw, name)) != getattr(_BLANK, name)}
    if raw.enclosures:
        filled["enclosures"] = [astuple(enclosure) for enclosure in raw.enclosures]
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def digest(dumped: bytes) -> bytes:
    """16 bytes that tell one version of an item from another."""
    return blake2b(dumped, digest_size=16).digest()


def pack(dumped: bytes) -> bytes:
    """Compressed for the store."""
    return zlib.compress(dumped, 6)


def unpack(packed: bytes) -> RawEntry:
    """The entry that `pack(dump(entry))` came from."""
    filled = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
    for name in ("authors", "categories"):
        filled[name] = tuple(filled.get(name, ()))
    filled["enclosures"] = tuple(Enclosure(*item) for item in filled.get("enclosures", ()))
    return RawEntry(**filled)
