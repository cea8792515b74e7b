from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from matrixsite.config.settings import Feed, Settings
from matrixsite.site.watching import Watched, rebuild_on_change, watched
from tests.site.conftest import Workshop


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The sample with includes, a theme and a local feed."""
    made = Workshop(tmp_path).load().settings
    made.file.write_text(
        "include: [members/*.yaml, extra.yaml, 'deep/*/members.csv', '*.csv', 5]\n", encoding="utf-8"
    )
    (tmp_path / "themes/own/templates").mkdir(parents=True)
    (tmp_path / "themes/own/templates/base.html").touch()
    local = replace(made.accounts[0], feeds=(Feed("a", "sample/a.xml"), Feed("b", "https://example.org/b")))
    return replace(made, site=replace(made.site, theme="own"), accounts=(local,))


@pytest.mark.parametrize(
    ("path", "matters"),
    [
        *((path, True) for path in ("feeds.yaml", "extra.yaml", "sample/a.xml", "content", "content/a/b.md")),
        *((path, True) for path in ("members/new.yaml", "deep/x/members.csv", "new.csv")),
        *((path, True) for path in ("themes/own/static/main.css", "themes/own/templates/base.html")),
        *((path, False) for path in ("notes.txt", "sample/b.xml", "themes/other/base.html", "members/a.txt")),
        *((path, False) for path in (".matrixsite/store.sqlite3", "output/index.html", "output")),
    ],
)
def test_what_a_site_is_made_from(settings: Settings, path: str, matters: bool) -> None:
    assert watched(settings, settings.root / "output").concerns(settings.root / path) is matters


def test_what_a_build_writes_never_starts_another(settings: Settings) -> None:
    inputs = watched(settings, settings.root / "content/published")
    assert not inputs.concerns(settings.root / "content/published/index.html")


@pytest.mark.parametrize("text", ["include: [", "include: members/*.yaml", "- a", ""])
def test_settings_that_are_wrong_at_the_moment_are_watched_all_the_same(
    settings: Settings, text: str
) -> None:
    settings.file.write_text(text, encoding="utf-8")
    inputs = watched(settings, settings.root / "output")
    assert inputs.concerns(settings.file)


def test_folders_that_are_not_there_yet_are_waited_for(settings: Settings) -> None:
    inputs = watched(settings, settings.root / "output")
    (settings.root / "content/pages/about.md").unlink()
    shutil.rmtree(settings.root / "content")
    assert settings.root / "content" not in inputs.deep()
    assert settings.root in inputs.shallow()


class Site:
    """A rebuild that only notes what it was called for."""

    def __init__(self) -> None:
        self.calls: asyncio.Queue[set[str]] = asyncio.Queue()
        self.slow_for = ""  # the rebuild for this file lasts until it `goes_on`
        self.goes_on = asyncio.Event()

    async def rebuild(self, paths: Sequence[Path]) -> None:
        names = {path.name for path in paths}
        self.calls.put_nowait(names)
        if self.slow_for in names:
            await self.goes_on.wait()

    async def hears_of(self, file: Path) -> None:
        """Write the file until the watcher, which needs a moment to begin, calls for it."""
        for number in range(200):
            file.write_text(str(number), encoding="utf-8")
            with suppress(TimeoutError):
                while file.name not in await asyncio.wait_for(self.calls.get(), 0.5):
                    pass
                return
        raise AssertionError(f"no rebuild for {file}")


def inputs_in(root: Path) -> Watched:
    folders = [frozenset({root / name}) for name in ("feeds.yaml", "content", "members", "output")]
    return Watched(*folders)


def test_changes_are_followed_wherever_inputs_are(tmp_path: Path) -> None:
    async def session() -> None:
        site = Site()
        (tmp_path / "members").mkdir()
        task = asyncio.create_task(rebuild_on_change(lambda: inputs_in(tmp_path), site.rebuild))
        await site.hears_of(tmp_path / "feeds.yaml")
        await site.hears_of(tmp_path / "members/a.yaml")
        (tmp_path / "content/columns").mkdir(parents=True)  # made after the watching began
        await site.hears_of(tmp_path / "content/columns/a.md")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(session())


def test_what_changes_during_a_rebuild_causes_another(tmp_path: Path) -> None:
    async def session() -> None:
        site, inputs = Site(), replace(inputs_in(tmp_path), trees=frozenset({tmp_path}), lists=frozenset())
        task = asyncio.create_task(rebuild_on_change(lambda: inputs, site.rebuild))
        await site.hears_of(tmp_path / "a.md")
        site.slow_for = "b.md"
        await site.hears_of(tmp_path / "b.md")  # its rebuild does not end
        (tmp_path / "c.md").touch()
        await asyncio.sleep(0.5)
        assert not any("c.md" in call for call in iter_now(site.calls))
        site.goes_on.set()
        while "c.md" not in await asyncio.wait_for(site.calls.get(), 10):
            pass
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(session())


def iter_now(calls: asyncio.Queue[set[str]]) -> list[set[str]]:
    return [calls.get_nowait() for _ in range(calls.qsize())]


def test_a_watcher_that_fails_ends_the_watching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr("watchfiles.main.RustNotify", no_more)

    async def session() -> None:
        await rebuild_on_change(lambda: inputs_in(tmp_path), Site().rebuild)

    with pytest.raises(OSError, match="limit reached"):
        asyncio.run(session())
