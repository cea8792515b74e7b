"""A page of each sort of the sample site in Chromium: for every reader, at every width, without a word elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser.conftest import Seen, Served, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = (360, 768, 1440)
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


@pytest.fixture
def watch(sample_site: Path, chromium: Browser) -> Iterator[Watch]:
    with Served(sample_site) as served:
        watch = Watch(chromium, served.url)
        yield watch
        watch.tab.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
def test_axe_finds_nothing_on_any_page(
    watch: Watch, sample_site: Path, scheme: Literal["light", "dark"], width: int
) -> None:
    """All its rules, those of good practice too."""
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    watch.tab.emulate_media(color_scheme=scheme)
    watch.tab.set_viewport_size({"width": width, "height": 900})
    found = {}
    for shape, path in sorts(sample_site).items():
        watch.visit(path)
        watch.tab.evaluate(axe)
        for violation in watch.tab.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
            found[f"{shape} {violation['id']}"] = [node["target"] for node in violation["nodes"][:3]]
    assert found == {}
    assert watch.seen == Seen()


def test_no_page_is_wider_than_its_window(watch: Watch, sample_site: Path) -> None:
    found = {}
    for path in sorts(sample_site).values():
        watch.visit(path)
        for width in WIDTHS:
            watch.tab.set_viewport_size({"width": width, "height": 900})
            wide = watch.tab.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found[f"{width} {path}"] = wide
    assert found == {}


def test_no_page_is_heavy(sample_site: Path) -> None:
    heavy = {
        str(file.relative_to(sample_site)): file.stat().st_size
        for file in sample_site.rglob("*.html")
        if file.stat().st_size > MOST_BYTES
    }
    assert heavy == {}
