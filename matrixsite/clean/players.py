"""Players of video and sound: none is embedded, each becomes a link to the page that it plays on."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from matrixsite.clean.url_rules import AUDIO_PAGES, VIDEO_PAGES
from matrixsite.clean.urls import absolute

WATCH, LISTEN = "在原文中观看", "在原文中收听"

_FRAMES = frozenset(("iframe", "embed", "object"))  # which may hold anything
_VIDEO = frozenset(("video", "mpvideo", "mpvideosnap", "mp-common-videosnap"))
_AUDIO = frozenset(("audio", "mpvoice", "mp-common-mpaudio", "qqmusic", "mp-common-qqmusic"))
PLAYERS = _FRAMES | _VIDEO | _AUDIO


@dataclass(frozen=True, slots=True)
class Player:
    """What stands where a player was: our words; `address` is what it would have played."""

    words: str  # WATCH or LISTEN
    address: str
    video: bool  # surely a video: a frame may as well hold a map

    @property
    def audio(self) -> bool:
        return self.words == LISTEN


def player_of(element: etree._Element, tag: str, base: str) -> Player | None:
    """The player that an element of PLAYERS is; None for a frame that shows nothing."""
    source = element.get("data-src") or element.get("src") or element.get("data") or ""
    if not source and (inner := element.find(".//source")) is not None:
        source = inner.get("src") or ""
    address = absolute(source, base)
    if tag in _FRAMES and not address:
        return None
    if tag in _AUDIO or AUDIO_PAGES.match(address):
        return Player(LISTEN, address, video=False)
    return Player(WATCH, address, video=tag in _VIDEO or _shows_video(element, address))


def _shows_video(element: etree._Element, address: str) -> bool:
    hints = f"{element.get('class') or ''} {element.get('type') or ''}".lower()
    return VIDEO_PAGES.match(address) is not None or "video" in hints or "flash" in hints
