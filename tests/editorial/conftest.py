"""A small matrix: two districts under one group, three members, five accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from matrixsite.config.settings import Account, Group, Member, Settings, Site


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        root=tmp_path,
        state=tmp_path / ".matrixsite",
        file=tmp_path / "feeds.yaml",
        digest="",
        site=Site("青山矩阵", "https://matrix.example.org"),
        groups=(
            Group("districts", "区县"),
            Group("qingshan", "青山区", parent="districts"),
            Group("media", "媒体联盟"),
        ),
        members=(
            Member("city", "市政府新闻办", aliases=("新闻办",)),
            Member("qingshan", "青山区委网信办", groups=("qingshan",)),
            Member("daily", "青山日报社", groups=("media",)),
            Member("lake", "青山湖", groups=("districts", "media")),  # by its account, which names none
        ),
        accounts=(
            Account("city-wechat", "青山发布", "city", platform="wechat", account_class="government"),
            Account("city-weibo", "青山发布", "city", platform="weibo", account_class="government"),
            Account("qingshan-wechat", "青山区发布", "qingshan", platform="wechat"),
            Account("daily", "青山日报", "daily", account_class="media", aliases=("日报",)),
            Account("lake", "青山湖", "lake", platform="weibo", groups=("districts", "media")),
        ),
    )
