"""Government sites say so before a reader leaves: in a dialog that a keyboard works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import violations
from tests.nights import FIRST, LONG, Item, Nights, rss

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("leaving") / "m"
    nights = Nights(root, [{"id": "a", "feed": "a.xml"}])
    settings = root / "feeds.yaml"
    gov = '"site": {"profile": "gov", "site_code": "5101320017", '
    settings.write_text(settings.read_text("utf-8").replace('"site": {', gov), "utf-8")
    nights.write("a.xml", rss(Item("one", "图书馆", LONG)))
    nights.load().build(root / "output", now=FIRST, jobs=1)
    return root / "output"


@pytest.fixture
def tab(site: Path, served: str, chromium: Browser) -> Iterator[Page]:
    (entry,) = site.glob("20*/**/*.html")
    tab = chromium.new_page(viewport={"width": 360, "height": 780})
    tab.goto(f"{served}/{entry.relative_to(site).as_posix()}")
    yield tab
    tab.close()


def test_a_link_away_asks_first(tab: Page) -> None:
    here = tab.url
    tab.focus("main .button")
    tab.keyboard.press("Enter")
    assert tab.is_visible("dialog.leaving")
    assert tab.text_content(".leaving-address") == "https://example.com/one"
    assert tab.evaluate("document.activeElement.className") == "leaving-stay"
    assert violations(tab) == []
    tab.keyboard.press("Escape")
    assert tab.locator("dialog").count() == 0
    assert tab.evaluate("document.activeElement.className") == "button"
    assert tab.url == here


def test_whoever_goes_on_leaves(tab: Page) -> None:
    tab.route("https://example.com/**", lambda route: route.fulfill(body="there", content_type="text/plain"))
    tab.click("main .button")
    tab.click(".leaving a")
    tab.wait_for_url("https://example.com/one")


def test_links_inside_and_those_of_the_footer_just_lead_there(tab: Page) -> None:
    tab.click(".site-name")
    tab.wait_for_url("**/index.html")
    tab.route(
        "https://zfwzgl.www.gov.cn/**", lambda route: route.fulfill(body="there", content_type="text/plain")
    )
    tab.click("text=我为政府网站找错")
    tab.wait_for_url("https://zfwzgl.www.gov.cn/**")
