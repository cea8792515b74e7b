"""Editors' pages as text: front matter between two `---` lines, then Markdown; each changed without the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from matrixsite.desk.yaml_text import NoYaml, rewritten, written

_PAGE = re.compile(r"\A(\ufeff?---[ \t]*\r?\n)(.*?)(^---[ \t]*(?:\r?\n|\Z))(.*)\Z", re.DOTALL | re.MULTILINE)


def parts_of(page: str) -> tuple[str, str]:
    """Front matter and Markdown. Raises NoYaml for a page without front matter."""
    found = _match(page)
    return found[2], found[4]


def with_front(page: str, change: Callable[[str], str]) -> str:
    """The page with its front matter changed as text."""
    found = _match(page)
    front = change(found[2])
    return f"{found[1]}{front}{'' if not front or front.endswith(chr(10)) else chr(10)}{found[3]}{found[4]}"


def with_values(page: str, values: Mapping[str, Any]) -> str:
    """The page with these keys of its front matter as given; those that are empty or None are taken out."""

    def change(tree: Any) -> Any:
        tree = {} if tree is None else tree
        for name, value in values.items():
            if value in (None, "", [], {}):
                tree.pop(name, None)
            elif name not in tree or tree[name] != value:
                tree[name] = written(value)
        return tree

    return with_front(page, lambda front: rewritten(front, change))


def with_body(page: str, body: str) -> str:
    """The page with another text."""
    found = _match(page)
    end = found[3] if found[3].endswith("\n") else f"{found[3]}\n"
    return (
        f"{found[1]}{found[2]}{end}{body.replace(chr(13), '').strip(chr(10))}\n"
        if body.strip()
        else (f"{found[1]}{found[2]}{end}")
    )


def new_page(values: Mapping[str, Any], body: str = "") -> str:
    """A page that wasn't there."""
    page = with_values("---\n---\n", values)
    return with_body(page, body) if body.strip() else page


def _match(page: str) -> re.Match[str]:
    found = _PAGE.match(page)
    if found is None:
        raise NoYaml("there is no front matter between two lines `---`")
    return found
