"""Where a link leads, seen from the file it stands in: the arithmetic of addresses (RFC 3986, section 5)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from matrixsite.site.checking.findings import Rule
from matrixsite.site.urls import NOT_FOUND, base_path

_REFUSED = frozenset({"javascript", "vbscript", "file"})
_PORTS = {"http": 80, "https": 443}


class TargetError(ValueError):
    """A link that no reader can follow, worded for the report."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site is published: what tells its addresses from others."""

    host: str  # with the port where it isn't the scheme's own
    base: str  # path of its root on the host, with both slashes


@dataclass(frozen=True, slots=True)
class Target:
    """A place inside the site that something links to."""

    path: str  # of a file or folder below the root; empty is the root
    fragment: str
    link: str  # as written
    rule: Rule  # broken where there is no such place


def site_of(url: str) -> Site:
    """The site published at `url` (site.url)."""
    return Site(_host(urlsplit(url)), base_path(url))


def target_of(link: str, page: str, site: Site, rule: Rule) -> Target | None:
    """The place inside the site that `link` names where it stands in the file `page`; None where it is elsewhere.

    Raises TargetError for a link that can't be followed.
    """
    written = link.strip(" \t\r\n\f")
    if not written or written[0] in "#?":
        return Target(page, _fragment(written.partition("#")[2]), written, rule)
    if page == NOT_FOUND and not written.startswith("/") and not urlsplit(written).scheme:
        raise TargetError(f"links to {written!r}, but answers at any depth: only links from the root hold")
    placed = _placed(written, posixpath.dirname(page), site)
    return Target(*placed, written, rule) if placed else None


@lru_cache(maxsize=20_000)
def _placed(link: str, folder: str, site: Site) -> tuple[str, str] | None:
    """Path and fragment that a link in a file of `folder` names; files of one folder share most of theirs."""
    try:
        parts = urlsplit(link)
        host = _host(parts)
    except ValueError as error:
        raise TargetError(f"links to {link[:200]!r}, which is no address ({error})") from None
    if parts.scheme in _REFUSED:
        raise TargetError(f"links to {link[:200]!r}, which no page may lead to")
    if parts.scheme not in ("", *_PORTS) or (host and host != site.host):
        return None
    if parts.scheme and not host:
        raise TargetError(f"links to {link[:200]!r}, an address without a host")
    fragment, path = _fragment(parts.fragment), unquote(parts.path)
    if host or path.startswith("/"):
        below = _from_root(path, site.base)
        return None if below is None else (below, fragment)
    below = posixpath.normpath(posixpath.join(folder, path))
    if below == ".." or below.startswith("../"):
        raise TargetError(f"links to {link[:200]!r}, which leaves the site")
    return "" if below == "." else below, fragment


def _host(parts: SplitResult) -> str:
    """Host in lower case, its port where it isn't the scheme's own; raises ValueError for a wrong port."""
    name, port = parts.hostname or "", parts.port
    return name if port in (None, _PORTS.get(parts.scheme)) else f"{name}:{port}"


def _from_root(path: str, base: str) -> str | None:
    """A path on the host as one below the root of the site; None where it belongs to another site."""
    whole = "/" + posixpath.normpath("/" + path).lstrip("/")
    if whole + "/" == base:
        return ""
    return whole.removeprefix(base) if whole.startswith(base) else None


def _fragment(text: str) -> str:
    """The id that a fragment names; empty for the top of the page (HTML, 7.4.6.4) and for text fragments."""
    name = unquote(text.partition(":~:")[0])
    return "" if name.lower() == "top" else name
