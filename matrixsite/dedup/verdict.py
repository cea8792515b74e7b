"""Whether two entries carry one text, and by what evidence.

A false merge hides somebody's notice and is worse than a miss: what differs is looked at before what is alike.
The thresholds were set on the tuning half of `benchmarks/reposts.py`; docs/stories.md tells what each of them is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matrixsite.dedup.compare import LEAST, Measures
from matrixsite.dedup.lookup import DAY, Kind, Use
from matrixsite.dedup.prints import Print

_DATE = re.compile(r"[\d年月日号时分第期]|星期.|周[一二三四五六日]")
SHORT = 60  # characters: a shorter text needs more than likeness
BLURB = 200  # characters: up to here an account may put the same words before anything
RETITLED = (
    100  # … of which all stands in another account's, little beside it: carried under a title of its own
)
ARTICLE = 300  # characters: beyond, they are the piece itself
_BARE = 8  # characters of a bare title
_SERIES = 3  # days on which an account uses the title of a series
_DISTINCT = 6  # characters of a title, dates apart
AGAIN = 3 * DAY  # in which an account may put right what it published under a title
CARRIED = 21 * DAY  # in which a piece of which only the title is there is carried
RECURS = 30 * DAY  # a title that returns after this is one that recurs


class Evidence(StrEnum):
    """Why an entry belongs to its story."""

    FOUNDER = "founder"  # the story began with it
    URL = "url"  # the same page address
    TEXT = "text"  # the same text, word for word
    NEAR = "near"  # nearly the same text
    EXCERPT = "excerpt"  # one text contains the other
    TITLE = "title"  # the same title, where there is no text or both texts begin alike
    PICTURE = "picture"  # the same picture, where there is no text
    CORRECTION = "correction"  # the same text with something put right
    EDITOR = "editor"  # an editor said so


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a title beyond the two entries."""

    alone: bool  # no other story has it
    distinctive: bool  # it is long enough, and doesn't recur


def distinctive(title: str, uses: Sequence[Use]) -> bool:
    """Whether a title names one piece: long enough, by accounts used once (a correction apart), not after a month.

    What recurs is learned from all that the store holds: `分享图片`, `早安` and a programme's name unmask themselves.
    """
    if len(title) < _BARE or len(set(_DATE.sub("", title))) < _DISTINCT:
        return False
    if uses and uses[-1].published - uses[0].published > RECURS:
        return False
    days: dict[str, list[int]] = {}
    for use in uses:  # by date
        known = days.setdefault(use.account, [use.published])
        if use.published - known[0] > AGAIN:
            return False
        if use.published - known[-1] > DAY:
            known.append(use.published)
    return all(len(known) < _SERIES for known in days.values())


def judge(entry: Print, other: Print, found: Measures, about: Circumstances, kind: Kind) -> Evidence | None:
    """The evidence that they carry one text; None where there is none or something speaks against it."""
    if found.parts:
        return None
    if (
        entry.account == other.account
        and found.title < 0.5
        and not (found.equal and found.shorter >= ARTICLE)
    ):
        return None  # an account's blurb stands under many titles
    if not entry.words or not other.words:
        return _without_text(entry, other, found, about)
    if kind is Kind.DIGEST:
        return Evidence.NEAR if found.jaccard >= 0.8 and not found.conflicts else None
    if found.conflicts or found.places:
        return _despite_conflict(entry, other, found)
    short = found.template or found.shorter < SHORT
    evidence = _copy(found) or (
        _short(entry, other, found, about) if short else _long(entry, other, found, about)
    )
    corrects = (entry.correction or other.correction) and not found.equal and found.title >= 0.8
    return Evidence.CORRECTION if evidence and corrects else evidence


def _copy(found: Measures) -> Evidence | None:
    """All of the text is the same, templates and their numbers too."""
    if found.template_conflicts or found.whole < 0.85 or found.shorter < LEAST:
        return None
    if found.title >= 0.8 or (found.whole >= 0.93 and found.agreed >= 4):
        return Evidence.TEXT if found.equal else Evidence.NEAR
    return None


def _despite_conflict(entry: Print, other: Print, found: Measures) -> Evidence | None:
    """A correction puts a number right, and a copy may garble one; all else that differs in one is another piece."""
    if found.places:
        return None
    differing = found.conflicts
    alike = found.jaccard >= 0.5 or found.containment >= 0.8
    if not alike or found.template:
        return None
    if (entry.correction or other.correction) and differing <= 2 and found.title >= 0.8 and found.hours <= 48:
        return Evidence.CORRECTION
    if entry.account == other.account:
        silent = entry.title == other.title and found.hours <= 6 and differing == 1
        return (
            Evidence.CORRECTION
            if silent and found.agreed >= 3 and found.shorter >= 150 and found.whole >= 0.9
            else None
        )
    garbled = (
        ("p" in entry.signs or "p" in other.signs)
        and differing == 1
        and found.agreed >= 12
        and found.title >= 0.8
        and found.containment >= 0.6
    )
    return Evidence.NEAR if garbled else None


def _long(entry: Print, other: Print, found: Measures, about: Circumstances) -> Evidence | None:
    if found.equal:
        return Evidence.TEXT
    blurb = found.title < 0.3 and found.shorter < BLURB
    retitled = found.shorter >= RETITLED and found.whole >= 0.85 and found.containment >= 0.97
    if blurb and found.agreed < 4 and not retitled:
        return None
    least = 0.7 if blurb else 0.6
    if found.jaccard >= least:
        return Evidence.NEAR
    if found.containment >= 0.8 and found.title >= 0.5:
        return Evidence.EXCERPT
    if _agreeing(found):
        return Evidence.NEAR
    alike = found.containment >= (0.35 if about.alone and entry.title == other.title else 0.6)
    titled = found.title >= 0.9 and about.distinctive and found.template_conflicts < 2
    return Evidence.TITLE if titled and found.shared >= 15 and alike else None


def _agreeing(found: Measures) -> bool:
    """Not one of many numbers differs, in a text that is largely the same or of the same days under the same title."""
    if found.template_conflicts:
        return False
    if found.whole >= 0.55 and found.agreed >= 6:
        return True
    if found.containment >= 0.5 and found.agreed >= 8 and found.title >= 0.8:
        return True
    return found.title >= 0.9 and found.agreed >= 5 and found.containment >= 0.65 and found.hours <= 72


def _short(entry: Print, other: Print, found: Measures, about: Circumstances) -> Evidence | None:
    if entry.account == other.account and entry.title != other.title:
        return None
    titled = about.distinctive and about.alone and found.title >= 0.9 and not found.template_conflicts
    if found.shorter < LEAST:
        return Evidence.TITLE if titled and found.containment >= 0.45 else None
    if found.equal and found.title >= 0.5:
        return Evidence.TEXT
    if found.jaccard >= 0.93 or (found.jaccard >= 0.8 and found.title >= 0.8):
        return Evidence.NEAR
    if titled and found.containment >= 0.45:
        return Evidence.TITLE
    if found.containment >= 0.8 and found.title >= 0.9 and found.agreed >= 4 and not found.template_conflicts:
        return Evidence.EXCERPT
    agreeing = found.jaccard >= 0.5 and found.agreed >= 4 and found.title >= 0.8
    return (
        Evidence.NEAR
        if (found.shorter >= 70 and agreeing and found.hours <= 72) or _agreeing(found)
        else None
    )


def _without_text(entry: Print, other: Print, found: Measures, about: Circumstances) -> Evidence | None:
    """At least one has a title or pictures only."""
    if entry.account == other.account or found.conflicts:
        return None
    if entry.images and not {*entry.images}.isdisjoint(other.images) and found.title >= 0.5:
        return Evidence.PICTURE
    same = _same_call(entry, other) and about.distinctive and about.alone
    return Evidence.TITLE if same and found.hours * 3600 <= CARRIED else None


def _same_call(entry: Print, other: Print) -> bool:
    """Whether titles are the same; two that call out differently (官宣！, 定了！) are two newsrooms' own."""
    return entry.title == other.title and (entry.call == other.call or not (entry.call and other.call))
