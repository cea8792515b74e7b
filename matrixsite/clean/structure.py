"""Which structure of a body is one: what may stand in what, and which tables hold facts rather than layout."""

from __future__ import annotations

import re

from lxml import etree

from matrixsite.clean.images import Element

_KEPT = {"td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",)}
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")


def has_place(tag: str, container: str) -> bool:
    """Whether HTML lets a container stand directly in another."""
    if tag == "li":
        return container in ("ul", "ol")
    if tag in ("dt", "dd"):
        return container == "dl"
    if tag == "tr":
        return container == "tbody"
    if tag in ("td", "th"):
        return container == "tr"
    if tag == "figcaption":
        return container == "figure"
    if container in ("ul", "ol", "dl"):
        return tag in ("ul", "ol")
    return tag != "tbody" and container not in ("tbody", "tr")


def holds_facts(table: etree._Element) -> bool:
    """Whether all words of a table stand in cells of its rows, two or more to some row."""
    if table.find(".//table") is not None or _has_words(table):
        return False
    widest = 0
    for part in table:
        if part.tag not in ("tr", "thead", "tbody", "tfoot", "colgroup", "col") or (part.tail or "").strip():
            return False
        rows = [part] if part.tag == "tr" else list(part)
        if part.tag != "tr" and _has_words(part):
            return False
        for row in rows:
            if part.tag in ("colgroup", "col"):
                continue
            cells = list(row)
            if (
                row.tag != "tr"
                or _has_words(row)
                or any(c.tag not in ("td", "th") or (c.tail or "").strip() for c in cells)
            ):
                return False
            widest = max(widest, len(cells))
    return widest > 1


def _has_words(element: etree._Element) -> bool:
    return bool((element.text or "").strip())


def kept_attributes(element: Element, tag: str) -> str:
    """The attributes of a container that say something of its structure, as markup."""
    names = _KEPT.get(tag)
    if names is None:
        return ""
    kept = ((name, (element.get(name) or "").strip()) for name in names)
    return "".join(f' {name}="{value}"' for name, value in kept if _NUMBER.fullmatch(value) and value != "1")
