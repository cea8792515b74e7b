"""The service worker in Chromium: what was opened is read without a connection, and no other host is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.nights import FIRST, LONG, Item, Nights, rss

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURE = '<p>正文。</p><img src="https://pictures.example.org/lake.jpg" alt="湖">'
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    found.push(...(await (await caches.open(name)).keys()).map(one => one.url));
  return found;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("offline") / "m"
    nights = Nights(root, [{"id": "a", "feed": "a.xml", "rights": "full"}])
    settings = nights.root / "feeds.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace('"site": {', '"site": {"offline": true, '), "utf-8"
    )
    nights.write("a.xml", rss(Item("one", "图书馆", LONG), Item("two", "湖边", PICTURE)))
    nights.load().build(root / "output", now=FIRST, jobs=1)
    return root / "output"


@pytest.fixture
def tab(served: str, chromium: Browser) -> Iterator[Page]:
    """A tab of a reader whom the worker serves already."""
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(f"{served}/index.html")
    tab.evaluate("navigator.serviceWorker.ready")
    tab.wait_for_function("navigator.serviceWorker.controller !== null")
    yield tab
    context.close()


def test_what_was_opened_is_read_without_a_connection(tab: Page, served: str, site: Path) -> None:
    (entry,) = (path for path in site.glob("20*/**/*.html") if "<h1>图书馆</h1>" in path.read_text("utf-8"))
    address = f"{served}/{entry.relative_to(site).as_posix()}"
    tab.goto(address)
    tab.wait_for_function(f"caches.match({address!r}).then(Boolean)")
    tab.context.set_offline(True)
    tab.goto(address)
    assert tab.text_content("h1") == "图书馆"
    background = tab.evaluate("getComputedStyle(document.querySelector('.masthead')).borderTopWidth")
    assert background == "3px"  # with its style sheets
    tab.goto(f"{served}/accounts/index.html")
    assert tab.text_content("h1") == "没有网络连接"


def test_the_network_comes_first(tab: Page, served: str, site: Path) -> None:
    """Also before the browser's own cache, which takes a page that was years old when it was read for fresh."""
    page = site / "accounts/a/index.html"
    before = page.read_bytes()
    os.utime(page, (0, 0))
    tab.goto(f"{served}/accounts/a/index.html")
    try:
        page.write_bytes(before.replace(b"<h1>a", "<h1>新名".encode()))
        tab.goto(f"{served}/accounts/a/index.html")
        assert "新名" in (tab.text_content("h1") or "")
    finally:
        page.write_bytes(before)


def test_redirects_are_followed(tab: Page, served: str) -> None:
    tab.goto(f"{served}/accounts/a")  # the server says: with a slash
    assert tab.url == f"{served}/accounts/a/"
    assert tab.text_content("h1")


def test_nothing_of_another_host_is_kept(tab: Page, served: str, site: Path) -> None:
    (entry,) = (path for path in site.glob("20*/**/*.html") if "<h1>湖边</h1>" in path.read_text("utf-8"))
    address = f"{served}/{entry.relative_to(site).as_posix()}"
    tab.goto(address)
    tab.locator(".body img").scroll_into_view_if_needed()
    tab.wait_for_selector(".body img.missing")  # it was asked for
    tab.wait_for_function(f"caches.match({address!r}).then(Boolean)")
    kept = tab.evaluate(KEPT)
    assert len(kept) > 5
    assert [address for address in kept if not address.startswith(served)] == []
