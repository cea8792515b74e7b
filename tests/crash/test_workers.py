"""Real processes over one store on a server: workers and a builder at once lose nothing."""

from __future__ import annotations

import signal
from pathlib import Path

from matrixsite import Matrix, RunReport
from matrixsite.config.load import load
from matrixsite.pipeline.asking import in_shard
from matrixsite.pipeline.options import Shard
from matrixsite.pipeline.progress import Silent
from matrixsite.registry.exporting import entry_line
from matrixsite.store.copying import copy_between
from tests.cli.conftest import process, run
from tests.crash.world import NOW, build_options, feeds, published
from tests.nights import FIRST, LONG, Item, Nights, rss
from tests.postgres import Server

IDS = tuple("abcdgh")


def matrix(root: Path, store: str) -> Nights:
    return Nights(root, [{"id": name, "feed": f"{name}.xml"} for name in IDS], store=store)


def second_night(nights: Nights) -> None:
    """Each account says something of its own, and carries what one of them said on the first night."""
    for number, name in enumerate(IDS):
        own = (Item(f"{name}{n}", text=f"{name}在第{n}条里说的话，与别人无关。") for n in range(40))
        carried = Item(f"{name}carried", title="图书馆延时", text=f"{LONG}0第1版", day=2)
        nights.write(f"{name}.xml", rss(carried, *own, f"{name}{number}x"))


def update_options(nights: Nights, worker: str, *more: str) -> list[str | Path]:
    where: list[str | Path] = ["-c", nights.root / "feeds.yaml", "--state", nights.root / worker]
    return ["update", *where, "--now", NOW.isoformat(), "--jobs", "1", *more]


def held(nights: Nights) -> list[object]:
    loaded = nights.load()
    return [entry_line(entry, loaded.zone) for entry in loaded.entries(status=None)]


def build(nights: Nights, state: str = ".matrixsite") -> RunReport:
    matrix = Matrix(load(nights.root / "feeds.yaml", state=nights.root / state))
    return matrix.build(nights.root / "output", now=NOW, jobs=1, force=True)


def test_two_workers_and_a_builder_at_once(tmp_path: Path, postgres_server: Server) -> None:
    """The site is that of one after another."""
    stores = [postgres_server.create() for _ in range(2)]
    made, alone = matrix(tmp_path / "m", stores[0]), matrix(tmp_path / "alone", stores[1])
    feeds(made, 1, IDS[:1])
    for name in IDS[1:]:
        made.write(f"{name}.xml", rss(f"{name}old"))
    made.load().build(made.root / "output", now=FIRST, jobs=1)
    copy_between(stores[0], stores[1], Silent())
    second_night(made)
    second_night(alone)

    others = sorted(in_shard(made.load().settings, Shard(2, 2)))
    assert 0 < len(others) < len(IDS)
    alone.load().update(now=NOW, jobs=1, shard=(1, 2))
    alone.load().update(now=NOW, jobs=1, only=others[0])
    build(alone)

    together = [
        process(*update_options(made, "first", "--shard", "1/2")),
        process(*update_options(made, "second", "--only", others[0])),
        process(*build_options(made)),
    ]
    for one in together:
        _, err = one.communicate(timeout=120)
        assert one.returncode == 0, err
    build(made)

    assert held(made) == held(alone)
    assert published(made) == published(alone)
    assert (build(made).written, build(made).removed) == (0, 0)


def test_a_second_builder_steps_back_wherever_its_state_lies(tmp_path: Path, postgres_url: str) -> None:
    made = matrix(tmp_path / "m", postgres_url)
    feeds(made, 1, IDS)
    with process(*build_options(made)) as running:
        assert running.stderr is not None
        assert "feeds: 0 of 6" in running.stderr.readline()
        running.send_signal(signal.SIGSTOP)
        elsewhere = run(*build_options(made), "--state", made.root / "elsewhere")
        assert elsewhere.code == 4
        assert "another run is at work: matrixsite build, process " in elsewhere.err
        running.send_signal(signal.SIGKILL)
    assert build(made, "elsewhere").written
