from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.site.conftest import Workshop

SAYS_MORE = "停水时间为上午九点至下午三点。"


def _notice(title: str, body: str = "", **front: str) -> str:
    lines = [f"title: {title}", *(f"{key.rstrip('_')}: {value}" for key, value in front.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n{body}\n"


@pytest.fixture
def posted(workshop: Workshop) -> Workshop:
    """A matrix of one account with notices of each time and level."""
    workshop.bare({"id": "a", "name": "甲", "feed": "feeds/a.xml"})
    workshop.feed("a", "1")
    workshop.today = date(2026, 11, 21)
    section = [{"id": "all", "title": "全部", "rule": {"accounts": ["a"]}}]
    workshop.write("content/sections.yaml", json.dumps(section))
    workshop.write("content/notices/over.md", _notice("已过期", from_="2026-11-01", until="2026-11-20"))
    workshop.write("content/notices/last-day.md", _notice("最后一天", until="2026-11-21"))
    workshop.write("content/notices/ahead.md", _notice("还没开始", from_="2026-11-22"))
    workshop.write(
        "content/notices/water.md", _notice("停水通知", SAYS_MORE, level="emergency", former="[tap]")
    )
    return workshop


def _api(workshop: Workshop) -> list[dict[str, Any]]:
    document = json.loads(workshop.read("api/v1/notices.json"))
    assert document["timezone"] == "Asia/Shanghai"
    notices: list[dict[str, Any]] = document["notices"]
    return notices


@pytest.mark.parametrize("path", ["index.html", "sections/all/index.html"])
def test_home_and_section_fronts_carry_what_stands_today(posted: Workshop, path: str) -> None:
    posted.build()
    page = posted.read(path)
    assert "notices.js" not in page
    assert page.index("停水通知") < page.index("最后一天")  # the most pressing first
    assert "已过期" not in page
    assert "还没开始" not in page
    assert SAYS_MORE not in page


def test_other_pages_show_them_by_script(posted: Workshop) -> None:
    posted.build()
    page = posted.read("accounts/a/index.html")
    assert 'src="../../theme/js/notices.js"' in page
    assert "停水通知" not in page
    assert 'src="/theme/js/notices.js"' in posted.read("404.html")


def test_the_script_reads_what_is_not_over(posted: Workshop) -> None:
    posted.build()
    water, ahead, last = _api(posted)
    assert water == {
        "id": "water",
        "title": "停水通知",
        "level": "emergency",
        "from": None,
        "until": None,
        "text": SAYS_MORE,
        "page": "notices/water/index.html",
    }
    assert (ahead["id"], ahead["from"], ahead["page"]) == ("ahead", "2026-11-22", "")
    assert (last["id"], last["until"]) == ("last-day", "2026-11-21")


def test_a_notice_that_says_more_has_a_page_and_keeps_its_addresses(posted: Workshop) -> None:
    posted.build()
    assert SAYS_MORE in posted.read("notices/water/index.html")
    assert "url=../../notices/water/index.html" in posted.read("notices/tap/index.html")
    assert not (posted.output / "notices/last-day").exists()


def test_a_new_day_touches_no_other_page(posted: Workshop) -> None:
    posted.build()
    posted.today = date(2026, 11, 22)
    assert set(posted.build().written) == {"index.html", "sections/all/index.html", "api/v1/notices.json"}
    assert "还没开始" in posted.read("index.html")
    assert "最后一天" not in posted.read("index.html")


def test_an_emergency_goes_after_its_last_day_and_its_page_says_so(posted: Workshop) -> None:
    urgent = _notice("红色预警", SAYS_MORE, level="emergency", from_="2026-11-21", until="2026-11-21")
    posted.write("content/notices/red.md", urgent)
    posted.build()
    for path in ("index.html", "sections/all/index.html"):
        page = posted.read(path)
        assert page.index("红色预警") < page.index("最后一天")
        assert 'standing-emergency" role="alert"' in page
    assert "到期" not in posted.read("notices/red/index.html")
    posted.today = date(2026, 11, 22)
    posted.build()
    for path in ("index.html", "sections/all/index.html", "api/v1/notices.json"):
        assert "红色预警" not in posted.read(path)
    assert "本公告已于2026年11月21日到期。" in posted.read("notices/red/index.html")


def test_without_notices_the_file_is_there_and_empty(workshop: Workshop) -> None:
    workshop.bare({"id": "a", "name": "甲"})
    workshop.build()
    assert _api(workshop) == []
