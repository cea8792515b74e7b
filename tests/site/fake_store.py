"""An in-memory store for the site: entries from a list, in any order, and a manifest in a dict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from matrixsite.editorial.columns import Column
from matrixsite.model import Entry, Status
from matrixsite.site.source import Counts, Listed, Month, Standing


def _age(entry: Entry) -> tuple[float, str]:
    return (entry.published.timestamp(), entry.id)


@dataclass
class FakeSource:
    """Answers as the store does. Rules of columns are not run: `matched` says what they match."""

    all_entries: Sequence[Entry]
    columns: Sequence[Column] = ()
    matched: Mapping[str, Sequence[str]] = field(default_factory=dict)
    former: Sequence[tuple[str, str]] = ()

    @property
    def _shown(self) -> list[Entry]:
        return sorted((entry for entry in self.all_entries if entry.status is Status.SHOWN), key=_age)

    def _listed(self, entries: Iterable[Entry], *, whole: bool = False) -> Iterator[Listed]:
        carriers = Counter(entry.story for entry in self._shown)
        for entry in entries:
            light = entry if whole else replace(entry, html="", text="")
            yield Listed(light, carriers[entry.story])

    def _stories(self, entries: Iterable[Entry]) -> dict[str, list[Entry]]:
        stories: dict[str, list[Entry]] = {}
        for entry in entries:
            stories.setdefault(entry.story, []).append(entry)
        return stories

    def counts(self) -> Counts:
        return Counts(len(self._shown), len(self._stories(self._shown)))

    def shown_entries(self) -> Iterator[Listed]:
        return self._listed(sorted(self._shown, key=lambda entry: entry.path))

    def entries(self, ids: Iterable[str]) -> Iterator[Listed]:
        by_id = {entry.id: entry for entry in self._shown}
        return self._listed((by_id[id_] for id_ in ids if id_ in by_id), whole=True)

    def find(self, ref: str) -> Listed | None:
        found = [entry for entry in self._shown if ref in (entry.id, entry.url)]
        return next(self._listed(found)) if len(found) == 1 else None

    def withdrawn_paths(self) -> Iterator[str]:
        removed = (Status.WITHDRAWN, Status.GONE)
        return iter(sorted(entry.path for entry in self.all_entries if entry.status in removed))

    def standings(self) -> dict[str, Standing]:
        count = Counter(entry.account for entry in self._shown)
        return {entry.account: Standing(count[entry.account], entry.published) for entry in self._shown}

    def newest_of(self, account: str, limit: int) -> Iterator[Listed]:
        newest = (entry for entry in reversed(self._shown) if entry.account == account)
        return self._listed(islice(newest, limit))

    def months_of(self, account: str) -> list[Month]:
        months = Counter(entry.path[:7] for entry in self._shown if entry.account == account)
        return [Month(name, count) for name, count in sorted(months.items(), reverse=True)]

    def entries_of_month(self, account: str, month: str) -> Iterator[Listed]:
        return self._listed(
            entry for entry in self._shown if entry.account == account and entry.path.startswith(month)
        )

    def newest_stories(self) -> Iterator[Listed]:
        standing = [
            next((entry for entry in story if entry.original), story[0])
            for story in self._stories(self._shown).values()
        ]
        return self._listed(sorted(standing, key=_age, reverse=True))

    def feed_stories(self) -> Iterator[Listed]:
        stories = self._stories(self._shown).values()
        standing = [min(story, key=lambda entry: (entry.first_seen, entry.id)) for story in stories]
        return self._listed(sorted(standing, key=_age, reverse=True))

    def shared_stories(self) -> Iterator[str]:
        stories = self._stories(self._shown)
        return iter(sorted(story for story, entries in stories.items() if len(entries) > 1))

    def carriers(self, story: str) -> tuple[Listed, ...]:
        return tuple(self._listed(entry for entry in self._shown if entry.story == story))

    def former_stories(self) -> Iterator[tuple[str, str]]:
        return iter(sorted(self.former))

    def column_stories(self, column: str, limit: int) -> Iterator[Listed]:
        picks = next(one.picks for one in self.columns if one.id == column)
        notes = {pick.ref.id: pick.note for pick in picks}
        ids = dict.fromkeys([*notes, *self.matched.get(column, ())])
        by_id = {entry.id: entry for entry in self._shown}
        listed = self._listed(by_id[id_] for id_ in ids if id_ in by_id)
        return (replace(one, note=notes.get(one.entry.id, "")) for one in islice(listed, limit))


@dataclass
class FakeManifest:
    """The tables output and page as dicts."""

    tokens: dict[Path, str] = field(default_factory=dict)
    pages: dict[Path, dict[str, bytes]] = field(default_factory=dict)

    def token_of(self, folder: Path) -> str:
        return self.tokens.get(folder, "")

    def pages_of(self, folder: Path) -> Iterator[str]:
        return iter(self.pages.get(folder, {}))

    def start(self, folder: Path, token: str) -> None:
        self.tokens[folder], self.pages[folder] = token, {}

    def record(self, folder: Path, pages: Iterable[tuple[str, bytes]]) -> None:
        self.pages[folder].update(pages)

    def forget(self, folder: Path, paths: Iterable[str]) -> None:
        for path in paths:
            self.pages[folder].pop(path, None)
