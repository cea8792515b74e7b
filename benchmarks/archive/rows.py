"""What is measured on an archive, row by row."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from measuring import Cost

from .building import Built, Size, Standing, build, update
from .filling import add_night, make_archive
from .hugo import hugo_build, hugo_site
from .imports import Imports
from .pelican import pelican_build, pelican_site
from .ready import Archive
from .table import said, tell

LEAST_OF = 5  # runs of what takes a second
NIGHTS = (2, 3)  # that are measured whole; 0 is the first build, 1 brings nothing


def prepared(folder: Path, entries: int, accounts: int, seed: int) -> None:
    """A matrix with that archive, up to date, no site built."""
    make_archive(folder, entries, accounts, seed)
    cost = update(folder, 0)
    print(
        f"{entries:,} entries of {accounts} accounts, seed {seed}; their first update: {said(cost)}",
        flush=True,
    )


def full_build(folder: Path) -> Built:
    """Into a folder that is not there."""
    shutil.rmtree(folder / "output", ignore_errors=True)
    return build(folder, 0)


def full(folder: Path, peers: Collection[str], runs: int) -> None:
    """S1: ours and each peer's in turn, the least of the runs."""
    archive = Archive(folder)
    builds: dict[str, Callable[[], Cost | None]] = {"ours": lambda: full_build(folder).cost}
    outputs = {
        "ours": folder / "output",
        "hugo": folder / "hugo/public",
        "pelican": folder / "pelican/output",
    }
    if "hugo" in peers:
        hugo_site(archive, folder / "hugo")
        builds["hugo"] = lambda: hugo_build(folder / "hugo")
    if "pelican" in peers:
        pelican_site(archive, folder / "pelican")
        builds["pelican"] = lambda: pelican_build(folder / "pelican")
    costs: dict[str, list[Cost]] = {name: [] for name in builds}
    for _ in range(runs):
        for name, run in builds.items():
            if (cost := run()) is not None:
                costs[name].append(cost)
    best = {name: min(found, key=lambda cost: cost.cpu) for name, found in costs.items() if found}
    ours = best.pop("ours")
    size = Size.of(outputs["ours"])
    tell("S1 full build", said(ours), must="300 MiB")
    tell("   its pages", f"{1000 * ours.cpu / size.pages:.2f} ms a page", str(size))
    for name, must, aim in (("hugo", "1", "0.5"), ("pelican", "0.11 (9x less)", "")):
        if name in best:
            ratio = f"{ours.cpu / best[name].cpu:.2f}"
            tell(f"S1 beside {name}", said(ours), said(best[name]), ratio, must, aim)
            tell(f"   pages of {name}", "", str(Size.of(outputs[name])))


def unchanged(folder: Path, imports: Imports) -> None:
    """S2: the same again; then a day on which nothing came."""
    before = Standing.of(folder / "output")
    costs = [(imports.run(), build(folder, 0).cost) for _ in range(LEAST_OF)]
    least = min((cost for _, cost in costs), key=lambda cost: cost.cpu)
    written = Standing.of(folder / "output").written_since(before)
    _beside("S2 nothing changed", least, imports, "1.5", "1.1")
    tell("   files written", str(len(written)), must="0")
    next_day = build(folder, 1)
    _beside("   nothing new, the next day", next_day.cost, imports)
    tell("   files written", str(next_day.written))


def night(folder: Path, count: int, accounts: int, imports: Imports) -> None:
    """S3: nights as they come, then one with update and build apart."""
    nights = []
    for number in NIGHTS:
        before = Standing.of(folder / "output")
        add_night(folder, number, count, accounts)
        imports.run()
        whole = build(folder, number)
        after = Standing.of(folder / "output")
        written, vain = after.written_since(before), after.in_vain(before)
        if len(written) != whole.written:
            raise RuntimeError(f"{len(written)} files were written, the report says {whole.written}")
        nights.append((whole.cost, f"{len(written)}, {len(vain)}"))
    least, files = min(nights, key=lambda found: found[0].cpu)
    last = NIGHTS[-1] + 1
    add_night(folder, last, count, accounts)
    _beside(f"S3 {count} new, update and build", least, imports, "3", "2")
    _beside("   update alone", update(folder, last), imports)
    _beside("   build alone, after it", build(folder, last).cost, imports)
    tell("   files written, of them in vain", files, must="none in vain")


def _beside(row: str, cost: Cost, imports: Imports, must: str = "", aim: str = "") -> None:
    ratio = f"{cost.cpu / imports.least:.2f}"
    tell(row, said(cost), f"imports {imports.least:.2f} s", ratio, must, aim)


def year(folder: Path, count: int, accounts: int, small: float) -> None:
    """S4: a full build of a year, then a night; `small` is what a page of S1 cost, in ms."""
    made = full_build(folder).cost
    pages = Size.of(folder / "output")
    each = 1000 * made.cpu / pages.pages
    tell("S4 full build of a year", said(made), str(pages), must="512 MiB", aim="300 MiB")
    tell("   a page", f"{each:.2f} ms", f"S1 {small:.2f} ms", f"{each / small:.2f}", "1.2")
    add_night(folder, 1, count, accounts)
    whole = build(folder, 1)
    peer = f"full {made.cpu:.0f} s"
    tell(
        f"S4 a night of {count:,}",
        said(whole.cost),
        peer,
        f"1/{made.cpu / whole.cost.cpu:.0f}",
        "1/30",
        "1/60",
    )
    tell("   files written", f"{whole.written:,}")
