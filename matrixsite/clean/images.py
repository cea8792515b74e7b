"""Pictures of a body: where a lazy one lies, which are pixels that count readers, which are only a word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from matrixsite.clean.flat_html import quoted
from matrixsite.clean.text import one_line
from matrixsite.clean.urls import absolute

# Where pages keep the address until the picture scrolls into view; WeChat's data-src first.
_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-original-src",
    "data-lazyload",
    "data-echo",
)
_NAMED = (*_LAZY, "src", "href")
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_SMALL = 60  # CSS pixels: icons, avatars, bullets
_ALT_LIMIT = 300

_SIZE = re.compile(r"([0-9]{1,5})(?:\.[0-9]+)?(?:px)?")
_STYLE_SIZE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*([0-9]{1,5})(?:\.[0-9]+)?px", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"(?:^|[;\s])display\s*:\s*none", re.IGNORECASE)
_BACKGROUND = re.compile(
    r"background(?:-image)?\s*:[^;]{0,200}?url\(\s*[\"']?([^\"')]{1,2000})", re.IGNORECASE
)
_FACE = re.compile(r"/emoji/|/emoticon/|/expression/|face\.t\.sinajs\.cn|/core/emoji/|/face/", re.IGNORECASE)
_STYLE_LIMIT = 3000  # characters of a style that are looked at


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it will be written, or the word that an emoji drawn as an image stands for."""

    url: str
    markup: str
    small: bool = False
    word: str = ""


class Element(Protocol):
    """What is asked of an element beside its place: lxml's has it, and `regular.Tag`."""

    @property
    def tag(self) -> Any: ...
    def get(self, name: str, /) -> str | None: ...


def is_hidden(element: Element) -> bool:
    """Whether a browser shows nothing of it (WeChat's `visibility: hidden` bodies are shown later)."""
    style = element.get("style")
    if style and ("none" in style or "NONE" in style.upper()) and _NOT_SHOWN.search(style[:_STYLE_LIMIT]):
        return True
    return element.get("hidden") is not None


def picture_of(element: Element, sources: Iterable[Element], base: str) -> Picture | None:
    """The picture that an `img`, or the background of an `svg`, shows; None for tracking pixels.

    `sources`: the `source` elements of its `picture`, the nearest first.
    """
    style = (element.get("style") or "")[:_STYLE_LIMIT]
    url = _address(element, sources, base) if element.tag != "svg" else _background(style, base)
    if not url:
        return None
    sizes = {name.lower(): int(value) for name, value in _STYLE_SIZE.findall(style)} if style else {}
    stated = {
        name: int(match[1])
        for name in ("width", "height")
        if (given := element.get(name)) and (match := _SIZE.fullmatch(given.strip()))
    }
    sizes |= stated
    if sizes and min(sizes.values()) <= 1:
        return None
    alt = one_line(element.get("alt") or "", _ALT_LIMIT)
    word = alt if alt and len(alt) <= 12 and _FACE.search(url) else ""
    extent = "".join([f' {name}="{size}"' for name, size in stated.items()])
    markup = (
        f'<img src="{quoted(url)}" alt="{quoted(alt)}"{extent} loading="lazy" referrerpolicy="no-referrer">'
    )
    return Picture(url, markup, _is_small(element, sizes), word)


def _address(element: Element, sources: Iterable[Element], base: str) -> str:
    """The first address that is one: lazy attributes, `src`, then the sets of the image and its `picture`."""
    for name in _NAMED:
        value = element.get(name)
        if value and (url := absolute(value, base)):
            return url
    for source in (element, *sources):
        for name in _SETS:
            if url := _largest(source.get(name) or "", base):
                return url
    return ""


def _largest(candidates: str, base: str) -> str:
    """The candidate of a srcset with the largest width or density."""
    best, best_size = "", -1.0
    for candidate in re.split(r",\s+", candidates[:_STYLE_LIMIT]):
        address, _, size = candidate.strip().partition(" ")
        try:
            weight = float(size.strip()[:-1] or 0)
        except ValueError:
            weight = 0.0
        if weight > best_size and (url := absolute(address.rstrip(","), base)):
            best, best_size = url, weight
    return best


def _background(style: str, base: str) -> str:
    match = _BACKGROUND.search(style)
    return absolute(match[1].replace("&quot;", ""), base) if match else ""


def _is_small(element: Element, sizes: dict[str, int]) -> bool:
    """Icons, and WeChat's dividers: `data-w` is the width in pixels, `data-ratio` height over width."""
    try:
        natural, ratio = float(element.get("data-w") or 9999), float(element.get("data-ratio") or 1)
    except ValueError:
        natural, ratio = 9999, 1
    return min(sizes.values(), default=_SMALL) < _SMALL or natural < 2 * _SMALL or ratio < 0.15
