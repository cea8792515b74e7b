"""On a real cluster: the same bytes, nothing lost with a worker, hosts asked by one worker at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from matrixsite import Matrix
from matrixsite.errors import EngineLost, EngineUnknown
from matrixsite.pipeline.engines import require_engine
from matrixsite.pipeline.progress import Silent
from matrixsite.plugins import installed, loaded
from matrixsite.store.database import open_database
from tests.feedserver import FeedServer, Reply
from tests.nights import FIRST, LONG, NIGHT, Item, Nights, rss
from tests.site.conftest import tree
from tests.store.snapshot import Snapshot, snapshot

pytest.importorskip("distributed", reason="Dask is not installed")

from tests.cluster import DEADLY, Cluster, cluster

pytestmark = pytest.mark.long
HOSTS, FEEDS = 4, 5


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("dask")) as one:
        yield one


@pytest.fixture
def hosts() -> Iterator[list[FeedServer]]:
    """Servers whose every feed has a text in common with another's, and one of its own."""
    servers = [FeedServer() for _ in range(HOSTS)]
    for number, server in enumerate(servers):
        for feed in range(FEEDS):
            items = [Item(f"p{number}-{feed}", f"第{number}号", f"{LONG}共{feed}"), Item(f"q{number}-{feed}")]
            server.routes[f"/{feed}.xml"] = Reply(rss(*items), delay=0.02)
        server.__enter__()
    yield servers
    for server in servers:
        server.__exit__(None, None, None)


@pytest.fixture
def matrix(hosts: list[FeedServer]) -> Callable[[Path], Nights]:
    """The same matrix in any folder."""

    def made(folder: Path) -> Nights:
        accounts = [
            {"id": f"a{number}-{feed}", "feed": server.url(f"/{feed}.xml"), "rights": "full"}
            for number, server in enumerate(hosts)
            for feed in range(FEEDS)
        ]
        accounts.append({"id": "local", "feed": "local.xml"})
        places = [server.place for server in hosts]
        nights = Nights(folder, accounts, fetch={"allow_private": places, "per_host": 2})
        nights.write("local.xml", rss(Item("x", text=LONG)))
        return nights

    return made


def build(nights: Nights, engine: str, night: int = 0, **options: object) -> None:
    now = FIRST + night * NIGHT
    nights.load().build(nights.root / "output", now=now, jobs=1, engine=engine, **options)  # type: ignore[arg-type]


def came_out(nights: Nights) -> tuple[Snapshot, dict[str, bytes]]:
    """The store, but for what hosts sent along, and the site."""
    with closing(open_database(nights.root / ".matrixsite/store.sqlite3")) as database:
        stored = snapshot(database)
    return {name: rows for name, rows in stored.items() if name != "meta"}, tree(nights.root / "output")


def test_two_nights_give_the_same_store_and_the_same_bytes(
    dask: Cluster, hosts: list[FeedServer], matrix: Callable[[Path], Nights], tmp_path: Path
) -> None:
    alone, together = matrix(tmp_path / "alone"), matrix(tmp_path / "together")
    build(alone, "local")
    build(together, dask.engine)
    assert came_out(together) == came_out(alone)
    assert max(server.at_once for server in hosts) <= 2  # per_host, whoever asked
    for server in hosts:
        server.routes["/0.xml"] = Reply(rss(Item("new", "新的", "今天才有的话。"), "q"))
    build(alone, "local", 1)
    build(together, dask.engine, 1)
    assert came_out(together) == came_out(alone)


def test_a_store_on_a_server_gives_the_same_site(dask: Cluster, tmp_path: Path, postgres_url: str) -> None:
    """As several machines have it; workers share the view of the run."""
    accounts = [{"id": name, "feed": f"{name}.xml", "rights": "full"} for name in "abcd"]
    alone, together = (
        Nights(tmp_path / "alone", accounts),
        Nights(tmp_path / "together", accounts, store=postgres_url),
    )
    for nights, engine in ((alone, "local"), (together, dask.engine)):
        for name in "abcd":
            nights.write(f"{name}.xml", rss(Item(f"p{name}", text=LONG), *(f"q{name}{n}" for n in range(9))))
        build(nights, engine)
        nights.write("a.xml", rss(Item("new", "新的"), "qa1"))
        build(nights, engine, 1)
    assert tree(together.root / "output") == tree(alone.root / "output")


def test_what_a_host_said_to_one_worker_is_heeded_by_all(
    dask: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers 429: as many are asked as in one process, though they come in batches."""
    monkeypatch.setattr("matrixsite.pipeline.spreading.BATCH", 4)
    with FeedServer() as busy:
        for feed in range(20):
            busy.routes[f"/{feed}.xml"] = Reply(status=429)
        accounts = [{"id": f"a{feed}", "feed": busy.url(f"/{feed}.xml")} for feed in range(20)]
        nights = Nights(tmp_path / "m", accounts, fetch={"allow_private": [busy.place], "per_host": 1})
        report = nights.load().update(now=FIRST, engine=dask.engine)
        assert len(busy.asked) == 1
    assert {feed.reason for feed in report.feeds} == {"host-asked-to-wait"}


class Killing(Silent):
    """Kills a worker while a stage is under way."""

    def __init__(self, dask: Cluster, stage: str) -> None:
        self._dask, self._stage, self.killed, self._now = dask, stage, False, ""

    def stage(self, name: str, total: int = 0) -> None:
        self._now = name

    def advance(self, count: int = 1) -> None:
        if self._now == self._stage and not self.killed:
            self.killed = True
            self._dask.kill_worker()


@pytest.mark.parametrize("stage", ["feeds", "pages"])
def test_a_worker_that_is_killed_takes_nothing_with_it(
    dask: Cluster, matrix: Callable[[Path], Nights], tmp_path: Path, stage: str
) -> None:
    alone, together = matrix(tmp_path / "alone"), matrix(tmp_path / "together")
    build(alone, "local")
    killing = Killing(dask, stage)
    build(together, dask.engine, progress=killing)
    assert killing.killed
    assert came_out(together) == came_out(alone)


def test_a_document_that_kills_its_workers_harms_only_its_feed(
    dask: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(dask.packages), *sys.path])
    monkeypatch.setenv("PYTHONPATH", str(dask.packages))
    installed.cache_clear()
    accounts = [{"id": name, "feed": f"{name}.xml", "filters": ["deadly"]} for name in "abc"]
    nights = Nights(tmp_path / "m", accounts)
    for name in "abc":
        nights.write(f"{name}.xml", rss(Item(name, DEADLY if name == "b" else f"好的{name}")))
    build(nights, dask.engine)
    told = {status.account: status.reason for status in nights.load().statuses()}
    installed.cache_clear()
    loaded.cache_clear()
    assert nights.titles() == ["好的a", "好的c"]
    assert told == {"a": "", "b": "worker-died", "c": ""}


def test_a_scheduler_that_is_gone_ends_the_run_and_the_next_goes_on(
    matrix: Callable[[Path], Nights], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matrixsite.pipeline.dask_engine.WAIT", 8.0)
    alone, together = matrix(tmp_path / "alone"), matrix(tmp_path / "together")
    build(alone, "local")
    (tmp_path / "dask").mkdir()
    with cluster(tmp_path / "dask") as short_lived:

        class Ending(Killing):
            def advance(self, count: int = 1) -> None:
                if self._now == "pages" and not self.killed:
                    self.killed = True
                    short_lived.close()

        with pytest.raises(EngineLost, match="gone"):
            build(together, short_lived.engine, progress=Ending(short_lived, "pages"))
    assert not (together.root / "output/index.html").exists()
    build(together, "local")
    assert came_out(together) == came_out(alone)


def test_a_cluster_of_this_machine_comes_with_the_run(tmp_path: Path) -> None:
    nights = Nights(tmp_path / "m", [{"id": "a", "feed": "a.xml"}])
    nights.write("a.xml", rss("one", "two"))
    report = nights.load().update(now=FIRST, engine="dask", jobs=1)
    assert report.new == 2


@pytest.mark.parametrize("name", ["spark", "dask:x", "tcp://127.0.0.1:8786"])
def test_names_of_no_engine(name: str) -> None:
    with pytest.raises(EngineUnknown, match="write local, dask, or dask://HOST:PORT"):
        require_engine(name)


def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matrixsite.pipeline.dask_engine.WAIT", 1.0)
    nights = Nights(tmp_path / "m", [{"id": "a", "feed": "a.xml"}])
    with pytest.raises(EngineLost, match=r"no Dask scheduler with a worker answers at 127\.0\.0\.1:9"):
        Matrix.load(nights.root / "feeds.yaml").update(now=FIRST, engine="dask://127.0.0.1:9")
