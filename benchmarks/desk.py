"""How long an editor waits at the desk: a search, a save, a preview, with 26,000 entries (issue 7).

    python benchmarks/desk.py [--entries 26000] [--accounts 200] [--rounds 20] [--headlines 400]

Wall milliseconds of what the desk does for one request, the median and the longest of the rounds; the way over loopback
adds one or two. The archive is written from a seed, content/ has a headline a day besides its columns.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from archive.filling import make_archive
from archive.posts import night_of

from matrixsite.desk import acts
from matrixsite.desk.desk import Desk
from matrixsite.matrix import Matrix
from matrixsite.store.finding import Only, Wanted

COLUMN = "---\ntitle: 专栏\nrule:\n  words: [供热, 会议]\n---\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the desk.")
    parser.add_argument("--entries", type=int, default=26_000)
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--headlines", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "matrix"
        make_archive(folder, options.entries, options.accounts, 1)
        Matrix.load(folder / "feeds.yaml").update(now=night_of(0), offline=True)
        desk = Desk(folder / "feeds.yaml", None, lambda: datetime.now(UTC))
        (desk.root / "columns").mkdir(parents=True, exist_ok=True)
        (desk.root / "columns/bench.md").write_text(COLUMN, "utf-8")
        found, _ = desk.find(Wanted(), 1)
        fill_headlines(desk, found[0].id, options.headlines)
        print(f"{options.entries:,} entries, {options.accounts} accounts, {options.headlines} headlines, ms")
        print(f"{'':<34}{'median':>8}{'longest':>9}{'must':>7}")
        for label, must, work in works(desk):
            tell(label, must, [timed(work, number) for number in range(options.rounds)])
        desk.close()


def fill_headlines(desk: Desk, ref: str, count: int) -> None:
    """A headline a day."""
    (desk.root / "headlines").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        day = date(2025, 1, 1) + timedelta(days=number)
        (desk.root / f"headlines/{day}.md").write_text(f"---\npick: {ref}\nreason: 理由\n---\n", "utf-8")


def works(desk: Desk) -> list[tuple[str, int, Callable[[int], object]]]:
    """What is measured, with the milliseconds that it may take."""
    found, _ = desk.find(Wanted(), 1)
    page, name = "columns/bench/index.html", "columns/bench.md"
    return [
        ("search, words that stand often", 200, lambda _: desk.find(Wanted(words=("的",)), 1)),
        ("search, words that stand nowhere", 200, lambda _: desk.find(Wanted(words=("龘龘",)), 1)),
        ("search, in no column or section", 200, lambda _: desk.find(Wanted(only=Only.UNASSIGNED), 1)),
        ("save a pick", 100, lambda n: desk.save(acts.pick_into(name, [found[n].id], ""), "bench")),
        (
            "save a headline",
            100,
            lambda n: desk.save(acts.set_headline(date(2026, 1, 1 + n), found[n].id, "理由", ""), ""),
        ),
        (
            "preview a column with its rule",
            500,
            lambda n: desk.preview(page, name, COLUMN.replace("会议", f"会议{n}")),
        ),
        ("candidates for a headline", 200, lambda _: desk.candidates(night_of(0).date())),
    ]


def headline(number: int, ref: str) -> acts.Act:
    return acts.set_headline(date(2026, 1, 1) + timedelta(days=number), ref, "理由", "")


def drafted(number: int) -> str:
    """The column with a rule that no run has looked at."""
    return COLUMN.replace("会议", f"会议{number}")


def timed(work: Callable[[int], object], number: int) -> float:
    start = time.perf_counter()
    work(number)
    return 1000 * (time.perf_counter() - start)


def tell(label: str, must: int, times: list[float]) -> None:
    print(f"{label:<34}{statistics.median(times):>8.1f}{max(times):>9.1f}{must:>7}", flush=True)


if __name__ == "__main__":
    main()
