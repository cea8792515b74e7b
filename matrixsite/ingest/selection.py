"""Which new entries are taken in, and as what: by the account's query words, then by its filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from matrixsite.clean.furniture import excerpt
from matrixsite.clean.markup import draft_of
from matrixsite.config.query_words import WORD_KEYS
from matrixsite.config.settings import Query
from matrixsite.editorial.status import held_word
from matrixsite.model import CleanEntry
from matrixsite.plugins import Filter, Kind, loaded, version_of


class FilterFailed(Exception):
    """A filter raised something, or gave what is no entry."""


def selected(entry: CleanEntry, query: Query | None, filters: Sequence[str]) -> CleanEntry | None:
    """The entry as it is to be stored, or None. Raises FilterFailed."""
    if query and not wanted(entry, query):
        return None
    for name in filters:
        found = _filtered(entry, name)
        if found is None:
            return None
        entry = found
    return entry


def wanted(entry: CleanEntry, query: Query) -> bool:
    """Whether the query's words let an entry through."""
    return all(_meets(entry, key, getattr(query, key)) for key in WORD_KEYS if getattr(query, key))


def terms_of(query: Query | None, filters: Iterable[str]) -> tuple[object, ...]:
    """All that decides what `selected` gives, beside the entry."""
    return query, tuple((name, version_of(Kind.FILTER, name)) for name in filters)


def _meets(entry: CleanEntry, key: str, words: tuple[str, ...]) -> bool:
    effect, _, part = key.partition("_")
    found = any(held_word(text, "", words) for text in _texts(entry, part))
    return found is (effect == "filter")


def _texts(entry: CleanEntry, part: str) -> Iterable[str]:
    parts = {
        "title": (entry.title,),
        "description": (entry.text,),
        "author": entry.authors,
        "category": entry.categories,
    }
    return parts[part] if part else [text for texts in parts.values() for text in texts]


def _filtered(entry: CleanEntry, name: str) -> CleanEntry | None:
    plugin: Filter = loaded(Kind.FILTER, name)
    try:
        found: object = plugin(entry)
    except Exception as error:
        raise FilterFailed(f"{name}: {type(error).__name__}: {error}") from error
    if found is None:
        return None
    if not isinstance(found, CleanEntry):
        raise FilterFailed(f"{name}: it gave {type(found).__name__}, which is no entry")
    return _safe(found, entry) if found.html != entry.html else found


def _safe(found: CleanEntry, before: CleanEntry) -> CleanEntry:
    """New markup held to the allow-list like any other: a filter that cuts by patterns must not open a hole."""
    draft = draft_of(found.html, base=found.url, page=found.url)
    body = draft.made_safe() if draft else None
    text = (body.text if body else "") if found.text == before.text else found.text
    shown = found.excerpt if found.excerpt != before.excerpt else excerpt(text, found.title)
    return replace(found, html=body.html if body else "", text=text, excerpt=shown)
