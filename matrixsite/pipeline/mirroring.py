"""Copies of pictures, for accounts that are `images: mirror`: the last stage of an update.

    uses ─due─► requests ─fetch─► bytes ─re-encode, in a worker─► copies, failures ─► store, outbox

A night neither fails nor hangs over pictures: there is a bound on their number, on each one's size and time, and on the
time of all together; what is left waits for the next night, and is shown from where it lies meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Final
from urllib.parse import urlsplit

from matrixsite.clean.reencoding import Reencoded, load_codecs, reencoded
from matrixsite.config.settings import FetchSettings, Settings
from matrixsite.editorial.rights import mirrors
from matrixsite.errors import Problem, SettingsError
from matrixsite.fetch.addresses import Guard
from matrixsite.fetch.crawl import fetch_all
from matrixsite.fetch.reasons import NOT_THE_FEEDS_FAULT
from matrixsite.model import Answer, Outcome, Reason, Request
from matrixsite.pipeline.computing_time import TooSlow, computing_time
from matrixsite.pipeline.engine import Engine
from matrixsite.pipeline.options import Options
from matrixsite.pipeline.progress import Progress
from matrixsite.store.database import Database
from matrixsite.store.image_uses import note_uses
from matrixsite.store.images import Copied, Failed, due_images, waiting_images, write_copies, write_failures

MOST_A_NIGHT: Final = 2000
MOST_BYTES: Final = 8_000_000  # of a picture as it lies
AT_ONCE: Final = 8  # requests: as many bodies may wait for a worker
PATIENCE: Final = 900.0  # seconds for all of a night's pictures
CPU_SECONDS: Final = (
    20.0  # for one picture; the largest that the limits let through takes 10, a photo under 1
)
BATCH: Final = 20  # copies to a transaction
WORTH_A_POOL: Final = 20  # pictures below which several workers cost more than they save

ACCEPT: Final = "image/webp, image/jpeg, image/png, image/gif;q=0.9"
IMAGE_TOO_SLOW: Final = "image-too-slow"
WORKER_DIED: Final = "image-worker-died"


@dataclass(frozen=True, slots=True)
class MirrorResult:
    """What became of a night's pictures; `waiting` are those that will be tried on a later night."""

    mirrored: int = 0
    failed: int = 0
    waiting: int = 0


def require_codecs(settings: Settings) -> None:
    """Raise SettingsError where an account asks for copies of pictures and the extra `images` is not installed."""
    asking = next((account for account in settings.accounts if mirrors(account)), None)
    if asking and find_spec("PIL") is None:
        reason = f"the account {asking.id} is `images: mirror`, and Pillow is not installed"
        mend = "Install matrixsite[images], or write `images: hotlink`."
        raise SettingsError([Problem(settings.file.name, 0, "accounts", reason, mend)])


def mirror_images(
    settings: Settings, database: Database, options: Options, progress: Progress
) -> MirrorResult:
    """Note which pictures are shown since, and copy those that are due."""
    with database.write() as connection:
        note_uses(connection, settings, options.now)
    if not any(map(mirrors, settings.accounts)):
        return MirrorResult()
    urls: list[str] = []
    if not options.offline:
        with database.read() as connection:
            urls = due_images(connection, options.now, MOST_A_NIGHT, options.only)
    mirror = Mirror(database, options, progress)
    if urls:
        progress.stage("images", len(urls))
        load_codecs()
        with Engine(options.jobs if len(urls) >= WORTH_A_POOL else 1, apart=True) as engine:
            asyncio.run(_copied(urls, settings, mirror, engine))
    with database.read() as connection:
        return MirrorResult(mirror.copied, mirror.failed, waiting_images(connection))


def fetch_settings(settings: Settings) -> FetchSettings:
    """The rules by which pictures are asked for: those of feeds, but less at once, and fewer private places.

    A feed names any address, so of the places that the operator lists only those may be asked where the feed of an
    account that is mirrored lies: a bridge that brings pictures along with its feeds, not the machine next to it.
    """
    fetch = settings.fetch
    feeds = [
        urlsplit(feed.url) for account in settings.accounts if mirrors(account) for feed in account.feeds
    ]
    guard = Guard(f"{feed.hostname}:{_port(feed.port, feed.scheme)}" for feed in feeds if feed.hostname)
    near = (place for place in fetch.allow_private if guard.listed(*_host_and_port(place)))
    return replace(
        fetch,
        allow_private=tuple(near),
        max_bytes=min(MOST_BYTES, fetch.max_bytes),
        concurrency=min(AT_ONCE, fetch.concurrency),
    )


def _port(port: int | None, scheme: str) -> int:
    return port or (443 if scheme == "https" else 80)


def _host_and_port(place: str) -> tuple[str, int]:
    host, _, port = place.rpartition(":")
    return host, int(port)


async def _copied(urls: Sequence[str], settings: Settings, mirror: Mirror, engine: Engine) -> None:
    requests = [Request(url, url) for url in urls]
    fetch = fetch_settings(settings)
    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            async with aclosing(
                fetch_all(requests, fetch, settings.root, site_url=settings.site.url, accept=ACCEPT)
            ) as answers:
                await mirror.take_all(answers, engine)
    mirror.flush()


class Mirror:
    """One night's copying: bodies go to workers, a few ahead of what is stored."""

    def __init__(self, database: Database, options: Options, progress: Progress) -> None:
        self._database, self._options, self._progress = database, options, progress
        self._results: list[Copied | Failed] = []
        self._under_way: set[asyncio.Task[None]] = set()
        self.copied = self.failed = 0

    async def take_all(self, answers: AsyncIterable[Answer], engine: Engine) -> None:
        """Copy what comes; what the store raises ends it."""
        try:
            async for answer in answers:
                self._progress.advance()
                if answer.outcome is not Outcome.NEW:
                    self._fail(answer)
                    continue
                self._under_way.add(asyncio.create_task(self._reencode(answer, engine)))
                while len(self._under_way) > 2 * engine.jobs:
                    await self._one_done()
            while self._under_way:
                await self._one_done()
        finally:
            for task in self._under_way:
                task.cancel()

    def _fail(self, answer: Answer) -> None:
        """What says nothing of the picture itself leaves it as it was: due on the next night."""
        reason = answer.reason or Reason(answer.outcome.value)
        if reason.code not in NOT_THE_FEEDS_FAULT:
            self._put(Failed(answer.key, reason))

    async def _reencode(self, answer: Answer, engine: Engine) -> None:
        made = await _made(answer.body, engine)
        if isinstance(made, Reason):
            self._put(Failed(answer.key, made))
        else:
            self._put(Copied(answer.key, made.digest, made.width, made.height, made.content))

    async def _one_done(self) -> None:
        done, self._under_way = await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    def _put(self, result: Copied | Failed) -> None:
        self._results.append(result)
        if len(self._results) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Store what is done."""
        results, self._results = self._results, []
        copies = [result for result in results if isinstance(result, Copied)]
        failures = [result for result in results if isinstance(result, Failed)]
        if results:
            with self._database.write() as connection:
                write_copies(connection, copies)
                write_failures(connection, failures, self._options.now)
        self.copied += len(copies)
        self.failed += len(failures)


async def _made(body: bytes, engine: Engine) -> Reencoded | Reason:
    """A picture that ends its worker ends those beside it: each is then tried alone."""
    try:
        return await asyncio.wrap_future(engine.submit(reencode, body))
    except BrokenProcessPool:
        pass
    try:
        return await asyncio.wrap_future(engine.submit_alone(reencode, body))
    except BrokenProcessPool:
        return Reason(WORKER_DIED)


def reencode(body: bytes) -> Reencoded | Reason:
    """Make a picture anew in a worker process, whose timers and signals it takes."""
    try:
        with computing_time(CPU_SECONDS):
            return reencoded(body)
    except TooSlow:
        return Reason(IMAGE_TOO_SLOW, f"over {CPU_SECONDS:g} s of computing")
