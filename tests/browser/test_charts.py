"""Pages with charts, grids and calendars in Chromium: axe finds nothing, nothing runs over, all is reached by key."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import Scheme, Watch
from tests.nights import LONG, Item
from tests.site.conftest import Workshop

pytestmark = pytest.mark.long

TITLE = "图书馆今起延长开放时间"
PAGES = (
    "statistics/index.html",
    "statistics/2026/index.html",
    "groups/g/index.html",
    "accounts/index.html",
    "accounts/a0/index.html",
    "accounts/a0/2026/index.html",
    "members/one/index.html",
    "archive/index.html",
    "archive/2026/11/index.html",
    "archive/2026/11/01/index.html",
    "subscribe/index.html",
    "boards/index.html",
    "boards/wx/index.html",
    "boards/wx/2026-10/index.html",
)
PLACES = "\n".join(
    f"{rank},a{rank},青山{rank}号,{900 - rank}.50,shares,{rank * 1000}" for rank in range(1, 7)
)
HEADINGS = "rank,account,name,score,missing,reads"
EDITION = f"# published,2026-11-05\n# index,wci@14.2\n# formula,score = reads\n{HEADINGS}\n{PLACES}\n"
AS_SEEN: tuple[tuple[int, Scheme], ...] = ((360, "light"), (1440, "dark"))


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A matrix of seven platforms, a story of three carriers, entries of two years."""
    workshop = Workshop(tmp_path_factory.mktemp("pages"))
    platforms = ("wechat", "weibo", "douyin", "toutiao", "website", "app", "bilibili")
    workshop.bare(
        *(
            {
                "id": f"a{one}",
                "name": f"青山{one}号",
                "platform": platform,
                "group": "g",
                "member": "one" if one < 2 else f"a{one}",
            }
            for one, platform in enumerate(platforms)
        ),
        groups=[{"id": "g", "name": "全市"}, {"id": "h", "name": "区县"}],
    )
    workshop.members = [{"id": "one", "name": "青山市新闻办"}]
    workshop.write("content/images/qr.png", b"\x89PNG\r\n\x1a\n")
    workshop.change("a0", qr="content/images/qr.png")
    for one in range(3):
        workshop.feed(
            f"a{one}",
            Item(f"s{one}", f"{TITLE}{'甲乙丙'[one]}", LONG, day=1 + one),
            Item(f"o{one}", day=-400 + one),
        )
    workshop.write("content/boards/wx.md", "---\ntitle: 传播榜\nindex: wci\npublic: true\n---\n")
    for month in ("09", "10"):
        workshop.write(f"content/boards/wx/2026-{month}.csv", EDITION)
    workshop.build()
    return workshop


@pytest.fixture
def site(workshop: Workshop) -> Path:
    return workshop.output


@pytest.fixture
def pages(workshop: Workshop) -> tuple[str, ...]:
    entry = workshop.entry(f"{TITLE}乙")
    return (*PAGES, entry.path, f"stories/{entry.story}.html")


def test_axe_finds_nothing_and_nothing_runs_over(pages: tuple[str, ...], watch: Watch) -> None:
    for path in pages:
        watch.visit(path)
        watch.tab.eval_on_selector_all("details", "found => found.forEach(one => one.open = true)")
        for width, scheme in AS_SEEN:
            watch.see(width, scheme)
            assert violations(watch.tab) == [], (path, width, scheme)
            assert not watch.too_wide(), (path, width)
    assert not watch.seen, watch.seen


def test_a_wide_grid_scrolls_by_key_and_keeps_its_first_column(watch: Watch) -> None:
    watch.tab.set_viewport_size({"width": 360, "height": 900})
    watch.visit("groups/g/index.html")
    region = watch.tab.locator(".grid-scroll")
    first = region.locator("tbody th").first
    before = first.bounding_box()
    region.focus()
    for _ in range(5):
        watch.tab.keyboard.press("ArrowRight")
    watch.tab.wait_for_function("() => document.querySelector('.grid-scroll').scrollLeft > 40")  # smoothly
    assert before == first.bounding_box()
