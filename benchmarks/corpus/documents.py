"""The corpus as files: feeds.yaml, a feed document an account, and the gold lines beside them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

import yaml

from .accounts import Account, Roster
from .gold import Gold, write_gold
from .posts import Post

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
)
_STYLE = "margin: 0px 8px; line-height: 1.75em; letter-spacing: 1px;"


def number(posts: Sequence[Post]) -> None:
    """Give every post its guid and link, each in its account's manner."""
    counts: dict[str, int] = defaultdict(int)
    for post in posts:
        account = post.account
        counts[account.id] += 1
        name = f"{account.id}-{counts[account.id]:05}"
        post.link = f"https://{account.id}.example.org/article/{name}"
        post.guid = post.link if account.guids == "iri" else f"urn-less {name}"


def write_settings(folder: Path, roster: Roster) -> None:
    """feeds.yaml."""
    members = {account.member: account.member_name for account in roster.accounts}
    settings = {
        "site": {"title": "语料矩阵", "url": "https://matrix.example.org", "timezone": "Asia/Shanghai"},
        "members": [{"id": key, "name": name} for key, name in members.items()],
        "accounts": [
            {
                "id": account.id,
                "name": account.name,
                "member": account.member,
                "platform": account.platform,
                "feed": f"feeds/{account.id}.xml",
                "rights": "full",
                "aliases": [account.alias],
                **({"roles": ["lead"]} if account.lead else {}),
            }
            for account in roster.accounts
        ],
    }
    (folder / "feeds.yaml").write_text(
        yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )


def write_feeds(folder: Path, roster: Roster, posts: Iterable[Post]) -> None:
    """A document for each account, newest entry first."""
    (folder / "feeds").mkdir(exist_ok=True)
    items: dict[str, list[str]] = {account.id: [] for account in roster.accounts}
    for post in posts:
        items[post.account.id].append(_item(post))
    for account in roster.accounts:
        title = f"<title>{escape(account.name)}</title><link>https://{account.id}.example.org/</link>"
        document = "\n".join([HEAD + title, *reversed(items[account.id]), "</channel></rss>"])
        (folder / "feeds" / f"{account.id}.xml").write_text(document, encoding="utf-8")


def write_answers(file: Path, posts: Iterable[Post]) -> None:
    """The gold lines."""
    write_gold(
        file,
        (
            Gold(
                post.account.id,
                post.guid,
                post.story,
                post.kind,
                post.original,
                post.outside,
                post.lookalike,
                post.contains,
            )
            for post in posts
        ),
    )


def nights_of(posts: Sequence[Post], nights: int) -> list[tuple[datetime, list[Post]]]:
    """When each night's run begins, and all posts there are by then; each brings about as many."""
    found = []
    for night in range(1, nights + 1):
        end = posts[len(posts) * night // nights - 1].at
        run = (end + timedelta(days=1)).replace(hour=3, minute=0, second=0, microsecond=0)
        found.append((run, [post for post in posts if post.at < run]))
    return found


def _item(post: Post) -> str:
    account, at = post.account, post.at
    rng = random.Random(post.guid)
    body = _body(post, rng) if account.bodies else ""
    permanent = "true" if account.guids == "iri" else "false"
    parts = [
        f"<title>{escape(post.article.title)}</title>",
        f"<link>{escape(post.link)}</link>",
        f'<guid isPermaLink="{permanent}">{escape(post.guid)}</guid>',
        _date(account, at),
    ]
    if body and account.encoded:
        text = "".join(post.article.paragraphs)[:60]
        parts += [
            f"<description>{escape(text)}</description>",
            f"<content:encoded><![CDATA[{body}]]></content:encoded>",
        ]
    elif body:
        parts.append(f"<description>{escape(body)}</description>")
    return f"<item>{''.join(parts)}</item>"


def _date(account: Account, at: datetime) -> str:
    if account.stamp == "none":
        return ""
    if account.stamp == "day":
        return f"<pubDate>{at:%Y-%m-%d}</pubDate>"
    at = at.replace(second=0, microsecond=0) if account.stamp == "minute" else at.replace(microsecond=0)
    return f"<pubDate>{format_datetime(at)}</pubDate>"


def _body(post: Post, rng: random.Random) -> str:
    """HTML, the pictures between the paragraphs."""
    account = post.account
    blocks = [_block(line, account) for line in post.lines()]
    for picture in post.article.pictures:
        blocks.insert(
            rng.randint(0, len(blocks)), f'<p><img data-src="{escape(picture)}" data-ratio="0.66"/></p>'
        )
    if account.code and blocks:
        blocks.append(f'<p><img src="{escape(account.code)}"/></p>')
    return "".join(blocks)


def _block(line: str, account: Account) -> str:
    text = escape(line)
    if not account.styled:
        return f"<p>{text}</p>"
    return (
        f'<section style="{_STYLE}"><section><span style="font-size: 15px;">{text}</span></section></section>'
    )
