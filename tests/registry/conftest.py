"""The store's fixtures, for what is told of stored entries."""

from __future__ import annotations

from tests.store.conftest import database, filling, place, served_store

__all__ = ["database", "filling", "place", "served_store"]
