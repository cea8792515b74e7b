from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matrixsite.config.load import load
from matrixsite.config.settings import Account, FormerName, StoreLink
from matrixsite.config.shorthand import feed, written_feed

from .conftest import SITE

APP = "https://apps.example.org/1"
FORMER: list[tuple[str, FormerName]] = [
    ("旧名", FormerName("旧名")),
    ("旧名 2025-03-01", FormerName("旧名", date(2025, 3, 1))),
    ("Old Name 2025/3/1", FormerName("Old Name", date(2025, 3, 1))),
    ("2025-03-01", FormerName("2025-03-01")),  # a name it must have
    ("频道 2020", FormerName("频道 2020")),
]
LINKS: list[tuple[str, StoreLink]] = [
    (APP, StoreLink(APP)),
    (f"华为 应用市场 {APP} 3.2.1 2025/3/1", StoreLink(APP, "华为 应用市场", "3.2.1", date(2025, 3, 1))),
    (f"{APP} 3.2", StoreLink(APP, version="3.2")),
    (f"{APP} 2025-03-01", StoreLink(APP, updated=date(2025, 3, 1))),
    (f"{APP} 8.0 beta", StoreLink(APP, version="8.0 beta")),
]


@pytest.mark.parametrize(("written", "former"), FORMER)
@pytest.mark.parametrize("suffix", ["yaml", "csv"])
def test_former_names(tmp_path: Path, written: str, former: FormerName, suffix: str) -> None:
    assert _account(tmp_path, suffix, "former_names", written).former_names == (former, former)


@pytest.mark.parametrize(("written", "link"), LINKS)
@pytest.mark.parametrize("suffix", ["yaml", "csv"])
def test_store_links(tmp_path: Path, written: str, link: StoreLink, suffix: str) -> None:
    assert _account(tmp_path, suffix, "store_links", written).store_links == (link, link)


def test_they_may_be_written_out(tmp_path: Path) -> None:
    text = (
        "former_names: [{name: 甲, until: 2024-01-31}], store_links: [{url: 'https://h.org', version: '1'}]"
    )
    (tmp_path / "feeds.yaml").write_text(f"{SITE}accounts: [{{id: a, name: A, {text}}}]", encoding="utf-8")
    [account] = load(tmp_path / "feeds.yaml").accounts
    assert account.former_names == (FormerName("甲", date(2024, 1, 31)),)
    assert account.store_links == (StoreLink("https://h.org", version="1"),)
    assert account.other_names == ("甲",)


def _account(folder: Path, suffix: str, key: str, written: str) -> Account:
    """The account that says it twice, in a file of that kind."""
    text = (
        f"id,name,{key}\na,A,{written}; {written}\n"
        if suffix == "csv"
        else f"accounts: [{{id: a, name: A, {key}: ['{written}', '{written}']}}]\n"
    )
    (folder / f"more.{suffix}").write_text(text, encoding="utf-8")
    (folder / "feeds.yaml").write_text(f"{SITE}include: more.{suffix}\n", encoding="utf-8")
    return load(folder / "feeds.yaml").accounts[0]


@pytest.mark.parametrize(
    ("cell", "tree"),
    [
        ("https://x.org/?a=1", "https://x.org/?a=1"),
        ("video=https://x.org/", {"name": "video", "url": "https://x.org/"}),
        ("video!notices=a.txt", {"name": "video", "source": "notices", "url": "a.txt"}),
        ("!notices=a.txt", {"source": "notices", "url": "a.txt"}),
    ],
)
def test_feeds_of_a_cell_come_back_as_they_were(cell: str, tree: Any) -> None:
    assert feed(cell) == tree
    named = tree if isinstance(tree, dict) else {"url": tree}
    assert written_feed(named.get("name", ""), named["url"], named.get("source", "")) == cell
