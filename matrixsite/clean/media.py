"""What an entry mainly brings, the picture that stands for it, and the files that come along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from matrixsite.clean.url_rules import AUDIO_PAGES, VIDEO_PAGES
from matrixsite.clean.urls import absolute
from matrixsite.model import Enclosure, Media

_CAPTION = 30  # characters of text up to which pictures are the matter
_COMMENTARY = 200  # characters up to which an embedded player is the matter, not an illustration
_ENCLOSURES = 50

_EXTENSIONS = {
    "audio": re.compile(r"\.(?:mp3|m4a|aac|ogg|opus|wav|amr)(?:[?#]|$)", re.IGNORECASE),
    "video": re.compile(r"\.(?:mp4|m4v|webm|mov|m3u8|flv|avi)(?:[?#]|$)", re.IGNORECASE),
    "image": re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)(?:[?#]|$)", re.IGNORECASE),
}
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64}")  # RFC 6838, 4.2
# Of addresses in lower case. Each form begins with a sign of its own, so that the pattern passes over all others.
_DECORATION = re.compile(
    r"mmbiz_gif|wx_fmt=gif|\.gif(?:[?#]|$)|/(?:emoji|emoticon|expression/|face/)"
    + "".join(rf"|{sign}(?:divider|spacer|blank|loading)\b" for sign in "/_-")
)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the body. `small` ones (icons, dividers) never become the cover."""

    url: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Embeds:
    """What the body held, beside words, before it was made safe."""

    images: tuple[Image, ...] = ()
    video: bool = False
    audio: bool = False


def resolved(enclosures: Iterable[Enclosure], base: str) -> tuple[Enclosure, ...]:
    """The enclosures with an http(s) address, each once, with a media type that is one or ''."""
    found: dict[str, Enclosure] = {}
    for enclosure in enclosures:
        url = absolute(enclosure.url, base)
        if url and url not in found and len(found) < _ENCLOSURES:
            stated = enclosure.type.partition(";")[0].strip().lower()
            media_type = stated if _MEDIA_TYPE.fullmatch(stated) else ""
            found[url] = replace(enclosure, url=url, type=media_type, length=max(enclosure.length, 0))
    return tuple(found.values())


def media_of(url: str, embeds: Embeds, enclosures: Sequence[Enclosure], text: str) -> Media:
    """What an entry mainly brings, by its page's address, its files, its players, how long its text is."""
    kinds = {_kind(enclosure) for enclosure in enclosures}
    brief = len(text) < _COMMENTARY
    if "video" in kinds or (url and VIDEO_PAGES.match(url)) or (embeds.video and brief):
        return Media.VIDEO
    if "audio" in kinds or (url and AUDIO_PAGES.match(url)) or (embeds.audio and brief):
        return Media.AUDIO
    if len(text) < _CAPTION and (embeds.images or "image" in kinds):
        return Media.IMAGE
    return Media.TEXT


def cover_of(named: str, embeds: Embeds, enclosures: Sequence[Enclosure], base: str) -> str:
    """The picture the feed names, else the first of the body that is no decoration, else an enclosed one."""
    cover = absolute(named, base) if named else ""
    if cover:
        return cover
    for image in embeds.images:
        if not image.small and not _DECORATION.search(image.url.lower()):
            return image.url
    return next((enclosure.url for enclosure in enclosures if _kind(enclosure) == "image"), "")


def _kind(enclosure: Enclosure) -> str:
    stated = enclosure.type.partition("/")[0]
    if stated in _EXTENSIONS:
        return stated
    return next((kind for kind, pattern in _EXTENSIONS.items() if pattern.search(enclosure.url)), "")
