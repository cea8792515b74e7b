from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from matrixsite.config.settings import Profile, Settings
from matrixsite.site.checking.gov_profile import missing_for_profile, neglected_columns
from tests.nights import Item
from tests.site.conftest import Workshop

WHOLE: dict[str, Any] = {
    "profile": Profile.GOV,
    "site_code": "5101320017",
    "organizer": "市网信办",
    "authority_mark": "https://bszs.conac.cn/x",
    "description": "一句话",
}


def _settings(tmp_path: Path, **site: Any) -> Settings:
    settings = Workshop(tmp_path).load().settings
    return replace(settings, site=replace(settings.site, **WHOLE | site))


@pytest.mark.parametrize("key", ["site_code", "organizer", "authority_mark", "description"])
def test_a_setting_that_the_profile_needs(tmp_path: Path, key: str) -> None:
    assert list(missing_for_profile(_settings(tmp_path))) == []
    (problem,) = missing_for_profile(_settings(tmp_path, **{key: ""}))
    assert (problem.field, problem.mend) == (f"site.{key}", f"Add `{key}: …` below `site:`.")
    assert list(missing_for_profile(_settings(tmp_path, **{key: "", "profile": Profile.PLAIN}))) == []


def test_a_mark_whose_picture_is_missing(tmp_path: Path) -> None:
    settings = _settings(tmp_path, authority_mark_image="images/mark.png")
    (problem,) = missing_for_profile(settings)
    assert "content/images/mark.png" in problem.reason
    (tmp_path / "content/images").mkdir(parents=True)
    (tmp_path / "content/images/mark.png").write_bytes(b"x")
    assert list(missing_for_profile(settings)) == []


@pytest.fixture
def columns(workshop: Workshop) -> Workshop:
    """A section that is fed, and a column whose word no title holds."""
    workshop.bare({"id": "a", "name": "甲号"})
    workshop.feed("a", Item("one", "供热开始", day=1))
    workshop.write("content/sections.yaml", "- {id: news, title: 要闻, rule: {accounts: [a]}}\n")
    workshop.write("content/columns/empty.md", "---\ntitle: 空栏\nrule: {title_words: [无此词]}\n---\n")
    workshop.site |= {"profile": "gov"}
    return workshop


def _found(workshop: Workshop, days: int) -> list[tuple[str, str]]:
    with workshop.edition() as edition:
        newest = edition.source.newest_dated()
        assert newest is not None
        now: datetime = newest + timedelta(days=days)
        return [(problem.field, problem.reason) for problem in neglected_columns(edition, now)]


def test_columns_that_are_blank_or_old(columns: Workshop) -> None:
    blank = ("empty", "the column 空栏 is blank")
    assert _found(columns, 13) == [blank]
    assert _found(columns, 14) == [("news", "the column 要闻 has had nothing new for 14 days"), blank]


def test_other_sites_are_not_asked(columns: Workshop) -> None:
    columns.site["profile"] = "plain"
    assert _found(columns, 60) == []
