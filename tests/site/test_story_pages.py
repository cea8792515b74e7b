"""Story pages: who was first, who carried it and what they made of it; digests and what they round up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from tests.articles import BUS, BUS_TITLE, DIGEST, POOL, POOL_TITLE, TITLE, WIRE
from tests.nights import LONG, Item
from tests.site.conftest import Workshop, faults, tree


@pytest.fixture
def matrix(workshop: Workshop) -> Workshop:
    workshop.bare(*({"id": name, "name": f"{name}号"} for name in "abcd"))
    return workshop


def words(page: str, xpath: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in html.fromstring(page).xpath(xpath)]


def story_page(matrix: Workshop, title: str) -> str:
    return f"stories/{matrix.entry(title).story}.html"


def timeline(matrix: Workshop, title: str) -> list[str]:
    return words(matrix.read(story_page(matrix, title)), "//ol[contains(@class, 'timeline')]/li")


def test_the_first_publisher_and_who_followed(matrix: Workshop) -> None:
    matrix.feed("a", Item("a", TITLE, LONG, day=1))
    matrix.feed("b", Item("b", TITLE, LONG, day=3))
    matrix.feed("c", Item("c", "图书馆又延长开放时间啦", LONG, day=4))
    matrix.build()
    assert timeline(matrix, "图书馆又延长开放时间啦") == [
        "2026年11月1日 08:00 a号 网站 首发",
        "2026年11月3日 08:00 b号 网站 2 天后",
        "2026年11月4日 08:00 c号 网站 3 天后 图书馆又延长开放时间啦",
    ]
    page = matrix.read(story_page(matrix, "图书馆又延长开放时间啦"))
    assert "阅读a号的原稿" in page
    assert "矩阵" not in words(page, "//article//header")[0]
    assert faults(matrix.output) == []


def test_a_source_outside_the_matrix_leaves_nobody_the_first(matrix: Workshop) -> None:
    matrix.feed("a", Item("a", TITLE, LONG, day=1))
    matrix.feed("b", Item("b", "延长开放", WIRE, day=3))
    matrix.build()
    page = matrix.read(story_page(matrix, TITLE))
    assert "首发" not in page
    assert "原稿" not in page
    assert words(page, "//article//header//p")[1:] == ["来源：新华社（矩阵外）"]
    assert timeline(matrix, TITLE)[0] == "2026年11月1日 08:00 a号 网站 矩阵内最早"
    assert "2 天后 转载" in timeline(matrix, TITLE)[1]
    for title in (TITLE, "延长开放"):
        assert (
            words(matrix.read(matrix.entry(title).path), "//article//header//p")[-1]
            == "来源：新华社（矩阵外）"
        )
    (story,) = json.loads(matrix.read("api/v1/stories/2026-11.json"))["stories"]
    assert (story["first"], story["outside"]) == (False, "新华社")
    assert [carrier["marks"] for carrier in story["carriers"]] == [[], ["repost"]]


def test_a_source_that_only_a_held_entry_names_is_not_printed(matrix: Workshop) -> None:
    matrix.change("c", publish="hold")
    for account, text in (("a", LONG), ("b", LONG), ("c", WIRE)):
        matrix.feed(account, Item(account, TITLE, text, day=1))
    matrix.build()
    (story,) = {entry.story for entry in matrix.load().entries()}
    pages = [matrix.read(f"stories/{story}.html"), *(matrix.read(e.path) for e in matrix.load().entries())]
    assert not any("新华社" in page or "首发" in page for page in pages)
    assert "矩阵内最早" in pages[0]


@pytest.mark.parametrize(
    ("language", "source", "mark"),
    [
        ("zh-TW", "來源：{{name}}社（矩陣外）", "矩陣內最早"),
        ("en", "Source: {{name}}社 (outside the matrix)", "Earliest in the matrix"),
    ],
)
def test_a_source_in_other_languages(matrix: Workshop, language: str, source: str, mark: str) -> None:
    matrix.site["language"] = language
    matrix.feed("a", Item("a", TITLE, LONG, day=1))
    matrix.feed("b", Item("b", TITLE, f"<p>来源：{{{{name}}}}社</p><p>{LONG}</p>", day=3))
    matrix.build()
    page = matrix.read(f"stories/{next(matrix.load().entries()).story}.html")
    assert words(page, "//article//header//p")[1:] == [source]
    assert mark in words(page, "//li[1]//span[@class='origin']")


def test_without_the_original_nobody_shown_is_called_the_first(matrix: Workshop) -> None:
    for day, account in enumerate("abc", 1):
        matrix.feed(account, Item(account, f"{TITLE}{account}", LONG, day=day))
    matrix.build()
    matrix.write("content/withdrawn.yaml", json.dumps([{"ref": "https://example.com/a", "why": "误"}]))
    matrix.build()
    page = matrix.read(f"stories/{matrix.entry(f'{TITLE}b').story}.html")
    assert "首发" not in page
    assert "原稿" not in page
    assert "阅读b号的稿件" in page


def test_an_editor_names_the_original(matrix: Workshop) -> None:
    matrix.feed("a", Item("a", TITLE, LONG, day=1))
    matrix.feed("b", Item("b", "延长开放", LONG, day=3))
    matrix.build()
    matrix.write("content/stories.yaml", json.dumps([{"original": "https://example.com/b"}]))
    matrix.build()
    assert [line.split()[-1] for line in timeline(matrix, TITLE)] == [TITLE, "首发"]
    assert "1 天后" not in matrix.read(story_page(matrix, TITLE))


def test_a_correction_is_marked_wherever_the_story_stands(matrix: Workshop) -> None:
    matrix.feed("a", Item("a", BUS_TITLE, BUS, day=1))
    matrix.feed("b", Item("b", BUS_TITLE, BUS.replace("三周", "五周"), day=1))
    matrix.build()
    corrected = Item("c", f"【更正】{BUS_TITLE}", BUS.replace("六个班次", "八个班次"), day=2)
    matrix.feed("a", Item("a", BUS_TITLE, BUS, day=1), corrected)
    matrix.build()
    correction = matrix.entry(f"【更正】{BUS_TITLE}")
    first = next(entry for entry in matrix.load().entries(account="a") if entry.id != correction.id)
    page = matrix.read(f"stories/{correction.story}.html")
    assert f'href="../{correction.path}"' in page
    assert words(page, "//p[@class='notice']") == [f"已更正 2026年11月2日 08:00 a号 【更正】{BUS_TITLE}"]
    assert words(page, "//span[contains(@class, 'mark-correction')]") == ["更正"]
    assert words(matrix.read(first.path), "//p[@class='notice']") == ["这篇稿件另有更正的版本"]
    assert words(matrix.read(correction.path), "//p[@class='notice']") == []


@pytest.fixture
def rounded_up(matrix: Workshop) -> Workshop:
    """Three stories, built; then a digest of them arrives, and the site is built again."""
    matrix.feed("a", Item("l", TITLE, LONG, day=2), Item("p", POOL_TITLE, POOL, day=2))
    matrix.feed("b", Item("l2", TITLE, LONG, day=3), Item("g", BUS_TITLE, BUS, day=3))
    matrix.build()
    matrix.feed("d", Item("d", "青山早报", DIGEST, day=4))
    matrix.build()
    return matrix


def test_a_digest_and_what_it_rounds_up_name_each_other(rounded_up: Workshop) -> None:
    digest = rounded_up.read(rounded_up.entry("青山早报").path)
    assert words(digest, "//section[@aria-labelledby='contains']//h3") == [TITLE, POOL_TITLE, BUS_TITLE]
    library = f"stories/{_library(rounded_up)}.html"
    for path in (library, rounded_up.entry(POOL_TITLE).path, rounded_up.entry(BUS_TITLE).path):
        assert words(rounded_up.read(path), "//section[@aria-labelledby='digests']//h3") == ["青山早报"]
    rows = json.loads(rounded_up.read("api/v1/entries/2026-11.json"))["entries"]
    contains = {row["title"]: row["contains"] for row in rows if row["contains"]}
    expected = [_library(rounded_up), *(rounded_up.entry(title).story for title in (POOL_TITLE, BUS_TITLE))]
    assert contains == {"青山早报": expected}
    assert faults(rounded_up.output) == []


def _library(matrix: Workshop) -> str:
    (story,) = {entry.story for entry in matrix.load().entries() if entry.title == TITLE}
    return story


@pytest.mark.parametrize(
    ("ref", "path"), [("d", "p"), ("p", "d"), ("l", "d"), ("l2", "d")], ids=lambda name: f"of-{name}"
)
def test_what_leaves_is_named_no_more(rounded_up: Workshop, tmp_path: Path, ref: str, path: str) -> None:
    """A change of either reaches the pages of the other: the site is what a clean build makes of the store."""
    withdrawn = [{"ref": f"https://example.com/{ref}", "scope": "story", "why": "误"}]
    pages = {entry.url.rpartition("/")[2]: entry for entry in rounded_up.load().entries()}
    rounded_up.write("content/withdrawn.yaml", json.dumps(withdrawn))
    rounded_up.build()
    named = words(rounded_up.read(pages[path].path), "//section[@aria-labelledby]//h3")
    assert pages[ref].title not in named
    assert len(named) == (2 if path == "d" else 0)
    rounded_up.build(tmp_path / "clean")
    assert tree(rounded_up.output) == tree(tmp_path / "clean")


def test_a_title_that_changes_changes_in_its_digest(rounded_up: Workshop, tmp_path: Path) -> None:
    rounded_up.feed("b", Item("l2", TITLE, LONG, day=3), Item("g", f"{BUS_TITLE}（修改）", BUS, day=3))
    rounded_up.build()
    digest = rounded_up.read(rounded_up.entry("青山早报").path)
    assert f"{BUS_TITLE}（修改）" in digest
    rounded_up.change("b", name="新名")
    rounded_up.build()
    assert "新名" in rounded_up.read(rounded_up.entry("青山早报").path)
    rounded_up.build(tmp_path / "clean")
    assert tree(rounded_up.output) == tree(tmp_path / "clean")


@pytest.mark.parametrize(("carriers", "charts"), [("ab", 0), ("abc", 1)])
def test_the_spread_is_drawn_from_three_carriers_on(matrix: Workshop, carriers: str, charts: int) -> None:
    for day, name in enumerate(carriers):
        matrix.feed(name, Item(name, f"{TITLE}{name}", LONG, day=1 + 2 * day))
    matrix.build()
    page = html.fromstring(matrix.read(story_page(matrix, f"{TITLE}a")))
    assert len(page.xpath("//svg[contains(@class, 'chart-growth')]")) == charts
    marks = page.xpath("//svg//text[@class='below']/text()")
    assert marks == [f"{day} 天" for day in range(5)][: 5 * charts]


def test_an_entry_names_who_else_carries_it(matrix: Workshop) -> None:
    for day, name in enumerate("abc"):
        matrix.feed(name, Item(name, f"{TITLE}{name}", LONG, day=1 + day))
    matrix.build()
    page = matrix.read(matrix.entry(f"{TITLE}b").path)
    assert words(page, "//ul[contains(@class, 'also')]/li") == [
        "a号 网站 2026年11月1日 08:00",
        "c号 网站 2026年11月3日 08:00",
    ]
    links = html.fromstring(page).xpath("//ul[contains(@class, 'also')]//a/@href")
    assert links == [f"../../{matrix.entry(f'{TITLE}{name}').path}" for name in "ac"]
