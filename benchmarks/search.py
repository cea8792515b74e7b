"""What search costs to build and to ask, and whether it finds all there is and nothing else (issue 8).

    python benchmarks/search.py [--entries 26000] [--accounts 200] [--words 700] [--new 100] [--matrix FOLDER]

The archive is written from a seed. Words of two to eight characters are cut from titles and excerpts; what the reader
finds for them is held against the texts. Cold means that nothing is known of the index; a page of results is 20, from
twenty files at most.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from archive.building import ENVIRONMENT, Standing, update
from archive.filling import add_night
from archive.posts import night_of
from archive.rows import prepared
from archive.table import head, said, tell
from measuring import Cost, measured
from searching.asking import Answer, asked
from searching.truth import Truth

ROWS = 20  # of a page of results, as search.js asks; it reads the names, too


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = options.matrix or place / "matrix"
        if not options.matrix:
            prepared(folder, options.entries, options.accounts, 1)
        head()
        cost = _made(folder, place / "before", 0)
        files, size = map(int, cost.output.split()[-2:])
        tell("all of the index, made anew", said(cost), must="20 s, 300 MiB at 26,000")
        tell("   its files", f"{files:,}, {size / 2**20:.1f} MiB")
        _asking(folder, place / "before", options.words)
        if not options.matrix:
            _night(folder, place, options.new, options.accounts)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure search.")
    parser.add_argument("--entries", type=int, default=26_000)
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--words", type=int, default=700)
    parser.add_argument("--new", type=int, default=100, help="entries of a night")
    parser.add_argument(
        "--matrix", type=Path, help="a filled matrix (python -m archive.filling); it is only read"
    )
    return parser.parse_args()


def _made(folder: Path, output: Path, night: int) -> Cost:
    command = (sys.executable, "-m", "searching.making", folder, night_of(night).date().isoformat(), output)
    return measured([*map(str, command)], cwd=folder, env=ENVIRONMENT)


def _asking(folder: Path, site: Path, count: int) -> None:
    truth = Truth(folder)
    words = [word for word in truth.words(count, 1) if len(word) > 1]
    wanted = {word: truth.stories(word) for word in words}
    complete = asked(site, words)
    missed = sum(len(wanted[word] - {*one.stories}) for word, one in zip(words, complete, strict=True))
    wrong = sum(len({*one.stories} - wanted[word]) for word, one in zip(words, complete, strict=True))
    total = sum(map(len, wanted.values()))
    tell("words asked", f"{len(words)}, {total:,} stories")
    tell("   missed, found in vain", f"{missed}, {wrong}", must="0, 0")
    _cost("a first page, cold", asked(site, words, rows=ROWS), "19, 300 KiB at 26,000; 59, 1 MiB at 600,000")
    _cost("   of one year", asked(site, words, rows=ROWS, year=night_of(0).year))


def _cost(row: str, answers: list[Answer], must: str = "") -> None:
    requests, sizes = sorted(one.requests for one in answers), sorted(one.bytes for one in answers)
    for name, at in (("median", 0.5), ("95 of 100", 0.95), ("most", 1.0)):
        which = min(int(at * len(answers)), len(answers) - 1)
        costs = f"{requests[which]} requests, {sizes[which] / 1024:.0f} KiB"
        tell(f"{row}, {name}", costs, must=must if at == 1 else "")


def _night(folder: Path, place: Path, new: int, accounts: int) -> None:
    """The files that a night changes; one before it begins a piece of the month."""
    for night in (1, 2):
        add_night(folder, night, new, accounts)
        update(folder, night)
        _made(folder, place / str(night), night)
    before, after = (Standing.of(place / night / "search").digests for night in ("1", "2"))
    changed = [name for name, digest in after.items() if before.get(name) != digest]
    parts = sorted({name.split("/")[0] for name in changed})
    tell(f"a night of {new}", f"{len(changed)} files", f"in {', '.join(parts)}")


if __name__ == "__main__":
    main()
