"""A matrix whose feeds stand on a server on loopback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.feedserver import FeedServer
from tests.nights import Nights
from tests.store.conftest import place, served_store

__all__ = ["place", "served_store"]  # the stores that both databases have

OnServer = Callable[..., Nights]


@pytest.fixture
def on_server(tmp_path: Path, feed_server: FeedServer) -> OnServer:
    """Nights over accounts that have one feed each, at /<id>.xml of the server."""

    def make(*ids: str, **settings: Any) -> Nights:
        accounts = [{"id": name, "feed": feed_server.url(f"/{name}.xml")} for name in ids]
        fetch = {"allow_private": [feed_server.place]} | settings.pop("fetch", {})
        return Nights(tmp_path, accounts, fetch=fetch, **settings)

    return make
