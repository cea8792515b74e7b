"""The print of an entry: all of it that joining looks at, made once, by itself, in any process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from zlib import crc32

from matrixsite.dedup import titles
from matrixsite.dedup.shadow import (
    body_lines,
    is_traditional,
    key,
    plain,
    sentences_of,
    without_pollution,
    words_of,
)
from matrixsite.dedup.slots import Names, Slots, names_in, number_slots, together
from matrixsite.dedup.sources import named_sources

PRINT_VERSION = 2  # raised when prints come out otherwise: the index is then learned anew
WINDOW = 8  # characters of a fingerprint
RATE = 20  # characters to a sampled window
SHINGLE = 5  # characters of what overlap is counted in
DENSE = 600  # characters from the start in which every sampled window is kept; beyond, one of four
MOST_KEYS, MOST_SOUGHT = 100, 500  # fingerprints of a text
HEAD, TAIL = 12, 8  # sentences that may turn out to be furniture or a template
EXACT, MASKED = 0, 1  # forms of a sentence's hash
_EXACT = 10  # characters of a sentence that is a fingerprint as a whole
_FEW = 12  # windows below which sentences are fingerprints too
# A window is kept where it begins with one of these: a sixteenth of all characters, the commonest not among them.
_SAMPLED = re.compile(f"(?=[{''.join(map(chr, range(0x4E05, 0x9FFF, RATE)))}wbk].{{{WINDOW - 1}}})")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that waits for its story, or one of a story that it is compared with."""

    id: str
    account: str
    title: str
    text: str
    published: int  # seconds since 1970
    first_seen: int
    inferred: bool  # the date is not the feed's own word
    guid: str
    year: str  # of its path, in the site's zone
    url_key: int | None
    title_key: int | None
    images: tuple[str, ...]  # addresses


@dataclass(frozen=True)
class Print:
    """What is compared of an entry, and what it is found by."""

    id: str
    account: str
    published: int
    inferred: bool  # the date is not the feed's own word
    title: str  # bare
    heading: str  # the whole title's words
    call: str  # what the title calls out first
    parts: Slots  # of a series
    correction: bool  # says that it corrects another
    sentences: tuple[str, ...]  # words of the body without its furniture
    ends: tuple[tuple[int, int], ...]  # hashes of the first and last sentences, as they are and digits masked
    keys: tuple[int, ...]  # fingerprints by which it is found
    sought: tuple[
        int, ...
    ]  # fingerprints of all of it, by which it finds others: a digest's parts stand far down
    images: tuple[int, ...]
    title_key: int | None
    signs: str  # of copying: p polluted, t traditional script, c correction
    named: tuple[str, ...]  # sources

    def slim(self) -> None:
        """Let go of what was derived from it while it was compared: some hundred bytes a character."""
        for name in _DERIVED:
            vars(self).pop(name, None)

    @cached_property
    def words(self) -> str:
        """The body in one piece."""
        return "".join(self.sentences)

    @cached_property
    def title_bigrams(self) -> frozenset[str]:
        return titles.bigrams(self.title)

    @cached_property
    def shingles(self) -> frozenset[str]:
        """Of the whole body."""
        return shingles(self.words)

    @cached_property
    def title_numbers(self) -> Slots:
        return number_slots(self.heading)

    @cached_property
    def title_names(self) -> Names:
        """The names in the title, twice: it is about them."""
        found = names_in(self.heading)
        return together(found, found)

    @cached_property
    def masked(self) -> tuple[int, ...]:
        """The hashes by which sentences turn out to be furniture or a template."""
        return tuple(dict.fromkeys(chain.from_iterable(self.ends)))

    def without(self, gone: frozenset[int], form: int) -> str:
        """The words without first and last sentences of these hashes: of form EXACT or MASKED."""
        inside = self.sentences[HEAD:-TAIL] if len(self.sentences) > HEAD + TAIL else ()
        outside = self.sentences[:HEAD] + self.sentences[HEAD:][-TAIL:] if inside else self.sentences
        kept = [
            sentence if pair[form] not in gone else ""
            for sentence, pair in zip(outside, self.ends, strict=True)
        ]
        return "".join([*kept[:HEAD], *inside, *kept[HEAD:]])


_DERIVED = tuple(name for name, value in vars(Print).items() if isinstance(value, cached_property))


def print_of(entry: Pending) -> Print:
    """Make the print of an entry."""
    body = "" if entry.text == entry.title else entry.text  # a feed of titles may give each twice
    text, polluted = without_pollution(plain(body))
    lines = body_lines(text)
    every = [line for line in text.split("\n") if line.strip()]
    folded = titles.folded(entry.title)
    title, heading = titles.bare(folded), words_of(folded)
    sentences = tuple(_without_title(sentences_of(lines), heading))
    ends = sentences if len(sentences) <= HEAD + TAIL else sentences[:HEAD] + sentences[-TAIL:]
    keys, sought = _fingerprints(sentences)
    correction = titles.is_correction(entry.title, text)
    traditional = is_traditional(body) or is_traditional(entry.title)
    return Print(
        id=entry.id,
        account=entry.account,
        published=entry.published,
        inferred=entry.inferred,
        title=title,
        heading=heading,
        call=titles.call_of(folded),
        parts=titles.parts_of(entry.title),
        correction=correction,
        sentences=sentences,
        ends=tuple([_keys_of(sentence) for sentence in ends]),
        keys=keys,
        sought=sought,
        images=tuple(dict.fromkeys(key(f"image {address}") for address in entry.images)),
        title_key=entry.title_key,
        signs="p" * polluted + "t" * traditional + "c" * correction,
        named=named_sources(every),
    )


def title_key_of(title: str) -> int | None:
    """A hash that equal bare titles share; None for none."""
    words = titles.bare(titles.folded(title))
    return key(f"title {words}") if words else None


def _keys_of(sentence: str) -> tuple[int, int]:
    """A hash that equal sentences share, and one that those share which differ in digits alone.

    32 bits are enough: a sentence counts where several stories have it, which two that meet by chance don't make.
    """
    exact = crc32(sentence.encode())
    masked = _DIGITS.sub("#", sentence)
    return exact, exact if masked == sentence else crc32(masked.encode())


def shingles(words: str) -> frozenset[str]:
    """The pieces of 5 characters, at each place."""
    return (
        frozenset([words[n : n + SHINGLE] for n in range(max(1, len(words) - SHINGLE + 1))])
        if words
        else frozenset()
    )


def _without_title(sentences: list[str], heading: str) -> list[str]:
    """A body that begins with its title says it twice."""
    rest = heading
    for place, sentence in enumerate(sentences):
        if not rest.startswith(sentence):
            if rest and sentence.startswith(rest) and len(rest) > 3:
                return [sentence[len(rest) :], *sentences[place + 1 :]]
            return sentences[place:] if rest != heading and len(rest) < len(heading) // 2 else sentences
        rest = rest[len(sentence) :]
    return []


def fingerprints_in(length: int) -> int:
    """About how many fingerprints lead to a text of so many characters."""
    return min(length, DENSE) // RATE + max(0, length - DENSE) // (4 * RATE)


def _fingerprints(sentences: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What a text is found by, and what it finds others by."""
    words = "".join(sentences)
    every: dict[int, int] = {}
    for match in _SAMPLED.finditer(words):
        place = match.start()
        every.setdefault(crc32(words[place : place + WINDOW].encode()), place)
        if len(every) == MOST_SOUGHT:
            break
    kept = [hashed for hashed, place in every.items() if place < DENSE or hashed % 4 == 0]
    if len(kept) < _FEW:
        exact = [_keys_of(sentence)[0] for sentence in sentences[:_FEW] if len(sentence) >= _EXACT]
        return tuple(dict.fromkeys(kept + exact)), tuple(dict.fromkeys([*every, *exact]))
    return tuple(kept[:MOST_KEYS]), tuple(every)
