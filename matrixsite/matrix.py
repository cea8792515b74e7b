"""The library's front door: a matrix that can be updated, built and read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from matrixsite.boards.board import Where, accounts_where
from matrixsite.config.load import load
from matrixsite.config.settings import Settings
from matrixsite.editorial.candidates import DAYS
from matrixsite.editorial.content import Content, load_content
from matrixsite.editorial.refs import parse_ref
from matrixsite.editorial.status import account_standing, status_of
from matrixsite.indices.catalogue import Catalogue, load_catalogue
from matrixsite.indices.formula import Formula
from matrixsite.measures.ledger import Ledger, Tally, load_measures
from matrixsite.measures.period import Period
from matrixsite.model import Entry, Status
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
from matrixsite.registry.headline_candidates import HeadlineCandidate, headline_candidates
from matrixsite.registry.story_reasons import Told
from matrixsite.site.words import words
from matrixsite.store import archive
from matrixsite.store.backup import backup, restore
from matrixsite.store.database import Database, open_database, store_file
from matrixsite.store.lock import run_lock
from matrixsite.store.outputs import StoreManifest, output_folders
from matrixsite.store.publishing import published_by
from matrixsite.store.reading import StoreSource, source_of_worker
from matrixsite.store.refs import resolve
from matrixsite.store.runs import remember, remembered
from matrixsite.store.settling import decisions_of

if TYPE_CHECKING:  # a build, above all one without news, needs nothing of these
    from matrixsite.boards.publishing import Scores
    from matrixsite.hosting.sending import Difference
    from matrixsite.registry.bulletin import Bulletin
    from matrixsite.registry.freshness import AccountStatus
    from matrixsite.registry.news import Window
    from matrixsite.registry.task_reports import TaskReport
    from matrixsite.registry.watch import Finding

STORE = "store.sqlite3"
OUTPUT = "output"  # remembered in the store under this name
MOST_ALIKE = 5  # entries of the same title in other stories that an explanation names


@dataclass(frozen=True)
class Explanation:
    """All that is known of one entry: itself, why it is in its story, who else carries it, its former words."""

    told: Told
    carriers: tuple[Entry, ...]
    revisions: tuple[archive.Revision, ...]
    removal_seen: datetime | None = None  # since when a sign stands that its publisher took it back

    @property
    def entry(self) -> Entry:
        return self.told.entry


class Matrix:
    """A matrix as its feeds.yaml describes it. Make one with `Matrix.load`; nothing is opened before it is needed.

    Reading needs no lock and may go on beside a run. `update` and `build` hold the lock of the state folder and
    raise `Locked` where another run has it. Wrong settings or editors' files raise `SettingsError`. Both are read
    once: load the matrix again to see what was written to them since.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @classmethod
    def load(cls, path: str | Path = "feeds.yaml", *, state: str | Path | None = None) -> Matrix:
        """The matrix in the feeds.yaml at `path`; `state` moves the store, stage and journal."""
        return cls(load(Path(path), state=Path(state) if state else None))

    @cached_property
    def content(self) -> Content:
        """What the editors say in content/; read once."""
        return load_content(self.settings.root / "content", self.settings)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.settings.site.timezone)

    # --- runs ---

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

    # --- reading ---

    def entries(
        self,
        *,
        account: str = "",
        since: datetime | None = None,
        status: Status | None = Status.SHOWN,
        wide: bool = True,
    ) -> Iterator[Entry]:
        """Stream entries, account by account and oldest first: shown ones, those of another status, or all (None).

        `since` counts by publication; without `wide` they come quicker, `html` and `text` empty. Raises ValueError
        for a `since` without a time zone.
        """
        if since and since.tzinfo is None:
            raise ValueError("since needs a time zone, such as datetime(2026, 11, 22, tzinfo=UTC)")
        with self._reading() as (connection, judge):
            for entry in archive.stored_entries(connection, judge, account=account, since=since, wide=wide):
                if status in (None, entry.status):
                    yield entry

    def statuses(self, *, today: date | None = None) -> list[AccountStatus]:
        """Freshness and feed health, an account a row; `today` is a day in the site's zone (default: the clock's)."""
        from matrixsite.office import reading as office

        with self._reading() as (connection, _):
            return office.statuses(connection, self.settings, self._window(today))

    def watch(self, *, today: date | None = None) -> list[Finding]:
        """What is odd with feeds, the worst kinds first, each with since when and the mend."""
        from matrixsite.office import reading as office

        with self._reading() as (connection, _):
            return office.odd_by_now(connection, self.settings, self._window(today))

    def bulletin(self, month: str = "", *, today: date | None = None) -> Bulletin:
        """The check of a month such as 2026-10 (default: the last whole one). Raises BoardRefused for one not over."""
        from matrixsite.office import reading as office

        with self._reading() as (connection, _):
            return office.month_check(connection, self.settings, month, self._window(today))

    def tasks(self, *, today: date | None = None) -> list[TaskReport]:
        """Who carried what was asked (content/tasks/), the latest due first."""
        from matrixsite.office import reading as office

        with self._reading() as (connection, judge):
            return office.task_reports(connection, judge, self.settings, self.content, self._window(today))

    def board(
        self, folder: str | Path, *, today: date | None = None, month: str = "", excel: bool = True
    ) -> tuple[int, int]:
        """Write the office's board into a folder of its own; how many files were written and removed.

        Raises BoardRefused for a folder that is published or holds other files, a month that isn't over, or where
        openpyxl is missing (`excel`).
        """
        from matrixsite.office import reading as office
        from matrixsite.office.board import board_files
        from matrixsite.office.folder import write_board

        window = self._window(today)
        with self._reading() as (connection, judge):
            published = [*output_folders(connection), remembered_output(self.settings, connection)]
            office.require_office_folder(self.settings, Path(folder), published)
            known = office.known(connection, judge, self.settings, self.content, window, self.measures, month)
        return write_board(Path(folder), board_files(self.settings, known, excel=excel))

    def _window(self, today: date | None) -> Window:
        from matrixsite.registry.news import Window

        return Window(today or datetime.now(self.zone).date(), self.zone)

    def explain(self, ref: str) -> list[Explanation]:
        """What is known of the entry that `ref` (an id or an address) names; several where an address does.

        Raises ValueError for text that is no ref.
        """
        parsed = parse_ref(ref)
        with self._reading() as (connection, judge):
            names = resolve(connection, [parsed])[parsed]
            found = [archive.one_entry(connection, judge, name) for name in names]
            return [_explanation(connection, judge, entry) for entry in found if entry]

    def candidates(
        self, day: date | None = None, *, limit: int = 10, days: int = DAYS
    ) -> list[HeadlineCandidate]:
        """Stories of the last `days` that may lead `day` (default: today in the site's zone), with their reasons.

        They help an editor choose; nothing becomes a headline by itself.
        """
        day = day or datetime.now(self.zone).date()
        say = words(self.settings.site.language)
        with self._reading() as (connection, judge):
            return headline_candidates(
                connection, judge, self.settings, self.content, day, say, limit=limit, days=days
            )

    # --- measures and indices: read from content/ when they are asked for, which no build does ---

    @cached_property
    def measures(self) -> Ledger:
        """What editors know of accounts in content/measures; read once."""
        return load_measures(self.settings.root / "content/measures", self.settings)

    @cached_property
    def indices(self) -> Catalogue:
        """The indices that come with matrixsite, and those of content/indices; read once."""
        return load_catalogue(self.settings.root / "content/indices", self.settings.root)

    def scores(self, index: str, period: Period, where: Where | None = None) -> Scores:
        """An index ("wci", or "wci@14.2") of a period for the accounts that `where` names (default: all).

        Raises ValueError for an index that is not known.
        """
        from matrixsite.boards.publishing import computed

        formula = self.indices.named(index)
        if formula is None:
            raise ValueError(f"there is no index {index!r}. {self.indices.nearest(index)}")
        wanted = set(accounts_where(where or Where(), self.settings))
        accounts = [account for account in self.settings.accounts if account.id in wanted]
        return computed(formula, period, accounts, self._tallies(formula, period))

    def _tallies(self, formula: Formula, period: Period) -> Callable[[str], Tally | None]:
        if not formula.from_feeds:
            return lambda account: self.measures.tally(account, period)
        since, until = period.start, period.end + timedelta(days=1)
        with self._database() as database, database.read() as connection:
            counted = published_by(
                connection,
                datetime.combine(since, time.min, self.zone),
                datetime.combine(until, time.min, self.zone),
                self.zone,
            )
        return lambda account: Tally(account, counted[account], period.days) if account in counted else None

    # --- the store ---

    def backup(self, file: str | Path) -> None:
        """Write the store to one consistent file; may be done beside a run."""
        with self._database() as database:
            backup(database, Path(file))

    def restore(self, file: str | Path) -> None:
        """Put a backup in the store's place."""
        with run_lock(self.settings.state, "restore", datetime.now(UTC)):
            restore(store_file(self.store), Path(file))

    @property
    def store(self) -> str | Path:
        """The store's URL, or the file that it lies in, there or not."""
        return self.settings.store or self.settings.state / STORE

    @contextmanager
    def _database(self) -> Iterator[Database]:
        with closing(open_database(self.store)) as database:
            yield database

    @contextmanager
    def _reading(self) -> Iterator[tuple[Connection, archive.Judge]]:
        content = self.content
        with self._database() as database, database.read() as connection:
            decisions = decisions_of(connection, content)
            yield (
                connection,
                partial(status_of, standing=account_standing(self.settings), decisions=decisions),
            )

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


def _explanation(connection: Connection, judge: archive.Judge, entry: Entry) -> Explanation:
    carriers = archive.carriers_of(connection, judge, entry.story)
    joining = archive.joining_of(connection, entry.id)
    told = Told(
        entry,
        original=next((one for one in carriers if one.original), entry),
        why=joining.why,
        measures=joining.measures,
        beside=next((one for one in carriers if one.id == joining.measures.get("with")), None),
        contains=archive.rounded_up_by(connection, judge, entry.story),
        digests=archive.digests_with(connection, judge, entry.story),
        alike=archive.same_title(connection, judge, entry, MOST_ALIKE),
    )
    revisions = tuple(archive.revisions_of(connection, entry.id))
    return Explanation(told, tuple(carriers), revisions, archive.removal_seen(connection, entry.id))


def output_folder(settings: Settings, database: Database | None) -> Path:
    """Where the site was built last; without a store, or before the first build, output/ beside feeds.yaml."""
    if database is None:
        return settings.root / "output"
    with database.read() as connection:
        return remembered_output(settings, connection)


def remembered_output(settings: Settings, connection: Connection) -> Path:
    """The same over a connection."""
    return Path(remembered(connection, OUTPUT) or settings.root / "output")


def _closed_by(stack: ExitStack, engine: AnyEngine) -> AnyEngine:
    stack.callback(engine.close)
    return engine


def _whole(now: datetime | None) -> datetime:
    """The moment of a run in whole UTC seconds, as the store keeps times."""
    return (now or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
