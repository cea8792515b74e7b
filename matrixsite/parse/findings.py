"""What single elements add to a feed or an item, as feedparser files it: the part that `adapter` reads.

One function an element, called at its end with its text (stripped) and its attributes; `ITEM` and `FEED` say which.
Each follows the handler of the same name in feedparser's `namespaces`; what is done to texts stands in `texts`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from matrixsite.parse.texts import HTML, PLAIN, author_name, construct, resolved, settled, without_references
from matrixsite.parse.vocabulary import UnusualError

Node = dict[str, Any]
Attributes = dict[str, str]

FEED_LEVEL, ITEM_LEVEL, NESTED = 1, 2, 3  # how deep an element stands, for the rules on titles


@dataclass(slots=True)
class Finding:
    """What has been found of the feed, or of one item, with what later elements depend on."""

    atom: bool
    node: Node = field(default_factory=dict)
    has_content: bool = False
    title_depth: int = 0  # of the last title that says something; 0: none
    own_title_depth: int = 0  # of the title that stands in `node`
    persons: int = 0  # authors of several elements


Action = Callable[[Finding, str, Attributes], None]


def ignored(found: Finding, text: str, attributes: Attributes) -> None:
    """For what feedparser files where nobody looks for it."""


def title(found: Finding, text: str, attributes: Attributes, depth: int = ITEM_LEVEL) -> None:
    value, kind = construct(text, attributes, PLAIN, atom=found.atom)
    if not 0 < found.title_depth <= depth:
        if not 0 < found.own_title_depth < depth:
            found.node["title"], found.own_title_depth = value, depth
        found.node["title_detail"] = {"type": kind, "value": value}
    if value:
        found.title_depth = depth


def media_title(found: Finding, text: str, attributes: Attributes, depth: int = ITEM_LEVEL) -> None:
    """The title of a file: it stands in for the item's own, and gives way to it."""
    before = found.title_depth
    title(found, text, attributes, depth)
    found.title_depth = before


def link(found: Finding, text: str, attributes: Attributes) -> None:
    value = _link(found, text, attributes)
    if value is not None:
        value = without_references(value.replace("&amp;", "&"))
        found.node["link"] = value
        if value:
            attributes["href"] = value


def guid(found: Finding, text: str, attributes: Attributes) -> None:
    permalink = attributes.get("ispermalink", "true") == "true"
    node = found.node
    node["id"] = settled(resolved(text) if permalink else text)
    node.setdefault("guidislink", permalink and "link" not in node)
    if permalink:
        node.setdefault("link", node["id"])


def description(found: Finding, text: str, attributes: Attributes, default: str = HTML) -> None:
    if "summary" in found.node and not found.has_content:
        raise UnusualError  # feedparser takes a second one for content
    value, kind = construct(text, attributes, default, atom=found.atom)
    found.node["summary"] = value
    found.node["summary_detail"] = {"type": kind, "value": value}


def summary(found: Finding, text: str, attributes: Attributes) -> None:
    description(found, text, attributes, PLAIN)


def encoded(found: Finding, text: str, attributes: Attributes, default: str = HTML) -> None:
    found.has_content = True
    value, kind = construct(text, attributes, default, atom=found.atom)
    found.node.setdefault("content", []).append({"type": kind, "value": value})
    found.node.setdefault("summary", value)


def content(found: Finding, text: str, attributes: Attributes) -> None:
    if "src" in attributes:
        raise UnusualError
    encoded(found, text, attributes, PLAIN)


def rights(found: Finding, text: str, attributes: Attributes) -> None:
    found.node["rights"] = construct(text, attributes, PLAIN, atom=found.atom)[0]


def author(found: Finding, text: str, attributes: Attributes) -> None:
    value = settled(text)
    name = author_name(value) if "@" in value else value
    found.node.setdefault("authors", []).append({"name": name} if name else {})


def category(found: Finding, text: str, attributes: Attributes) -> None:
    tags = found.node.setdefault("tags", [])
    if attributes:
        scheme = attributes.get("scheme", attributes.get("domain"))
        _add_tag(tags, attributes.get("term"), scheme, attributes.get("label"))
    if value := settled(text):
        if tags and not tags[-1]["term"]:
            tags[-1]["term"] = value
        else:
            _add_tag(tags, value, None, None)


def media_category(found: Finding, text: str, attributes: Attributes) -> None:
    attributes.setdefault("scheme", "http://search.yahoo.com/mrss/category_schema")
    category(found, text, attributes)


def published(found: Finding, text: str, attributes: Attributes) -> None:
    found.node["published"] = settled(text)


def updated(found: Finding, text: str, attributes: Attributes) -> None:
    found.node["updated"] = settled(text)


def created(found: Finding, text: str, attributes: Attributes) -> None:
    found.node["created"] = settled(text)


def enclosure(found: Finding, text: str, attributes: Attributes) -> None:
    found.node.setdefault("links", []).append(_with_href(attributes) | {"rel": "enclosure"})


def source(found: Finding, text: str, attributes: Attributes) -> None:
    found.title_depth = 0
    value = settled(text)
    url = {"href": attributes["url"]} if "url" in attributes else {}
    found.node["source"] = url | ({"title": value} if value else {})


def media_content(found: Finding, text: str, attributes: Attributes) -> None:
    found.node.setdefault("media_content", []).append(attributes)


def thumbnail(found: Finding, text: str, attributes: Attributes) -> None:
    if text and "url" not in attributes:
        raise UnusualError
    found.node.setdefault("media_thumbnail", []).append(attributes)


def itunes_image(found: Finding, text: str, attributes: Attributes) -> None:
    if href := attributes.get("href") or attributes.get("url"):
        found.node["image"] = {"href": href}


def feed_title(found: Finding, text: str, attributes: Attributes) -> None:
    value, _ = construct(text, attributes, PLAIN, atom=found.atom)
    if not 0 < found.title_depth <= FEED_LEVEL:
        found.node["title"] = value
    if value:
        found.title_depth = FEED_LEVEL


def feed_link(found: Finding, text: str, attributes: Attributes) -> None:
    value = _link(found, text, attributes)
    if value is not None:
        found.node["link"] = without_references(value)


def image_title(found: Finding, text: str, attributes: Attributes) -> None:
    """Of the feed's logo: it only bears on which titles of the feed count."""
    if attributes:
        raise UnusualError
    if text:
        found.title_depth = ITEM_LEVEL


def _link(found: Finding, text: str, attributes: Attributes) -> str | None:
    """Files a link; the address that stands in its text where it stands in no attribute."""
    relation = attributes.setdefault("rel", "alternate")
    attributes.setdefault("type", "application/atom+xml" if relation == "self" else HTML)
    attributes = _with_href(attributes)
    found.node.setdefault("links", []).append(attributes)
    if "href" not in attributes:
        return settled(resolved(text))
    attributes["href"] = resolved(attributes["href"])
    if relation == "alternate" and attributes["type"] in ("html", HTML, "xhtml", "application/xhtml+xml"):
        found.node["link"] = attributes["href"]
    return None


def _with_href(attributes: Attributes) -> Attributes:
    """With the address under its name in Atom."""
    href = attributes.get("url", attributes.get("uri", attributes.get("href")))
    if href:
        attributes.pop("url", None)
        attributes.pop("uri", None)
        attributes["href"] = href
    return attributes


def _add_tag(tags: list[Node], term: str | None, scheme: str | None, label: str | None) -> None:
    if term or scheme or label:
        tag = {"term": term, "scheme": scheme, "label": label}
        if tag not in tags:
            tags.append(tag)


ITEM: Final[dict[str, Action]] = {
    **dict.fromkeys(("title", "dc_title"), title),
    "media_title": media_title,
    "link": link,
    **dict.fromkeys(("guid", "id"), guid),
    **dict.fromkeys(("description", "dc_description", "media_description"), description),
    **dict.fromkeys(("summary", "itunes_summary"), summary),
    "content_encoded": encoded,
    "content": content,
    **dict.fromkeys(("rights", "copyright", "dc_rights"), rights),
    **dict.fromkeys(("author", "managingeditor", "dc_author", "dc_creator", "itunes_author"), author),
    **dict.fromkeys(("category", "dc_subject"), category),
    "media_category": media_category,
    **dict.fromkeys(("published", "issued", "pubdate", "dcterms_issued"), published),
    **dict.fromkeys(("updated", "modified", "lastbuilddate", "dc_date", "dcterms_modified"), updated),
    **dict.fromkeys(("created", "dcterms_created"), created),
    "enclosure": enclosure,
    "source": source,
    "media_content": media_content,
    "media_thumbnail": thumbnail,
    "itunes_image": itunes_image,
    **dict.fromkeys(("dc_publisher", "webmaster", "language", "dc_language", "generator"), ignored),
    **dict.fromkeys(("itunes_explicit", "itunes_block", "itunes_subtitle", "media_credit"), ignored),
}
_OF_ITEMS_ONLY = ("summary", "itunes_summary", "content_encoded", "content", "source", "media_title")
FEED: Final[dict[str, Action]] = {
    **{name: ignored for name in ITEM if name not in _OF_ITEMS_ONLY},
    **dict.fromkeys(("subtitle", "tagline", "cloud", "itunes_category"), ignored),
    **dict.fromkeys(("title", "dc_title"), feed_title),
    "link": feed_link,
    **dict.fromkeys(("guid", "id"), guid),
}
IMAGE: Final[dict[str, Action]] = {
    **dict.fromkeys(("url", "link", "description", "width", "height"), ignored),
    "title": image_title,
}
