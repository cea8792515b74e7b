"""Readers search the sample site in Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.conftest import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORDS = (
    "青山",
    "青山湖",
    "半程马拉松",
    "马拉松",
    "供热",
    "12345",
    "石桥街坊",
    "志愿者",
    "图书馆",
    "交通管制",
    "社区",
    "老人",
    "雨",  # one character: too short
    "今天多云",
    "绕行路线请收好",
    "发布会",
    "医院",
    "暖冬",
    "居民",
    "不存在的词语",
)


def _truth(site: Path, word: str) -> set[str]:
    """The stories that an entry with this word in title or excerpt makes found."""
    files = site.glob("api/v1/entries/*.json")
    entries = [one for file in files for one in json.loads(file.read_text("utf-8"))["entries"]]
    return {one["story"] for one in entries if word in one["title"] or word in one["excerpt"]}


def _search(watch: Watch, word: str) -> int:
    """Type the word, read all results; how many there are."""
    tab = watch.tab
    tab.fill("#q", word)
    tab.press("#q", "Enter")
    state = tab.locator(".finding-state")
    while True:
        tab.wait_for_function("() => !document.querySelector('.finding-state').textContent.endsWith('…')")
        if not tab.locator(".finding-more").is_visible():
            break
        before = state.inner_text()
        tab.click(".finding-more")
        tab.wait_for_function(
            "before => document.querySelector('.finding-state').textContent !== before", arg=before
        )
    return tab.locator(".finding-rows > li").count()


def test_twenty_chinese_queries(watch: Watch, site: Path) -> None:
    watch.visit("search/index.html")
    for word in WORDS:
        expected = _truth(site, word) if len(word) > 1 else set()
        assert _search(watch, word) == len(expected), word
        marks = watch.tab.locator(".finding-rows mark").all_inner_texts()
        assert set(marks) <= {word}
        assert len(marks) >= len(expected)
    assert sum(bool(_truth(site, word)) for word in WORDS) >= 12
    assert (watch.seen.errors, watch.seen.requests) == ([], [])


def test_results_are_newest_first_and_lead_to_pages(watch: Watch) -> None:
    watch.visit("search/index.html?q=%E9%9D%92%E5%B1%B1")
    watch.tab.wait_for_selector(".finding-rows > li")
    times = watch.tab.locator(".finding-rows time").all_inner_texts()
    assert len(times) == 20
    assert times == sorted(times, reverse=True)
    first = watch.tab.locator(".finding-rows .row-title a").first
    title, address = first.inner_text(), first.evaluate("link => link.href")
    answer = watch.tab.goto(address)
    assert answer is not None
    assert answer.ok
    assert watch.tab.locator("h1").inner_text() == title


def test_filters_by_account_group_and_year_stand_in_the_address(watch: Watch) -> None:
    watch.visit("search/index.html?q=%E9%9D%92%E5%B1%B1")
    tab = watch.tab
    tab.wait_for_selector(".finding-rows > li")
    tab.fill("[name=account]", "青山交警")
    tab.press("[name=account]", "Enter")
    tab.wait_for_function("() => location.search.includes('account')")
    tab.wait_for_selector(".finding-rows > li")
    assert set(tab.locator(".finding-rows .row-account").all_inner_texts()) == {"青山交警"}
    tab.reload()
    tab.wait_for_selector(".finding-rows > li")
    assert tab.input_value("[name=account]") == "青山交警"
    tab.fill("[name=account]", "")
    tab.press("[name=account]", "Enter")
    assert "2026" in tab.locator("[name=year] option").all_inner_texts()
    tab.select_option("[name=year]", "2026")
    tab.wait_for_function("() => location.search.includes('year=2026')")
    group = tab.locator("[name=group] option").nth(1).get_attribute("value")
    assert group
    tab.select_option("[name=group]", group)
    tab.wait_for_function("() => location.search.includes('group=')")
    tab.wait_for_selector(".finding-rows > li")
    assert (watch.seen.errors, watch.seen.requests) == ([], [])


def test_names_are_found_too(watch: Watch) -> None:
    watch.visit("search/index.html?q=%E9%9D%92%E5%B1%B1%E4%BA%A4%E8%AD%A6")
    watch.tab.wait_for_selector(".finding-names a")
    assert "青山交警" in watch.tab.locator(".finding-names a").all_inner_texts()


def test_the_box_of_every_page_leads_there(watch: Watch) -> None:
    for page in ("index.html", "accounts/index.html"):
        watch.visit(page)
        watch.tab.fill(".finder input", "青山湖")
        watch.tab.press(".finder input", "Enter")
        watch.tab.wait_for_selector(".finding-rows > li")
        assert watch.tab.input_value("#q") == "青山湖"


def test_without_scripts_the_box_leads_to_the_directory(served: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{served}/index.html")
    tab.fill(".finder input", "青山湖")
    tab.press(".finder input", "Enter")
    tab.wait_for_url("**/accounts/index.html?**")
    tab.goto(f"{served}/search/index.html")
    assert tab.locator(".notice a").first.is_visible()
    assert not tab.locator("#q").is_visible()
    context.close()


def test_an_index_that_cannot_be_read_is_said(watch: Watch) -> None:
    watch.visit("search/index.html")
    watch.tab.route("**/search/*.bin", lambda route: route.abort())
    watch.tab.fill("#q", "青山")
    watch.tab.press("#q", "Enter")
    watch.tab.wait_for_function(
        "() => document.querySelector('.finding-state').textContent.includes('读不到')"
    )
