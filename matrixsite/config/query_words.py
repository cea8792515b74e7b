"""Which items of a feed are taken in, in the words that users of RSSHub know.

query: {filter_title: [停水, 停电], limit: 20}
query: filter_title=停水|停电&limit=20             as it stands behind an address, and in a cell of a table

`filter` looks at title, text, authors and categories; `filter_title` and its like at one of them; `filterout…` takes
what it finds away. Of several words one is enough; of several keys each must be met. Words stand for themselves: they
are no patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any
from urllib.parse import parse_qsl

from matrixsite.config.settings import Query

WORD_KEYS = tuple(field.name for field in fields(Query) if field.name != "limit")
_SIGNS = re.compile(r"[%&+;]")  # that mean something else in a query
_PATTERN = re.compile(r"[\\^$*+?()\[\]{}]|\.\*")


def query_tree(written: Any) -> Any:
    """The tree of a `Query`; what is neither text nor a mapping is left to the validator."""
    if isinstance(written, str):
        written = dict(parse_qsl(written.removeprefix("?"), keep_blank_values=True))
    if not isinstance(written, dict):
        return written
    tree = {key: _words(value) if key in WORD_KEYS else value for key, value in written.items()}
    limit = tree.get("limit")
    if isinstance(limit, str) and limit.isdecimal():
        tree["limit"] = int(limit)
    return tree


def written_query(query: Query) -> str:
    """The text that `query_tree` reads."""
    parts = [(key, "|".join(getattr(query, key))) for key in WORD_KEYS if getattr(query, key)]
    parts += [("limit", str(query.limit))] if query.limit else []
    return "&".join(f"{key}={_SIGNS.sub(lambda sign: f'%{ord(sign[0]):02X}', words)}" for key, words in parts)


def faults(query: Query) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Where in a query, why, and the mend."""
    if query.limit < 0:
        yield ("limit",), "can't be negative", "Write how many items are looked at, or remove it."
    for key in WORD_KEYS:
        for index, word in enumerate(getattr(query, key)):
            if not word.strip():
                yield (key, index), "an empty word would match everything", "Remove it."
            elif _PATTERN.search(word):
                reason = "patterns are not known here: words are looked for as they stand"
                yield (key, index), reason, "Write the words, with | between them."


def _words(value: Any) -> Any:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        return value
    return [word.strip() for item in items for word in item.split("|")]
