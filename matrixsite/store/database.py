"""Opening the database: one engine, one way to begin a transaction, driver errors turned into ours.

SQLite runs in WAL mode, so readers (status, export, a preview) never wait for a run; PostgreSQL comes by URL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.util import LRUCache

from matrixsite.errors import StoreError
from matrixsite.store import server
from matrixsite.store.migrations import is_current, migrate

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "temp_store=MEMORY",
    "cache_size=-32768",  # KiB
    "wal_autocheckpoint=8000",  # pages, 32 MiB: several batches write the same pages of an index
)
T = TypeVar("T")

CHUNK = 500  # values in one IN list, below every database's limit


class Database:
    """The engine and its transactions. Values go in and out through the modules beside this one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.shared = engine.dialect.name == "postgresql"  # several runs may be at work
        self._reading = server.reading(engine) if self.shared else engine
        self._writing = server.writing(engine) if self.shared else _immediate(engine)
        self._alone: Connection | None = None  # the only one that writes, while there is such

    @property
    def name(self) -> str:
        """Where it lies, without credentials."""
        return self._engine.url.render_as_string(hide_password=True)

    @property
    def file(self) -> Path:
        """The file of an SQLite store. Raises StoreError for a server's."""
        return _file(self._engine.url)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed whole or not at all; no other writes meanwhile."""
        with _translated(self._engine):
            if self._alone:
                with self._alone.begin():
                    yield self._alone
                return
            with self._writing.begin() as connection:
                if self.shared:
                    server.wait_to_write(connection)
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view; what it streams needs no memory beyond a batch."""
        with _translated(self._engine), self._reading.connect() as connection:
            yield connection

    def connection(self, view: str = "") -> Connection:
        """A consistent view for as long as the process lives: a worker ends without closing anything.

        It is that of the connection whose `view` is given.
        """
        with _translated(self._engine):
            connection = self._reading.connect()
            if view:
                server.share_view(connection, view)
            return connection

    def view(self, connection: Connection) -> str:
        """A name of what a reading connection sees; empty where nobody can change that beside a run."""
        with _translated(self._engine):
            return server.view_of(connection) if self.shared else ""

    def run(self, command: str) -> AbstractContextManager[None]:
        """The turn of a run over all of the matrix. Raises Locked where another machine has it: on a server, for the
        lock of a state folder (`store.lock`) keeps runs apart that share a file."""
        return server.the_run(self._engine, command) if self.shared else nullcontext()

    @contextmanager
    def settling(self) -> Iterator[None]:
        """Wait until no other run settles what came in: finds stories, judges, fills lists."""
        if not self.shared:
            yield
            return
        with _translated(self._engine), server.turn_of(self._engine, server.Turn.SETTLING):
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nobody writes, and let nobody else write until the end; many transactions may follow."""
        if not self.shared:
            yield
            return
        with _translated(self._engine), server.turn_of(self._engine, server.Turn.WRITING) as connection:
            self._alone = connection
            try:
                yield
            finally:
                self._alone = None

    def look_through(self) -> None:
        """After many new rows at once, let a server see how they are spread, or it seeks them in slow ways."""
        if self.shared:
            with self.write() as connection:
                connection.exec_driver_sql("ANALYZE")

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def open_database(place: str | Path) -> Database:
    """Open (and create or migrate) the store at an SQLAlchemy URL, or the SQLite store in a file.

    Raises StoreError with one clear sentence where that can't be, StoreTooNew for a newer store.
    """
    engine = _engine(_url(place))
    database = Database(engine)
    try:
        with (
            database.read() as connection
        ):  # readers must not wait for a run: they write only where they must
            current = is_current(connection)
        if not current:
            with database.write() as connection:
                migrate(connection, database.name)
    except BaseException:
        database.close()
        raise
    return database


def store_file(place: str | Path) -> Path:
    """The file of an SQLite store, which need not be there, nor be sound. Raises StoreError for a server's."""
    return _file(_url(place))


def _file(url: URL) -> Path:
    if url.get_backend_name() != "sqlite" or not url.database:
        name = url.render_as_string(hide_password=True)
        raise StoreError(
            f"the store {name} is a server's: use its own tools (pg_dump, pg_restore), or "
            "`matrixsite store copy`"
        )
    return Path(url.database)


def _url(place: str | Path) -> URL:
    """A path stays as it is, whatever of `?`, `#` or `%` it holds; PostgreSQL is reached by the driver that we know."""
    if isinstance(place, Path):
        return URL.create("sqlite", database=str(place))
    url = make_url(place)
    return url.set(drivername=server.DRIVER) if url.drivername in ("postgres", "postgresql") else url


def _engine(url: URL) -> Engine:
    """Values (a feed's address) stay out of errors."""
    if url.drivername == server.DRIVER:
        try:
            return server.server_engine(url)
        except ModuleNotFoundError as error:
            raise StoreError(
                "the driver of PostgreSQL is missing: pip install 'matrixsite[postgres]'"
            ) from error
    if url.get_backend_name() != "sqlite":
        raise StoreError(
            f"{url.drivername} is no store: name a file, or postgresql+psycopg://…, with `store:`"
        )
    if url.database:
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the folder of the store can't be made: {error}") from error
    dialect, statements = _sqlite()
    places, options = dialect.create_connect_args(url)
    connect = partial(dialect.connect, *places, **{**options, "timeout": 30, "isolation_level": None})
    pool = dialect.get_dialect_pool_class(url)(connect, dialect=dialect)
    engine = Engine(pool, dialect, url, hide_parameters=True)
    engine.update_execution_options(compiled_cache=statements)
    event.listen(engine, "connect", _tune)
    event.listen(engine, "begin", _begin)
    return engine


@cache
def _sqlite() -> tuple[Dialect, MutableMapping[Any, Any]]:
    """The dialect of all SQLite stores, and its statements as they were compiled.

    An engine has its own of both, and compiles every statement anew. A process opens stores many times: a preview for
    each rebuild, a desk for each page, a build twice.
    """
    engine = create_engine("sqlite://")
    engine.connect().close()  # the dialect learns what this SQLite can do
    engine.dispose()
    return engine.dialect, LRUCache(500)


def _immediate(engine: Engine) -> Engine:
    return engine.execution_options(begin="BEGIN IMMEDIATE")


def _tune(connection: Any, _record: object) -> None:
    """WAL with NORMAL is safe against a killed process; a power cut may lose the last transactions, whole."""
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """The driver's own BEGIN comes too late for consistent reads, so it is off and we send it.

    A transaction that writes says so at once: one that finds out later fails where another has written meanwhile.
    """
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Lists of so many; by default short enough for an IN clause."""
    iterator = iter(values)
    while part := list(islice(iterator, size)):
        yield part


@contextmanager
def _translated(engine: Engine) -> Iterator[None]:
    """Errors as ours, SQLAlchemy's and the driver's alike."""
    name = engine.url.render_as_string(hide_password=True)
    try:
        yield
    except (DBAPIError, engine.dialect.loaded_dbapi.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise StoreError(f"the store {name} failed: {cause}; {_mend(str(cause))}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"the store {name} failed: {error}") from error


def _mend(message: str) -> str:
    known = {
        "full": "free some disk space and run again, nothing stored is lost",
        "disk i/o": "check the disk (full, or a file-size limit?) and run again, nothing stored is lost",
        "readonly": "give this user the right to write it",
        "read-only": "give this user the right to write it",
        "unable to open": "check that its folder exists and may be written",
        "not a database": "it is no store of matrixsite; restore a backup with `matrixsite store restore FILE`",
        "malformed": "it is damaged; restore a backup with `matrixsite store restore FILE`",
        "password": "check user and password in `store:`, or in ~/.pgpass",
        "does not exist": "make it: createdb --encoding=UTF8 NAME",
        "permission": "give this user the right to write it",
        "connection": "check that the server runs and can be reached from here",
        "locked": "another program holds it; end that and run again",
    }
    return next((mend for mark, mend in known.items() if mark in message.lower()), "run again")
