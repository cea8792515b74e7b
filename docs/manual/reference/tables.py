"""Tables in Markdown, of words that are no markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKUP = re.compile(r"([*_<>|\[\]\\])")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already; nothing where there are no rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines]) if lines else ""


def words(text: str) -> str:
    """Text as a cell shows it: on one line, its `code` kept, anything else that could be markup escaped."""
    parts = re.split(r"(`[^`]+`)", " ".join(text.split()))
    return "".join(
        part.replace("|", "&#124;") if part.startswith("`") else _MARKUP.sub(r"\\\1", part) for part in parts
    )


def code(text: str) -> str:
    """Text as code in a cell."""
    return f"`{text}`".replace("|", "&#124;") if "|" not in text else f"<code>{_html(text)}</code>"


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "&#124;")
