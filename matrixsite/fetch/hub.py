"""Telling a WebSub hub which feeds changed (W3C WebSub, 7; the form is that of PubSubHubbub 0.4, which hubs share)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from yarl import URL

from matrixsite.config.settings import FetchSettings
from matrixsite.fetch.client import Client
from matrixsite.fetch.crawl import user_agent
from matrixsite.fetch.reasons import Fault
from matrixsite.model import Reason

AT_ONCE = 50  # feeds in one request: a form of some kilobytes


def tell_hub(
    hub: str, topics: Sequence[str], settings: FetchSettings, site_url: str
) -> tuple[int, Reason | None]:
    """Name the addresses of changed feeds to the hub; how many it heard of, and why not of all.

    The hub is asked only where a feed might be: private addresses need `fetch.allow_private`.
    """
    return asyncio.run(_tell(URL(hub), topics, settings, site_url))


async def _tell(
    hub: URL, topics: Sequence[str], settings: FetchSettings, site_url: str
) -> tuple[int, Reason | None]:
    told = 0
    async with Client(settings, settings.user_agent or user_agent(site_url)) as client:
        for start in range(0, len(topics), AT_ONCE):
            some = topics[start : start + AT_ONCE]
            try:
                await client.post(hub, [("hub.mode", "publish"), *(("hub.url", topic) for topic in some)])
            except Fault as fault:
                return told, Reason(fault.code, fault.detail)
            told += len(some)
    return told, None
