"""After a publication: the hub that the settings name hears of the feeds that it changed. A hub never fails a build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from matrixsite.config.settings import Settings
from matrixsite.errors import SettingsError
from matrixsite.registry.health import advice
from matrixsite.site.changes import written_paths
from matrixsite.site.urls import FEED_JSON, absolute

_FEEDS = (".atom.xml", ".rss.xml")


def announce_feeds(settings: Settings) -> str:
    """Tell the hub what the last build wrote of feeds; a sentence where that failed, else nothing."""
    hub = settings.site.websub
    topics = [absolute(settings.site.url, path) for path in _changed_feeds(settings.state)] if hub else []
    if not topics:
        return ""
    from matrixsite.fetch.hub import tell_hub  # aiohttp takes a third of a second to import

    try:
        told, reason = tell_hub(hub, topics, settings.fetch, settings.site.url)
    except SettingsError as error:  # of the proxy: the site is published all the same
        return f"the hub of site.websub was not told of changed feeds: {error}"
    if reason is None:
        return ""
    detail = f" ({reason.detail})" if reason.detail else ""
    left = f"{len(topics) - told} of {len(topics)} changed feeds"
    return f"the hub of site.websub was not told of {left}: {advice(reason).sentence}{detail}"


def _changed_feeds(state: Path) -> Iterator[str]:
    return (path for path in written_paths(state) if path.endswith(_FEEDS) or path == FEED_JSON)
