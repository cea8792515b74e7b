from __future__ import annotations

import locale
import logging
import random
import sys
from dataclasses import replace

import pytest
from lxml import html

from matrixsite.errors import BuildFailed
from matrixsite.model import Status
from tests.site import sample
from tests.site.conftest import Workshop, tree
from tests.site.links import broken_links
from tests.site.sample import HOSTILE, ORIGINAL


def test_every_kind_of_page_stands_at_its_address(workshop: Workshop) -> None:
    workshop.build()
    paths = set(tree(workshop.output))
    assert paths >= {
        "index.html",
        "404.html",
        "robots.txt",
        ORIGINAL.path,
        f"stories/{ORIGINAL.id}.html",
        "accounts/index.html",
        "accounts/qingshan-fabu/index.html",
        "accounts/qingshan-fabu/2026/11/index.html",
        "accounts/qingshan-fabu/feed.atom.xml",
        "groups/qingshan/index.html",
        "columns/index.html",
        "columns/people-first/index.html",
        "columns/minsheng/index.html",
        "honors/index.html",
        "honors/honors-2026/index.html",
        "feeds/all.rss.xml",
        "feeds/all.atom.xml",
        "feeds/all.json",
        "pages/about.html",
        "theme/css/alliance.css",
    }


def test_only_what_may_be_shown_gets_out(workshop: Workshop) -> None:
    workshop.build()
    site = b"".join(tree(workshop.output).values()).decode()
    assert "等待审核的稿件" not in site
    assert "撤下的稿件" not in site
    assert "token=secret" not in site
    by_title = {entry.title: entry for entry in sample.ENTRIES}
    for without_page in ("今晨多云，最低气温四摄氏度", "只有标题可以转载", "等待审核的稿件"):
        assert not (workshop.output / by_title[without_page].path).exists()


def test_second_build_writes_nothing_and_touches_nothing(workshop: Workshop) -> None:
    first = workshop.build()
    before = {path: path.stat().st_mtime_ns for path in workshop.output.rglob("*")}
    second = workshop.build()
    assert (second.written, second.removed) == ((), ())
    assert second.kept == len(first.written)
    assert {path: path.stat().st_mtime_ns for path in workshop.output.rglob("*")} == before


def test_one_corrected_entry_rewrites_its_own_pages_only(workshop: Workshop) -> None:
    workshop.build()
    changed = [
        replace(entry, title="水质公报（更正）") if entry.title == "水质公报" else entry
        for entry in sample.ENTRIES
    ]
    workshop.entries = changed
    path = next(entry.path for entry in changed if entry.title == "水质公报（更正）")
    assert set(workshop.build().written) == {
        path,
        "accounts/water-daily/2026/10/index.html",
        "accounts/water-daily/feed.atom.xml",
        "accounts/water-daily/index.html",
        "feeds/all.atom.xml",
        "feeds/all.json",
        "feeds/all.rss.xml",
        "index.html",
    }


def test_bytes_do_not_depend_on_the_order_of_the_store(workshop: Workshop) -> None:
    workshop.build()
    workshop.entries = random.sample(sample.ENTRIES, len(sample.ENTRIES))
    workshop.build(workshop.settings.root / "again")
    assert tree(workshop.settings.root / "again") == tree(workshop.output)


def test_links_inside_the_site_resolve(workshop: Workshop) -> None:
    workshop.former = [("oldstory2345", ORIGINAL.id)]
    workshop.build()
    assert broken_links(tree(workshop.output)) == []


def test_hostile_text_is_escaped_everywhere(workshop: Workshop) -> None:
    workshop.build()
    for path, content in tree(workshop.output).items():
        if path.endswith(".html"):
            page = html.fromstring(content)
            assert not page.xpath("//script | //@onload | //@style"), path
            assert "49" not in page.xpath("string(//title)"), path
    evil = html.fromstring(workshop.read("accounts/evil/index.html").encode())
    assert HOSTILE in evil.xpath("string(//h1)")
    assert HOSTILE in evil.xpath("string(//title)")
    assert evil.xpath("//a/@href")[-1]


def test_pages_forbid_scripts_and_referrers(workshop: Workshop) -> None:
    workshop.build()
    for path in ("index.html", "pages/about.html", ORIGINAL.path):
        policy = html.fromstring(workshop.read(path).encode()).xpath(
            "//meta[@http-equiv='Content-Security-Policy']/@content"
        )
        assert policy
        assert "unsafe" not in policy[0]
        assert 'name="referrer" content="no-referrer"' in workshop.read(path)


def test_titles_lead_to_story_entry_or_original(workshop: Workshop) -> None:
    workshop.build()
    home = html.fromstring(workshop.read("index.html").encode())
    links = {
        anchor.text: anchor.get("href") for anchor in home.xpath("//section[@aria-labelledby='newest']//h3/a")
    }
    by_title = {entry.title: entry for entry in sample.ENTRIES}
    assert links[ORIGINAL.title] == f"stories/{ORIGINAL.id}.html"
    assert links["地铁三号线延长运营时间"] == by_title["地铁三号线延长运营时间"].path
    assert links["只有标题可以转载"] == by_title["只有标题可以转载"].url
    assert "【转载】家门口办成一百二十件事" not in links


def test_canonical_is_the_original_for_whole_texts_only(workshop: Workshop) -> None:
    workshop.build()
    by_title = {entry.title: entry for entry in sample.ENTRIES}
    excerpt = by_title["地铁三号线延长运营时间"]
    assert _canonical(workshop, ORIGINAL.path) == [ORIGINAL.url]
    assert _canonical(workshop, excerpt.path) == [f"https://matrix.example.org/{excerpt.path}"]
    assert _canonical(workshop, "accounts/evil/index.html") == ["https://matrix.example.org/accounts/evil/"]
    assert "第二段" in workshop.read(ORIGINAL.path)
    assert "第二段" not in workshop.read(excerpt.path)


def _canonical(workshop: Workshop, path: str) -> list[str]:
    page = html.fromstring(workshop.read(path).encode())
    return [str(href) for href in page.xpath("//link[@rel='canonical']/@href")]


def test_withdrawn_entry_leaves_a_stub_without_its_title(workshop: Workshop) -> None:
    workshop.build()
    workshop.entries = [
        replace(entry, status=Status.WITHDRAWN) if entry.title == "水质公报" else entry
        for entry in sample.ENTRIES
    ]
    workshop.build()
    path = next(entry.path for entry in workshop.entries if entry.title == "水质公报")
    assert "已撤回" in workshop.read(path)
    assert 'content="noindex"' in workshop.read(path)
    assert all("水质公报".encode() not in content for content in tree(workshop.output).values())


@pytest.mark.parametrize(
    ("left", "answer"),
    [
        (3, f'url=../stories/{ORIGINAL.id}.html"'),
        (1, f'url=../{ORIGINAL.path}"'),
        (0, "已撤回"),
    ],
)
def test_former_story_page_leads_on(workshop: Workshop, left: int, answer: str) -> None:
    carriers = [entry for entry in sample.ENTRIES if entry.story == ORIGINAL.id]
    rest = [entry for entry in sample.ENTRIES if entry.story != ORIGINAL.id]
    workshop.entries, workshop.former = [*carriers[:left], *rest], [("oldstory2345", ORIGINAL.id)]
    workshop.build()
    page = workshop.read("stories/oldstory2345.html")
    assert answer in page
    assert 'content="noindex"' in page


def test_a_former_column_leads_to_the_column(workshop: Workshop) -> None:
    workshop.build()
    assert "url=../../columns/people-first/index.html" in workshop.read("columns/minsheng/index.html")


def test_a_broken_plugin_is_an_error_not_a_site_without_pages(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.build()
    before = tree(workshop.output)

    def broken() -> None:
        raise RuntimeError("no such signal")

    monkeypatch.setattr("matrixsite.site.plugin.register", broken)
    with pytest.raises(BuildFailed, match="no such signal"):
        workshop.build()
    assert tree(workshop.output) == before


def test_a_plugin_that_never_runs_is_an_error(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    (workshop.settings.root / "content/pages/about.md").unlink()
    monkeypatch.setattr("matrixsite.site.plugin.register", lambda: None)
    with pytest.raises(BuildFailed, match="without the generator"):
        workshop.build()


def test_an_editors_page_that_pelican_cannot_read_is_an_error(workshop: Workshop) -> None:
    (workshop.settings.root / "content/pages/bad.md").write_text("no title here\n", encoding="utf-8")
    with pytest.raises(BuildFailed, match="title"):
        workshop.build()


def test_an_editors_page_cannot_take_the_place_of_ours(workshop: Workshop) -> None:
    page = workshop.settings.root / "content/pages/home.md"
    page.write_text("title: 首页\nsave_as: index.html\n\n假首页\n", encoding="utf-8")
    with pytest.raises(BuildFailed, match=r"claim the same path: index\.html"):
        workshop.build()


def test_pelican_leaves_the_process_as_it_was(workshop: Workshop) -> None:
    before = logging.getLoggerClass(), type(logging.getLogger()), locale.setlocale(locale.LC_ALL), [*sys.path]
    workshop.build()
    assert before == (
        logging.getLoggerClass(),
        type(logging.getLogger()),
        locale.setlocale(locale.LC_ALL),
        [*sys.path],
    )


def test_a_matrix_without_content_or_entries_has_a_site(workshop: Workshop) -> None:
    workshop.entries = ()
    assert "index.html" in workshop.build().written
    assert workshop.build().written == ()


def test_an_empty_store_does_not_wipe_a_site(workshop: Workshop) -> None:
    workshop.build()
    before = tree(workshop.output)
    workshop.entries = ()
    with pytest.raises(BuildFailed, match="store is empty"):
        workshop.build()
    assert tree(workshop.output) == before
    workshop.build(force=True)
    assert ORIGINAL.path not in tree(workshop.output)
