"""What the manual holds, in order: chapters and their pages, which are the same in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
DOCS = HERE.parent
LANGUAGES = ("zh-CN", "en")


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pages that belong together, below one place of the menu."""

    id: str
    title: Mapping[str, str]  # by language
    lead: Mapping[str, str]
    pages: tuple[str, ...]  # names of files in <language>/ or docs/, or of pages that `reference` makes


_WRITTEN = (
    Chapter(
        "begin",
        {"zh-CN": "入门", "en": "Tutorial"},
        {
            "zh-CN": "十分钟，从一无所有到一个发布出去的网站。",
            "en": "Ten minutes from nothing to a published site.",
        },
        ("tutorial",),
    ),
    Chapter(
        "how-to",
        {"zh-CN": "操作指南", "en": "How-to guides"},
        {"zh-CN": "一件事一页：照着做就行。", "en": "A page for each thing one wants done."},
        (
            *("wechat", "exports", "forge-pages", "object-storage", "schedule", "alerts", "planet"),
            *("importing", "registry", "desk", "board", "measures", "publishing", "postgresql", "pelican"),
        ),
    ),
    Chapter(
        "reference",
        {"zh-CN": "参考", "en": "Reference"},
        {
            "zh-CN": "命令、设置、编辑文件、模板和程序接口，由程序代码生成。",
            "en": "Commands, settings, editors' files, templates and the library, made from the code.",
        },
        (
            "commands",
            "settings",
            "editors-files",
            "templates",
            "python",
            "feeds",
            "content",
            "library",
            "api",
        ),
    ),
    Chapter(
        "explanation",
        {"zh-CN": "原理", "en": "Explanation"},
        {
            "zh-CN": "它为什么这样做，凭什么可信，要花多少。",
            "en": "Why it does what it does, and what that costs.",
        },
        ("stories", "incremental", "security", "performance", "search", "site", "architecture", "licences"),
    ),
)


TITLES = {  # of documents that are not translated
    "zh-CN": {
        "desk": "编辑台",
        "board": "工作看板",
        "measures": "数据、指数、榜",
        "publishing": "发布",
        "pelican": "放进已有的 Pelican 站点",
        "feeds": "什么可以作为订阅源",
        "content": "编辑文件",
        "library": "程序库与插件",
        "api": "静态 API",
        "search": "静态搜索",
        "site": "网站给读者和机器的",
        "architecture": "内部结构",
        "licences": "各依赖的许可证",
        "postgresql": "PostgreSQL 存储",
        "registry": "名册",
        "importing": "成员名单的导入和导出",
        "scale": "扩展到多台机器",
        "stories-judged": "人工评判的 300 次归并",
    }
}


def chapters() -> tuple[Chapter, ...]:
    """The chapters. Documents of docs/ that none of them names stand at the end of the last."""
    named = {page for chapter in _WRITTEN for page in chapter.pages}
    last = _WRITTEN[-1]
    rest = tuple(sorted({file.stem for file in DOCS.glob("*.md")} - named - {"stories-judged"}))
    return (*_WRITTEN[:-1], Chapter(last.id, last.title, last.lead, (*last.pages, *rest, "stories-judged")))


def source_of(page: str, language: str) -> tuple[Path, str] | None:
    """The file of a page and the language that it is written in; None for pages that are made from the code."""
    for path, written in ((HERE / language / f"{page}.md", language), (DOCS / f"{page}.md", "en")):
        if path.exists():
            return path, written
    return None
