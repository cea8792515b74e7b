"""Reads any folder of feed files through parse and clean: for other projects' suites, which we don't keep.

    git clone https://github.com/kurtmckee/feedparser && python -m tests.peers feedparser/tests

No document may raise, and of a well-formed feed every <item> or <entry> must come out, but those of RSS 1.0's modules.
Prints a table; answers 1 where either fails. Documents with such elements that are no feed by their root are named too.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from xml.parsers import expat

from matrixsite.clean.entry import clean
from matrixsite.parse.document import parse

_MODULES = "/rss/1.0/modules/"
ENDINGS = {".xml", ".rss", ".atom", ".rdf", ".json", ".feed"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file."""

    file: Path
    kind: str  # of document, as the table counts them
    seconds: float
    wrong: str = ""
    noted: str = ""


def read(file: Path) -> Verdict:
    """One file as a feed."""
    body, began = file.read_bytes(), time.process_time()
    elements = entry_elements(body)
    try:
        parsed = parse(body, url=f"http://127.0.0.1/{file.name}")
        for entry in parsed.entries:
            clean(entry, base="http://127.0.0.1/")
    except Exception as error:  # whatever it is, it is what we look for
        return Verdict(file, "crash", time.process_time() - began, wrong=repr(error))
    form = "no feed" if parsed.error else "with problems" if parsed.problems else "read"
    verdict = Verdict(file, f"{_written(body, elements)}, {form}", time.process_time() - began)
    if elements is None or len(parsed.entries) == elements:
        return verdict
    told = f"{len(parsed.entries)} entries of {elements} elements"
    return replace(verdict, noted=f"{parsed.error}: {told}") if parsed.error else replace(verdict, wrong=told)


def _written(body: bytes, elements: int | None) -> str:
    if body.lstrip()[:1] in (b"{", b"["):
        return "JSON"
    return "malformed" if elements is None else "well-formed"


def entry_elements(body: bytes) -> int | None:
    """How many <item> and <entry> elements a document has by expat's count; None where it isn't well-formed."""
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        namespace, _, local = name.rpartition(" ")
        count += local.lower() in ("item", "entry") and _MODULES not in namespace

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, ValueError):  # the others: an encoding that expat doesn't know
        return None
    return count


def files(folder: Path) -> Iterator[Path]:
    """Every file that may be a feed, in order."""
    yield from sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix in ENDINGS)


def main(folder: Path) -> int:
    """Read a folder and print what came of it."""
    verdicts = [read(file) for file in files(folder)]
    for kind, count in sorted(Counter(verdict.kind for verdict in verdicts).items()):
        print(f"{count:6}  {kind}")
    slowest = max(verdicts, key=lambda verdict: verdict.seconds, default=None)
    if slowest:
        print(f"{len(verdicts):6}  in all; the slowest took {slowest.seconds:.2f} s of CPU: {slowest.file}")
    for verdict in verdicts:
        if verdict.wrong or verdict.noted:
            print(f"{verdict.file}: {verdict.wrong or verdict.noted}")
    return any(verdict.wrong for verdict in verdicts)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
