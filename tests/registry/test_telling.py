"""What other programs and people are told: OPML, export lines, explanations, the starter."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from matrixsite.config.settings import Account, Feed, Group, Holds, Publish, Settings
from matrixsite.editorial.content import Content
from matrixsite.editorial.decisions import Withdrawal
from matrixsite.editorial.refs import parse_ref
from matrixsite.errors import SettingsError
from matrixsite.registry.explaining import explain_status
from matrixsite.registry.exporting import entry_line
from matrixsite.registry.opml import members_opml
from matrixsite.registry.starter import start_matrix
from matrixsite.store import archive
from tests.store.filling import Filling, matrix

TOKEN = "https://x.org/feed?token=secret"


def test_a_fetch_address_leaves_only_where_it_may() -> None:
    feeds = (Feed("a", TOKEN),)
    accounts = [
        Account("a", "甲 <&>", "a", feeds=feeds, groups=("g",)),
        Account("b", "乙", "b", feeds=feeds, public=True),
        Account("c", "丙", "c"),
    ]
    root = ElementTree.fromstring(
        members_opml(matrix(*accounts, groups=(Group("g", "组"), Group("h", "空"))))
    )
    outlines = {item.get("text"): item.get("xmlUrl") for item in root.iter("outline")}
    own = "https://matrix.example.org/accounts/a/feed.atom.xml"
    assert outlines == {"组": None, "甲 <&>": own, "乙": TOKEN}


def test_an_export_line(filling: Filling) -> None:
    filling.night({"a": ["p"]})
    with filling.database.read() as connection:
        (entry,) = archive.stored_entries(connection, filling.judge)
    assert entry_line(entry, ZoneInfo("Asia/Shanghai")) == {
        "id": entry.id,
        "account": "a",
        "feed": "a",
        "guid": "urn:x:p",
        "url": "https://example.com/p",
        "title": "标题 p",
        "published": "2026-11-01T08:00:00+08:00",
        "first_seen": "2026-11-21T03:00:00+08:00",
        "updated": None,
        "story": entry.id,
        "original": True,
        "contains": [],
        "status": "shown",
        "evidence": "founder",
        "outside": "",
    }


WITHDRAWN = Content(withdrawn=(Withdrawal(parse_ref("https://example.com/p"), "数字有误"),))
APPROVED = Content(approved=(parse_ref("https://example.com/p"),))
HOLDING = Account("a", "a", "a", publish=Publish.HOLD)
GROUP = Group("g", "组", publish=Publish.HOLD)


@pytest.mark.parametrize(
    ("settings", "content", "part"),
    [
        (matrix("a"), Content(), "nothing holds it back"),
        (matrix("a"), WITHDRAWN, "数字有误"),
        (matrix("b"), Content(), "not in feeds.yaml"),
        (matrix("a", holds=Holds(words=("正文",))), Content(), "the word '正文'"),
        (matrix(HOLDING), Content(), "publish: hold"),
        (matrix(HOLDING), APPROVED, "approved by"),
        (matrix(Account("a", "a", "a", groups=("g",)), groups=(GROUP,)), Content(), "a group or the class"),
    ],
)
def test_explanations(filling: Filling, settings: Settings, content: Content, part: str) -> None:
    filling.night({"a": ["p"]})
    filling.settings, filling.content = settings, content
    filling.settle()
    with filling.database.read() as connection:
        (entry,) = archive.stored_entries(connection, filling.judge)
    assert part in explain_status(entry, filling.settings, content)


def test_a_new_matrix_overwrites_nothing(tmp_path: Path) -> None:
    written = start_matrix(tmp_path / "new")
    assert tmp_path / "new" / "feeds.yaml" in written
    assert all(path.is_file() for path in written)
    before = written[0].read_bytes()
    with pytest.raises(SettingsError, match="exists already"):
        start_matrix(tmp_path / "new")
    assert written[0].read_bytes() == before
