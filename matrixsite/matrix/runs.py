"""Updating, building, publishing, and keeping the store safe: what changes something."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from matrixsite.matrix.opened import OUTPUT, Opened, output_folder
from matrixsite.pipeline.announcing import announce_feeds
from matrixsite.pipeline.engines import AnyEngine, engines
from matrixsite.pipeline.mirroring import require_codecs
from matrixsite.pipeline.options import Options, Shard
from matrixsite.pipeline.progress import Progress, Silent
from matrixsite.pipeline.report import RunReport, tell
from matrixsite.pipeline.running import Run
from matrixsite.pipeline.settling import Settling
from matrixsite.pipeline.temporary import temporary_files_in
from matrixsite.pipeline.update import update
from matrixsite.store.backup import backup, restore
from matrixsite.store.database import Database, store_file
from matrixsite.store.lock import run_lock
from matrixsite.store.outputs import StoreManifest
from matrixsite.store.reading import StoreSource, source_of_worker
from matrixsite.store.runs import remember

if TYPE_CHECKING:  # imported late: a night without news needs nothing of it
    from matrixsite.hosting.sending import Difference


class Runs(Opened):
    """What holds the lock of the state folder; raises `Locked` where another run has it."""

    def update(
        self,
        *,
        only: str = "",
        shard: tuple[int, int] | None = None,
        now: datetime | None = None,
        offline: bool = False,
        force: bool = False,
        jobs: int | None = None,
        engine: str = "local",
        progress: Progress | None = None,
    ) -> RunReport:
        """Fetch, parse, clean, store and find stories; `only` names one account. Returns the run's report.

        `shard`, such as (1, 3), collects one of so many parts of the accounts, no more: the next run without one finds
        their stories. With a store on a server, runs of `only` or `shard` may go on beside others.
        `now` dates what is first seen (default: the clock); `force` asks feeds that pause; `jobs` are worker processes
        (default: one a core). `engine` is where they run: "local", "dask" (a cluster on this machine) or
        "dask://HOST:PORT" (a scheduler). Feeds that fail are reported, never raised.

        Raises ValueError for an unknown `only` or `shard`, EngineUnknown or EngineLost for an `engine` not there.
        """
        if only and only not in {account.id for account in self.settings.accounts}:
            raise ValueError(f"there is no account {only!r} in {self.settings.file.name}")
        if shard and not 1 <= shard[0] <= shard[1]:
            raise ValueError(f"there is no part {shard[0]} of {shard[1]}")
        options = Options(
            now=_whole(now),
            offline=offline,
            only=only,
            shard=Shard(*shard) if shard else None,
            force=force,
            jobs=jobs or os.cpu_count() or 1,
        )
        with (
            self._run("update", options.now, of_all=not (only or shard)) as (run, database),
            engines(engine, options.jobs) as started,
        ):
            run.updated = update(
                self.settings, self.content, database, options, started, progress or Silent()
            )
        return run.report

    def build(
        self,
        output: str | Path | None = None,
        *,
        now: datetime | None = None,
        today: date | None = None,
        offline: bool = False,
        full: bool = False,
        repair: bool = False,
        force: bool = False,
        jobs: int | None = None,
        engine: str = "local",
        progress: Progress | None = None,
    ) -> RunReport:
        """`update`, then render the site and publish what changed to `output` (default: the folder used last).

        `today` decides what has expired (default: the day of `now` in the site's zone). `full` looks at every page;
        `repair` also at the files, and makes again what is not as it was written; `force` lets a build delete more
        than a tenth of the site. Raises `BuildFailed` with the published site as it was.
        """
        from matrixsite.site import build  # reaches pelican, which replaces the process's logger class

        progress = progress or Silent()
        options = Options(now=_whole(now), offline=offline, jobs=jobs or os.cpu_count() or 1)
        with self._run("build", options.now) as (run, database), ExitStack() as stack:
            started = stack.enter_context(engines(engine, options.jobs))
            run.updated = update(self.settings, self.content, database, options, started, progress)
            run.output = self._output(database, output)
            settling = Settling(self.settings, self.content, database, options)
            view = stack.enter_context(settling.settled(progress))
            progress.stage("pages")
            source = StoreSource(view)
            run.site = build.build_site(
                self.settings,
                self.content,
                source,
                partial(source_of_worker, self.store, database.view(view), source.latest()),
                partial(StoreManifest, database),
                build.Options(
                    output=run.output,
                    state=self.settings.state,
                    today=today or options.now.astimezone(self.zone).date(),
                    full=full,
                    repair=repair,
                    force=force,
                ),
                lambda many: _closed_by(stack, started(many=many)),
                progress.advance,
            )
            if not offline and (warning := announce_feeds(self.settings)):
                run.warnings.append(warning)
        return run.report

    def publish(
        self,
        to: str,
        output: str | Path | None = None,
        *,
        force: bool = False,
        verify: bool = False,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Difference:
        """Upload what changed of the built site to `to`: dir:FOLDER, rsync:HOST:PATH or rclone:REMOTE:PATH.

        Compares digests with the ledger of that target, which is written after the target confirmed: whatever
        interrupts it, the next call goes on. `verify` asks the target first what it has, `dry_run` changes nothing,
        `force` lets more than a tenth be deleted. Returns what there was to do. Raises TargetUnknown for `to`,
        PublishFailed where not all of it got there.
        """
        from matrixsite.hosting.publishing import publish_site

        with run_lock(self.settings.state, "publish", datetime.now(UTC)), self._database() as database:
            folder = Path(output).absolute() if output else output_folder(self.settings, database)
            return publish_site(
                database,
                folder,
                to,
                self.settings,
                force=force,
                verify=verify,
                dry_run=dry_run,
                progress=progress or Silent(),
            )

    def backup(self, file: str | Path) -> None:
        """Write the store to one consistent file; may be done beside a run."""
        with self._database() as database:
            backup(database, Path(file))

    def restore(self, file: str | Path) -> None:
        """Put a backup in the store's place."""
        with run_lock(self.settings.state, "restore", datetime.now(UTC)):
            restore(store_file(self.store), Path(file))

    @contextmanager
    def _run(self, command: str, now: datetime, *, of_all: bool = True) -> Iterator[tuple[Run, Database]]:
        _ = self.content  # wrong content is an error before anything is done
        require_codecs(self.settings)
        run = Run(command, now)
        try:
            with (
                run_lock(self.settings.state, command, datetime.now(UTC)),
                temporary_files_in(self.settings.state / "tmp"),
                self._database() as database,
                database.run(command) if of_all else nullcontext(),
                run.recorded(self.settings, database),
            ):
                yield run, database
        finally:
            if run.report.number:
                tell(self.settings, run.report)

    def _output(self, database: Database, named: str | Path | None) -> Path:
        if named is None:
            return output_folder(self.settings, database)
        folder = Path(named).absolute()
        with database.write() as connection:
            remember(connection, OUTPUT, str(folder))
        return folder


def _closed_by(stack: ExitStack, engine: AnyEngine) -> AnyEngine:
    stack.callback(engine.close)
    return engine


def _whole(now: datetime | None) -> datetime:
    """The moment of a run in whole UTC seconds, as the store keeps times."""
    return (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
