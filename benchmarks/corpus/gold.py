"""What is known of every entry of the corpus, and how it is kept beside the feeds: a JSON line an entry."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

ORIGINAL = "original"  # the kind of an entry that is no repost
MARKED, SILENT, DIGEST = "marked-correction", "silent-correction", "digest"


@dataclass(frozen=True, slots=True)
class Gold:
    """One entry. `story` names the entries of one text; `kind` says how a repost was changed.

    `lookalike` names the set of confusable stories that it stands in ('' outside of one), as `kind/number`.
    """

    account: str
    guid: str
    story: str
    kind: str = ORIGINAL
    original: bool = False  # the story's first publisher
    outside: bool = False  # the story came from a publisher outside the matrix: nobody's 首发
    lookalike: str = ""
    contains: tuple[str, ...] = ()  # stories that a digest tells of

    @property
    def key(self) -> tuple[str, str]:
        """What an exported entry is found by."""
        return self.account, self.guid


def write_gold(file: Path, entries: Iterable[Gold]) -> None:
    """One JSON object a line."""
    file.write_text(
        "".join(json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in entries), encoding="utf-8"
    )


def read_gold(file: Path) -> list[Gold]:
    """What `write_gold` wrote."""
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    return [Gold(**{**row, "contains": tuple(row["contains"])}) for row in rows]
