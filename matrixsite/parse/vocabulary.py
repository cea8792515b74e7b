"""What feedparser makes of the names in a feed, as far as one quick pass has to know it.

feedparser looks elements up by a name of its own: the prefix that it knows a namespace by, and the local name in lower
case. The tables here are its own (a test compares them): a name that stands in none of them is one that it only
files away, where nobody looks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

ATOM: Final = "http://www.w3.org/2005/atom"  # in lower case, as feedparser compares
XML: Final = "http://www.w3.org/xml/1998/namespace"

# Namespaces whose elements feedparser has handlers for, by its prefix. The blank one is that of Atom: its elements
# are taken for those of RSS that have the same name.
PREFIXES: Final = {
    ATOM: "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://backend.userland.com/creativecommonsrssmodule": "creativeCommons",
    "http://web.resource.org/cc/": "cc",
    "http://www.georss.org/georss": "georss",
    "http://www.opengis.net/gml": "gml",
    "http://podlove.org/simple-chapters": "psc",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/threading/": "thr",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    XML: "xml",
}
# Namespaces that feedparser reads as if there were none, or that change how it names attributes.
REFUSED: Final = frozenset(
    {
        "http://blogs.law.harvard.edu/tech/rss",
        "http://purl.org/rss/1.0/",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://example.com/newformat#",
        "http://example.com/necho",
        "http://purl.org/echo/",
        "uri/of/echo/namespace#",
        "http://purl.org/pie/",
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0/modules/rss091#",
        "http://www.w3.org/1999/xlink",
    }
)
_ANY_USERLAND = "backend.userland.com/rss"  # anywhere in a namespace's name makes it one of the blank ones

# Every element that feedparser has a handler for.
_HANDLED = """
    abstract author body category cc_license channel cloud content content_encoded contributor copyright created
    creativecommons_license dc_author dc_contributor dc_creator dc_date dc_description dc_language dc_publisher
    dc_rights dc_subject dc_title dcterms_created dcterms_issued dcterms_modified dcterms_valid description email
    enclosure entry expirationdate feed feedburner_browserfriendly fullitem generator geom georss_box georss_line
    georss_point georss_polygon georss_where georssgeom gml_exterior gml_linearring gml_linestring gml_point
    gml_polygon gml_pos gml_poslist guid height homepage id image info issued item itunes_author itunes_block
    itunes_category itunes_email itunes_explicit itunes_image itunes_keywords itunes_link itunes_name itunes_owner
    itunes_subtitle itunes_summary keywords language lastbuilddate link managingeditor media_category media_content
    media_credit media_description media_group media_keywords media_license media_player media_rating
    media_restriction media_thumbnail media_title modified name newlocation psc_chapter psc_chapters pubdate
    published rights rss source subtitle summary tagline tags textinput title updated uri url webmaster where width
    xhtml_body
"""
HANDLED: Final = frozenset(_HANDLED.split())
# Names under which feedparser, or what reads its result, would find what an unknown element left there.
_FILED = """
    authors authors_detail contributors copyright_detail date date_parsed description_detail enclosures entries
    guidislink href issued_parsed items license links modified_parsed published_parsed publisher summary_detail
    title_detail updated_parsed
"""
FILED: Final = frozenset(_FILED.split())
_OWN_PREFIXES: Final = frozenset(name.partition("_")[0] for name in HANDLED | FILED) | set(PREFIXES.values())


class UnusualError(Exception):
    """The document holds something of which the quick pass can't be sure that it reads it as feedparser does."""


@dataclass(slots=True)
class Names:
    """The namespaces that one document declares. A prefix that stands for two, or for another's, is unusual."""

    most: int
    declared: dict[str, str] = field(default_factory=dict)  # prefix: namespace
    unknown: dict[str, str] = field(default_factory=dict)  # namespace: the first prefix declared for it

    def declare(self, prefix: str | None, uri: str | None) -> None:
        """Note a declaration. Raises `UnusualError`."""
        lower = (uri or "").lower()
        if len(lower.split()) != 1 or lower in REFUSED or _ANY_USERLAND in lower:
            raise UnusualError
        known = PREFIXES.get(lower)
        if prefix is None:
            if known:  # a default namespace, on which names depend that have no prefix
                raise UnusualError
            return
        if self.declared.setdefault(prefix, lower) != lower or len(self.declared) > self.most:
            raise UnusualError
        if known is None:
            self.unknown.setdefault(uri or "", prefix)
        if prefix.lower() in _OWN_PREFIXES and prefix != known:
            raise UnusualError

    def element(self, name: str) -> str:
        """feedparser's name for an element that expat calls `uri local prefix`. Raises `UnusualError`."""
        uri, *rest = name.split(" ") if " " in name else ("", name)
        local = rest[0].lower()
        if local in ("math", "svg", "deleted-entry"):  # markup within a text; what `limits` looks for
            raise UnusualError
        prefix = PREFIXES.get(uri.lower())
        if prefix is None:
            prefix = self.unknown.get(uri, "")
        return f"{prefix.lower()}_{local}" if prefix else local


def attributes_of(given: dict[str, str], most: int, longest: int) -> dict[str, str]:
    """An element's attributes by the names and with the values that feedparser takes them for.

    Raises `UnusualError` for a base, for two of one name, for names of a namespace that might pass for bare ones, and
    for more or longer ones than `most` and `longest`.
    """
    if len(given) > most:
        raise UnusualError
    found: dict[str, str] = {}
    for name, value in given.items():
        uri, _, local = name.partition(" ")
        key = name.lower() if not local else ""
        if local:
            key = f"{PREFIXES.get(uri.lower()) or ''}:{local.partition(' ')[0].lower()}"
            if key.startswith((":", "rdf:")) or key == "xml:base":
                raise UnusualError
        if key in found or key in ("base", "xmlns") or len(value) > longest:
            raise UnusualError
        found[key] = value.lower() if key in ("rel", "type") else value
    return found
