"""Entries of Atom 1.0 (RFC 4287) as text.

feedgen builds a tree for each and takes several times as long, and a night writes the newest hundred entries of every
list that something came into: that is most of what it writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from matrixsite.site.syndication.items import Item, ItemSource

_TEXT = {"\r": "&#13;"}  # else a parser would take it for a line end
_ATTRIBUTE = {**_TEXT, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


def atom_entry(item: Item) -> str:
    """One `entry`, indented to stand in a feed. All of its texts hold only what XML can carry."""
    return "\n".join(("  <entry>", *_elements(item), *_source(item.source), "  </entry>\n"))


def _elements(item: Item) -> Iterator[str]:
    yield f"    <id>{_text(item.id)}</id>"
    yield f"    <title>{_text(item.title or item.url)}</title>"
    yield f"    <updated>{item.updated.isoformat()}</updated>"
    for author in item.authors:
        yield f"    <author>\n      <name>{_text(author)}</name>\n    </author>"
    if item.html:
        yield f'    <content type="html">{_text(item.html)}</content>'
    if item.url:
        yield f'    <link href="{_value(item.url)}" rel="alternate"/>'
    if item.excerpt:
        yield f"    <summary>{_text(item.excerpt)}</summary>"
    for tag in item.tags:
        yield f'    <category term="{_value(tag)}"/>'
    yield f"    <published>{item.published.isoformat()}</published>"
    yield f"    <rights>{_text(item.rights)}</rights>"
    for file in item.enclosures:
        length = f' length="{file.length}"' if file.length else ""
        place = f'type="{_value(file.type)}" href="{_value(file.url)}"'
        yield f'    <link rel="enclosure" {place}{length}/>'


def _source(source: ItemSource) -> Iterator[str]:
    """Where the entry is from (RFC 4287, 4.2.11)."""
    yield "    <source>"
    yield f"      <id>{_text(source.feed)}</id>"
    yield f"      <title>{_text(source.title)}</title>"
    yield f'      <link rel="self" href="{_value(source.feed)}"/>'
    yield f'      <link rel="alternate" href="{_value(source.page)}"/>'
    yield "    </source>"


def _text(text: str) -> str:
    return escape(text, _TEXT)


def _value(text: str) -> str:
    return escape(text, _ATTRIBUTE)
