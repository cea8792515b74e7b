"""From bytes of any charset to clean UTF-8, by validity and labels, never by statistics.

Detection by letter frequency fails on short Chinese texts (13 bytes of GBK are taken for cp949, Big5 titles
for UTF-16), so the order is: the operator's word, a byte order mark, UTF-16 by the NULs around `<`, valid
UTF-8 over any label, the label, GB18030, Big5. UTF-7 and other stateful 7-bit charsets are never used: markup
hides in them.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from matrixsite.model import Reason
from matrixsite.parse.reasons import CHARSET_MISMATCH, CONTROL_CHARACTERS, INVALID_BYTES

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((re.compile(rb"[<{\[]\0[^\0]\0"), "utf-16-le"), (re.compile(rb"\0[<{\[]\0[^\0]"), "utf-16-be"))
_PROLOG_LABEL = re.compile(
    rb"""^[^<>]{0,64}<\?xml[^>]{0,256}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE
)
_SAFE = re.compile(
    r"utf-?8|utf-?16|utf-?32|gb|big5|cp\d|windows|iso-?8859|latin|ascii|euc|shift|koi8|mac|tis", re.I
)

# What XML 1.0 (section 2.2) excludes, as UTF-8 and as text. Lone surrogates can't stand in valid UTF-8.
_CONTROLS = bytes(n for n in range(32) if n not in b"\t\n\r")
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_UNCARRIABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document as UTF-8 without a byte order mark, holding only characters that XML can carry."""

    body: bytes
    charset: str
    problems: tuple[Reason, ...] = ()


def decode(body: bytes, label: str = "", override: str = "") -> Decoded:
    """Read `body` by the rules above.

    `label` is the charset its host names; the XML declaration is looked up here. `override` is the operator's
    word. Bytes that make no sense become U+FFFD.
    """
    if chosen := codec(override):
        return _cleaned(body, chosen)
    if marked := _marked(body):
        mark, name = marked
        return _cleaned(body[len(mark) :], name)
    labels = _labels(label, body)
    claimed = labels[0] if labels else ""
    if _is_utf8(body):
        return _cleaned(body, "utf-8", () if body.isascii() else _mismatch(claimed, "utf-8", body))
    for name in (*labels, "gb18030", "big5hkscs"):
        if _decodes(body, name):
            return _cleaned(body, name, _mismatch(claimed, name, body))
    return _cleaned(body, claimed or "utf-8")


def presumed_utf8(body: bytes, label: str = "") -> Decoded:
    """What `decode` answers if `body` is UTF-8 without a character that XML can't carry: for a parser that tells."""
    if body.startswith(codecs.BOM_UTF8):
        return Decoded(body[len(codecs.BOM_UTF8) :], "utf-8")
    labels = () if body.isascii() else _labels(label, body)
    return Decoded(body, "utf-8", _mismatch(labels[0], "utf-8", body) if labels else ())


@lru_cache(maxsize=256)
def codec(label: str) -> str:
    """Python's name for a charset label, widened as browsers do (gb2312 → gb18030); empty if unusable."""
    from w3lib.encoding import resolve_encoding

    if not _SAFE.match(label.strip()):
        return ""
    return resolve_encoding(label.strip()) or ""


def carriable(text: str) -> str:
    """`text` without the characters that XML or UTF-8 can't carry."""
    return _UNCARRIABLE.sub("", text) if _UNCARRIABLE.search(text) else text


def _marked(body: bytes) -> tuple[bytes, str] | None:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return mark, name
    for pattern, name in _UNMARKED:
        if pattern.match(body):
            return b"", name
    return None


def _labels(label: str, body: bytes) -> list[str]:
    """The charsets that the host and the XML declaration name, the host's first.

    But a Western one last: hosts send ISO-8859-1 for want of a setting. UTF-16 would have shown itself.
    """
    prolog = _PROLOG_LABEL.match(body[:512])
    named = (codec(label), codec(prolog[1].decode("ascii")) if prolog else "")
    usable = [name for name in named if name and not name.startswith(("utf-16", "utf-32"))]
    return sorted(usable, key=lambda name: name == "cp1252")


def _is_utf8(body: bytes) -> bool:
    """True for valid UTF-8, and for UTF-8 with single wounds: a cut end, a broken character among hundreds.

    Chinese UTF-8 with one lost byte often decodes as GB18030 without an error, into nonsense; text in GBK has
    hardly any valid UTF-8 sequence. So what is mostly valid is UTF-8.
    """
    if body.isascii() or _decodes(body, "utf-8"):
        return True
    text = body.decode("utf-8", "replace")
    wounds = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return wounds * 8 <= beyond_ascii - wounds


def _decodes(body: bytes, name: str) -> bool:
    try:
        body.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True


def _mismatch(claimed: str, name: str, body: bytes) -> tuple[Reason, ...]:
    """Without any label XML claims to be UTF-8; a table claims nothing."""
    if (
        claimed == name
        or not (claimed or body.lstrip().startswith(b"<"))
        or (name == "utf-8" and not claimed)
    ):
        return ()
    return (Reason(CHARSET_MISMATCH, f"labelled {claimed or 'utf-8'}, read as {name}"),)


def _cleaned(body: bytes, name: str, problems: tuple[Reason, ...] = ()) -> Decoded:
    sound = _decodes(body, name)
    if not sound or name != "utf-8":
        text = body.decode(name, "replace")
        if not sound:
            problems += (Reason(INVALID_BYTES, f"{text.count(chr(0xFFFD))} replaced"),)
        body = text.encode("utf-8", "replace")
    kept = body.translate(None, _CONTROLS)
    for noncharacter in _NONCHARACTERS:
        kept = kept.replace(noncharacter, b"")
    if len(kept) != len(body):
        problems += (Reason(CONTROL_CHARACTERS, f"{len(body) - len(kept)} bytes removed"),)
    return Decoded(kept, name, problems)
