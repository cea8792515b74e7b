"""A document read by the plugin that its feed names, or by what its bytes are."""

from __future__ import annotations

from matrixsite.model import ParsedFeed, RawEntry, Reason
from matrixsite.parse.document import parse
from matrixsite.plugins import Kind, Source, loaded

SOURCE_FAILED = "source-failed"


def parsed(body: bytes, *, source: str, content_type: str, url: str, charset: str) -> ParsedFeed:
    """What a document holds. Whatever a plugin raises or gives is a value, too: its feed fails, nothing else."""
    if not source:
        return parse(body, content_type=content_type, url=url, charset=charset)
    plugin: Source = loaded(Kind.SOURCE, source)
    try:
        found: object = plugin(body, url)
    except Exception as error:
        return _failed(f"{source}: {type(error).__name__}: {error}")
    if not isinstance(found, ParsedFeed) or not all(isinstance(item, RawEntry) for item in found.entries):
        return _failed(f"{source}: it gave something else than a ParsedFeed of RawEntry")
    return found


def _failed(detail: str) -> ParsedFeed:
    return ParsedFeed(error=Reason(SOURCE_FAILED, detail[:200]))
