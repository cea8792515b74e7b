"""Watching what a site is made from, to rebuild it when something changes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from matrixsite.config.patterns import SUFFIXES, is_pattern
from matrixsite.config.settings import Settings
from matrixsite.config.source import parse_yaml, read_bytes
from matrixsite.errors import BuildFailed
from matrixsite.site.theme import theme_folder

if TYPE_CHECKING:
    from watchfiles import Change

QUIET = 200  # milliseconds without a change before a rebuild begins: editors save in several steps


@dataclass(frozen=True, slots=True)
class Watched:
    """Where the inputs of a site are. Folders are watched, not files: editors replace files when they save."""

    files: frozenset[Path]
    trees: frozenset[Path]  # everything below them counts
    lists: frozenset[Path]  # their own YAML and CSV files count
    ignored: frozenset[Path]  # what a build itself writes

    def concerns(self, path: Path) -> bool:
        """Whether a change of this file or folder can change the site."""
        if any(path.is_relative_to(folder) for folder in self.ignored):
            return False
        return (
            path in self.files
            or any(path.is_relative_to(tree) for tree in self.trees)
            or (path.parent in self.lists and path.suffix.lower() in SUFFIXES)
        )

    def deep(self) -> frozenset[Path]:
        """Folders to watch with all below them."""
        return frozenset(tree for tree in self.trees if tree.is_dir())

    def shallow(self) -> frozenset[Path]:
        """Folders to watch alone, those among them that hold the trees, which may be made later."""
        folders = {path.parent for path in (*self.files, *self.trees)} | self.lists
        return frozenset(folder for folder in folders if folder.is_dir())


def watched(settings: Settings, output: Path) -> Watched:
    """What the site of a matrix is made from: settings and what they include, content, theme, local feeds."""
    root = settings.root
    feeds = {root / feed.url for account in settings.accounts for feed in account.feeds if feed.local}
    trees, lists, files = {root / "content"}, set(), {settings.file, *feeds}
    for pattern in _includes(settings.file):
        folder, deep = _place(root, pattern)
        if not is_pattern(pattern):
            files.add(root / pattern)
        elif deep:
            trees.add(folder)
        else:
            lists.add(folder)
    try:
        trees.add(theme_folder(settings))
    except BuildFailed:  # the rebuild will say so
        lists.add(root)
    return Watched(
        frozenset(files), frozenset(trees), frozenset(lists), frozenset({settings.state, output.absolute()})
    )


def _includes(file: Path) -> list[str]:
    """The patterns of `include:` as written; none where feeds.yaml is wrong at the moment."""
    content, _ = read_bytes(file, file.name)
    source, _ = parse_yaml(content, file.name)
    include = source.tree.get("include") if source and isinstance(source.tree, dict) else None
    return [pattern for pattern in include if isinstance(pattern, str)] if isinstance(include, list) else []


def _place(root: Path, pattern: str) -> tuple[Path, bool]:
    """The folder that a pattern begins in, and whether it reaches below it."""
    *folders, _ = parts = pattern.split("/")
    fixed = next((place for place, part in enumerate(parts) if is_pattern(part)), len(folders))
    return root.joinpath(*parts[:fixed]), fixed < len(folders)


async def rebuild_on_change(
    inputs: Callable[[], Watched], rebuild: Callable[[Sequence[Path]], Awaitable[None]]
) -> None:
    """Call `rebuild` after each change, one at a time; what changes meanwhile causes one more. Never ends.

    `inputs` is asked again after each rebuild, for settings may name other files then.
    """
    changed: asyncio.Queue[Path] = asyncio.Queue()
    before: tuple[Watched, frozenset[Path], frozenset[Path]] | None = None
    watchers: list[asyncio.Task[None]] = []
    try:
        while True:
            now = await asyncio.to_thread(inputs)
            if (places := (now, now.deep(), now.shallow())) != before:
                fresh = _watchers(now, changed)
                await _end(watchers)
                before, watchers = places, fresh
            paths = [await _next(changed, watchers)]
            while not changed.empty():
                paths.append(changed.get_nowait())
            await rebuild(sorted(set(paths)))
    finally:
        await _end(watchers)


def _watchers(now: Watched, changed: asyncio.Queue[Path]) -> list[asyncio.Task[None]]:
    places = ((now.deep(), True), (now.shallow(), False))
    return [asyncio.create_task(_notice(now, folders, deep, changed)) for folders, deep in places if folders]


async def _notice(now: Watched, folders: frozenset[Path], deep: bool, changed: asyncio.Queue[Path]) -> None:
    from watchfiles import DefaultFilter, awatch

    usual = DefaultFilter()

    def counts(change: Change, path: str) -> bool:
        return usual(change, path) and now.concerns(Path(path))

    async for changes in awatch(*sorted(folders), watch_filter=counts, step=QUIET, recursive=deep):
        for _, path in changes:
            changed.put_nowait(Path(path))


async def _next(changed: asyncio.Queue[Path], watchers: Sequence[asyncio.Task[None]]) -> Path:
    """The next change; raises what a watcher that ended raised (the system's limit of watches, most likely)."""
    waiting = asyncio.ensure_future(changed.get())
    try:
        done, _ = await asyncio.wait({waiting, *watchers}, return_when=asyncio.FIRST_COMPLETED)
        for task in done - {waiting}:
            task.result()
        return await waiting
    finally:
        waiting.cancel()


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
