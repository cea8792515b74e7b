"""What reading one feed costs, beside feedparser with its defaults: `python benchmarks/parse.py`.

A seeded RSS feed of 34 entries, 114 KiB of Chinese HTML (issue 6: P1, P2). Both parse and clean. All else that we do
with a feed is told beside it: telling entries apart, dating, packing what is stored, keys for finding stories. CPU time
of this process, the quietest of many rounds, in which all take turns, since machines are noisy. Before that, both must
read the same out of it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import feedparser
from clean import picture, sentence

from matrixsite.clean.entry import clean_all
from matrixsite.clean.urls import canonical_url
from matrixsite.config.settings import Future, IdentityRule
from matrixsite.ingest import raw as raws
from matrixsite.ingest.dating import date_entries
from matrixsite.ingest.harvest import harvest
from matrixsite.ingest.identity import identify
from matrixsite.ingest.task import Task
from matrixsite.model import Enclosure
from matrixsite.parse.document import parse

ENTRIES, NEW = 34, 2
PARAGRAPHS = 7  # of an entry
ROUNDS = 25
NOW = datetime(2026, 11, 2, 19, tzinfo=UTC)
STYLE = 'style="margin: 0px 8px; line-height: 1.75em; letter-spacing: 1px;"'


def main() -> None:
    """Prints the row of each measure: ours, feedparser's, how many times less; then where ours goes."""
    rng = random.Random("feed")
    items = [item(rng, number) for number in range(ENTRIES + NEW)]
    before, after = feed(items[NEW:]), feed(items[:ENTRIES])
    assert ours(after) == theirs(after)
    task = Task("a", "a", before, "https://example.org/feed.xml", "", "Asia/Shanghai", NOW, IdentityRule.GUID)
    night = replace(task, body=after, known=harvest(task).snapshot)
    assert [len(harvest(each).entries) for each in (task, night)] == [ENTRIES, NEW]
    known = frozenset(map(raws.fingerprint, parse(before).entries))
    steps = steps_of(after)
    spent = quietest(
        {
            "P1": lambda: read(after, frozenset()),
            "all of P1": lambda: harvest(task),
            "P2": lambda: read(after, known),
            "all of P2": lambda: harvest(night),
            "its": lambda: feedparser.parse(before),
            **steps,
        }
    )
    print(f"{ENTRIES} entries, {len(before) / 1024:.0f} KiB; both read the same")
    print(f"{'':<32}{'ours ms':>9}{'feedparser ms':>15}{'times less':>12}   must, aim")
    for key, name, goal in (
        ("P1", "P1 parse and clean all", "7, 12"),
        ("all of P1", "   and all else of a first night", ""),
        ("P2", f"P2 parse, clean {NEW} new of {ENTRIES}", "18, 30"),
        ("all of P2", "   and all else of a night", ""),
    ):
        print(f"{name:<32}{spent[key]:>9.2f}{spent['its']:>15.2f}{spent['its'] / spent[key]:>12.1f}   {goal}")
    print(
        "steps, each by itself, over all entries: " + ", ".join(f"{name} {spent[name]:.2f}" for name in steps)
    )


def read(document: bytes, known: frozenset[bytes]) -> object:
    """Parse, and clean what is not known by its fingerprint."""
    entries = parse(document).entries
    fresh = [each for each in entries if raws.fingerprint(each) not in known] if known else entries
    return clean_all(fresh, base="https://example.org/feed.xml")


def ours(document: bytes) -> list[tuple[object, ...]]:
    """What feedparser names alike, of each entry: dates and the text made safe differ by design."""
    parsed = parse(document, url="https://example.org/feed.xml")
    return [
        (
            entry.title,
            entry.link,
            entry.guid,
            entry.authors,
            entry.categories,
            entry.enclosures,
            entry.content,
        )
        for entry in parsed.entries
    ]


def theirs(document: bytes) -> list[tuple[object, ...]]:
    found = feedparser.parse(
        document, sanitize_html=False, resolve_relative_uris=False
    )  # the text as published
    return [
        (
            entry.title,
            entry.link,
            entry.id,
            tuple(author.name for author in entry.authors),
            tuple(tag.term for tag in entry.tags),
            tuple(Enclosure(each.href, each.type, int(each.length)) for each in entry.enclosures),
            entry.content[0].value,
        )
        for entry in found.entries
    ]


def steps_of(document: bytes) -> dict[str, Callable[[], object]]:
    entries = parse(document).entries
    links = [canonical_url(entry.link) for entry in entries]
    dumps = list(map(raws.dump, entries))
    zone = ZoneInfo("Asia/Shanghai")
    return {
        "parse": lambda: parse(document),
        "fingerprint": lambda: list(map(raws.fingerprint, entries)),
        "identify": lambda: identify(entries, links, account="a", rule=IdentityRule.GUID, locked=False),
        "date": lambda: date_entries(entries, zone=zone, now=NOW, future=Future.FIRST_SEEN),
        "clean": lambda: clean_all(entries, base="https://example.org/feed.xml"),
        "pack": lambda: list(map(raws.pack, dumps)),
    }


def quietest(runs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The least that each run cost, in milliseconds."""
    costs: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            costs[name].append(cost(run))
    return {name: min(spent) * 1e3 for name, spent in costs.items()}


def cost(run: Callable[[], object]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def item(rng: random.Random, number: int) -> str:
    body = "".join(
        f'<section {STYLE}><span style="font-size: 15px;">{sentence(rng, rng.randint(60, 130))}</span></section>'
        for _ in range(PARAGRAPHS)
    )
    body += f'<p><img class="rich_pages" data-ratio="0.66" data-src="{picture(number)}"></p>'
    link = f"https://mp.weixin.qq.com/s/{number:022d}"
    published = format_datetime(NOW - timedelta(hours=number), usegmt=True)
    return (
        f"<item><title>{sentence(rng, 20)}</title><link>{link}</link><guid>{link}</guid><author>青山发布</author>"
        f"<category>要闻</category><pubDate>{published}</pubDate>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
    )


def feed(items: list[str]) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    channel = (
        f"<channel><title>青山发布</title><link>https://example.org/</link>{''.join(items)}</channel></rss>"
    )
    return (head + channel).encode()


if __name__ == "__main__":
    main()
