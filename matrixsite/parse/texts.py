"""What feedparser does to the texts that it hands out: the rules of `pop` in its `mixin`."""

from __future__ import annotations

import re
from contextlib import suppress
from html.entities import entitydefs
from typing import Final

from matrixsite.parse.vocabulary import UnusualError

HTML: Final = "text/html"
PLAIN: Final = "text/plain"
_CLOSED_OR_ESCAPED = re.compile(r"</\w+>|&#?\w+;")
_ENTITY = re.compile(r"&(\w+);")
_UNESCAPED_PARAMETER = re.compile(r"&([A-Za-z0-9_]+);")
_MORE_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+-.]*://)/+")
_BEYOND_LATIN_1 = re.compile("[^\0-\xff]")
_WINDOWS = re.compile("[\x80-\x9f]")
_EMAIL = re.compile(
    r"(([a-zA-Z0-9\_\-\.\+]+)@((\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.)|(([a-zA-Z0-9\-]+\.)+))"
    r"([a-zA-Z]{2,4}|[0-9]{1,3})(\]?))(\?subject=\S+)?"
)
_KINDS: Final = {"text": PLAIN, "plain": PLAIN, PLAIN: PLAIN, "html": HTML, HTML: HTML}


def settled(text: str) -> str:
    """As feedparser hands a text out: UTF-8 that was taken for Latin 1 is read anew, Windows's signs are put right."""
    if text.isascii():
        return text
    if not _BEYOND_LATIN_1.search(text):
        with suppress(UnicodeDecodeError):
            text = text.encode("iso-8859-1").decode("utf-8")
            if _WINDOWS.search(text):  # of others the document has none
                raise UnusualError
    return text


def resolved(uri: str) -> str:
    """An address where no base is known: only slashes too many are taken out."""
    return _MORE_SLASHES.sub(r"\1", uri) if ":///" in uri else uri


def author_name(author: str) -> str:
    """What is left of an author beside the e-mail address."""
    if found := _EMAIL.search(author):
        author = author.replace(found[0], "").replace("()", "").replace("<>", "").replace("&lt;&gt;", "")
        author = author.strip().removeprefix("(").removesuffix(")").strip()
    return author


def without_references(url: str) -> str:
    """`?a=1&b;=2` is `?a=1&b=2` to feedparser."""
    return _UNESCAPED_PARAMETER.sub(r"&\1", url) if "&" in url else url


def construct(text: str, attributes: dict[str, str], default: str, *, atom: bool) -> tuple[str, str]:
    """A text and what it is: as it says itself, or what it looks like where RSS says that it is plain."""
    kind = _KINDS.get(attributes.get("type", default), "") if attributes else default
    if not kind or "mode" in attributes:
        raise UnusualError
    if kind == PLAIN and not atom and _CLOSED_OR_ESCAPED.search(text):
        if "<" in text:
            raise UnusualError  # feedparser looks which tags these are
        if all(name in entitydefs for name in _ENTITY.findall(text)):
            kind = HTML
    return settled(text), kind
