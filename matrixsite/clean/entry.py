"""The public face of cleaning: one raw entry in, one safe entry out.

    RawEntry ─► urls ─► text (title) ─► markup (body) ─► furniture, media (what it says) ─► CleanEntry

A function of its arguments: no clock, no files, no state; picklable both ways.
"""

from __future__ import annotations

from matrixsite.clean.body import Body, plain_body
from matrixsite.clean.furniture import credit, excerpt, is_placeholder, is_removal, topics
from matrixsite.clean.markup import clean_markup
from matrixsite.clean.media import cover_of, media_of, resolved
from matrixsite.clean.text import plain_title, unique
from matrixsite.clean.urls import absolute, folded_url
from matrixsite.model import CleanEntry, RawEntry

CLEAN_VERSION: int = (
    2  # raise it with any change of results: the store then cleans its entries again from raw
)

_BASE_LIMIT = 1024  # characters


def clean(raw: RawEntry, *, base: str) -> CleanEntry:
    """Makes an entry safe to store, compare and show.

    `base` is the address of the document; `raw.base` (xml:base) wins over it, and the entry's own page stands
    in where neither is http(s), as with local files.
    """
    base = absolute(raw.base, base) or base
    url = absolute(raw.link, base) if raw.link else ""
    base = base if base.startswith(("http://", "https://")) else url
    title = plain_title(raw.title, is_html=raw.title_is_html)
    body = _body(raw, title, _reference(base), url)
    enclosures = resolved(raw.enclosures, base) if raw.enclosures else ()
    return CleanEntry(
        title=title,
        url=url,
        canonical_url=folded_url(url) if url else "",
        html=body.html,
        text=body.text,
        excerpt=excerpt(body.text, title) if body.text and body.text != title else "",
        cover=cover_of(raw.image, body.embeds, enclosures, base),
        media=media_of(url, body.embeds, enclosures, body.text),
        authors=unique(raw.authors) if raw.authors else (),
        categories=unique(raw.categories) if raw.categories else (),
        topics=topics(title, body.text),
        enclosures=enclosures,
        credit=credit(body.text),
        placeholder=is_placeholder(body.text),
        removed=is_removal(body.text),
    )


def _reference(base: str) -> str:
    """What of the base resolves a body's addresses: no query (RFC 3986, 5.2.2); all of them would repeat a long one."""
    path = base.partition("#")[0].partition("?")[0]
    return path if len(path) <= _BASE_LIMIT else ""


def _body(raw: RawEntry, title: str, base: str, page: str) -> Body:
    """The content, or the summary where the content says nothing."""
    for markup in (raw.content, raw.summary):
        if markup:
            if markup == title and "<" not in markup and "&" not in markup:
                return plain_body([title])  # bridges that know only titles repeat them
            body = clean_markup(markup, base=base, page=page)
            if body.html:
                return body
    return Body()
