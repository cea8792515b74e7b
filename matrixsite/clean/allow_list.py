"""The allow-list: the last word on every body. Nothing is done to markup after it."""

from __future__ import annotations

import re

import nh3

INLINE = frozenset(
    (
        *("a", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "mark"),
        *("code", "kbd", "samp", "var", "cite", "q"),
    )
)
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    (
        *("p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption", "hr"),
        *("table", "tbody", "tr", "td", "th"),
    )
)
MEDIA_LINK = "media-link"  # class of the links that stand where a player was
LINK_REL = "noopener noreferrer nofollow"
_LONG = 8192  # characters
_LONG_TEXT = re.compile(rf"(?<=>)[^<>]{{{_LONG}}}[^<>]*")
_PIECE = re.compile(r"(?:[^&]|&[a-z]{1,6};){4096}")  # of escaped text: no reference is cut

_POLICY = nh3.Cleaner(
    tags=set(INLINE | BLOCKS | {*HEADINGS, "br", "img"}),
    clean_content_tags={
        "script",
        "style",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "noscript",
        "textarea",
        "title",
    },
    attributes={
        "a": {"href"},
        "img": {"src", "alt", "width", "height"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "ol": {"start"},
    },
    allowed_classes={"a": {MEDIA_LINK}},
    # Values that are allowed rather than set: ammonia sets attributes in the order of a seeded hash map,
    # which differs from process to process, and equal inputs must give equal bytes.
    tag_attribute_values={"img": {"loading": {"lazy"}, "referrerpolicy": {"no-referrer"}}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=LINK_REL,
    strip_comments=True,
)


def sanitised(html: str) -> str:
    """`html` as a browser's parser understands it, reduced to the allow-list.

    Its depth must be bounded: nh3's parser is quadratic in it (100,000 nested elements take 38 seconds). So is its
    writer in the length of a text that `&` and no-break spaces run through: a comment, which the policy drops,
    parts it.
    """
    if len(html) > _LONG:
        html = _LONG_TEXT.sub(lambda text: _PIECE.sub(r"\g<0><!---->", text[0]), html)
    return _POLICY.clean(html)
