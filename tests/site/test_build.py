from __future__ import annotations

import locale
import logging
import posixpath
import sys

import pytest
from lxml import html

from matrixsite.errors import BuildFailed
from matrixsite.site.publish import TOKEN_FILE
from tests.nights import Item
from tests.site import sample
from tests.site.conftest import Workshop, faults, tree
from tests.site.links import broken_links
from tests.site.sample import BULLETIN, HELD, HOSTILE, METRO, ORIGINAL, REPOST, TITLE_ONLY, WEATHER


def test_every_kind_of_page_stands_at_its_address(built: Workshop) -> None:
    original = built.entry(ORIGINAL)
    assert set(tree(built.output)) >= {
        "index.html",
        "404.html",
        "robots.txt",
        "sitemap.xml",
        "members.opml",
        original.path,
        f"stories/{original.story}.html",
        "accounts/index.html",
        "accounts/qingshan-fabu/index.html",
        "accounts/qingshan-fabu/2026/11/index.html",
        "accounts/qingshan-fabu/feed.atom.xml",
        "groups/qingshan/index.html",
        "members/qingshan/index.html",
        "columns/index.html",
        "columns/people-first/index.html",
        "columns/minsheng/index.html",
        "sections/travel/index.html",
        "honors/index.html",
        "honors/honors-2026/index.html",
        "feeds/all.rss.xml",
        "feeds/all.atom.xml",
        "feeds/all.json",
        "api/v1/index.json",
        "pages/about.html",
        "theme/css/alliance.css",
    }


def test_only_what_may_be_shown_gets_out(workshop: Workshop) -> None:
    workshop.write("content/withdrawn.yaml", "- {ref: 'https://example.com/8', why: 数据有误}\n")
    workshop.build()
    site = b"".join(tree(workshop.output).values()).decode(errors="replace")  # icons are no text
    for hidden in (HELD, "不应出现的正文", "不许转载的正文", BULLETIN, "token=secret", "数据有误"):
        assert hidden not in site
    for title in (WEATHER, TITLE_ONLY, HELD):
        assert not (workshop.output / workshop.entry(title).path).exists()


def test_second_build_writes_nothing_and_touches_nothing(workshop: Workshop) -> None:
    first = workshop.build()
    before = {path: path.stat().st_mtime_ns for path in workshop.output.rglob("*")}
    for full, repair in ((False, False), (True, False), (False, True)):
        again = workshop.build(full=full, repair=repair)
        assert (again.written, again.removed) == ((), ())
        assert again.kept == len(first.written)
        assert {path: path.stat().st_mtime_ns for path in workshop.output.rglob("*")} == before


def test_links_inside_the_site_resolve(built: Workshop) -> None:
    assert broken_links(tree(built.output)) == []
    assert faults(built.output) == []


def test_hostile_text_is_escaped_everywhere(workshop: Workshop) -> None:
    workshop.site |= {"title": HOSTILE, "description": HOSTILE, "icp": HOSTILE, "organizer": HOSTILE}
    workshop.groups.append({"id": "odd", "name": HOSTILE, "intro": HOSTILE})
    workshop.change("evil", group="odd", rights="full")
    workshop.build()
    shown = 0
    for path, content in tree(workshop.output).items():
        if path.endswith(".html") and not path.startswith("pages/"):
            page = html.fromstring(content)
            shown += HOSTILE in page.text_content()
            assert not page.xpath(
                "//script[not(@src or @type='application/ld+json')] | //@*[starts-with(name(), 'on')] | //@style"
            ), path
            assert not page.xpath("//@*[starts-with(normalize-space(.), 'javascript:')]"), path
            assert "49" not in page.text_content(), path
    assert shown > 40
    evil = html.fromstring(workshop.read("accounts/evil/index.html").encode())
    assert HOSTILE in evil.xpath("string(//h1)")
    assert HOSTILE in evil.xpath("string(//title)")


def test_pages_forbid_scripts_and_referrers(built: Workshop) -> None:
    for path in ("index.html", "pages/about.html", built.entry(ORIGINAL).path):
        page = built.read(path)
        policy = html.fromstring(page.encode()).xpath(
            "//meta[@http-equiv='Content-Security-Policy']/@content"
        )
        assert policy
        assert "unsafe" not in policy[0]
        assert 'name="referrer" content="no-referrer"' in page


def test_titles_lead_to_story_entry_or_original(built: Workshop) -> None:
    page = html.fromstring(built.read("groups/qingshan/2026/11/index.html").encode())
    metro, original, only = (built.entry(title) for title in (METRO, ORIGINAL, TITLE_ONLY))
    assert _link(page, ORIGINAL) == f"stories/{original.story}.html"
    assert _month(built, "transport")[METRO] == metro.path
    assert _month(built, "titles-only")[TITLE_ONLY] == only.url
    carriers = html.fromstring(built.read(f"stories/{original.story}.html").encode())
    assert _link(carriers, REPOST) == built.entry(REPOST).path


def _month(workshop: Workshop, account: str) -> dict[str, str]:
    page = html.fromstring(workshop.read(f"accounts/{account}/2026/11/index.html").encode())
    return {anchor.text_content(): _inside(anchor.get("href")) for anchor in page.xpath("//main//a")}


def _link(page: html.HtmlElement, title: str) -> str:
    (anchor, *_) = [anchor for anchor in page.xpath("//main//a") if anchor.text_content() == title]
    return _inside(anchor.get("href"))


def _inside(href: str) -> str:
    return href if ":" in href else posixpath.normpath(href).replace("../", "")


def test_canonical_is_the_original_for_whole_texts_only(built: Workshop) -> None:
    original, excerpt = built.entry(ORIGINAL), built.entry(METRO)
    assert _canonical(built, original.path) == [original.url]
    assert _canonical(built, excerpt.path) == [f"https://matrix.example.org/{excerpt.path}"]
    assert _canonical(built, "accounts/evil/index.html") == ["https://matrix.example.org/accounts/evil/"]
    assert "第二段" in built.read(original.path)
    assert "第二段" not in built.read(built.entry(REPOST).path)


def _canonical(workshop: Workshop, path: str) -> list[str]:
    page = html.fromstring(workshop.read(path).encode())
    return [str(href) for href in page.xpath("//link[@rel='canonical']/@href")]


def test_withdrawn_entry_leaves_a_stub_without_its_title(workshop: Workshop) -> None:
    workshop.build()
    path = workshop.entry(BULLETIN).path
    workshop.write("content/withdrawn.yaml", "- {ref: 'https://example.com/8', why: 数据有误}\n")
    workshop.build()
    assert "已撤回" in workshop.read(path)
    assert 'content="noindex"' in workshop.read(path)
    assert all(BULLETIN.encode() not in content for content in tree(workshop.output).values())
    workshop.write("content/withdrawn.yaml", "[]\n")
    workshop.build()
    assert BULLETIN in workshop.read(path)


@pytest.mark.parametrize(
    ("withdrawn", "answer"),
    [((), ORIGINAL), ((4,), ORIGINAL), ((4, 7), "url=../2026/11/"), ((1, 4, 7), "已撤回")],
)
def test_a_story_below_two_carriers_leads_on(
    workshop: Workshop, withdrawn: tuple[int, ...], answer: str
) -> None:
    workshop.build()
    words = "".join(f"- {{ref: 'https://example.com/{number}', why: 撤}}\n" for number in withdrawn)
    workshop.write("content/withdrawn.yaml", words or "[]\n")
    workshop.build()
    page = workshop.read(f"stories/{workshop.entry(ORIGINAL).story}.html")
    assert answer in page
    assert ('content="noindex"' in page) == (len(withdrawn) > 1)


def test_a_former_column_leads_to_the_column(built: Workshop) -> None:
    assert "url=../../columns/people-first/index.html" in built.read("columns/minsheng/index.html")


def test_a_broken_plugin_is_an_error_not_a_site_without_pages(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.build()
    before = tree(workshop.output)

    def broken() -> None:
        raise RuntimeError("no such signal")

    monkeypatch.setattr("matrixsite.site.plugin.register", broken)
    with pytest.raises(BuildFailed, match="no such signal"):
        workshop.build(full=True)
    assert tree(workshop.output) == before


def test_a_plugin_that_never_runs_is_an_error(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    (workshop.root / "content/pages/about.md").unlink()
    monkeypatch.setattr("matrixsite.site.plugin.register", lambda: None)
    with pytest.raises(BuildFailed, match="without the generator"):
        workshop.build()


def test_an_editors_page_that_pelican_cannot_read_is_an_error(workshop: Workshop) -> None:
    workshop.write("content/pages/bad.md", "no title here\n")
    with pytest.raises(BuildFailed, match="title"):
        workshop.build()


def test_an_editors_page_cannot_take_the_place_of_ours(workshop: Workshop) -> None:
    workshop.write("content/pages/home.md", "title: 首页\nsave_as: index.html\n\n假首页\n")
    with pytest.raises(BuildFailed, match=r"claim the same path: index\.html"):
        workshop.build()
    workshop.write("content/pages/home.md", "title: 首页\nslug: home\n\n首页\n")
    workshop.build()
    workshop.write("content/pages/home.md", "title: 首页\nsave_as: index.html\n\n假首页\n")
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
    workshop.bare({"id": "a", "name": "甲"})
    assert "index.html" in workshop.build().written
    assert workshop.build().written == ()


def test_an_empty_store_does_not_wipe_a_site(workshop: Workshop) -> None:
    workshop.build()
    before, page = tree(workshop.output), workshop.entry(ORIGINAL).path
    (workshop.state / "store.sqlite3").unlink()
    workshop.bare({"id": "a", "name": "甲"})
    with pytest.raises(BuildFailed, match="store is empty"):
        workshop.build()
    assert tree(workshop.output) == before
    workshop.build(force=True)
    assert page in tree(workshop.output)  # no longer known as ours


def test_a_matrix_that_lost_its_accounts_does_not_wipe_its_site(workshop: Workshop) -> None:
    workshop.build()
    before, page = tree(workshop.output), workshop.entry(ORIGINAL).path
    workshop.bare({"id": "a", "name": "甲"})
    with pytest.raises(BuildFailed, match="store is empty"):
        workshop.build()
    assert tree(workshop.output) == before
    workshop.build(force=True)
    assert page not in tree(workshop.output)


@pytest.mark.parametrize("token", [None, "someone else's\n"])
def test_without_our_token_everything_is_made_again(workshop: Workshop, token: str | None) -> None:
    first = workshop.build()
    before = tree(workshop.output)
    workshop.write("output/index.html", "spoiled")
    (workshop.output / TOKEN_FILE).unlink()
    if token:
        (workshop.output / TOKEN_FILE).write_text(token)
    again = workshop.build()
    assert again.written == ("index.html",)  # all are made, and only what differs is moved
    assert again.kept == len(first.written) - 1
    assert tree(workshop.output) == before
    assert workshop.build().written == ()


def test_repair_makes_again_what_was_damaged(workshop: Workshop) -> None:
    workshop.build()
    before, page = tree(workshop.output), workshop.entry(METRO).path
    workshop.write("output/theme/css/alliance.css", "")
    workshop.write("output/accounts/index.html", "spoiled")
    (workshop.output / page).unlink()
    assert workshop.build().written == ()
    assert set(workshop.build(repair=True).written) == {
        page,
        "accounts/index.html",
        "theme/css/alliance.css",
    }
    assert tree(workshop.output) == before


def test_a_repair_that_failed_is_made_up_for_on_the_next_night_with_news(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop.build()
    page = workshop.entry(METRO).path
    (workshop.output / page).unlink()
    with monkeypatch.context() as patch:
        patch.setattr("matrixsite.site.build.publish", _fails)
        with pytest.raises(BuildFailed):
            workshop.build(repair=True)
    workshop.change("water-daily", name="新名")
    assert page in workshop.build().written


def _fails(*_: object) -> None:
    raise BuildFailed("the disk is full")


def test_one_corrected_entry_rewrites_what_shows_it(workshop: Workshop) -> None:
    workshop.build()
    items = [item for item in sample.FEEDS["water-daily"] if item.title != BULLETIN]
    workshop.feed("water-daily", *items, Item("8", "水质公报（更正）", "本月水质良好。", day=-1))
    before = tree(workshop.output)
    written = set(workshop.build().written)
    assert written == {path for path, content in tree(workshop.output).items() if before.get(path) != content}
    assert workshop.entry("水质公报（更正）").path in written
    assert "accounts/water-daily/2026/10/index.html" in written
    assert not any(
        path.startswith(("groups/", "columns/", "accounts/transport", "honors/")) for path in written
    )
