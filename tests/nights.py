"""A matrix in a folder for tests: its settings and feeds as short as they can be said, and nights to run over them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from matrixsite import Matrix, RunReport

NIGHT = timedelta(days=1)
FIRST = datetime(2026, 11, 1, 19, tzinfo=UTC)  # 3 o'clock at night in Shanghai
MORNING = datetime(2026, 11, 1, 8)  # in Shanghai
LONG = (  # long enough that carriers of it share a story
    "市民朋友们，今天起全市公共图书馆延长开放时间至晚上九点，节假日不休，请凭有效证件入馆阅览，欢迎互相转告，"
    "也请爱护书籍设施，保持安静。咨询电话详见各馆公告栏，外地游客持身份证同样可以入馆。"
)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a feed; what isn't said follows from its name."""

    name: str
    title: str = ""
    text: str = ""
    link: str | None = None
    guid: str | None = None
    day: int = 1  # of November 2026; 0 and below lie before it
    more: str = ""  # XML of further elements

    def xml(self) -> str:
        link = f"https://example.com/{self.name}" if self.link is None else self.link
        guid = f"urn:x:{self.name}" if self.guid is None else self.guid
        parts = [
            f"<title>{escape(self.title or f'标题 {self.name}')}</title>",
            f"<link>{escape(link)}</link>" if link else "",
            f'<guid isPermaLink="false">{escape(guid)}</guid>' if guid else "",
            f"<pubDate>{MORNING + (self.day - 1) * NIGHT:%d %b %Y %H:%M:%S} +0800</pubDate>",
            f"<description>{escape(self.text or f'正文 {self.name}')}</description>",
            self.more,
        ]
        return f"<item>{''.join(parts)}</item>"


def rss(*items: Item | str) -> bytes:
    """A feed of items, or of items that are no more than their names."""
    written = [item if isinstance(item, Item) else Item(item) for item in items]
    return f'<rss version="2.0"><channel><title>t</title>{"".join(map(Item.xml, written))}</channel></rss>'.encode()


class Nights:
    """A folder with feeds.yaml and its feeds; each update is the next night."""

    def __init__(self, root: Path, accounts: Iterable[Mapping[str, Any]], **settings: Any) -> None:
        root.mkdir(exist_ok=True)
        self.root, self.store = root, settings.get("store", "")
        self.night = FIRST
        self.set_up(accounts, **settings)

    def set_up(self, accounts: Iterable[Mapping[str, Any]], **settings: Any) -> None:
        """Write feeds.yaml (JSON is YAML). An account's name defaults to its id."""
        site = {"title": "测试矩阵", "url": "https://matrix.example.org", "timezone": "Asia/Shanghai"}
        named = [{"name": account["id"], **account} for account in accounts]
        settings |= {"store": self.store} if self.store else {}
        (self.root / "feeds.yaml").write_text(
            json.dumps({"site": site, "accounts": named, **settings}, ensure_ascii=False), encoding="utf-8"
        )

    def write(self, name: str, content: bytes | str) -> Path:
        """A file in the folder: a local feed, or an editors' file."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def copy(self, root: Path) -> Nights:
        """The same in another folder; where it published to is remembered by its address, so name that again."""
        copied = copy(self)
        copied.root = Path(shutil.copytree(self.root, root))
        return copied

    def load(self) -> Matrix:
        """The matrix as its files are now."""
        return Matrix.load(self.root / "feeds.yaml")

    def update(self, **options: Any) -> RunReport:
        """The next night."""
        self.night += NIGHT
        return self.load().update(now=self.night, **{"jobs": 1, **options})

    def titles(self, account: str = "") -> list[str]:
        """Titles of the shown entries."""
        return sorted(entry.title for entry in self.load().entries(account=account))
