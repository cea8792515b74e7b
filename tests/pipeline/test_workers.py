"""Several runs take entries in at the same time: what one of them stored stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from matrixsite import Matrix
from matrixsite.config.load import load
from matrixsite.config.settings import Account, Feed, Settings, Site
from matrixsite.fetch.crawl import fetch_all
from matrixsite.model import Answer
from matrixsite.pipeline.asking import in_shard
from matrixsite.pipeline.options import Shard
from tests.nights import Nights, rss


@pytest.fixture
def nights(tmp_path: Path, postgres_url: str) -> Nights:
    made = Nights(tmp_path, [{"id": name, "feed": f"{name}.xml"} for name in "abc"], store=postgres_url)
    for name in "abc":
        made.write(f"{name}.xml", rss(f"{name}1", f"{name}2"))
    return made


def worker(nights: Nights, state: str, **options: Any) -> None:
    """A run with a state folder of its own."""
    matrix = Matrix(load(nights.root / "feeds.yaml", state=nights.root / state))
    matrix.update(now=nights.night, jobs=1, **options)


@pytest.mark.parametrize("known", [False, True], ids=["first night", "later"])
def test_what_another_run_stored_meanwhile_stands(
    nights: Nights, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    if known:
        nights.update()
        for name in "abc":
            nights.write(f"{name}.xml", rss(f"{name}2", f"{name}3"))

    async def slowly(*args: Any, **terms: Any) -> AsyncGenerator[Answer, None]:
        answers = [answer async for answer in fetch_all(*args, **terms)]
        monkeypatch.setattr("matrixsite.pipeline.update.fetch_all", fetch_all)
        nights.write("b.xml", rss("b2", "b9"))
        await in_a_thread(lambda: worker(nights, "other", only="b"))
        for answer in answers:
            yield answer

    monkeypatch.setattr("matrixsite.pipeline.update.fetch_all", slowly)
    report = nights.update()
    assert report.error == ""
    new = {"a": ["a1", "a2"], "b": ["b2", "b9"], "c": ["c1", "c2"]}
    if known:
        new = {"a": ["a1", "a2", "a3"], "b": ["b1", "b2", "b9"], "c": ["c1", "c2", "c3"]}
    assert {name: nights.titles(name) for name in "abc"} == {
        name: [f"标题 {item}" for item in items] for name, items in new.items()
    }
    assert report.new == (2 if known else 4)


def test_shards_wait_for_a_run_of_all(nights: Nights) -> None:
    for number in (1, 2):
        worker(nights, f"worker{number}", shard=(number, 2))
    entries = list(nights.load().entries(status=None))
    assert len(entries) == 6
    report = nights.update()
    assert (report.new, report.joined) == (0, 6)


def test_every_account_is_of_one_part_and_hosts_stay_together() -> None:
    def account(number: int, *urls: str) -> Account:
        feeds = tuple(Feed(f"{number}-{place}", url) for place, url in enumerate(urls))
        return Account(f"a{number}", "", "", feeds=feeds)

    root = Path("/nowhere")
    one_host = [account(n, f"https://u:p@ONE.example/{n}") for n in range(9)]
    others = [account(n, f"https://{n}.example/", "https://one.example/x") for n in range(9, 60)]
    files = [account(n, f"{n}.xml") for n in range(60, 90)]
    every = (*one_host, *others, *files, account(99))
    settings = Settings(root, root, root / "feeds.yaml", "", Site("", "https://m.example"), accounts=every)
    parts = [in_shard(settings, Shard(number, 4)) for number in range(1, 5)]
    assert sorted(name for part in parts for name in part) == sorted(item.id for item in every)
    assert all(parts)
    assert sum(bool(part & {item.id for item in one_host}) for part in parts) == 1
    assert in_shard(settings, None) == {item.id for item in every}


async def in_a_thread(work: Any) -> None:
    """An event loop runs inside no other."""
    await asyncio.to_thread(work)
