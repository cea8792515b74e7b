"""Lists for programs: OPML 2.0, sitemaps, and robots.txt where it names them.

http://opml.org/spec2.opml, https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from matrixsite.site.checking.dates import is_rfc_822, is_w3c
from matrixsite.site.checking.elements import absolute_link, is_absolute, text_of
from matrixsite.site.checking.facts import Notes
from matrixsite.site.checking.findings import FEEDS, SITEMAPS

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOST_ADDRESSES = 50_000
LARGEST_SITEMAP = 50 * 1024 * 1024  # bytes, not compressed
LONGEST_ADDRESS = 2047  # characters


def check_opml(root: etree._Element, notes: Notes) -> None:
    """An `opml` document."""
    if root.get("version") not in ("1.0", "1.1", "2.0"):
        notes.broken(FEEDS, f"its version is {root.get('version')!r}, not 2.0")
    for name in ("head", "body"):
        if root.find(name) is None:
            notes.broken(FEEDS, f"it has no {name}")
    for name in ("dateCreated", "dateModified"):
        if (date := root.findtext(f"head/{name}")) is not None and not is_rfc_822(date.strip()):
            notes.broken(FEEDS, f"{name} is {date!r}, no date of RFC 822")
    for number, outline in enumerate(root.iter("outline"), 1):
        _outline(outline, f"outline {number}", notes)


def _outline(outline: etree._Element, where: str, notes: Notes) -> None:
    if outline.get("text") is None:
        notes.broken(FEEDS, f"{where} has no text")
    if outline.get("type") == "rss" and not outline.get("xmlUrl"):
        notes.broken(FEEDS, f"{where} is a feed without xmlUrl")
    for name in ("xmlUrl", "htmlUrl"):
        if address := outline.get(name):
            absolute_link(address, notes, f"{name} of {where}")


def check_sitemap(root: etree._Element, size: int, notes: Notes) -> None:
    """A `urlset` or a `sitemapindex` document of `size` bytes."""
    name = "url" if root.tag == f"{SITEMAP}urlset" else "sitemap"
    listed = root.findall(SITEMAP + name)
    if not 0 < len(listed) <= MOST_ADDRESSES:
        notes.broken(SITEMAPS, f"it lists {len(listed):,} addresses: 1 to {MOST_ADDRESSES:,} are allowed")
    if size > LARGEST_SITEMAP:
        notes.broken(SITEMAPS, f"it has {size:,} bytes, over {LARGEST_SITEMAP:,}")
    for place in listed:
        date = text_of(place, f"{SITEMAP}lastmod")
        if date and not is_w3c(date):
            notes.broken(SITEMAPS, f"lastmod {date!r} is no W3C date")
    _addresses([text_of(place, f"{SITEMAP}loc") for place in listed], notes)


def _addresses(addresses: Iterable[str], notes: Notes) -> None:
    seen: set[str] = set()
    for address in addresses:
        if not is_absolute(address) or not notes.leads_to(address, SITEMAPS):
            notes.broken(SITEMAPS, f"loc {address[:200]!r} is no address of this site")
        if len(address) > LONGEST_ADDRESS:
            notes.broken(SITEMAPS, f"an address has {len(address):,} characters, over {LONGEST_ADDRESS:,}")
        if address in seen:
            notes.broken(SITEMAPS, f"{address[:200]!r} stands twice")
        seen.add(address)


def check_robots(content: bytes, notes: Notes) -> None:
    """The `Sitemap:` lines of robots.txt."""
    for line in content.decode("utf-8", "replace").splitlines():
        field, _, value = line.partition("#")[0].partition(":")
        if field.strip().lower() == "sitemap":
            absolute_link(value.strip(), notes, "a Sitemap line", SITEMAPS)
