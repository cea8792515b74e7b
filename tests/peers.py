"""Updates matrices whose feeds are the files of any folder, served over loopback: for other projects' suites, not kept.

    git clone https://github.com/kurtmckee/feedparser && python -m tests.peers feedparser/tests

A file is the feed of one account; some hundred are a matrix of their own in a temporary folder. No document may end
the night or its worker, or be too slow. Of a well-formed feed each <item> or <entry> must be stored, but those of
RSS 1.0's modules; of other feeds, each entry that `parse` gives. Two things are named without being wrong: items that
say the same as another of their document, and so are one entry with it; documents with such elements that are no feed
by their root. A file has the Content-type of its `Header:` line, as feedparser's suite writes them.
Prints a table and what it found; answers 1 where something is wrong.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from xml.parsers import expat

from matrixsite.model import RawEntry
from matrixsite.parse import reasons
from matrixsite.parse.document import parse
from matrixsite.pipeline.collecting import READING_FAILED, WORKER_DIED
from matrixsite.pipeline.reading import TOO_SLOW
from matrixsite.registry.record import Health
from matrixsite.results import FeedReport
from tests.feedserver import FeedServer, Reply
from tests.nights import Nights

ENDINGS = {".xml", ".rss", ".atom", ".rdf", ".json", ".feed"}
PART = 300  # files to a matrix
_ENDED = "crash of the night"
_CRASHES = {READING_FAILED, TOO_SLOW, WORKER_DIED}
_NO_FEEDS = {reasons.BAD_JSON, reasons.EMPTY, reasons.HTML_PAGE, reasons.NOT_A_FEED}
_MODULES = "/rss/1.0/modules/"
_TYPE = re.compile(rb"^Header:[ \t]*Content-type:[ \t]*([^\r\n]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file."""

    file: Path
    kind: str  # as the table counts them
    stored: int = 0
    wrong: str = ""
    noted: str = ""


def files(folder: Path) -> Iterator[Path]:
    """Every file that may be a feed, in order."""
    yield from sorted(file for file in folder.rglob("*") if file.is_file() and file.suffix in ENDINGS)


def judge(part: Sequence[Path], server: FeedServer) -> list[Verdict]:
    """What becomes of files in one night. Where one ends the night, halves of them are tried until it is found."""
    try:
        reports, stored = _night(part, server)
    except Exception as error:  # whatever it is, it is what we look for
        if len(part) == 1:
            return [Verdict(part[0], _ENDED, wrong=f"ends the night: {error!r}")]
        half = len(part) // 2
        verdicts = judge(part[:half], server) + judge(part[half:], server)
        if any(verdict.kind == _ENDED for verdict in verdicts):
            return verdicts
        return [
            *verdicts,
            Verdict(part[0], _ENDED, wrong=f"with {len(part) - 1} more ends the night: {error!r}"),
        ]
    return [_verdict(file, reports[f"f{n}"], stored[f"f{n}"]) for n, file in enumerate(part)]


def _night(part: Sequence[Path], server: FeedServer) -> tuple[dict[str, FeedReport], Counter[str]]:
    """Feeds' reports and counts of stored entries, by account."""
    server.routes = {f"/{n}{file.suffix}": _reply(file.read_bytes()) for n, file in enumerate(part)}
    accounts = [{"id": f"f{n}", "feed": server.url(path)} for n, path in enumerate(server.routes)]
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        nights = Nights(Path(folder), accounts, fetch={"allow_private": [server.place]})
        report = nights.update(jobs=os.cpu_count() or 1)
        stored = Counter(entry.account for entry in nights.load().entries(status=None, wide=False))
    return {feed.account: feed for feed in report.feeds}, stored


def _reply(body: bytes) -> Reply:
    return Reply(body, {"Content-Type": kind} if (kind := content_type(body)) else {})


def content_type(body: bytes) -> bytes:
    """Of the `Header:` line in a document's first comment."""
    found = _TYPE.search(body[: body.find(b"-->") + 1])
    return found[1].strip() if found else b""


def _verdict(file: Path, feed: FeedReport, stored: int) -> Verdict:
    body = file.read_bytes()
    elements = entry_elements(body)
    written = (
        "JSON" if body.lstrip()[:1] in (b"{", b"[") else "malformed" if elements is None else "well-formed"
    )
    verdict = Verdict(file, f"{written}, {' '.join((feed.health, feed.reason)).strip()}", stored)
    if feed.health == Health.FAILED:
        told = f"{feed.reason} {feed.detail}".strip() + (f", with {elements} elements" if elements else "")
        if feed.reason in _NO_FEEDS:
            return replace(verdict, noted=told if elements else "")
        return replace(verdict, kind="crash" if feed.reason in _CRASHES else verdict.kind, wrong=told)
    parsed = parse(body, content_type=content_type(body).decode("latin-1"), url=file.name).entries
    expected = len(parsed) if elements is None else elements
    told = f"{stored} entries stored of {expected} {'parsed' if elements is None else 'elements'}"
    if repeats := len(parsed) - different(parsed):
        told += f", of which {repeats} repeat others"
    if stored != expected - repeats:
        return replace(verdict, wrong=told)
    return replace(verdict, noted=told if repeats else "")


def different(entries: Iterable[RawEntry]) -> int:
    """How many entries differ in guid, link, title or text: all that identity looks at, told without its help."""
    return len({(entry.guid, entry.link, entry.title, entry.summary, entry.content) for entry in entries})


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


def main(folder: Path) -> int:
    """Try a folder and print what came of it."""
    found = list(files(folder))
    with FeedServer() as server:
        verdicts = [
            verdict for n in range(0, len(found), PART) for verdict in judge(found[n : n + PART], server)
        ]
    for kind, count in sorted(Counter(verdict.kind for verdict in verdicts).items()):
        print(f"{count:6}  {kind}")
    print(f"{len(found):6}  in all, {sum(verdict.stored for verdict in verdicts)} entries stored")
    for verdict in verdicts:
        if verdict.wrong or verdict.noted:
            print(
                f"{'WRONG' if verdict.wrong else 'noted'}  {verdict.file}: {verdict.wrong or verdict.noted}"
            )
    return any(verdict.wrong for verdict in verdicts)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
