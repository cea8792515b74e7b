"""What a first night costs: `matrixsite update` with an empty store, beside `reader` (PyPI) with the same feeds.

    python benchmarks/cold.py [--feeds 1000] [--theirs 200] [--entries 34] [--rounds 2]

Issue 6, F2: fetch, parse, clean, store, finding stories timed apart; wall on two cores at least 6 times shorter than
reader 3.x, aim 10. Its time is that of `update_feeds` alone, with the best of some numbers of threads; ours that of the
whole command, its start included, but for the stage that finds stories. reader gets the first of the feeds only, since
its time grows with their number; what is compared is the time a feed. Both in turns, the quietest of several rounds.
Wall time means something on an idle machine alone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from city import City, served
from measuring import Cost, measured
from peers import peer_python

ROOT = Path(__file__).resolve().parents[1]
UPDATE = (sys.executable, "-m", "matrixsite", "update", "--log-json")
PEER = Path(__file__).with_name("peer_reader.py")
READER = ("reader>=3.20", "sgmllib3k")  # which its own copy of feedparser needs and no longer comes with it
WORKERS = (1, 2, 8)  # reader's threads


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a night with an empty store.")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--theirs", type=int, default=200, help="feeds that reader gets")
    parser.add_argument("--entries", type=int, default=34)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    city = City(options.feeds, entries=options.entries)
    reader = peer_python(*READER)
    ours: list[tuple[float, float, Cost]] = []
    theirs: dict[int, list[tuple[float, Cost]]] = {workers: [] for workers in WORKERS}
    with tempfile.TemporaryDirectory() as folder, served(city) as port:
        place = Path(folder)
        (place / "feeds.yaml").write_text(city.settings(port), encoding="utf-8")
        fewer = replace(city, feeds=min(options.theirs, city.feeds))
        (place / "urls.json").write_text(json.dumps(fewer.urls(port)))
        for _ in range(options.rounds):
            ours.append(first_night(place, city))
            for workers in WORKERS if reader else ():
                theirs[workers].append(their_night(reader, place, fewer, workers))
    print(f"{city.feeds} feeds of {city.entries} entries, {os.cpu_count()} cores, best of {options.rounds}")
    print(f"{'':<36}{'wall s':>8}{'ms a feed':>11}{'CPU s':>8}{'PSS MiB':>9}")
    seconds, stories, cost = min(ours, key=lambda night: night[0])
    line("matrixsite update, stories apart", seconds, city, cost)
    print(f"{'  finding stories, beside that':<36}{stories:>8.1f}{stories / city.feeds * 1e3:>11.2f}")
    if not reader:
        return
    best = {workers: min(nights, key=lambda night: night[0]) for workers, nights in theirs.items()}
    for workers, (its, its_cost) in best.items():
        line(f"reader, {fewer.feeds} feeds, workers={workers}", its, fewer, its_cost)
    times = min(its for its, _ in best.values()) / fewer.feeds / (seconds / city.feeds)
    print(f"{'F2 times faster':<36}{times:>8.1f}   must 6, aim 10")


def first_night(place: Path, city: City) -> tuple[float, float, Cost]:
    """Seconds without the stage that finds stories, seconds of that stage, and what the command cost."""
    shutil.rmtree(place / ".matrixsite", ignore_errors=True)
    cost = measured(UPDATE, cwd=place, env={"PYTHONPATH": str(ROOT)})
    told = [(at, json.loads(text)) for at, text in cost.told if text.startswith("{")]
    stories = [at for at, event in told if event.get("stage") == "stories"]
    assert told[-1][1]["new"] == city.feeds * city.entries, told[-1]
    apart = stories[-1] - stories[0]
    return cost.wall - apart, apart, cost


def their_night(python: Path, place: Path, city: City, workers: int) -> tuple[float, Cost]:
    """Seconds of `update_feeds`, and what the whole process cost."""
    store = place / "reader.sqlite"
    for file in place.glob("reader.sqlite*"):
        file.unlink()
    cost = measured((python, PEER, store, place / "urls.json", str(workers)), cwd=place)
    answer = json.loads(cost.output.splitlines()[-1])
    assert (answer["feeds"], answer["entries"]) == (city.feeds, city.feeds * city.entries), answer
    return answer["seconds"], cost


def line(name: str, seconds: float, city: City, cost: Cost) -> None:
    print(f"{name:<36}{seconds:>8.1f}{seconds / city.feeds * 1e3:>11.2f}{cost.cpu:>8.1f}{cost.memory:>9.0f}")


if __name__ == "__main__":
    main()
