"""What engines give and cost: this process, its own workers, a Dask cluster of one and of two workers.

    python benchmarks/scale.py [--feeds 400] [--entries 30]

Local feeds of entries of some 1,500 characters, from a seed. For each engine an empty state, `update`, then `build`:
wall seconds, and the CPU of all processes of this command (a cluster of its own is among them). Then what travels: the
size of a chunk of documents and of what comes back, and the milliseconds that a call which does nothing takes. The
sites are compared: they must be the same, byte for byte.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from xml.sax.saxutils import escape

from measuring import measured

from matrixsite import Matrix
from matrixsite.fetch.local import read_local
from matrixsite.fetch.schedule import request_for
from matrixsite.ingest.task import Task
from matrixsite.model import Request
from matrixsite.pipeline.asking import Tasks, open_feeds, record_for
from matrixsite.pipeline.engines import engines
from matrixsite.pipeline.options import Options
from matrixsite.pipeline.reading import read_all
from matrixsite.site.publish import TOKEN_FILE

NOW = "2026-11-20T03:00:00+08:00"
WAYS = {
    "local, 1 process": ("local", 1),
    "local, 2 workers": ("local", 2),
    "dask, 1 worker": ("dask", 1),
    "dask, 2 workers": ("dask", 2),
}
CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
)
CALLS = 500


def matrix(root: Path, feeds: int, entries: int) -> None:
    """feeds.yaml and its feeds."""
    seeded = random.Random(10)
    lines = ['site: {title: 大矩阵, url: "https://matrix.example.org"}\naccounts:\n']
    for feed in range(feeds):
        lines.append(f"- {{id: a{feed}, name: 账号{feed}, feed: feeds/{feed}.xml, rights: full}}\n")
        items = "".join(_item(seeded, feed, number) for number in range(entries))
        path = root / f"feeds/{feed}.xml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'<rss version="2.0"><channel><title>t</title>{items}</channel></rss>', "utf-8")
    (root / "feeds.yaml").write_text("".join(lines), "utf-8")


def _item(seeded: random.Random, feed: int, number: int) -> str:
    words = "".join(seeded.choices(CHARACTERS, k=1500))
    body = escape("".join(f"<p>{words[at : at + 100]}。</p>" for at in range(0, len(words), 100)))
    link = f"https://example.com/{feed}/{number}"
    return (
        f"<item><title>{words[:20]}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{1 + number % 19:02} Nov 2026 08:00:00 +0800</pubDate><description>{body}</description></item>"
    )


def site_digest(folder: Path) -> str:
    """Of all files of a site, by name."""
    digest = blake2b(digest_size=8)
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != TOKEN_FILE):
        digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()


def tasks(loaded: Matrix) -> Iterator[Task]:
    """What is read of each feed, as a run makes it."""
    now = datetime.fromisoformat(NOW)
    feeds = open_feeds(loaded.settings, now.date())
    made = Tasks(loaded.settings, feeds, Options(now))
    for account, feed in feeds.values():
        record = record_for(account, feed, None)
        request = request_for(record.state, now)
        assert isinstance(request, Request)
        yield made.task(read_local(request, loaded.settings.root, 10**8), record)


def travels(loaded: Matrix) -> None:
    """What a chunk weighs, and what a call costs."""
    chunk = [task for task, _ in zip(tasks(loaded), range(8), strict=False)]
    there, back = len(pickle.dumps(chunk)), len(pickle.dumps(read_all(chunk)))
    print(f"\na chunk of {len(chunk)} documents: {there / 1024:.0f} KiB there, {back / 1024:.0f} KiB back")
    for name, (engine, jobs) in WAYS.items():
        with engines(engine, jobs) as start, start(many=True, apart=True) as one:
            one.submit(int).result()
            begun = time.perf_counter()
            for future in [one.submit(int) for _ in range(CALLS)]:
                future.result()
            print(f"a call that does nothing, {name}: {(time.perf_counter() - begun) / CALLS * 1000:.2f} ms")


def main() -> None:
    """Print a row an engine."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--feeds", type=int, default=400)
    options.add_argument("--entries", type=int, default=30)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        matrix(root, chosen.feeds, chosen.entries)
        print(f"{chosen.feeds:,} feeds of {chosen.entries} entries\n")
        print("| engine | update, wall | CPU | build, wall | CPU | site |\n|---|---|---|---|---|---|")
        for title, (engine, jobs) in WAYS.items():
            state, output = root / f"state-{engine}-{jobs}", root / f"output-{engine}-{jobs}"
            words = ("--state", str(state), "--engine", engine, "--jobs", str(jobs), "--now", NOW)
            command = (sys.executable, "-m", "matrixsite")
            updated = measured([*command, "update", *words], cwd=root)
            built = measured([*command, "build", "--full", "-o", str(output), *words], cwd=root)
            cells = f"{updated.wall:.1f} s | {updated.cpu:.1f} s | {built.wall:.1f} s | {built.cpu:.1f} s"
            print(f"| {title} | {cells} | {site_digest(output)} |", flush=True)
        travels(Matrix.load(root / "feeds.yaml"))


if __name__ == "__main__":
    main()
