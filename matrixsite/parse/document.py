"""One document in, one `ParsedFeed` out: the public face of this package.

Whatever the bytes are, `parse` answers with a value: what can be read is read, `problems` says what had to be
mended or cut, and `error` that it is no feed at all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from matrixsite.model import ParsedFeed, Reason
from matrixsite.parse import reasons
from matrixsite.parse.charset import decode, presumed_utf8
from matrixsite.parse.limits import Limits

_LABEL = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


def parse(
    body: bytes, *, content_type: str = "", url: str = "", charset: str = "", limits: Limits | None = None
) -> ParsedFeed:
    """Read a feed or an export by what its bytes are; file ending and `content_type` only tell CSV.

    `url` is where the body came from after redirects, `charset` the operator's override.
    """
    limits = limits or Limits()
    found = _LABEL.search(content_type) if content_type else None
    label = found[1] if found else ""
    if not charset and len(body) <= limits.octets and (usual := _usual(body, label, url, limits)):
        return usual
    decoded = decode(body[: limits.octets], label, charset)
    problems = decoded.problems
    if len(body) > limits.octets:
        problems += (Reason(reasons.TOO_LARGE, f"only {limits.octets} bytes read"),)
    parsed = _read(decoded.body, content_type.lower(), url, limits)
    return replace(parsed, problems=problems + parsed.problems)


def _usual(body: bytes, label: str, url: str, limits: Limits) -> ParsedFeed | None:
    """A usual feed in UTF-8, read without looking at the bytes first: its parser refuses what is no UTF-8."""
    from matrixsite.parse.xmlfeed import parse_usual

    presumed = presumed_utf8(body, label)
    if not presumed.body[:1024].lstrip().startswith(b"<"):
        return None
    parsed = parse_usual(presumed.body, url=url, limits=limits)
    return replace(parsed, problems=presumed.problems + parsed.problems) if parsed else None


def _read(body: bytes, content_type: str, url: str, limits: Limits) -> ParsedFeed:
    from matrixsite.parse.table import parse_csv, parse_json
    from matrixsite.parse.xmlfeed import parse_xml

    start = body[:1024].lstrip()
    if not start and not body.strip():
        return ParsedFeed(error=Reason(reasons.EMPTY))
    if start.startswith((b"{", b"[")):
        return parse_json(body, limits=limits)
    table = re.search(r"\.(csv|tsv)(\?|#|$)", url.lower()) or re.match(r"\s*text/(csv|tab-)", content_type)
    if table and not start.startswith(b"<"):
        return parse_csv(body, limits=limits)
    return parse_xml(body, url=url, limits=limits)
