"""Editors' pages: YAML front matter between two `---` lines, then Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from matrixsite.config.source import Source, parse_yaml, read_bytes
from matrixsite.errors import Problem

PAGE_ID = re.compile(r"[a-z0-9-]+")

_FENCE = re.compile(rb"^---[ \t]*\r?\n?$")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as written. `id` is the stem of its file name."""

    id: str
    front: Source
    body: str  # Markdown


def read_page(path: Path, file: str) -> tuple[Page | None, list[Problem]]:
    """Read the page at `path`, which problems call `file`."""
    content, problems = read_bytes(path, file)
    return (None, problems) if problems else parse_page(content, file, path.stem)


def parse_page(content: bytes, file: str, page_id: str) -> tuple[Page | None, list[Problem]]:
    """Split a page and read its front matter: the page, or None where there is none, and all problems."""
    problems = []
    if not PAGE_ID.fullmatch(page_id):
        mend = "Use the letters a to z, digits and hyphens only: it becomes the page's address."
        problems.append(Problem(file, 0, "", "the file's name is no page id", f"Rename the file. {mend}"))
    lines = content.removeprefix(_BOM).splitlines(keepends=True)
    end = next((number for number, line in enumerate(lines[1:], 1) if _FENCE.match(line)), 0)
    if not lines or not _FENCE.match(lines[0]):
        reason = "there is no front matter"
        mend = "Begin the file with a line `---`, then keys such as `title: …`, then a second line `---`."
        return None, [*problems, Problem(file, 1, "", reason, mend)]
    if not end:
        mend = "Put a second line `---` after the last key."
        return None, [*problems, Problem(file, 1, "", "the front matter has no end", mend)]
    front, found = parse_yaml(b"".join(lines[1:end]), file, first_line=2)
    problems += found
    try:
        body = b"".join(lines[end + 1 :]).decode("utf-8")
    except UnicodeDecodeError as error:
        line = end + 2 + error.object.count(b"\n", 0, error.start)
        reason = "the text is not UTF-8"
        return None, [*problems, Problem(file, line, "", reason, "Save the file in the encoding UTF-8.")]
    return (Page(page_id, front, body) if front else None), problems
