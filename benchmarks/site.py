"""What a site costs, beside other programs: a full build, one without news, nights; CPU of all processes, memory.

    python benchmarks/site.py [--entries 26000] [--accounts 200] [--rows S1,S2,S3] [--peers hugo,pelican|none]
                              [--runs 2] [--seed 1] [--keep FOLDER]
    python benchmarks/site.py --rows S4 [--entries 600000] [--accounts 1000]
    python benchmarks/site.py --sizes 5000,26000,100000 [--chart docs/images/cost-by-size.svg]

S1 a full build, S2 nothing changed, S3 100 new entries; S4 a year of a large matrix, then a night of 1,700. --sizes
measures these in archives of growing size. All is written from a seed; ratios are taken within one run, and what is
compared runs in turn. CPU is the least of the runs, memory the peak of the processes' proportional shares (PSS).
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from archive.building import Size, build
from archive.chart import Points, chart
from archive.filling import add_night
from archive.imports import Imports
from archive.rows import LEAST_OF, full, full_build, night, prepared, unchanged, year
from archive.table import head, said, tell

S1_ENTRIES, S4_ENTRIES = 26_000, 600_000
S1_ACCOUNTS, S4_ACCOUNTS = 200, 1_000
S3_NEW, S4_NEW = 100, 1_700


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(options.keep or name)
        if options.sizes:
            _sizes(folder, options)
            return
        rows = set(options.rows.split(","))
        if rows & {"S1", "S2", "S3"}:
            _site(folder / "site", options, rows)
        if "S4" in rows:
            _year(folder, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what a site costs.")
    parser.add_argument("--entries", type=int, default=0)
    parser.add_argument("--accounts", type=int, default=0)
    parser.add_argument("--rows", default="S1,S2,S3")
    parser.add_argument("--peers", default="hugo,pelican")
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sizes", default="", help="entries, such as 5000,26000")
    parser.add_argument("--chart", type=Path, help="with --sizes: draw this file")
    parser.add_argument("--keep", type=Path, help="work in this (new) folder and leave it")
    return parser.parse_args()


def _site(folder: Path, options: argparse.Namespace, rows: set[str]) -> None:
    accounts = options.accounts or S1_ACCOUNTS
    prepared(folder, options.entries or S1_ENTRIES, accounts, options.seed)
    imports = Imports(folder.with_name("imports"))
    print(
        f"imports: of the {imports.modules} modules that a full build has at its end, in a process of their own"
    )
    head()
    if "S1" in rows:
        full(folder, options.peers.split(","), options.runs)
    else:
        full_build(folder)
    if "S2" in rows:
        unchanged(folder, imports)
    if "S3" in rows:
        night(folder, S3_NEW, accounts, imports)


def _year(folder: Path, options: argparse.Namespace) -> None:
    """A page is compared with one of S1, which is built here for that."""
    accounts = options.accounts or S4_ACCOUNTS
    prepared(folder / "small", S1_ENTRIES, S1_ACCOUNTS, options.seed)
    cost = min(full_build(folder / "small").cost.cpu for _ in range(options.runs))
    small = 1000 * cost / Size.of(folder / "small" / "output").pages
    prepared(folder / "year", options.entries or S4_ENTRIES, accounts, options.seed)
    head()
    year(folder / "year", S4_NEW, accounts, small)


def _sizes(folder: Path, options: argparse.Namespace) -> None:
    lines: dict[str, list[tuple[float, float]]] = {
        "full build": [],
        f"night of {S3_NEW}": [],
        "nothing new": [],
    }
    for size in map(int, options.sizes.split(",")):
        accounts = options.accounts or max(S1_ACCOUNTS, size * S4_ACCOUNTS // S4_ENTRIES)
        place = folder / str(size)
        prepared(place, size, accounts, options.seed)
        made = full_build(place).cost
        pages = Size.of(place / "output")
        same = min((build(place, 0).cost for _ in range(LEAST_OF)), key=lambda cost: cost.cpu)
        add_night(place, 1, S3_NEW, accounts)
        fresh = build(place, 1).cost
        for line, cost in zip(lines.values(), (made, fresh, same), strict=True):
            line.append((size, cost.cpu))
        tell(
            f"{size:,} entries, full build", said(made), str(pages), f"{1000 * made.cpu / pages.pages:.2f} ms"
        )
        tell("   nothing new", said(same))
        tell(f"   a night of {S3_NEW}", said(fresh))
        if not options.keep:
            shutil.rmtree(place)
    if options.chart:
        series: dict[str, Points] = dict(lines)
        options.chart.write_text(
            chart("What a build costs by the size of the archive", series), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
