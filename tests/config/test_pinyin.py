"""The order of directories."""

from __future__ import annotations

from pathlib import Path

import pytest

from matrixsite.config.load import load
from matrixsite.config.pinyin import pinyin_keys

IN_ORDER = (
    "12345热线",
    "APP青山",
    "长春日报",
    "成都发布",
    "重庆发布",
    "Daily",
    "厦门",
    "银行行长",
    "乐清发布",
)


def test_names_are_sorted_as_they_are_read() -> None:
    keys = pinyin_keys(IN_ORDER)
    assert sorted(set(IN_ORDER), key=lambda name: keys.get(name, name.casefold())) == list(IN_ORDER)
    assert "Daily" not in keys


@pytest.mark.parametrize("name", ["𠮷野家", "（青山）·微博", "〇七", "青 山", "青👍山", "\u4e00\u0301"])
def test_any_characters_have_a_place(name: str) -> None:
    assert pinyin_keys([name])[name]


@pytest.mark.parametrize(
    ("order", "names"), [("pinyin", ["成都发布", "重庆发布"]), ("listed", ["重庆发布", "成都发布"])]
)
def test_the_operator_may_keep_the_order_of_the_file(tmp_path: Path, order: str, names: list[str]) -> None:
    file = tmp_path / "feeds.yaml"
    file.write_text(
        f"site: {{title: t, url: 'https://matrix.example.org', order: {order}}}\n"
        "accounts: [{id: b, name: 重庆发布}, {id: a, name: 成都发布}]\n",
        encoding="utf-8",
    )
    for _ in range(2):  # read, then from the cache
        settings = load(file)
        assert [one.name for one in sorted(settings.accounts, key=settings.sort_key)] == names
