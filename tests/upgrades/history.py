"""A small matrix with all that a store remembers, and its store written down: one file for each version of stores.

    python -m tests.upgrades.history

writes tests/upgrades/stores/<version>.sql; it is run, and the file kept, before a release that changes the store.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from matrixsite.store.schema import SCHEMA_VERSION
from tests.nights import LONG, NIGHT, Item, Nights, rss

STORES = Path(__file__).with_name("stores")
STORE = Path(".matrixsite/store.sqlite3")
ACCOUNTS = [
    {"id": "a", "feed": "a.xml", "rights": "full"},
    {"id": "b", "feed": "b.xml"},
    {"id": "c", "feed": "c.xml", "publish": "hold"},
]


def two_nights(root: Path) -> Nights:
    """Reposts, a correction, words of editors, a held account, a list by rule, a feed that fails."""
    nights = Nights(root, ACCOUNTS)
    nights.write("content/columns/books.md", "---\ntitle: 读书\nrule: {title_words: [图书馆]}\n---\n")
    nights.write("a.xml", rss(Item("a1", "图书馆延时开放", LONG), Item("a2", "旧题", "起初的话，后来改了。")))
    nights.write("b.xml", rss(Item("b1", "转发：图书馆开放到九点", LONG), Item("b2", "要撤回的")))
    nights.write("c.xml", rss(Item("c1", "等编辑看的"), Item("c2", "图书馆讲座")))
    build(nights)
    ids = {entry.title: entry.id for entry in nights.load().entries(status=None)}
    nights.write("content/withdrawn.yaml", f"- {{ref: {ids['要撤回的']}, why: 有误, on: 2026-11-02}}\n")
    nights.write("content/approved.yaml", f"- {ids['图书馆讲座']}\n")
    nights.write(
        "a.xml", rss(Item("a1", "图书馆延时开放", LONG), Item("a2", "新题", "改过的话，与起初不同。"))
    )
    nights.write("b.xml", "<html>登录</html>")
    build(nights)
    return nights


def third_night(nights: Nights) -> None:
    """News of a text that the first night brought, and of another."""
    nights.write("b.xml", rss(Item("b3", "再说图书馆开放", LONG, day=3), Item("b4", "湖边")))
    build(nights)


def build(nights: Nights) -> None:
    """Update and build the next night."""
    nights.load().build(nights.root / "output", now=nights.night, jobs=1, force=True)
    nights.night += NIGHT


def written_down(nights: Nights) -> str:
    """The store as SQL, without the folder that its site was published to."""
    with closing(sqlite3.connect(nights.root / STORE)) as connection:
        connection.execute("DELETE FROM page")
        connection.execute("DELETE FROM output")
        connection.execute("DELETE FROM meta WHERE key = 'output'")
        connection.commit()
        return "\n".join(connection.iterdump()) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        text = written_down(two_nights(Path(folder) / "m"))
    (STORES / f"{SCHEMA_VERSION}.sql").write_text(text, encoding="utf-8")
