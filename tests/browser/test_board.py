"""The office's board, and the public page on freshness, in Chromium: axe finds nothing, nothing runs over the edge."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from matrixsite.boards.publishing import edition_of, write_edition
from matrixsite.measures.period import parse_period
from tests.browser.conftest import Served, Watch
from tests.office.conftest import ACCOUNTS, SETTINGS, filled

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BOARD = (
    "index.html",
    "p2.html",
    "by/silence/index.html",
    "groups/index.html",
    "groups/g/index.html",
    "watch/index.html",
    "bulletins/2026-11/index.html",
    "tasks/index.html",
    "tasks/library.html",
    "measures/index.html",
    "measures/reads.html",
    "rankings/index.html",
    "rankings/inner.html",
)
SITE = ("freshness/index.html", "sitemap/index.html")
RULES = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A board of two pages of accounts, and the site."""
    root = tmp_path_factory.mktemp("office")
    nights = filled(root / "matrix")
    more = [{"id": f"more-{n}", "name": f"账号{n}", "feed": "b.xml", "group": "g"} for n in range(100)]
    nights.set_up([*ACCOUNTS, *more], **SETTINGS, freshness={"public": True})
    nights.update()
    matrix, period = nights.load(), parse_period("2026-10")
    (inner,) = matrix.content.boards
    assert period
    scores = matrix.scores(inner.index, period, inner.where)
    write_edition(nights.root, inner, edition_of(scores, {"a": "甲", "b": "乙"}, 10, TODAY))
    nights.load().build(root / "site", now=nights.night, today=TODAY, jobs=1)
    nights.load().board(root / "board", today=TODAY)
    return root


@pytest.mark.parametrize(
    ("width", "scheme"), [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")]
)
def test_axe_finds_nothing_and_nothing_runs_over(
    folder: Path, width: int, scheme: Any, chromium: Browser
) -> None:
    axe = files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    for name, pages in (("board", BOARD), ("site", SITE)):
        with Served(folder / name) as served:
            watch = Watch(chromium, served.url)
            watch.tab.set_viewport_size({"width": width, "height": 900})
            watch.tab.emulate_media(color_scheme=scheme)
            for path in pages:
                watch.visit(path)
                watch.tab.evaluate(axe)
                found = watch.tab.evaluate(f"axe.run(document, {{iframes: false, runOnly: {RULES}}})")
                told = [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]]
                assert told == [], path
                assert watch.tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert not watch.seen, watch.seen
            watch.tab.close()


def test_what_one_taps_is_large_enough_on_a_phone(folder: Path, chromium: Browser) -> None:
    with Served(folder / "board") as served:
        watch = Watch(chromium, served.url)
        watch.tab.set_viewport_size({"width": 360, "height": 900})
        for path in BOARD:
            watch.visit(path)
            small = watch.tab.eval_on_selector_all(
                "a:not(.skip)",
                "all => all.filter(one => one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML)",
            )
            assert small == [], path
