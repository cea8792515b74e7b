"""What an entry costs the stage that finds stories, in stores of growing size."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus.stock import PER_DAY, Stock, night_of
from measuring import Cost, measured

from matrixsite.store.database import open_database

NIGHT = 4_000  # entries of the night that is measured in a store of each size
ROOT = Path(__file__).resolve().parents[1]
SETTINGS = 'site: {title: 大矩阵, url: "https://matrix.example.org"}\naccounts:\n- {id: a, name: 甲}\n'
MUSTS = {False: "500, aim 1,500", True: "5,000, aim 15,000"}


def measure_sizes(sizes: Sequence[int], half: str, seed: int, *, title_only: bool) -> None:
    """Grow one store to each of the sizes; there, print what its last entries and one more night's cost."""
    print(
        f"{'title-only' if title_only else 'text'}: entries per CPU-second on one core (must {MUSTS[title_only]})"
    )
    print(f"{'in the store':>14}{'filling it':>12}{'one night':>12}{'PSS MiB':>10}   (must 300, aim 200)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "feeds.yaml").write_text(SETTINGS, encoding="utf-8")
        stock = Stock(half, seed, title_only=title_only)
        for size in sorted(sizes):
            filled, memory = _grow(folder, stock, size)
            night, peak = _grow(folder, stock, stock.given + NIGHT)
            print(f"{size:>14,}{filled:>12,.0f}{night:>12,.0f}{max(memory, peak):>10.0f}", flush=True)


def _grow(folder: Path, stock: Stock, size: int) -> tuple[float, float]:
    """Entries per CPU-second and MiB of bringing the store to that size, some days at a time as runs would."""
    entries, cpu, memory = 0.0, 0.0, 0.0
    while stock.given < size:
        now = night_of(stock.given)
        database = open_database(folder / "store.sqlite3")
        stock.fill(database, min(size - stock.given, 5 * PER_DAY))
        database.close()
        cost, told = _stage(folder, now.isoformat())
        entries, cpu = entries + told["entries"], cpu + told["cpu"]
        memory = max(memory, cost.memory)
    return entries / cpu, memory


def _stage(folder: Path, now: str) -> tuple[Cost, dict[str, float]]:
    command = (sys.executable, "-m", "corpus.stage", folder, now)
    cost = measured(command, cwd=folder, env={"PYTHONPATH": f"{ROOT}:{ROOT / 'benchmarks'}"})
    return cost, json.loads(cost.output.splitlines()[-1])
