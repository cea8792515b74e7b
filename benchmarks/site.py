"""What a site costs, beside other programs: a full build, one without news, nights; CPU of all processes, memory.

    python benchmarks/site.py [--entries 26000] [--accounts 200] [--rows S1,S2,S3] [--peers hugo,pelican|none]
                              [--runs 2] [--keep FOLDER]
    python benchmarks/site.py --rows S4 [--entries 600000] [--accounts 1000]

S1 a full build; S2 the same, nothing changed; S3 100 new entries; S4 a year of a large matrix, and a night of 1,700.
Everything is written from a seed; ratios are taken within one run. CPU is the least of the runs, in seconds.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from archive.building import Built, Size, Standing, build, update
from archive.filling import add_night, make_archive
from archive.imports import import_cost
from measuring import Cost

S3_NEW, S4_NEW = 100, 1_700
_ROW = "{:<34}{:>16}{:>16}{:>9}   {:<22}{}"


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(options.keep or name)
        rows = set(options.rows.split(","))
        if rows & {"S1", "S2", "S3"}:
            _site(folder / "site", options, rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what a site costs.")
    parser.add_argument("--entries", type=int, default=26_000)
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--rows", default="S1,S2,S3")
    parser.add_argument("--peers", default="hugo,pelican")
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="work in this (new) folder and leave it")
    return parser.parse_args()


def _site(folder: Path, options: argparse.Namespace, rows: set[str]) -> None:
    make_archive(folder, options.entries, options.accounts, options.seed)
    prepared = update(folder, 0)
    print(f"{options.entries:,} entries of {options.accounts} accounts, seed {options.seed}", flush=True)
    print(f"the first update: {prepared.cpu:.1f} CPU-s, {prepared.memory:.0f} MiB", flush=True)
    full = _full(folder, options.runs)
    print(f"the site: {Size.of(folder / 'output')}", flush=True)
    _head()
    imports, modules = import_cost()
    _tell("import of what a build imports", f"{modules} modules", f"{imports:.2f} s")
    if "S1" in rows:
        _tell("S1 full build", _said(full.cost), must="300 MiB")
    if "S2" in rows:
        _unchanged(folder, imports)
    if "S3" in rows:
        _nights(folder, options.accounts, imports)


def _full(folder: Path, runs: int) -> Built:
    """Builds into a folder that isn't there."""
    found = []
    for _ in range(runs):
        shutil.rmtree(folder / "output", ignore_errors=True)
        found.append(build(folder, 0))
    return min(found, key=lambda built: built.cost.cpu)


def _unchanged(folder: Path, imports: float) -> None:
    before = Standing.of(folder / "output")
    least = min((build(folder, 0) for _ in range(5)), key=lambda built: built.cost.cpu)
    written = Standing.of(folder / "output").written_since(before)
    ratio = f"{least.cost.cpu / imports:.2f}"
    _tell("S2 nothing changed", _said(least.cost), f"{imports:.2f} s", ratio, "1.5", "1.1")
    _tell("S2 files written", str(len(written)), must="0")


def _nights(folder: Path, accounts: int, imports: float) -> None:
    """One night as it comes, then one with update and build apart."""
    before = Standing.of(folder / "output")
    add_night(folder, 1, S3_NEW, accounts)
    whole = build(folder, 1)
    after = Standing.of(folder / "output")
    written, vain = after.written_since(before), after.in_vain(before)
    add_night(folder, 2, S3_NEW, accounts)
    updated = update(folder, 2)
    alone = build(folder, 2)
    peer = f"{imports:.2f} s"
    _tell(
        "S3 100 new: update and build", _said(whole.cost), peer, f"{whole.cost.cpu / imports:.2f}", "3", "2"
    )
    _tell("   update alone", _said(updated), peer, f"{updated.cpu / imports:.2f}")
    _tell("   build alone, after it", _said(alone.cost), peer, f"{alone.cost.cpu / imports:.2f}")
    _tell("   files written, of them in vain", f"{len(written)}, {len(vain)}", must="0 in vain")
    assert len(written) == whole.written, "the report names other files than were written"


def _head() -> None:
    print(_ROW.format("row", "ours", "peer", "ratio", "must", "aim"), flush=True)


def _tell(row: str, ours: str, peer: str = "", ratio: str = "", must: str = "", aim: str = "") -> None:
    print(_ROW.format(row, ours, peer, ratio, must, aim), flush=True)


def _said(cost: Cost) -> str:
    return f"{cost.cpu:.2f} s {cost.memory:.0f} MiB"


if __name__ == "__main__":
    main()
