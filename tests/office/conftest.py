"""A matrix that has something to say to the office."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.nights import LONG, Item, Nights, rss

SETTINGS = {
    "groups": [{"id": "g", "name": "区县", "kind": "district"}],
    "members": [{"id": "m", "name": "成员单位"}],
}
ACCOUNTS = [
    {"id": "a", "name": "=甲", "feed": "a.xml", "group": "g", "member": "m"},
    {"id": "b", "name": "乙<script>", "feed": "b.xml", "group": "g"},
    {"id": "c", "name": "丙", "feed": "c.xml", "member": "m"},
    {"id": "d", "name": "丁", "feed": "d.xml"},
    {"id": "e", "name": "戊"},
]
MEASURES = """account,period,reads,likes,posts
a,2026-10,223344,,20
b,2026-10,1000,7,3
a,2026-09,200000,1,20
a,2025-10,111672,1,10
"""
INDEX = """
id: ours
version: "1"
title: 本市指数
source: {name: 本市}
score: ln(reads + 1) + likes
missing: {likes: zero}
"""
TASK = """
title: 转发=图书馆<b>
piece: https://example.com/lib
asked: {members: [m], accounts: [b, d, e]}
due: 2026-11-01 12:00
"""


@pytest.fixture(scope="session")
def three_nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    return filled(tmp_path_factory.mktemp("office") / "matrix")


@pytest.fixture
def nights(three_nights: Nights, tmp_path: Path) -> Nights:
    """Three nights of it."""
    return three_nights.copy(tmp_path / "matrix")


def filled(root: Path) -> Nights:
    """Three nights; on the last, the feed of `d` is a web page."""
    made = Nights(root, ACCOUNTS, **SETTINGS)
    made.write("a.xml", rss(Item("lib", title="图书馆延时开放", text=LONG, day=1)))
    made.write("b.xml", rss(Item("b1", title="=周末去看书", text=LONG, day=2), "b2"))
    made.write("c.xml", rss(Item("c1", day=-30)))
    made.write("d.xml", rss("d1"))
    made.write("content/tasks/library.yaml", TASK)
    made.write("content/measures/all.csv", MEASURES)
    made.write("content/indices/ours.yaml", INDEX)
    made.write("content/boards/inner.md", "---\ntitle: 内部<榜>\nindex: ours\n---\n")
    made.update()
    made.update()
    made.write("d.xml", "<!DOCTYPE html><html><body>停用</body></html>")
    made.update()
    return made
