"""A page of each sort of the sample site in Chromium: for every reader, at every width, without a word elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import Scheme, Seen, Watch

pytestmark = pytest.mark.long

AS_SEEN: tuple[tuple[int, Scheme, bool], ...] = (  # whether by axe too, which takes long
    (1440, "light", True),
    (768, "light", False),
    (360, "dark", True),
)
MOST_BYTES = 100_000  # of a page without its pictures


def sorts(site: Path) -> dict[str, str]:
    """A page of each sort, by the shape of its path; the largest, which has most to show."""
    found: dict[str, tuple[int, str]] = {}
    for file in site.rglob("*.html"):
        path = file.relative_to(site).as_posix()
        shape = re.sub(r"\d{4}(?=/|-)|(?<=[/-])\d\d(?=/)", "#", path)
        top, _, rest = shape.partition("/")
        shape = f"{top}/{re.sub(r'[^/#.]+(?=[/.])', '*', rest)}" if rest else shape
        found[shape] = max(found.get(shape, (0, "")), (file.stat().st_size, path))
    return {shape: path for shape, (_, path) in sorted(found.items())}


def test_every_sort_of_page_is_for_every_reader_at_every_width(watch: Watch, site: Path) -> None:
    """Axe finds nothing, by all its rules, those of good practice too; nothing is wider than its window."""
    found: dict[str, object] = {}
    for shape, path in sorts(site).items():
        watch.visit(path)
        for width, scheme, looked_at in AS_SEEN:
            watch.see(width, scheme)
            if wide := watch.too_wide():
                found[f"{shape} {width}"] = wide
            if looked_at:
                found |= {f"{shape} {width} {scheme} {rule}": which for rule, which in violations(watch.tab)}
    assert found == {}
    assert watch.seen == Seen()


def test_no_page_is_heavy(site: Path) -> None:
    heavy = {
        str(file.relative_to(site)): file.stat().st_size
        for file in site.rglob("*.html")
        if file.stat().st_size > MOST_BYTES
    }
    assert heavy == {}
