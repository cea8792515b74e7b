"""The public face of cleaning: one raw entry in, one safe entry out.

    RawEntry ─► urls ─► text (title) ─► markup (body) ─► furniture, media (what it says) ─► CleanEntry

A function of its arguments: no clock, no files, no state; picklable both ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matrixsite.clean.body import Body, Draft, plain_draft
from matrixsite.clean.furniture import credit, excerpt, is_placeholder, is_removal, topics
from matrixsite.clean.markup import draft_of
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
    return clean_all((raw,), base=base)[0]


def clean_all(raws: Sequence[RawEntry], *, base: str) -> list[CleanEntry]:
    """`clean` for the entries of one document.

    One step for all of them, then the next: in turn they would drive each other's code out of the processor's cache.
    """
    drafts = [_drafted(raw, base) for raw in raws]
    bodies = [draft.body.made_safe() for draft in drafts]
    return [_finished(draft, body) for draft, body in zip(drafts, bodies, strict=True)]


@dataclass(frozen=True, slots=True)
class _Drafted:
    raw: RawEntry
    base: str
    url: str
    title: str
    body: Draft


def _drafted(raw: RawEntry, base: str) -> _Drafted:
    if raw.base:
        base = absolute(raw.base, base) or base
    url = absolute(raw.link, base) if raw.link else ""
    base = base if base.startswith(("http://", "https://")) else url
    title = plain_title(raw.title, is_html=raw.title_is_html)
    return _Drafted(raw, base, url, title, _body(raw, title, _reference(base), url))


def _finished(draft: _Drafted, body: Body) -> CleanEntry:
    raw, title, url, base = draft.raw, draft.title, draft.url, draft.base
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


def _body(raw: RawEntry, title: str, base: str, page: str) -> Draft:
    """The content, or the summary where the content says nothing."""
    for markup in (raw.content, raw.summary):
        if markup:
            if markup == title and "<" not in markup and "&" not in markup:
                return plain_draft([title])  # bridges that know only titles repeat them
            if draft := draft_of(markup, base=base, page=page):
                return draft
    return Draft()
