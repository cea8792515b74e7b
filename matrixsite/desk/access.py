"""Which requests are the desk's own: pure rules over headers.

- Host names this machine in a way that nobody else's DNS can (DNS rebinding).
- What changes something comes from a page of the desk, the port included: a cookie is sent to all ports of a host,
  and SameSite counts them as one site, but the preview next door shows what strangers wrote. Of Origin, Referer and
  Sec-Fetch-Site one must be there, and each that is there must be ours (OWASP: CSRF Prevention Cheat Sheet).
- What doesn't is loaded by our pages, or by someone who goes there (Fetch Metadata: resource isolation policy).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from matrixsite.desk.errors import DeskUnusable
from matrixsite.site.serving import is_ours

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class Access:
    """How the desk is reached: the name it listens at, and the origin by which a proxy shows it, if one does."""

    host: str = "127.0.0.1"
    origin: str = ""

    @classmethod
    def by(cls, host: str, address: str) -> Access:
        """Raises DeskUnusable where `address` is no origin."""
        try:
            parts = urlsplit(address)
            name, port = parts.hostname, parts.port
            scheme, bare = parts.scheme, not (parts.path.strip("/") or parts.query or parts.username)
        except ValueError:
            scheme, name, port, bare = "", None, None, False
        if address and not (scheme in _PORTS and name and bare):
            raise DeskUnusable(f"--address {address}: give it as https://desk.example.org, without a path")
        netloc = bracketed(name or "") + (f":{port}" if port else "")
        return cls(host, _origin(scheme, netloc) if address else "")

    def knows(self, host: str) -> bool:
        """Whether a Host header is one of ours."""
        return is_ours(host, self.host) or bool(
            self.origin and is_ours(host, urlsplit(self.origin).hostname or "")
        )

    def secure(self, scheme: str, host: str) -> bool:
        """Whether the browser speaks https, be it only to the proxy in front."""
        return scheme == "https" or _origin("https", host) == self.origin

    def own(self, method: str, scheme: str, headers: Mapping[str, str]) -> bool:
        """Whether this request, whose Host is known, comes from where it may; names of headers are in lower case."""
        ours = {_origin(scheme, headers.get("host", "")), self.origin} - {""}
        site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
        if method in SAFE:
            return site in (None, "same-origin", "none") or (mode == "navigate" and method != "OPTIONS")
        signs = [site == "same-origin"] if site is not None else []
        if (origin := headers.get("origin")) is not None:
            signs.append(origin.lower() in ours)
        if referrer := headers.get("referer"):
            signs.append(_origin_of(referrer) in ours)
        return bool(signs) and all(signs)


def strayed(headers: Mapping[str, str]) -> bool:
    """Whether someone follows a link from elsewhere: then the browser keeps the session's cookie back."""
    return (
        headers.get("sec-fetch-site") in ("cross-site", "same-site")
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )


def local(address: str) -> str:
    """The address, if it leads to a page of ours; the first page otherwise."""
    printable = address.isprintable() and "\\" not in address
    return address if printable and address.startswith("/") and not address.startswith("//") else "/"


def bracketed(name: str) -> str:
    """A host as addresses write it."""
    return f"[{name}]" if ":" in name else name


def _origin_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "null"
    return _origin(parts.scheme, parts.netloc)


def _origin(scheme: str, netloc: str) -> str:
    """As browsers write it: lower case, without the usual port."""
    return f"{scheme}://{netloc.lower().removesuffix(_PORTS.get(scheme, ' '))}"
