"""Postings: for each bigram where it stands and what follows it, in files by a hash of the bigram.

Of a word the first bigram is looked up; the characters after it, up to the eighth of the word, are compared by a few
bits each. So one file tells nearly for certain which entries hold the word, and no list must be met with another.

A file holds a part for every CHUNK entries, one after another:

    grams      varint, how many bigrams the part has
    a bigram   varint, by how much its 16 bits (`_place`) exceed those of the one before; varint, its number of rows
    rows       in the order of the bigrams, each of five columns of a byte: number of the entry in its chunk, low and
               high; 8 bits of the third character; 8 of the fourth; 2 each of the fifth to the eighth

Entries are numbered from the oldest, so that files grow at their end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

CHUNK = 512  # entries of a part: more would save a tenth of the room and take much memory to make
SHARE = 16  # entries a file: of full excerpts that makes some 12 KB
_ROW = 5  # bytes
_MOST = 12  # bits: 4,096 files a segment


def file_bits(entries: int) -> int:
    """Over how many files (a power of two) the bigrams of so many entries are spread."""
    return min(_MOST, max(0, (entries - 1) // SHARE).bit_length())


class Postings:
    """The files of a segment, as they grow. Entries are told from the oldest on; a chunk at a time is in memory."""

    def __init__(self, bits: int) -> None:
        self._bits, self._files = bits, [bytearray() for _ in range(1 << bits)]
        self._rows: defaultdict[str, bytearray] = defaultdict(bytearray)
        self._number = 0  # of the next entry in its chunk

    def add(self, texts: Iterable[str]) -> None:
        """The next entry by its folded texts."""
        if self._number == CHUNK:
            self._end_chunk()
        for text in texts:
            _add(self._rows, self._number, text)
        self._number += 1

    def files(self) -> Iterator[bytes]:
        """All of them, in order of their number; the end of it."""
        self._end_chunk()
        self._files.reverse()
        while self._files:
            yield bytes(self._files.pop())

    def _end_chunk(self) -> None:
        shares: list[list[tuple[int, bytearray]]] = [[] for _ in self._files]
        for gram, its in self._rows.items():
            number, place = _place(gram, self._bits)
            shares[number].append((place, its))
        self._rows.clear()
        self._number = 0
        for file, share in zip(self._files, shares, strict=True):
            share.sort()
            file += _part(share)
            share.clear()


def _add(rows: defaultdict[str, bytearray], number: int, text: str) -> None:
    """The rows of one text, column by column for all its bigrams at once."""
    count = len(text) - 1
    if count < 1:
        return
    after = text.translate(_EIGHT_BITS).encode("latin-1") + b"\0\0"
    two = text.translate(_TWO_BITS).encode("latin-1")
    later = int.from_bytes(two, "little")  # a byte a character: arithmetic on all of them at once
    packed = later >> 32 << 6 | later >> 40 << 4 | later >> 48 << 2 | later >> 56
    table = bytearray(_ROW * count)
    table[0::_ROW] = bytes((number & 255,)) * count
    table[1::_ROW] = bytes((number >> 8,)) * count
    table[2::_ROW] = after[2 : count + 2]
    table[3::_ROW] = after[3 : count + 3]
    table[4::_ROW] = packed.to_bytes(len(two), "little")[:count]
    for at in range(count):
        rows[text[at : at + 2]] += table[_ROW * at : _ROW * at + _ROW]


def _part(share: Sequence[tuple[int, bytearray]]) -> bytes:
    head, before = bytearray(_varint(len(share))), 0
    for place, its in share:
        head += _varint(place - before)
        head += _varint(len(its) // _ROW)
        before = place
    body = b"".join([its for _, its in share])
    return bytes(head) + b"".join([body[column::_ROW] for column in range(_ROW)])


def _place(gram: str, bits: int) -> tuple[int, int]:
    """The file of a bigram, and its place there: the first bits of its CRC-32 (UTF-16), and the sixteen after them."""
    digest = crc32(gram.encode("utf-16-le"))
    return digest >> (32 - bits), digest >> (16 - bits) & 0xFFFF


def _varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    if number < 128:
        return _BYTES[number]
    return _BYTES[number & 127 | 128] + _varint(number >> 7)


_BYTES = [bytes((number,)) for number in range(256)]


class _Bits(dict[int, str]):
    """For `str.translate`: the first bits of a hash of the character, as a character."""

    def __init__(self, bits: int, skipped: int = 0) -> None:
        super().__init__()
        self._shift, self._mask = 32 - skipped - bits, (1 << bits) - 1

    def __missing__(self, code: int) -> str:
        self[code] = result = chr((code * 0x9E3779B1 & 0xFFFFFFFF) >> self._shift & self._mask)
        return result


_EIGHT_BITS, _TWO_BITS = _Bits(8), _Bits(2, skipped=8)
