"""Documents beside what they must come to: `cases/<name>.xml|json|csv` and `cases/<name>.yaml`.

The YAML names only what the case is about: fields that it leaves out are not compared. `problems` are codes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from matrixsite.model import RawEntry
from matrixsite.parse.document import parse

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    expected = yaml.safe_load(path.read_text("utf-8"))
    document = next(file for file in path.parent.glob(f"{path.stem}.*") if file != path)
    parsed = parse(
        document.read_bytes(), content_type=expected.get("content_type", ""), url=expected.get("url", "")
    )
    assert (parsed.error.code if parsed.error else None) == expected.get("error")
    for name in ("format", "title", "link", "truncated"):
        if name in expected:
            assert getattr(parsed, name) == expected[name]
    if "problems" in expected:
        assert [problem.code for problem in parsed.problems] == expected["problems"]
    assert list(parsed.deleted) == expected.get("deleted", [])
    if "entries" in expected:
        wanted = expected["entries"]
        assert [_chosen(entry, names) for entry, names in zip(parsed.entries, wanted, strict=True)] == wanted


def _chosen(entry: RawEntry, names: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(getattr(entry, name)) for name in names}


def _plain(value: Any) -> Any:
    """Tuples as YAML's lists, an enclosure as [url, type, length]."""
    if isinstance(value, tuple):
        return [[item.url, item.type, item.length] if hasattr(item, "url") else item for item in value]
    return value


def test_every_document_has_its_expectation() -> None:
    files = {path.stem for path in CASES[0].parent.iterdir() if path.suffix != ".yaml"}
    assert files == {path.stem for path in CASES}
