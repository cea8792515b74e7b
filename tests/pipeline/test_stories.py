"""The same stories however the stage is cut, interrupted or helped, at a cost that the archive doesn't raise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event, func, select

from matrixsite.dedup import shelf
from matrixsite.dedup.index import SENTENCES, TITLES
from matrixsite.pipeline import stories
from matrixsite.pipeline.engine import Engine
from matrixsite.pipeline.options import Options
from matrixsite.pipeline.progress import Silent
from matrixsite.store import forgetting, postings
from matrixsite.store.database import open_database
from matrixsite.store.originals import Sources
from matrixsite.store.schema import entry, posting_recent, sentence_recent
from tests.ingest.documents import harvested
from tests.nights import LONG, Item, rss
from tests.store.filling import Filling, matrix
from tests.store.snapshot import Snapshot, snapshot

ACCOUNTS = ("a", "b", "c", "d", "e")
SENTENCE = (
    "今天上午全市公共图书馆馆长会议在区文化中心三楼举行",
    "会议决定从下月起延长各分馆的开放时间至晚上九点",
    "请读者凭有效证件入馆并爱护书籍设施保持阅览室安静",
    "咨询电话八点到十八点有人接听节假日照常办理借阅手续",
    "少年儿童阅览区周末增开故事会每场限五十个家庭报名",
    "因设备检修城东分馆三月5日至7日暂停服务敬请谅解",
    "因设备检修城东分馆三月8日至9日暂停服务敬请谅解",
    "来源：青山发布",
    "更多精彩内容请扫描二维码关注我们的官方微信公众号",
)
TITLE = (
    "",
    "分享图片",
    "全市公共图书馆延长开放时间",
    "【转载】全市公共图书馆延长开放时间",
    "城东分馆检修暂停服务的通知",
)

Nightly = list[dict[str, list[Item]]]


def nights_of(sentences: st.SearchStrategy[list[str]]) -> st.SearchStrategy[Nightly]:
    """Nights of a few accounts whose texts are of these sentences."""
    items = st.builds(
        Item,
        name=st.sampled_from([f"n{number}" for number in range(12)]),
        title=st.sampled_from(TITLE),
        text=sentences.map("。\n".join),
        link=st.sampled_from([None, None, None, "https://example.com/same"]),
        day=st.integers(10, 19),
    )
    night = st.dictionaries(st.sampled_from(ACCOUNTS), st.lists(items, max_size=5), min_size=1)
    return st.lists(night, min_size=1, max_size=3)


nightly = nights_of(st.lists(st.sampled_from(SENTENCE), max_size=7))
# None says one sentence again and again: if others say it too, forgetting can change its story (docs/stories.md).
sayings = nights_of(st.lists(st.sampled_from(SENTENCE), max_size=7, unique=True))
few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


class Interrupted(BaseException):
    """What a kill is to the store: the transaction under way never happened."""


@contextmanager
def empty() -> Iterator[Filling]:
    with TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "store.sqlite3")
        filling = Filling(database)
        filling.settings = matrix(*ACCOUNTS)
        yield filling
        database.close()


def after(
    nights: Nightly, batch: int = 500, join: Callable[[Filling], None] = Filling.join, days: int = 1
) -> Snapshot:
    """The store after these nights, so many days apart."""
    with empty() as filling:
        filling.batch = batch
        for documents in nights:
            filling.take([harvested(rss(*body), key, now=filling.now) for key, body in documents.items()])
            filling.now += timedelta(days=days - 1)
            join(filling)
        return snapshot(filling.database)


def stories_of(stored: Snapshot) -> dict[str, str]:
    """Entry → story."""
    place = [column.name for column in entry.c].index("story")
    return {row[0]: row[place] for row in stored["entry"]}


# --- batches ---


@few
@given(nightly, st.sampled_from([1, 2, 3, 7]))
def test_any_batch_finds_the_same(nights: Nightly, batch: int) -> None:
    assert after(nights, batch) == after(nights)


@few
@given(nightly)
def test_long_texts_make_short_batches_and_prints_are_dropped(nights: Nightly) -> None:
    expected = after(nights)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories, "CHARACTERS", 100)
        patch.setattr(shelf, "KEPT", 50)
        assert after(nights) == expected


@few
@given(nightly, st.integers(0, 5))
def test_interrupted_anywhere(nights: Nightly, commits: int) -> None:
    def interrupted(filling: Filling) -> None:
        left = [commits]

        def count(_: Connection) -> None:
            if not left[0]:
                raise Interrupted
            left[0] -= 1

        event.listen(filling.database._engine, "commit", count)
        try:
            filling.join()
        except Interrupted:
            pass
        finally:
            event.remove(filling.database._engine, "commit", count)
        filling.join()

    assert after(nights, 2, interrupted) == after(nights)


@few
@given(nightly, st.sampled_from([0, 3]))
def test_postings_are_found_wherever_they_lie(nights: Nightly, full: int) -> None:
    expected = after(nights)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "FULL", full)
        settled = after(nights, 2)
    assert stories_of(settled) == stories_of(expected)
    for recent, large in (("posting_recent", "posting"), ("sentence_recent", "sentence")):
        assert sorted(settled[recent] + settled[large]) == sorted(expected[recent])


def test_workers_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    nights = [{name: [Item(name, text=f"{LONG}\n{SENTENCE[0]}", day=10)] for name in ACCOUNTS}]
    expected = after(nights)
    monkeypatch.setattr(stories, "CHUNK", 10)

    def with_workers(filling: Filling) -> None:
        with Engine(2) as engine:
            stories.StoryFinder(
                filling.database, Sources(filling.settings), engine, Options(filling.now)
            ).find(Silent())

    assert after(nights, join=with_workers) == expected
    assert len(set(stories_of(expected).values())) == 1


# --- cost ---


def archive(count: int) -> list[Item]:
    """Entries that have nothing to do with each other."""
    texts = ["".join(chr(0x4E00 + (n * 131 + k * k * 17) % 9000) for k in range(90)) for n in range(count)]
    return [Item(f"x{n}", f"第{n}号会议的{n}个决定", text) for n, text in enumerate(texts)]


def statements(size: int) -> int:
    """How many one batch takes over an archive of so many entries."""
    with empty() as filling:
        filling.take([harvested(rss(*archive(size)), "a", now=filling.now)])
        filling.take(
            [harvested(rss(replace(archive(4)[3], name="y", link="https://e.com/1")), "b", now=filling.now)]
        )
        filling.join()
        night = {
            "c": [*archive(9)[2:], Item("new", text=LONG, day=12)],
            "d": [Item("new2", text=LONG, day=12)],
        }
        filling.take([harvested(rss(*body), key, now=filling.now) for key, body in night.items()])
        count = [0]

        def seen(*_: Any) -> None:
            count[0] += 1

        event.listen(filling.database._engine, "before_cursor_execute", seen)
        filling.join()
        return count[0]


def test_a_larger_archive_takes_no_more_statements() -> None:
    assert statements(400) == statements(20) < 80


def test_what_stands_everywhere_is_kept_for_few_stories() -> None:
    with empty() as filling:
        same = f"{SENTENCE[8]}。\n{SENTENCE[4]}。\n"
        night = [
            replace(item, title="分享图片", text=same + item.text, day=1 + n % 19)
            for n, item in enumerate(archive(2 * TITLES))
        ]
        filling.take([harvested(rss(*night), "a", now=filling.now)])
        filling.join()
        with filling.database.read() as connection:
            for table, most in ((posting_recent, TITLES), (sentence_recent, SENTENCES)):
                counts = select(func.count().label("n")).select_from(table).group_by(table.c.hash).subquery()
                assert connection.scalar(select(func.max(counts.c.n))) == most


# --- forgetting ---


@few
@given(sayings.filter(lambda nights: len(nights) > 1))
def test_forgetting_changes_nothing(nights: Nightly) -> None:
    forgetful = after(nights, days=40)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forgetting, "FORGET", timedelta(days=20_000))
        mindful = after(nights, days=40)
    assert stories_of(forgetful) == stories_of(mindful)


def test_what_rests_is_forgotten() -> None:
    nights = [{"a": [Item("a", text=LONG)]}, {"b": [Item("b", text="别的" * 30)]}]

    def known(days: int) -> set[str]:
        return {name for _, name, _ in after(nights, days=days)["posting_recent"]}

    assert len(known(20)) == 2
    assert len(known(70)) == 1
