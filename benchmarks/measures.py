"""What a year of measures of a large matrix costs: to read, to rank on all boards, to show.

    python benchmarks/measures.py [--accounts 6425] [--months 12]

Measures are written from a seed, a file a month with twelve columns. Five boards a month are computed and published,
then the site is built with all editions, built again with one edition more, and again with nothing new. Figures are
user+system CPU seconds of this process. The budget: 10 s to read the measures, 10 s for all boards with their pages.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time
from typing import TypeVar

from matrixsite import Matrix
from matrixsite.boards.publishing import edition_of, write_edition
from matrixsite.measures.period import parse_period
from matrixsite.spreadsheet import workbook

T = TypeVar("T")

NOW = datetime(2027, 1, 6, tzinfo=UTC)
COLUMNS = (
    *("posts", "reads", "wows", "likes", "shares", "comments"),
    *("headline_reads", "headline_likes", "max_reads", "max_likes", "followers", "plays"),
)
BOARDS = {
    "wci": "wci@14.2",
    "no-shares": "wci-no-shares",
    "old": "wci@2.0",
    "nri": "nri",
    "bci": "bci",
}


def matrix(root: Path, accounts: int, months: int) -> None:
    """feeds.yaml, measures and boards; all accounts but those of `bci` are on WeChat."""
    lines = ['site: {title: 大矩阵, url: "https://matrix.example.org"}\naccounts:\n']
    lines += [
        f"- {{id: account-{number}, name: 账号{number}发布, platform: {'weibo' if number % 3 == 0 else 'wechat'}}}\n"
        for number in range(accounts)
    ]
    (root / "feeds.yaml").write_text("".join(lines), "utf-8")
    for name in ("measures", "boards"):
        (root / "content" / name).mkdir(parents=True)
    seeded = random.Random(9)
    for month in range(1, months + 1):
        rows = [f"account,period,{','.join(COLUMNS)}\n"]
        for number in range(accounts):
            cells = [str(seeded.randrange(1, 100_000)) for _ in COLUMNS]
            cells[8] = "10万+" if number % 50 == 0 else cells[8]
            cells[4] = "" if number % 7 == 0 else cells[4]
            rows.append(f"account-{number},2026-{month:02},{','.join(cells)}\n")
        (root / f"content/measures/2026-{month:02}.csv").write_text("".join(rows), "utf-8")
    for board, index in BOARDS.items():
        front = f"---\ntitle: 榜{board}\nindex: {index}\ntop: 100\npublic: true\n---\n"
        (root / f"content/boards/{board}.md").write_text(front, "utf-8")


def as_workbooks(folder: Path) -> None:
    """The same tables as workbooks, numbers as numbers."""
    for path in sorted(folder.glob("*.csv")):
        rows = csv.reader(path.read_text("utf-8").splitlines())
        table = [[int(cell) if cell.isdecimal() else cell or None for cell in row] for row in rows]
        path.with_suffix(".xlsx").write_bytes(workbook({"表": table}))
        path.unlink()


def publish(made: Matrix, month: int) -> int:
    """All boards of a month; the number of accounts ranked."""
    period = parse_period(f"2026-{month:02}")
    assert period
    names = {account.id: account.name for account in made.settings.accounts}
    ranked = 0
    for board in made.content.boards:
        scores = made.scores(board.index, period, board.where)
        write_edition(made.settings.root, board, edition_of(scores, names, board.top, date(2027, 1, 5)))
        ranked += len(scores.scores)
    return ranked


def timed(what: str, act: Callable[[], T]) -> T:
    """Do it and print what it cost."""
    before = process_time()
    done = act()
    print(f"{what:48} {process_time() - before:6.2f} s  {done}")
    return done


def build(root: Path) -> str:
    report = Matrix.load(root / "feeds.yaml").build(root / "output", now=NOW, offline=True, jobs=1)

    return f"{report.written} pages written"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what measures and boards cost.")
    parser.add_argument("--accounts", type=int, default=6425)
    parser.add_argument("--months", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        root = Path(folder)
        matrix(root, options.accounts, options.months)
        made = Matrix.load(root / "feeds.yaml")
        timed("read the measures from CSV (rows)", lambda: len(made.measures))
        as_workbooks(root / "content/measures")
        made = Matrix.load(root / "feeds.yaml")
        timed("read the measures from xlsx (rows)", lambda: len(made.measures))
        publish(made, 1)
        timed("build a site with an edition of each board", lambda: build(root))
        last = options.months
        timed(
            "rank all boards, all months but two (scores)",
            lambda: sum(publish(made, m) for m in range(2, last)),
        )
        timed("build with these editions", lambda: build(root))
        timed("rank all boards of one month more (scores)", lambda: publish(made, last))
        timed("build with these", lambda: build(root))
        timed("read settings and content", lambda: len(Matrix.load(root / "feeds.yaml").content.boards))
        timed("build with nothing new", lambda: build(root))


if __name__ == "__main__":
    main()
