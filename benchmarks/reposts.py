"""How well reposts are told from look-alikes: a seeded corpus with known stories, run through the program and scored.

    python benchmarks/reposts.py [--half tune|test] [--seed N] [--entries 6000] [--accounts 60] [--nights N]
                                 [--texts FOLDER] [--errors N [--explain]] [--keep FOLDER]
    python benchmarks/reposts.py --sizes 10000,100000,1000000 [--title-only]

It writes feeds.yaml and a feed document an account, runs `matrixsite update --offline` once a night, and scores
`story`, `original` and `contains` of `matrixsite export entries` by account and guid. Phrases come in two halves that
share no topic, template, furniture line or source formula: tune rules on `tune`, believe `test`. With --texts the
articles are real ones, from the feed documents in a folder. --errors prints examples of what went wrong, --explain
with the program's own reasons; --keep leaves all files in a (new) folder. --sizes measures speed and memory of the
stage that finds stories instead, in stores of these many entries.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from corpus.articles import Desk
from corpus.composing import compose
from corpus.documents import nights_of, number, write_answers, write_feeds, write_settings
from corpus.gold import Gold, read_gold
from corpus.grammar import HALVES, load_grammar
from corpus.recorded import recorded_articles
from corpus.scoring import Found, Key, Scores, score
from corpus.table import table
from growing import measure_sizes
from measuring import measured

MATRIXSITE = (sys.executable, "-m", "matrixsite")
ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    options = _options()
    if options.sizes:
        sizes = [int(size) for size in options.sizes.split(",")]
        measure_sizes(sizes, options.half, options.seed, title_only=options.title_only)
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(options.keep or folder)
        place.mkdir(parents=True, exist_ok=True)
        _run(place, options)
        found = exported(place)
        scores = score(read_gold(place / "gold.jsonl"), found)
        print(
            f"\n{options.half}, seed {options.seed}"
            + (f", texts of {options.texts}" if options.texts else "")
        )
        print(table(scores))
        if options.errors:
            tell_errors(scores, found, options.errors, place if options.explain else None)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Score how reposts are found.")
    parser.add_argument("--half", choices=HALVES, default="tune")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--entries", type=int, default=6000)
    parser.add_argument("--accounts", type=int, default=60)
    parser.add_argument("--nights", type=int, default=1)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="write the corpus and the store here and leave them")
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--sizes", default="", help="entries in the store, such as 10000,100000")
    parser.add_argument("--title-only", action="store_true", help="with --sizes: entries without a text")
    return parser.parse_args()


def _run(place: Path, options: argparse.Namespace) -> None:
    rng = random.Random(options.seed)
    grammar = load_grammar(options.half)
    recorded = recorded_articles(options.texts, rng) if options.texts else None
    roster, posts = compose(Desk(grammar, rng, recorded), rng, options.entries, options.accounts)
    number(posts)
    write_settings(place, roster)
    write_answers(place / "gold.jsonl", posts)
    for night, (now, there) in enumerate(nights_of(posts, options.nights), 1):
        write_feeds(place, roster, there)
        cost = measured(
            (*MATRIXSITE, "update", "--offline", "--now", now.isoformat()),
            cwd=place,
            env={"PYTHONPATH": str(ROOT)},
        )
        last = cost.output.strip().splitlines()[-1]
        print(f"night {night}: {cost.cpu:.1f} CPU-s, {cost.memory:.0f} MiB; {last}", flush=True)


def exported(place: Path) -> dict[Key, Found]:
    """What the program says of each entry."""
    out = _asked(place, "export", "entries", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    return {
        (row["account"], row["guid"]): Found(
            row["id"], row["story"], row["original"], tuple(row["contains"]), row["title"]
        )
        for row in rows
    }


def tell_errors(scores: Scores, found: dict[Key, Found], count: int, place: Path | None) -> None:
    """Some of what went wrong, of every kind; with the reasons of the program that ran in `place`."""
    told: Counter[tuple[str, str]] = Counter()
    for miss in scores.misses:
        told[miss.wrong, miss.kind] += 1
        if told[miss.wrong, miss.kind] <= count:
            print(f"\n{miss.wrong}: {miss.kind}")
            print(_entry(miss.entry, found), _entry(miss.other, found), sep="\n")
            if place:
                print(_asked(place, "explain", found[miss.entry.key].id))


def _entry(entry: Gold, found: dict[Key, Found]) -> str:
    item = found[entry.key]
    return f"  {item.id} in {item.story}  {entry.account} {entry.story} [{entry.kind}] {item.title}"


def _asked(place: Path, *words: str) -> str:
    """What a command of the program answers."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = (*MATRIXSITE, *words)
    return subprocess.run(
        command, cwd=place, env=environment, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


if __name__ == "__main__":
    main()
