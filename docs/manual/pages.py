"""A document as the repository has it → a page as Pelican reads it: title, links, table of contents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_LINK = re.compile(r"(?<!!)\[((?:[^\]\[]|\[[^\]]*\])+)\]\(([^)\s]+)\)")
_IMAGE = re.compile(r"!\[([^\]]*)\]\((?:\.\./)*(?:docs/)?images/([^)]+)\)")
_COMMENT = re.compile(r"^<!--.*?-->\n+", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CHANGES = "../accounts/changes/index.html"
_FOLD = re.compile(  # a line of Chinese that goes on in the next one: no blank stands between them
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef”])\n[ ]*(?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“])"
    r"|(?<=[，。；：、）》])\n[ ]*(?=[A-Za-z`\[*])"
)
_HEADING = re.compile(r"^####(?= )", re.MULTILINE)
_LONG = 4  # headings from which a page has a table of contents

NOT_TRANSLATED = {"zh-CN": "这一页还没有译成中文，以下是英文原文。"}


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a page."""

    title: str
    lead: str  # its first paragraph, plain, for lists of pages
    text: str  # Markdown without the title


def read_document(markdown: str) -> Document:
    """A document that begins with its title. Raises ValueError for another."""
    head, _, text = _COMMENT.sub("", markdown).partition("\n")
    if not head.startswith("# "):
        raise ValueError(f"a document begins with '# title', not with {head[:40]!r}")
    paragraphs = (
        part for part in text.strip().split("\n\n") if part[:1] not in ("", "#", "`", "!", "|", " ", "-")
    )
    return Document(head[2:].strip(), _plain(next(paragraphs, "")), text.strip())


def page_text(document: Document, name: str, language: str, written: str, pages: Mapping[str, str]) -> str:
    """The page for content/pages/; `pages` says in which language each page is written, and `written` of this one."""
    text = _outside_code(document.text, written, pages)
    if len(re.findall(r"^## ", _CODE.sub("", text), re.MULTILINE)) >= _LONG:
        lead, _, rest = text.partition("\n\n")
        text = f"[TOC]\n\n{text}" if lead.startswith(("#", "|", "`")) else f"{lead}\n\n[TOC]\n\n{rest}"
    text = _HEADING.sub("###", text)  # names of files, which documents write below ## headings
    if written != language:
        text = f'*{NOT_TRANSLATED[language]}*\n\n<div lang="{written}" markdown="1">\n\n{text}\n\n</div>'
    other = "en" if language == "zh-CN" else "zh-CN"
    facts = {"Title": document.title, "Slug": name, "Description": document.lead, "Counterpart": other}
    return "".join(f"{key}: {value}\n" for key, value in facts.items() if value) + f"\n{text}\n"


def _outside_code(text: str, written: str, pages: Mapping[str, str]) -> str:
    """Links to other pages and pictures, as they stand on the site; code stays as it is."""
    parts, at = [], 0
    for block in _CODE.finditer(text):
        parts += [_linked(text[at : block.start()], written, pages), block.group()]
        at = block.end()
    return "".join([*parts, _linked(text[at:], written, pages)])


def _linked(text: str, written: str, pages: Mapping[str, str]) -> str:
    def link(found: re.Match[str]) -> str:
        words, target = found.groups()
        path, mark, anchor = target.partition("#")
        name = path.rpartition("/")[2].removesuffix(".md")
        if target.startswith(("http:", "https:", "#")) or path.endswith(".html"):
            return found.group()
        if path.endswith(".md") and name in pages:
            there = f"{mark}{anchor}" if pages[name] == written else ""  # a translation has other headings
            return f"[{words}]({name}.html{there})"
        return f"[{words}]({_CHANGES})" if name == "CHANGELOG" else words  # other files of the repository

    return _FOLD.sub("", _LINK.sub(link, _IMAGE.sub(r"![\1](../images/\2)", text)))


def _plain(markdown: str) -> str:
    """A paragraph without its markup."""
    text = _FOLD.sub("", _LINK.sub(r"\1", markdown))
    return re.sub(r"[*`]", "", " ".join(text.split()))
