"""The office's board, and the public page on freshness, in Chromium: axe finds nothing, nothing runs over the edge."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matrixsite.boards.publishing import edition_of, write_edition
from matrixsite.measures.period import parse_period
from tests.browser.axe import violations
from tests.browser.conftest import Scheme, Watch
from tests.office.conftest import ACCOUNTS, SETTINGS, filled

pytestmark = pytest.mark.long

BOARD = (
    "board/index.html",
    "board/p2.html",
    "board/by/silence/index.html",
    "board/groups/index.html",
    "board/groups/g/index.html",
    "board/watch/index.html",
    "board/bulletins/2026-11/index.html",
    "board/tasks/index.html",
    "board/tasks/library.html",
    "board/measures/index.html",
    "board/measures/reads.html",
    "board/rankings/index.html",
    "board/rankings/inner.html",
)
SITE = ("site/freshness/index.html", "site/sitemap/index.html")
AS_SEEN: tuple[tuple[int, Scheme], ...] = ((360, "light"), (360, "dark"), (1440, "light"), (1440, "dark"))
TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
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


def test_axe_finds_nothing_and_nothing_runs_over(watch: Watch) -> None:
    for path in (*BOARD, *SITE):
        watch.visit(path)
        for width, scheme in AS_SEEN:
            watch.see(width, scheme)
            assert violations(watch.tab) == [], (path, width, scheme)
            assert not watch.too_wide(), (path, width)
    assert not watch.seen, watch.seen


def test_what_one_taps_is_large_enough_on_a_phone(watch: Watch) -> None:
    watch.see(360, "light")
    for path in BOARD:
        watch.visit(path)
        small = watch.tab.eval_on_selector_all(
            "a:not(.skip)",
            "all => all.filter(one => one.getBoundingClientRect().height < 43.5).map(one => one.outerHTML)",
        )
        assert small == [], path
