"""HTML bodies of entries: media rescued, addresses resolved, written flat, then held to the allow-list.

    feed's HTML ─regular: tag by tag──────────────┬─► walk ─► FlatWriter ─► Draft ─allow_list (nh3), always last─► Body
                └else html_tree (lxml, bounded)───┘

Regular markup needs no parser; lxml tells us what stood in all other (lazy images, WeChat's own tags); nh3 parses as
browsers do and decides. The walk writes only what the allow-list knows, in a shape of bounded depth.
"""

from __future__ import annotations

import re
from contextlib import suppress

from matrixsite.clean.body import Body, Draft, plain_draft
from matrixsite.clean.flat_html import OverlongMarkupError
from matrixsite.clean.html_tree import UnreadableMarkupError
from matrixsite.clean.regular import IrregularMarkupError
from matrixsite.clean.text import plain_lines, stripped, unescaped, without_unsafe
from matrixsite.clean.walk import Walk

MARKUP_LIMIT = 2_000_000  # characters of HTML; longer ones become plain text
_GROWTH = 16  # times its length may a body grow
_GROWN = 16_384  # characters more, however short it is

_ESCAPED_MARKUP = re.compile(
    r"\s*&lt;(?:p|div|section|img|br|span|a|h[1-6]|ul|ol|table|figure|strong|b)(?:\s|/|&gt;)"
)


def clean_markup(markup: str, *, base: str, page: str) -> Body:
    """Cleans an entry's HTML. `base` resolves relative addresses; `page` is where players are linked to.

    Text without a tag is taken as plain lines. Applied to its own `html`, it gives the same again.
    """
    return draft_of(markup, base=base, page=page).made_safe()


def draft_of(markup: str, *, base: str, page: str) -> Draft:
    """`clean_markup` up to the allow-list."""
    room = _GROWTH * len(markup) + _GROWN
    if "<" in markup and len(markup) <= MARKUP_LIMIT:
        with suppress(IrregularMarkupError, OverlongMarkupError):
            return Walk(base, page, room=room).of_regular(markup)
    markup = without_unsafe(markup)
    if "<" not in markup:
        if not ("&" in markup and _ESCAPED_MARKUP.match(markup)):
            return plain_draft(plain_lines(unescaped(markup) if "&" in markup else markup))
        markup = unescaped(markup)  # escaped once too often: it is evidently markup
    if len(markup) > MARKUP_LIMIT:
        return plain_draft(stripped(markup))
    try:
        return Walk(base, page, room=_GROWTH * len(markup) + _GROWN).of_tree(markup)
    except (UnreadableMarkupError, OverlongMarkupError):
        return plain_draft(stripped(markup))
