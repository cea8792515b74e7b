"""Plain text: what XML and UTF-8 can carry, titles on one line, cuts that leave characters whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import unescape

TITLE_LIMIT = 300  # characters
_READ_LIMIT = 4000  # characters of a title looked at: bounds the time that a hostile one costs

# What XML 1.0 (2.2) or UTF-8 can't carry, C1 controls, U+FEFF, and the bidi embeddings and overrides, which
# have no place in prose. Isolates (U+2066-2069) do: they end with their paragraph, and go from one-line texts
# only.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\u202a-\u202e]"
)
BLANKS = re.compile("[ \t\n\r\f\u2028\u2029]+")  # what HTML collapses, and Unicode's line ends
_SIGNS = re.compile(r"[\W_]+")  # what is neither letter nor digit, as `str.isalnum` has it
# The forms that most Chinese texts have: what they are in NFKC, each by itself.
_WIDE = tuple(
    (wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；！？（）％０１２３４５６７８９…\u3000｜～"
)
_ISOLATES = re.compile("[\u2066-\u2069\u200b]")
_MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q|s|script|section|small|span"
    r"|strike|strong|style|sub|sup|svg|table|td|tr|tt|u|ul|video|audio|iframe)(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
# An open comment runs to the end, as in browsers: sought from each `<!--` anew, its end would cost quadratic time.
_ANY_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*>|!--(?:.*?-->|.*)|![a-zA-Z\[][^<>]*>)", re.DOTALL)
_UNREAD = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_KNOWN_ENTITY = re.compile(
    r"&(?:amp|quot|apos|nbsp|ldquo|rdquo|lsquo|rsquo|hellip|mdash|ndash|middot|#39|#34|#x27|#160);"
)
_ENDLESS_NUMBER = re.compile(r"&#[0-9]{16,};?")
_BLOCK_END = re.compile(
    r"<(?:/(?:p|div|section|li|tr|h[1-6]|blockquote|pre|table|ul|ol)|br|hr|p|div|li)\b[^<>]*>", re.IGNORECASE
)


def without_unsafe(text: str) -> str:
    """`text` without the characters that XML 1.0 or UTF-8 can't carry and without bidi overrides."""
    return _UNSAFE.sub("", text) if _UNSAFE.search(text) else text


def one_line(text: str, limit: int = TITLE_LIMIT) -> str:
    """`text` as one line: safe characters, single blanks, no bidi control, at most `limit` long."""
    if not text:
        return ""
    if len(text) > limit:  # nothing behind its cut is looked at where that needs no folding
        start = text[: limit + 1]
        if start.isprintable() and "  " not in start and " " not in (start[0], start[-1]):
            return cut(start, limit)
    if not (text.isprintable() and "  " not in text):
        text = " ".join(_ISOLATES.sub("", without_unsafe(text.replace("\u2028", " "))).split())
        if not any(map(str.isprintable, text.replace(" ", ""))):
            return ""  # nothing that can be seen: a link of such words couldn't be followed
    return cut(text.strip(), limit)


def plain_title(title: str, *, is_html: bool = False) -> str:
    """A title as plain text on one line, of at most 300 characters.

    Tags are stripped where the title is HTML or evidently holds markup; then entities are decoded once, and
    once more where a double escape left one of a known character. That second time never yields `<` or `>`,
    and nothing is stripped after decoding: `&lt;b&gt;` is a title that speaks of `<b>`; the page escapes it.
    """
    if "<" in title or "&" in title:
        title = title[:_READ_LIMIT]
        if "<" in title and (is_html or _MARKUP.search(title)):
            title = (_ANY_TAG if is_html else _MARKUP).sub(_gap, _UNREAD.sub("", title))
        if "&" in title:
            title = _KNOWN_ENTITY.sub(lambda match: unescape(match[0]), unescaped(title))
    return one_line(title)


def unescaped(text: str) -> str:
    """`text` with its character references decoded; one of no character, however long, is U+FFFD.

    The standard library raises at numbers of over 4,300 digits.
    """
    return unescape(_ENDLESS_NUMBER.sub("\ufffd", text))


def stripped(markup: str) -> list[str]:
    """The lines of markup too deep or too long to be parsed: tags cut out in one pass, in linear time."""
    pieces = _BLOCK_END.sub("\n", _without_unread(markup))
    return plain_lines(unescaped(re.sub(r"<[^<>]*>", "", pieces)))


def plain_lines(text: str) -> list[str]:
    """The lines of a text that is not markup, blank ones left out."""
    lines = (BLANKS.sub(" ", without_unsafe(line)).strip() for line in text.splitlines())
    return [line for line in lines if line]


def cut(text: str, limit: int) -> str:
    """`text`, or its start with `…`, at most `limit` long; what is seen as one character stays whole."""
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > limit - 33 and end > 0 and _joined(text[end - 1], text[end]):
        end -= 1
    return text[:end].rstrip() + "…"


def unique(texts: Iterable[str], limit: int = 100) -> tuple[str, ...]:
    """Names as lines of plain text, each once, in the order given, at most `limit`; blank ones left out."""
    lines = dict.fromkeys(one_line(unescaped(text) if "&" in text else text, 100) for text in texts)
    lines.pop("", None)
    return tuple(lines)[:limit]


def folded(text: str) -> str:
    """Letters and digits only, width and case folded: for asking whether two texts say the same."""
    return _SIGNS.sub("", nfkc(text).casefold())


def nfkc(text: str) -> str:
    """`text` in NFKC: one width. Where nothing but common punctuation is to be changed, in a tenth of the time."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    for wide, narrow in _WIDE:
        if wide in text:
            text = text.replace(wide, narrow)
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def _gap(match: re.Match[str]) -> str:
    """What a tag leaves behind: a break between words where it broke the line, else nothing."""
    return " " if re.match(r"</?(?:br|p|div|li|h[1-6]|tr|td)\b", match[0], re.IGNORECASE) else ""


def _without_unread(markup: str) -> str:
    """Cuts scripts and styles out; by splitting, since a pattern with a far end would be quadratic."""
    for tag in ("script", "style"):
        if f"<{tag}" in markup.lower():
            first, *rest = re.split(f"<{tag}", markup, flags=re.IGNORECASE)
            ends = (re.split(f"</{tag}[^<>]*>", piece, maxsplit=1, flags=re.IGNORECASE) for piece in rest)
            markup = first + "".join(after for _, *read in ends for after in read)
    return markup


def _joined(before: str, after: str) -> bool:
    """Whether two neighbours belong to one grapheme (the cases of UAX 29 that text of our feeds holds)."""
    return (
        before == "\u200d"
        or after in "\u200d\ufe0e\ufe0f\u20e3"
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or all("\U0001f1e6" <= letter <= "\U0001f1ff" for letter in (before, after))  # a flag
        or unicodedata.category(after) in ("Mn", "Me", "Mc")
    )
