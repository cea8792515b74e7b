"""The two matrices of the manual, written into a folder and built."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import yaml

from docs.manual.changes import changes_feed
from docs.manual.contents import DOCS, HERE, LANGUAGES, TITLES, Chapter, chapters, source_of
from docs.manual.pages import Document, page_text, read_document
from docs.manual.reference import PAGES, reference_page
from matrixsite import Matrix, RunReport

ROOT = DOCS.parent
_WORDS = {
    "zh-CN": ("matrixsite 手册", "每晚把一座城市的媒体矩阵变成一个静态网站。", "程序", "更新记录"),
    "en": (
        "The matrixsite manual",
        "A city's media matrix as a static site, every night.",
        "Program",
        "Changes",
    ),
}


def build_manual(output: Path, matrices: Path) -> dict[str, RunReport]:
    """Build each language into a folder of `output`, from matrices kept in `matrices`; by language."""
    reports = {}
    for language in LANGUAGES:
        root = matrices / language
        write_matrix(root, language)
        reports[language] = Matrix.load(root / "feeds.yaml").build(
            output / language, offline=True, force=True
        )
    return reports


def write_matrix(root: Path, language: str) -> None:
    """The matrix of a language: settings, the changelog as a feed, pages, sections, theme."""
    for name in ("content", "theme", "feeds"):
        shutil.rmtree(root / name, ignore_errors=True)
    documents = {page: _document(page, language) for chapter in chapters() for page in chapter.pages}
    pages = {**documents, **{one.id: (_overview(one, documents, language), language) for one in _overviews()}}
    languages = {name: written for name, (_, written) in pages.items()}
    for name, (document, written) in pages.items():
        text = page_text(document, name, language, written, languages)
        _write(root / f"content/pages/{name}.md", text)
    _write(root / "content/sections.yaml", _yaml([*_sections(documents, language)]))
    _write(root / "feeds/changes.json", json.dumps(changes_feed(ROOT / "CHANGELOG.md"), ensure_ascii=False))
    _write(root / "feeds.yaml", _yaml(_settings(language)))
    shutil.copytree(DOCS / "images", root / "content/images")
    shutil.copytree(HERE / "theme", root / "theme")
    _write(root / "theme/templates/manual/chapters.html", _chapters_html(documents, language))


def _settings(language: str) -> dict[str, Any]:
    title, description, group, changes = _WORDS[language]
    site = {
        "title": title,
        "description": description,
        "url": f"https://matrixsite.example.org/{language}",
        "language": language,
        "timezone": "Asia/Shanghai",
    }
    account = {
        "id": "changes",
        "name": changes,
        "group": "program",
        "platform": "website",
        "feed": "feeds/changes.json",
        "rights": "full",
    }
    groups = [{"id": "program", "name": group, "kind": "organisation"}]
    return {"site": site, "groups": groups, "accounts": [account]}


def _document(page: str, language: str) -> tuple[Document, str]:
    """A page and the language that it is written in."""
    if page in PAGES:
        return read_document(reference_page(page, language)), language
    found = source_of(page, language)
    if not found:
        raise FileNotFoundError(f"no document {page}.md in {language}/ or docs/")
    path, written = found
    document = read_document(path.read_text(encoding="utf-8"))
    if written != language:
        document = replace(document, title=TITLES[language].get(page, document.title), lead="")
    return document, written


def _overviews() -> Iterator[Chapter]:
    """Chapters that have a page of their own: a list of theirs."""
    return (chapter for chapter in chapters() if len(chapter.pages) > 1)


def _overview(chapter: Chapter, documents: dict[str, tuple[Document, str]], language: str) -> Document:
    listed = ((page, documents[page][0]) for page in chapter.pages)
    lines = [f"- [{document.title}]({page}.md)  \n  {document.lead}".rstrip() for page, document in listed]
    lead = chapter.lead[language]
    return Document(chapter.title[language], lead, "\n".join([lead, "", *lines]))


def _sections(documents: dict[str, tuple[Document, str]], language: str) -> Iterator[dict[str, Any]]:
    for chapter in chapters():
        front = chapter.pages[0] if len(chapter.pages) == 1 else chapter.id
        section = {"id": chapter.id, "title": chapter.title[language], "link": f"pages/{front}.html"}
        below = [
            {"id": f"page-{page}", "title": documents[page][0].title, "link": f"pages/{page}.html"}
            for page in chapter.pages
        ]
        yield {**section, "children": below} if len(below) > 1 else section


def _chapters_html(documents: dict[str, tuple[Document, str]], language: str) -> str:
    """The chapters as panels, for the home page."""
    panels = []
    for chapter in chapters():
        front = chapter.pages[0] if len(chapter.pages) == 1 else chapter.id
        links = "".join(
            f'<li><a href="pages/{page}.html">{escape(documents[page][0].title)}</a></li>\n'
            for page in chapter.pages
        )
        panels.append(
            f'<section class="panel">\n<h2 class="panel-title"><a href="pages/{front}.html">'
            f'{escape(chapter.title[language])}</a></h2>\n<p class="panel-lead">{escape(chapter.lead[language])}</p>\n'
            f'<ul class="manual-links">\n{links}</ul>\n</section>\n'
        )
    return "".join(panels)


def _yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
