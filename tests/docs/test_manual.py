"""The manual as it is built: both languages, whole, without a broken link, as every site of ours is."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from lxml import html

from docs.manual.building import build_manual
from docs.manual.changes import changes, changes_feed
from docs.manual.contents import DOCS, LANGUAGES, chapters
from docs.manual.pages import page_text, read_document
from tests.browser.conftest import Seen, Served, Watch, chromium
from tests.site.links import broken_links

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["chromium"]  # a fixture

ALL = {page for chapter in chapters() for page in chapter.pages}


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("manual")
    build_manual(folder / "out", folder / "matrices")
    return folder / "out"


def test_every_document_has_a_page_in_every_language(manual: Path) -> None:
    documents = {file.stem for file in DOCS.glob("*.md")}
    assert documents <= ALL
    for language in LANGUAGES:
        assert {f"{page}.html" for page in ALL} <= {
            file.name for file in (manual / language / "pages").iterdir()
        }


def test_no_link_is_broken_from_one_language_to_the_other(manual: Path) -> None:
    tree = {
        file.relative_to(manual).as_posix(): file.read_bytes() for file in manual.rglob("*") if file.is_file()
    }
    for path in [path for path in tree if path.endswith(("404.html", "offline.html"))]:
        del tree[path]  # their links begin at the root of a host
    assert broken_links(tree) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_where_it_is(manual: Path, language: str) -> None:
    page = html.fromstring((manual / language / "pages/stories.html").read_bytes())
    assert len(page.xpath("//nav[contains(@class, 'page-menu')]//a[@aria-current='page']")) == 1
    assert page.xpath("//div[@class='toc']//a")
    assert len(page.xpath("//h1")) == 1
    other = "en" if language == "zh-CN" else "zh-CN"
    assert page.xpath("//a[@hreflang]/@href") == [f"../../{other}/pages/stories.html"]


def test_the_home_page_leads_to_all_pages(manual: Path) -> None:
    for language in LANGUAGES:
        page = html.fromstring((manual / language / "index.html").read_bytes())
        assert {f"pages/{name}.html" for name in ALL} <= set(page.xpath("//main//a/@href"))


def test_what_is_not_translated_says_so_and_is_marked(manual: Path) -> None:
    page = html.fromstring((manual / "zh-CN/pages/architecture.html").read_bytes())
    assert len(page.xpath("//div[@lang='en']//h2")) > 3
    assert "还没有译成中文" in page.text_content()


def test_pages_are_not_too_large(manual: Path) -> None:
    sizes = {file.name: file.stat().st_size for file in manual.rglob("*.html")}
    assert {name: size for name, size in sizes.items() if size > 100_000} == {}


def test_check_finds_nothing_but_the_way_to_the_other_language(manual: Path) -> None:
    for language in LANGUAGES:
        settings = manual.parent / "matrices" / language / "feeds.yaml"
        command = [
            sys.executable,
            "-m",
            "matrixsite",
            "check",
            "-c",
            str(settings),
            "--jobs",
            "1",
            "--log-json",
        ]
        told = subprocess.run(command, capture_output=True, text=True, cwd=DOCS.parent).stderr
        findings = [json.loads(line) for line in told.splitlines() if '"severity": "error"' in line]
        others = [one for one in findings if "which leaves the site" not in one["what"]]
        assert others == []
        assert findings


def test_chinese_lines_go_on_without_a_blank() -> None:
    page = page_text(
        read_document("# 题\n\n一行，\n又一行，\n`code` 与\nEnglish。\n- 项\n"), "t", "zh-CN", "zh-CN", {}
    )
    assert "一行，又一行，`code` 与\nEnglish。\n- 项" in page


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("light", 768), ("dark", 360)])
def test_pages_are_for_everyone_at_every_width(
    manual: Path, scheme: Literal["light", "dark"], width: int, chromium: Browser
) -> None:
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    paths = [
        *("en/index.html", "en/pages/tutorial.html", "en/pages/security.html", "en/pages/python.html"),
        *("zh-CN/pages/how-to.html", "zh-CN/pages/editors-files.html", "zh-CN/pages/content.html"),
    ]
    found = {}
    with Served(manual) as served:
        watch = Watch(chromium, served.url)
        watch.tab.emulate_media(color_scheme=scheme)
        watch.tab.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            watch.visit(path)
            wide = watch.tab.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found[path] = [f"{wide} pixels wide"]
            watch.tab.evaluate(axe)
            for violation in watch.tab.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
                found[f"{path} {violation['id']}"] = [node["target"] for node in violation["nodes"][:3]]
        watch.tab.close()
    assert found == {}
    assert watch.seen == Seen()


def test_the_changelog_is_a_feed(manual: Path) -> None:
    feed = json.loads((manual / "en/feeds/all.json").read_text(encoding="utf-8"))
    assert feed["items"]
    path = DOCS.parent / "CHANGELOG.md"
    items = changes_feed(path)["items"]
    assert len(items) == sum(line.startswith("- ") for line in path.read_text(encoding="utf-8").splitlines())
    assert len({item["id"] for item in items}) == len(items)


def test_changes_are_read_with_their_part_and_all_their_lines() -> None:
    text = "# Changes\n\n### For editors (docs/x.md)\n- One\n  goes on.\n- Two\n\n### Other\n- Three\n"
    assert [(one.line, one.part, one.text) for one in changes(text)] == [
        (3, "For editors", "One goes on."),
        (5, "For editors", "Two"),
        (8, "Other", "Three"),
    ]


def test_links_of_a_document_become_links_of_the_site() -> None:
    text = (
        "<!-- not run: x -->\n# T\n\nA [b](../../b.md#c), [d](../d/e.py), [log](../CHANGELOG.md), [out](https://x.cn).\n\n"
        "![i](images/i.png)\n\n```md\n[b](b.md)\n```\n"
    )
    page = page_text(read_document(text), "t", "en", "en", {"b": "en"})
    assert "A [b](b.html#c), d, [log](../accounts/changes/index.html), [out](https://x.cn)." in page
    assert "![i](../images/i.png)" in page
    assert "[b](b.md)" in page
    assert "Title: T\nSlug: t\nDescription: A b, d, log, out." in page
