"""Entries written as text say what was put in, whatever the characters."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from matrixsite.model import Enclosure
from matrixsite.site.syndication.items import Item, ItemSource, Syndicated
from matrixsite.site.syndication.xml_feeds import atom

A = "{http://www.w3.org/2005/Atom}"
WHEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
# XML 1.0, 2.2: Char; a value's line ends are references, so that they are read as they were written
TEXTS = st.text(
    st.one_of(st.sampled_from("<>&\"'\t\n\r]"), st.characters(exclude_categories=["Cs", "Cc", "Cn"]))
)


def _item(text: str) -> Item:
    return Item(
        id=text,
        title=text,
        url=text,
        original=text,
        excerpt=text,
        html=text,
        cover=text,
        published=WHEN,
        updated=WHEN,
        authors=(text,),
        tags=(text,),
        enclosures=(Enclosure(text, text, 7),),
        source=ItemSource(text, text, text),
        rights=text,
        carriers=1,
    )


@given(TEXTS.filter(bool))
def test_what_is_put_in_is_read_back(text: str) -> None:
    feed = Syndicated("题", "述", "zh-CN", "https://x.org/", "https://x.org/feed.atom.xml", (_item(text),))
    (entry,) = etree.fromstring(atom(feed)).findall(f"{A}entry")
    places = ("id", "title", "author/name", "content", "summary", "rights", "source/id", "source/title")
    read = {place: entry.findtext("/".join(f"{A}{step}" for step in place.split("/"))) for place in places}
    assert read == dict.fromkeys(places, text)
    links = {link.get("rel"): dict(link.attrib) for link in entry.findall(f"{A}link")}
    assert links == {
        "alternate": {"rel": "alternate", "href": text},
        "enclosure": {"rel": "enclosure", "type": text, "href": text, "length": "7"},
    }
    assert [tag.get("term") for tag in entry.findall(f"{A}category")] == [text]
    assert {link.get("href") for link in entry.findall(f"{A}source/{A}link")} == {text}


def test_what_there_is_not_is_not_said() -> None:
    bare = Item("i", "", "", "", "", "", "", WHEN, WHEN, (), (), (), ItemSource("s", "p", "f"), "r", 1)
    feed = Syndicated("题", "述", "zh-CN", "https://x.org/", "https://x.org/feed.atom.xml", (bare,))
    (entry,) = etree.fromstring(atom(feed)).findall(f"{A}entry")
    assert [child.tag.removeprefix(A) for child in entry] == [
        "id",
        "title",
        "updated",
        "published",
        "rights",
        "source",
    ]
