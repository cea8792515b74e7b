"""The facts of an HTML page: its links and ids, and what our policy and good manners forbid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from matrixsite.site.checking.facts import Notes, PageFacts
from matrixsite.site.checking.findings import LINKS, MARKUP, MENTIONS, POLICY, SIZE
from matrixsite.site.checking.targets import Site

LARGEST = 100_000  # bytes of a page

_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
_LINKING = frozenset({"href", "src", "poster", "data", "action", "formaction"})
_ABSOLUTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_CANDIDATE = re.compile(r"\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+[\d.]+[wx])?\s*(?:,|$)")  # of a srcset
_REFRESH = re.compile(r"\s*[\d.]+\s*[;,]?\s*(?:url\s*=\s*)?['\"]?([^'\"]*)", re.IGNORECASE)
_SCRIPTS = frozenset({"", "module", "importmap", "speculationrules", "text/javascript"})
_ADDRESSED = frozenset({"og:url", "og:image", "twitter:image"})


def page_facts(content: bytes, path: str, site: Site) -> PageFacts:
    """The facts of the page at `path`."""
    notes = Notes(path, site)
    if len(content) > LARGEST:
        notes.broken(SIZE, f"it has {len(content) // 1000:,} KB, over {LARGEST // 1000}")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        notes.broken(MARKUP, f"byte {error.start} is not UTF-8")
    root = etree.fromstring(content, _PARSER) if content.strip() else None
    if root is None:  # nothing but comments
        notes.broken(MARKUP, "the page is empty")
        return notes.facts()
    _head(root, notes)
    for element in root.iter(etree.Element):
        _element(element, notes)
    return notes.facts()


def _head(root: etree._Element, notes: Notes) -> None:
    if not (root.get("lang") or "").strip():
        notes.broken(MARKUP, "the html element has no lang")
    if not (root.findtext("head/title") or "").strip():
        notes.broken(MARKUP, "it has no title")


def _element(element: etree._Element, notes: Notes) -> None:
    tag = element.tag
    for name, value in element.items():
        if name == "id" or (name == "name" and tag == "a"):
            _named(name, value, notes)
        elif name in _LINKING and (name != "data" or tag == "object"):
            notes.leads_to(value, MENTIONS if _may_be_stated(element) and _ABSOLUTE.match(value) else LINKS)
        elif name == "srcset":
            notes.lead_to(_CANDIDATE.findall(value), LINKS)
        elif name == "style":
            notes.broken(POLICY, f"<{tag}> has a style of its own")
        elif name.startswith("on"):
            notes.broken(POLICY, f"<{tag}> has a script in {name}")
    if check := _CHECKS.get(tag):
        check(element, notes)


def _may_be_stated(element: etree._Element) -> bool:
    """Whether a publisher may have named its address: in a text, as a picture, as where an entry was published."""
    return element.tag in ("a", "img") or (element.tag == "link" and element.get("rel") == "canonical")


def _named(attribute: str, value: str, notes: Notes) -> None:
    if attribute == "id" and value in notes.ids:
        notes.broken(MARKUP, f"the id {value!r} stands twice")
    notes.ids.add(value)


def _script(element: etree._Element, notes: Notes) -> None:
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    if element.get("src") is None and (kind in _SCRIPTS or kind.endswith(("javascript", "ecmascript"))):
        notes.broken(POLICY, "it has an inline script")


def _style(_: etree._Element, notes: Notes) -> None:
    notes.broken(POLICY, "it has an inline style sheet")


def _image(element: etree._Element, notes: Notes) -> None:
    if element.get("alt") is None:
        notes.broken(MARKUP, f"the picture {(element.get('src') or '')[:200]!r} has no alt")
    if not (element.get("src") or element.get("srcset")):
        notes.broken(MARKUP, "a picture has no src")


def _base(_: etree._Element, notes: Notes) -> None:
    notes.broken(POLICY, "it has a base element")


def _meta(element: etree._Element, notes: Notes) -> None:
    content = element.get("content") or ""
    if (element.get("http-equiv") or "").lower() == "refresh":
        notes.lead_to(_refreshed(content), LINKS)
    elif (property_ := (element.get("property") or element.get("name") or "").lower()) in _ADDRESSED:
        notes.leads_to(content, LINKS if property_ == "og:url" else MENTIONS)


def _refreshed(content: str) -> Iterator[str]:
    if (found := _REFRESH.match(content)) and found[1].strip():
        yield found[1]


_CHECKS = {"script": _script, "style": _style, "img": _image, "base": _base, "meta": _meta}
