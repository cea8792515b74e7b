"""A preview: the built site served, built again when its inputs change, and the browser told so."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from matrixsite.config.settings import Settings
from matrixsite.errors import SettingsError
from matrixsite.site.rebuilding import Rebuilt
from matrixsite.site.serving import Channel, preview_app, serving, until_stopped
from matrixsite.site.urls import base_path
from matrixsite.site.watching import Watched, rebuild_on_change, watched

Build = Callable[[], Awaitable[Rebuilt]]


@dataclass(slots=True)
class Inputs:
    """What to watch for a site in `output`; settings that are wrong at the moment leave it as it was."""

    settings: Settings
    output: Path
    load: Callable[[], Settings]

    def __call__(self) -> Watched:
        with suppress(SettingsError):
            self.settings = self.load()
        return watched(self.settings, self.output)


async def preview(
    inputs: Inputs, build: Build | None, *, host: str, port: int, say: Callable[[str], None]
) -> None:
    """Serve the site until ^C; with `build`, build it again on changes and reload the pages.

    A build that fails leaves the site as it is: `say` and the browser are told why. Raises MatrixError where
    the port is taken.
    """
    channel = Channel() if build else None
    base = base_path(inputs.settings.site.url)
    app = preview_app(inputs.output, base, host=host, channel=channel)
    async with serving(app, host, port) as address:
        say(f"serving {inputs.output} at {address}{base} (^C ends)")
        work = rebuild_on_change(inputs, _rebuilding(build, channel, say)) if build and channel else None
        try:
            await until_stopped(work)
        finally:
            if channel:
                channel.close()


def _rebuilding(
    build: Build, channel: Channel, say: Callable[[str], None]
) -> Callable[[Sequence[Path]], Awaitable[None]]:
    async def rebuild(paths: Sequence[Path]) -> None:
        others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        say(f"changed: {paths[0]}{others}")
        done = await build()
        if done.failure:
            say(done.failure)
            channel.fail(done.failure)
        else:
            say(done.summary)
            channel.reload()

    return rebuild
