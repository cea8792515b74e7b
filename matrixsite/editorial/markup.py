"""Editors' Markdown as safe HTML.

Editors are trusted with words, not with scripts: a page may be pasted from anywhere. Their allow-list is
wider than that for feeds: tables, and pictures that lie in content/.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

_TAGS = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "blockquote",
            "br",
            "cite",
            "code",
            "del",
            "em",
            "hr",
            "i",
            "img",
            "ins",
            "p",
            "pre",
        ),
        *(
            "q",
            "s",
            "small",
            "strong",
            "sub",
            "sup",
            "u",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "figure",
            "figcaption",
        ),
        *("dl", "dt", "dd", "ol", "ul", "li"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    )
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_ADDED = {"img": {"referrerpolicy": "no-referrer", "loading": "lazy"}}
_ABSOLUTE = re.compile(r"(https?|mailto):", re.IGNORECASE)
_INSIDE = re.compile(r"(?!/)(?:(?!\.\.?(?:/|$))[^/:\\\s]+/)*[^/:\\\s]*")  # no scheme, no root, no way up

_IDEOGRAPH = "[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_BROKEN_LINE = re.compile(f"(?<={_IDEOGRAPH})\n(?={_IDEOGRAPH})")


def rendered(text: str) -> str:
    """Markdown (with tables) as sanitised HTML. Relative addresses are left as written: relative to content/.

    A line break inside a Chinese sentence leaves no gap, unlike that between two Latin words.
    """
    return _sanitised(_BROKEN_LINE.sub("", _converter().reset().convert(text)), "")


def rebased(html: str, root: str) -> str:
    """`rendered` HTML for a page from which the top of the site is reached by `root`, such as `../../`."""
    return _sanitised(html, root)


def _sanitised(html: str, root: str) -> str:
    import nh3

    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=partial(_address, root),
        set_tag_attribute_values=_ADDED,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


def _address(root: str, tag: str, attribute: str, value: str) -> str | None:
    if attribute not in ("href", "src"):
        return value
    address = value.strip()
    if _ABSOLUTE.match(address) or address.startswith("#"):
        return address
    return root + address if _INSIDE.fullmatch(address) else None


@cache
def _converter() -> Markdown:
    from markdown import Markdown

    return Markdown(extensions=["tables", "sane_lists"], output_format="html")


def is_address(text: str) -> bool:
    """Whether `text` is an http(s) address."""
    return re.fullmatch(r"https?://[^\s/?#]\S*", text, re.IGNORECASE) is not None


def is_picture(text: str) -> bool:
    """Whether `text` can name a picture: an http(s) address, or a path inside content/."""
    return is_address(text) or bool(text and _INSIDE.fullmatch(text))
