"""An editor's day at the desk, in a browser; then a build, and the site shows it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from matrixsite.desk.files import difference
from matrixsite.matrix import Matrix
from tests.browser.axe import WCAG, violations
from tests.desk.at_work import AtWork, at_work
from tests.desk.office import NOW, matrix_copy, sample_matrix

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.long

__all__ = ["matrix_copy", "sample_matrix"]

RUNNER = "明早5时起分段管制，三条绕行路线请收好"
WIDTHS = (390, 1440)


@pytest.fixture
def working(matrix_copy: Path) -> Iterator[AtWork]:
    for words in (
        ("init", "-q"),
        ("config", "user.name", "t"),
        ("config", "user.email", "t@example.org"),
        ("add", "content"),
        ("commit", "-qm", "start"),
    ):
        subprocess.run(["git", *words], cwd=matrix_copy, check=True)
    with at_work(matrix_copy) as working:
        yield working


@pytest.fixture
def desk(working: AtWork, chromium: Browser) -> Iterator[Page]:
    """The desk in a tab, entered by the terminal's address."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.goto(working.way_in())
    yield page
    context.close()


def said(page: Page) -> str:
    return page.locator(".said").inner_text()


def changed(root: Path, name: str) -> list[str]:
    """The lines of a file of content/ that differ from those of the repository's sample."""
    before = Path(__file__).parents[2] / "content" / name
    text = before.read_text("utf-8") if before.exists() else ""
    lines = difference(text, (root / "content" / name).read_text("utf-8"), name)
    return [line for line in lines if line[0] in "+-"]


def test_a_day(desk: Page, working: AtWork, matrix_copy: Path, request: pytest.FixtureRequest) -> None:
    """Search, pick, order, headline, roll by paste, split, approve, withdraw, preview, save, commit."""
    page = desk
    # search as one types, without a reload
    page.select_option("#days", "0")
    page.locator("#q").press_sequentially("绕行路线")
    page.locator("#results li").filter(has_text=RUNNER).wait_for()
    page.locator("#results li").nth(9).wait_for(state="detached")
    # pick into a column
    page.get_by_role("checkbox", name=RUNNER).check()
    assert "1" in page.locator("#count").inner_text()
    page.locator("#q").press_sequentially("没有这样的词")
    page.locator(".none").wait_for()
    assert "1" in page.locator("#count").inner_text()  # what was ticked stays so in another search
    page.select_option("#list", "columns/warm-winter")
    page.get_by_role("button", name="选入专栏").click()
    assert "选入" in said(page)
    assert [line[0] for line in changed(matrix_copy, "columns/warm-winter.md")] == ["+"]
    # order by keyboard, with a note; the preview follows before anything is saved
    page.goto(f"{working.address}/columns/warm-winter")
    last = page.locator(".pick").last
    last.locator("[name=note]").fill("明早出门前先看这一条")
    with page.expect_response(lambda answer: "/site/columns" in answer.url and "at=" in answer.url):
        for _ in range(5):
            last.get_by_role("button", name="上移").focus()
            page.keyboard.press("Enter")
            last = page.locator(".pick").filter(has_text=RUNNER)
    assert "第 1 位" in page.locator("#moved").inner_text()
    frame = page.frame_locator("#preview")
    frame.locator(".row").first.filter(has_text="明早出门前先看这一条").wait_for()
    page.get_by_role("button", name="保存").click()
    assert "已保存" in said(page)
    lines = changed(matrix_copy, "columns/warm-winter.md")
    assert lines[0].startswith("+- ref: ")
    assert lines[1:] == ["+  note: 明早出门前先看这一条"]
    # headline
    page.goto(f"{working.address}/?days=0&q=十个候选字")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="定为头条").click()
    page.get_by_label("推荐理由").fill("请每一位读者写下一个字。")
    page.get_by_role("button", name="定为头条").click()
    assert (matrix_copy / "content/headlines/2026-11-21.md").read_text("utf-8").count("请每一位读者") == 1
    # an honor roll by paste
    page.goto(f"{working.address}/honors")
    page.get_by_label("编号").fill("2026")
    page.get_by_label("标题", exact=True).fill("2026年度榜单")
    page.get_by_label("年份").fill("2026")
    page.get_by_role("button", name="新建").click()
    page.locator("#f-paste").fill("1\t青山发布\n2\t云溪发布\n3\t不在矩阵的号")
    page.get_by_role("button", name="排进表格").click()
    assert "不在矩阵的号" in page.locator(".note").inner_text()
    page.get_by_role("button", name="保存", exact=True).click()
    assert [
        one.name for one in Matrix.load(matrix_copy / "feeds.yaml").content.honors[0].lists[0].winners
    ] == [
        "青山发布",
        "云溪发布",
        "不在矩阵的号",
    ]
    # split a wrong story, with the evidence in view
    page.goto(f"{working.address}/?days=0&q=正式供热")
    page.get_by_role("link", name="稿件与证据").first.click()
    assert page.locator(".reason").count() > 1
    page.get_by_role("checkbox").nth(1).check()
    page.get_by_role("button", name="拆出勾选的").click()
    assert "拆出" in said(page)
    # approve what waits
    page.goto(f"{working.address}/?days=0&only=held")
    held = page.locator("#results li").first.locator("label").inner_text()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="批准").click()
    assert "批准" in said(page)
    # withdraw, and think better of it
    page.goto(f"{working.address}/?days=0&q=粮油店")
    page.get_by_role("checkbox").first.check()
    page.get_by_text("撤回…").click()
    page.get_by_label("理由").fill("有误")
    page.locator("button[value=withdraw]").click()
    assert changed(matrix_copy, "withdrawn.yaml")
    page.get_by_role("button", name="撤销").click()
    assert changed(matrix_copy, "withdrawn.yaml") == []
    # see the difference, commit it
    page.goto(f"{working.address}/changes")
    assert "明早出门前先看这一条" in page.locator(".diff").first.inner_text()
    page.get_by_label("提交说明").fill("今天的编辑")
    page.get_by_role("button", name="提交", exact=True).click()
    assert "已提交" in said(page)
    page.context.close()
    shows_it(matrix_copy, held)


def shows_it(root: Path, held: str) -> None:
    """Build in a process of its own: a browser keeps this thread's event loop."""
    command = "from matrixsite import Matrix; import sys, datetime as d; "
    command += (
        "Matrix.load('feeds.yaml').build(now=d.datetime.fromisoformat(sys.argv[1]), offline=True, jobs=1)"
    )
    subprocess.run([sys.executable, "-c", command, NOW.isoformat()], cwd=root, check=True)
    column = (root / "output/columns/warm-winter/index.html").read_text("utf-8")
    assert column.index("明早出门前先看这一条") < column.index("供热时间、报修电话")
    home = (root / "output/index.html").read_text("utf-8")
    assert "请每一位读者写下一个字" in home
    assert "不在矩阵的号" in (root / "output/honors/2026/index.html").read_text("utf-8")
    shown = [one.title for one in Matrix.load(root / "feeds.yaml").entries(wide=False)]
    assert held in shown


def test_the_second_editor_sees_what_the_first_saved(desk: Page, working: AtWork, matrix_copy: Path) -> None:
    page = desk
    page.goto(f"{working.address}/columns/warm-winter")
    other = page.context.new_page()
    other.goto(f"{working.address}/columns/warm-winter")
    other.get_by_label("导语").fill("甲的导语")
    other.locator("#new-ref").fill("https://weibo.example.com/yunxi-suishoupai/s1031")
    other.locator("#new-ref").press("Enter")
    other.get_by_role("button", name="保存").click()
    page.get_by_label("标题", exact=True).fill("乙的标题")
    page.get_by_role("button", name="保存").click()
    assert "甲的导语" in page.locator(".conflict").inner_text()
    assert page.get_by_label("标题", exact=True).input_value() == "乙的标题"
    assert page.locator(".pick").count() == 6  # with what the first picked
    text = (matrix_copy / "content/columns/warm-winter.md").read_text("utf-8")
    assert "乙的标题" not in text
    page.get_by_role("button", name="保存").click()
    text = (matrix_copy / "content/columns/warm-winter.md").read_text("utf-8")
    assert "title: 乙的标题" in text
    assert "yunxi-suishoupai/s1031" in text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_axe_finds_nothing(desk: Page, working: AtWork, language: str) -> None:
    """WCAG 2.2 A and AA, by axe-core."""
    page = desk
    page.locator(".who select").select_option(language)
    page.locator(".who button").click()
    for path in (
        "/?days=0",
        "/columns",
        "/columns/warm-winter",
        "/headline?day=2026-11-20",
        "/honors",
        "/honors/2024/2",
        "/notices/sample",
        "/add",
        "/files",
        "/files/sections.yaml",
        "/changes",
    ):
        page.goto(working.address + path)
        page.wait_for_load_state("networkidle")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert violations(page, WCAG) == [], (path, width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)


def test_without_script_it_works(working: AtWork, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(working.way_in())
    page.locator("#q").fill("绕行路线")
    page.locator("#days").select_option("0")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("checkbox", name=RUNNER).check()
    page.get_by_role("button", name="选入专栏").click()
    assert "选入" in said(page)
    context.close()
