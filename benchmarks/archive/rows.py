"""What is measured on an archive, row by row."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from measuring import Cost

from .building import Built, Size, Standing, build, update
from .filling import add_night, make_archive
from .hugo import hugo_build, hugo_site
from .pelican import pelican_build, pelican_site
from .ready import Archive
from .table import said, tell

LEAST_OF = 5  # runs of what takes a second


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


def full(folder: Path, peers: Collection[str], runs: int) -> Cost:
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
    return ours


def unchanged(folder: Path, imports: float) -> Cost:
    """S2: the same again."""
    before = Standing.of(folder / "output")
    least = min((build(folder, 0).cost for _ in range(LEAST_OF)), key=lambda cost: cost.cpu)
    written = Standing.of(folder / "output").written_since(before)
    tell(
        "S2 nothing changed",
        said(least),
        f"imports {imports:.2f} s",
        f"{least.cpu / imports:.2f}",
        "1.5",
        "1.1",
    )
    tell("   files written", str(len(written)), must="0")
    next_day = build(folder, 1)
    ratio = f"{next_day.cost.cpu / imports:.2f}"
    tell("   nothing new, the next day", said(next_day.cost), f"imports {imports:.2f} s", ratio)
    tell("   files written", str(next_day.written))
    return least


def night(folder: Path, count: int, accounts: int, imports: float) -> Cost:
    """S3: a night as it comes, then one with update and build apart."""
    before = Standing.of(folder / "output")
    add_night(folder, 2, count, accounts)
    whole = build(folder, 2)
    after = Standing.of(folder / "output")
    written, vain = after.written_since(before), after.in_vain(before)
    if len(written) != whole.written:
        raise RuntimeError(f"{len(written)} files were written, the report says {whole.written}")
    add_night(folder, 3, count, accounts)
    parts = {"update alone": update(folder, 3), "build alone, after it": build(folder, 3).cost}
    peer = f"imports {imports:.2f} s"
    tell(
        f"S3 {count} new, update and build",
        said(whole.cost),
        peer,
        f"{whole.cost.cpu / imports:.2f}",
        "3",
        "2",
    )
    for name, cost in parts.items():
        tell(f"   {name}", said(cost), peer, f"{cost.cpu / imports:.2f}")
    tell("   files written, of them in vain", f"{len(written)}, {len(vain)}", must="none in vain")
    return whole.cost


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
