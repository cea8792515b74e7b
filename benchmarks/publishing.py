"""What uploading a site costs: the first time, with nothing new, after a night.

    python benchmarks/publishing.py [--files 32000] [--changed 800]

The site is made of files of 12 KiB that the manifest knows; nothing is built. Targets are on this machine: a folder,
and where they are installed rsync and rclone writing to one. Figures are user+system CPU seconds of the command with
the programs it starts, and its peak memory.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from measuring import measured

from matrixsite import Matrix
from matrixsite.site.kinds import Kind
from matrixsite.site.manifest import Known
from matrixsite.site.publish import TOKEN_FILE
from matrixsite.site.stage import content_digest
from matrixsite.store.database import open_database
from matrixsite.store.outputs import StoreManifest

TARGETS = {"dir": "dir:", "rsync": "rsync:", "rclone": "rclone::local:"}
SIZE = 12 * 1024  # bytes a page
TOKEN = "benchmark"


def pages(output: Path, numbers: Iterable[int], night: str) -> Iterable[Known]:
    """Write these pages as they are on a night; two of three are entries."""
    for number in numbers:
        leaf = number % 3 < 2
        path = f"2026/{number % 12 + 1:02}/{number:012}.html" if leaf else f"accounts/{number}/index.html"
        content = f"{night} {number} ".encode() * (SIZE // 16)
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(content)
        kind = Kind.ENTRY if leaf else Kind.ACCOUNT
        yield Known(path, kind, str(number), b"", content_digest(content))


def main() -> None:
    """Print a row a target and night."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=32_000)
    options.add_argument("--changed", type=int, default=800)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        output = root / "output"
        output.mkdir()
        (root / "feeds.yaml").write_text(
            'site: {title: t, url: "https://matrix.example.org"}\naccounts: []\n'
        )
        (output / TOKEN_FILE).write_text(TOKEN)
        matrix = Matrix.load(root / "feeds.yaml")
        with closing(open_database(matrix.store)) as database:
            manifest = StoreManifest(database, output)
            manifest.begin(TOKEN)
            manifest.commit(pages(output, range(chosen.files), "first"), (), 0, "")
            print(f"{chosen.files:,} files of {SIZE // 1024} KiB, then {chosen.changed:,} of them changed")
            print("| target | first | nothing new | a night | most memory |\n|---|---|---|---|---|")
            for kind, prefix in TARGETS.items():
                if kind != "dir" and not shutil.which(kind):
                    print(f"| {kind} | not installed |")
                    continue
                command = [sys.executable, "-m", "matrixsite", "publish", "--to", f"{prefix}{root / kind}"]
                costs = [measured(command, cwd=root), measured(command, cwd=root)]
                changed = pages(output, range(0, chosen.files, chosen.files // chosen.changed), kind)
                manifest.commit(changed, (), 0, "")
                costs.append(measured(command, cwd=root))
                seconds = " | ".join(f"{cost.cpu:.1f} s" for cost in costs)
                print(f"| {kind} | {seconds} | {max(cost.memory for cost in costs):.0f} MiB |")


if __name__ == "__main__":
    main()
