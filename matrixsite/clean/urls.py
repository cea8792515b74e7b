"""Addresses: made absolute as a browser would, and folded to one form for comparison.

`absolute` is what is shown and linked; `canonical_url` is only ever compared. Both answer '' for what is no
address of a page on the web, so that no other scheme gets any further.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote, unquote, urljoin, urlsplit

import idna
from w3lib.url import safe_url_string

from matrixsite.clean.url_rules import HOSTS, SHARED_FROM, TRACKER_PREFIXES, TRACKERS, PageRule

URL_LIMIT = 4096  # characters; longer ones are data in disguise

# Nothing to resolve, encode or repair: the common case, decided by one match.
_CLEAN = re.compile(
    r"https?://[a-z0-9_][a-z0-9_.-]*(?::[0-9]{1,4})?(?:[/?#](?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#]|%[0-9A-Fa-f]{2})*)?"
)
_ESCAPED_AMPERSAND = re.compile(r"\\x26(?:amp;)*|&(?:amp;)+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_IGNORED = re.compile(r"[\t\n\r\x00\ud800-\udfff]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?")
_PARTS = re.compile(r"https?://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?")
# Only one way to read a run of slashes: with two, a long one before another word would never end.
_EMPTY_TAIL = re.compile(r"(?<!/)(?:/(?:index\.s?html?)?)+$")
_TAIL_ENDS = ("/", "htm", "html")
_DOTS = re.compile(r"/\.\.?(?:/|$)")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9\-._~=:,/+@]*")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def absolute(url: str, base: str = "") -> str:
    """The http(s) address that a browser showing `base` would go to for `url`, or ''.

    Follows the URL Standard where links of feeds depend on it: control characters and blanks around it, tabs
    and line ends in it, backslashes, missing slashes, international host names (to Punycode). User names and
    passwords are dropped: `https://weibo.com@evil.example/` shows where it leads. `&amp;` and `\\x26amp;`
    become `&`.
    """
    if (
        len(url) <= URL_LIMIT
        and _CLEAN.fullmatch(url)
        and "/." not in url
        and ".." not in url
        and "&amp;" not in url
    ):
        return url
    try:
        return _resolve(url, base)
    except ValueError:  # urllib's and idna's word for a host or port that can't be
        return ""


def canonical_url(url: str) -> str:
    """One form for all spellings of a page's address, for comparison; '' for what identifies no page.

    Scheme, host and port are folded, trackers, fragment and index file go, platform rules (`clean.url_rules`)
    apply. The order of the other parameters stays. Idempotent.
    """
    return folded_url(absolute(url))


def folded_url(url: str) -> str:
    """`canonical_url` of what `absolute` gave."""
    parts = _PARTS.fullmatch(url) if len(url) <= URL_LIMIT else None  # escaping may have made it longer
    if parts is None:
        return ""
    netloc, path, query, fragment = parts.groups("")
    host = _plain_host(netloc)
    if path.endswith(_TAIL_ENDS):
        path = _EMPTY_TAIL.sub("", path)
    rule = HOSTS.get(host)
    if rule is not None:
        for page in rule.pages:
            match = page.path.fullmatch(path)
            if match is not None:
                return _page_identity(page, host, match.groupdict().get("id") or "", query)
        host = rule.host or host
    query = _without_trackers(query, rule.drop if rule else frozenset()) if query else ""
    kept = fragment if fragment.startswith(("!", "/")) else ""  # the address inside a single-page application
    folded = f"https://{host}{path or '/'}{'?' + query if query else ''}{'#' + kept if kept else ''}"
    return _ESCAPE.sub(_fold_escape, folded) if "%" in folded else folded


def _resolve(url: str, base: str) -> str:
    url = _IGNORED.sub("", _ESCAPED_AMPERSAND.sub("&", url)).strip("".join(map(chr, range(33))))
    if not url or len(url) > URL_LIMIT:
        return ""
    base_scheme = base.partition(":")[0].lower() if base.startswith(("http://", "https://")) else ""
    scheme, rest = _split_scheme(url, base_scheme)
    if scheme not in ("http", "https", ""):
        return ""
    end = min((at for at in (rest.find("?"), rest.find("#")) if at >= 0), default=len(rest))
    rest = rest[:end].replace("\\", "/") + rest[end:]
    if scheme:
        url = f"{scheme}://{rest.lstrip('/')}"
    elif base_scheme:
        if rest.startswith("//"):  # however many there are, a host comes after them (URL Standard, 4.4)
            rest = f"//{rest.lstrip('/')}"
        # urllib would take the `s:` of `https:s://x` for a scheme
        url = urljoin(base, f"./{rest}" if _SCHEME.match(rest) else rest)
    else:
        return ""
    return _rebuild(url)


def _split_scheme(url: str, base_scheme: str) -> tuple[str, str]:
    """Scheme and rest; the base's without two slashes after it means nothing (URL Standard, 4.4)."""
    match = _SCHEME.match(url)
    if match is None:
        return "", url
    scheme, rest = match[1].lower(), url[match.end() :]
    if scheme == base_scheme and rest[:2].replace("\\", "/") != "//":
        return "", rest
    return scheme, rest


def _rebuild(url: str) -> str:
    parts = urlsplit(url)
    host = _ascii_host(parts.netloc.rpartition("@")[2], parts.hostname or "")
    if not host:
        return ""
    port = "" if parts.port in (None, {"http": 80, "https": 443}[parts.scheme]) else f":{parts.port}"
    path = _without_dots(parts.path)
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return safe_url_string(f"{parts.scheme}://{host}{port}{path}{query}{fragment}")


def _without_dots(path: str) -> str:
    """Dot segments taken out (RFC 3986, 5.2.4): urllib does it for relative addresses only."""
    if "." not in path or not _DOTS.search(path):
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    tail = "/" if segments[-1] in (".", "..") and kept else ""
    return "/" + "/".join(kept) + tail


def _ascii_host(netloc: str, host: str) -> str:
    if netloc.startswith("["):
        try:
            return f"[{IPv6Address(host)}]"
        except AddressValueError:
            return ""
    host = unquote(host)
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")
    host = host.lower()
    return host if _HOST.fullmatch(host) and ".." not in host else ""


def _plain_host(netloc: str) -> str:
    host = netloc.rpartition("@")[2].lower()
    name, colon, port = host.rpartition(":")
    if colon and (port in ("80", "443", "")):  # both: the scheme is folded
        host = name
    return host.rstrip(".")


def _page_identity(page: PageRule, host: str, identifier: str, query: str) -> str:
    """The address of a page that a platform rule knows; '' for a temporary one."""
    identity = "https://" + page.to.format(
        id=page.convert(identifier) if page.convert else identifier, host=host
    )
    if not page.keep:
        return identity
    given: dict[str, str] = {}
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        given.setdefault(page.aliases.get(name, name), unquote(value) if "%" in value else value)
    if not all(given.get(name) for name in page.required):
        return ""
    kept = "&".join(f"{name}={_quoted(given[name])}" for name in page.keep if given.get(name))
    return f"{identity}?{kept}" if kept else identity


def _quoted(value: str) -> str:
    """A parameter's value with only what would end it escaped, so that `==` and `%3D%3D` agree."""
    if _PLAIN_VALUE.fullmatch(value):
        return value
    return quote(value, safe="=:,/+@")


def _without_trackers(query: str, drop: frozenset[str]) -> str:
    kept = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        folded = name.lower()
        tracks = folded in TRACKERS or folded in drop or folded.startswith(TRACKER_PREFIXES)
        if pair and not tracks and not (folded == "from" and value.lower() in SHARED_FROM):
            kept.append(pair)
    return "&".join(kept)


def _fold_escape(match: re.Match[str]) -> str:
    if match[1] is None:  # a stray one, which might make an escape with what comes after it
        return "%25"
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()
