"""What reading one feed costs, beside feedparser with its defaults: `python benchmarks/parse.py`.

A seeded RSS feed of 34 entries, 114 KiB of Chinese HTML (issue 6: P1, P2). Ours parses, tells entries apart, dates,
cleans and packs what is stored; feedparser only parses and sanitises. CPU time of this process, the quietest of several
rounds, in which both take turns, since machines are noisy.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import feedparser
from clean import picture, sentence

from matrixsite.config.settings import IdentityRule
from matrixsite.ingest.harvest import Task, harvest

ENTRIES, NEW = 34, 2
PARAGRAPHS = 7  # of an entry
ROUNDS = 15
NOW = datetime(2026, 11, 2, 19, tzinfo=UTC)
STYLE = 'style="margin: 0px 8px; line-height: 1.75em; letter-spacing: 1px;"'


def main() -> None:
    """Prints the row of each measure: ours, feedparser's, how many times less."""
    rng = random.Random("feed")
    items = [item(rng, number) for number in range(ENTRIES + NEW)]
    before, after = feed(items[NEW:]), feed(items[:ENTRIES])
    task = Task("a", "a", before, "https://example.org/feed.xml", "", "Asia/Shanghai", NOW, IdentityRule.GUID)
    night = replace(task, body=after, known=harvest(task).snapshot)
    assert [len(harvest(each).entries) for each in (task, night)] == [ENTRIES, NEW]
    print(f"{ENTRIES} entries, {len(before) / 1024:.0f} KiB")
    print(f"{'':<32}{'ours ms':>9}{'feedparser ms':>15}{'times less':>12}   must, aim")
    row("P1 all entries", lambda: harvest(task), lambda: feedparser.parse(before), "7, 12")
    row(f"P2 {NEW} new of {ENTRIES}", lambda: harvest(night), lambda: feedparser.parse(after), "18, 30")


def row(name: str, ours: Callable[[], object], theirs: Callable[[], object], goal: str) -> None:
    mine, its = [], []
    for _ in range(ROUNDS):
        mine.append(cost(ours))
        its.append(cost(theirs))
    least, its_least = min(mine), min(its)
    print(f"{name:<32}{least * 1e3:>9.2f}{its_least * 1e3:>15.2f}{its_least / least:>12.1f}   {goal}")


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
