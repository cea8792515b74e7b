"""What an unchanged night costs: `matrixsite update` where every feed answers 304, beside a bare aiohttp loop.

    python benchmarks/fetch.py [--feeds 6425] [--hosts 64] [--rounds 5]

Issue 6, F1: 6,425 feeds, 20 ms latency, state read and written: at most 2 times the CPU of a bare loop and our imports,
aim 1.3. The bare loop sends the same requests with as many at once and looks at nothing but the status, in a process
that imported all modules that our command imports. CPU of the whole process trees, user and system, in turns.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from city import City, served
from measuring import Cost, measured

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {"PYTHONPATH": str(ROOT)}
UPDATE = (sys.executable, "-m", "matrixsite", "update")

# Our command, which tells in the end what it imported, in order.
IMPORTED = """
import json, sys
from matrixsite.cli import main
sys.argv = ["matrixsite", "update"]
try:
    main()
except SystemExit:
    pass
print(json.dumps([name for name, module in sys.modules.items() if getattr(module, "__spec__", None)]))
"""
# Imports of argv[1], requests to argv[2], argv[3] at once.
BARE = """
import json, sys
from importlib import import_module
from pathlib import Path
for name in json.loads(Path(sys.argv[1]).read_text()):
    import_module(name)
import asyncio, aiohttp
urls, at_once = json.loads(Path(sys.argv[2]).read_text()), int(sys.argv[3])
async def worker(session, waiting):
    for url in waiting:
        async with session.get(url, headers={"If-None-Match": '"5f3a1c"'}) as response:
            await response.read()
            assert response.status == 304
async def main():
    waiting = iter(urls)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(worker(session, waiting) for _ in range(at_once)))
if urls:
    asyncio.run(main())
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a night in which nothing changed.")
    parser.add_argument("--feeds", type=int, default=6425)
    parser.add_argument("--hosts", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    city = City(options.feeds, options.hosts, entries=5, texts=False)
    with tempfile.TemporaryDirectory() as folder, served(city) as port:
        place = Path(folder)
        (place / "feeds.yaml").write_text(city.settings(port), encoding="utf-8")
        run(UPDATE, place)  # the first night: state to read
        modules = json.loads(run((sys.executable, "-c", IMPORTED), place).output.splitlines()[-1])
        (place / "modules.json").write_text(json.dumps(modules))
        (place / "urls.json").write_text(json.dumps(city.urls(port)))
        at_once = str(min(64, 6 * city.hosts))  # as many as we: fetch.concurrency, fetch.per_host
        bare = [(sys.executable, "-c", BARE, "modules.json"), ("urls.json", at_once)]
        (place / "none.json").write_text("[]")
        rounds = [
            (
                run((*bare[0], "none.json", at_once), place),
                run((*bare[0], *bare[1]), place),
                run(UPDATE, place),
            )
            for _ in range(options.rounds)
        ]
    imports, beside, ours = (min(costs, key=lambda cost: cost.cpu) for costs in zip(*rounds, strict=True))
    print(f"{city.feeds} feeds on {city.hosts} hosts, all 304 after 20 ms, best of {options.rounds}")
    print(f"{'':<34}{'CPU s':>8}{'wall s':>8}{'PSS MiB':>9}")
    for name, cost in (
        ("our imports alone", imports),
        ("with a bare aiohttp loop", beside),
        ("matrixsite update", ours),
    ):
        print(f"{name:<34}{cost.cpu:>8.2f}{cost.wall:>8.1f}{cost.memory:>9.0f}")
    print(f"{'F1 times the bare loop and imports':<34}{ours.cpu / beside.cpu:>8.2f}   must 2, aim 1.3")


def run(command: tuple[str, ...], place: Path) -> Cost:
    return measured(command, cwd=place, env=ENVIRONMENT)


if __name__ == "__main__":
    main()
