"""What accounts publish in the course of time, and each post as its feed has it and as cleaning leaves it."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from matrixsite.clean.furniture import excerpt
from matrixsite.clean.urls import canonical_url
from matrixsite.model import CleanEntry, RawEntry

from .prose import Article, Prose

END = datetime(2026, 10, 31, 16, tzinfo=UTC)  # midnight where the matrix is: the archive ends, nights begin
DAYS = 353  # that an archive spans
REPOSTED = 0.055  # of all posts; with their originals a tenth of the entries has two or more carriers
RECENT = 200  # posts of which one may be carried again


@dataclass(frozen=True, slots=True)
class Post:
    """An article in an account's feed. `first` is the number of the post that had it first."""

    number: int
    account: str
    at: datetime
    article: Article
    first: int

    @property
    def url(self) -> str:
        return f"https://{self.account}.example.org/{self.at:%Y%m}/{self.number}.html"


class Chronicle:
    """Posts in the order of time, from DAYS before END; picklable, so that nights go on where the archive ends."""

    def __init__(self, entries: int, accounts: int, seed: int) -> None:
        self.given = 0
        self._per_day = max(1.0, entries / DAYS)
        self._begin = END - timedelta(days=entries / self._per_day)
        self._accounts = accounts
        self._rng = random.Random(seed)
        self._prose = Prose(seed)
        self._recent: deque[Post] = deque(maxlen=RECENT)

    def posts(self, count: int) -> list[Post]:
        """The next ones."""
        return [
            self._post(self._begin + timedelta(days=(self.given + 1) / self._per_day)) for _ in range(count)
        ]

    def night(self, count: int, night: int) -> list[Post]:
        """As many, all of the day before that night (the first is 1)."""
        begin = night_of(night) - timedelta(hours=20)
        return [self._post(begin + timedelta(hours=15) * n / count) for n in range(count)]

    def _post(self, at: datetime) -> Post:
        number, self.given = self.given, self.given + 1
        account, at = account_id(self._rng.randrange(self._accounts)), at.replace(microsecond=0)
        if self._rng.random() < REPOSTED and self._recent:
            old = self._rng.choice(self._recent)
            if old.account != account:
                return Post(number, account, at, old.article, old.first)
        post = Post(number, account, at, self._prose.article(self._rng), number)
        self._recent.append(post)
        return post


def account_id(number: int) -> str:
    """Of the accounts of an archive, by number."""
    return f"a{number:04}"


def night_of(night: int) -> datetime:
    """When the run of a night begins; 0 is the first after the archive's last day."""
    return END + timedelta(days=night, hours=3)


def raw_of(post: Post) -> RawEntry:
    """The post as parsing finds it in the feed."""
    return RawEntry(
        guid=post.url,
        link=post.url,
        title=post.article.title,
        summary=_markup(post.article),
        published=format_datetime(post.at),
    )


def clean_of(post: Post) -> CleanEntry:
    """What cleaning makes of it, at a fraction of the cost; `filling` makes sure that it is the same."""
    article = post.article
    text = "\n".join(_lines(article))
    return CleanEntry(
        title=article.title,
        url=post.url,
        canonical_url=canonical_url(post.url),
        html=_markup(article, ' alt="" loading="lazy" referrerpolicy="no-referrer"'),
        text=text,
        excerpt=excerpt(text, article.title),
        cover=article.pictures[0] if article.pictures else "",
        topics=(article.topic,) if article.topic else (),
    )


def document_of(account: str, posts: Iterable[Post]) -> str:
    """The account's feed, RSS 2.0, newest post first."""
    items = [
        f"<item><title>{escape(post.article.title)}</title><link>{post.url}</link>"
        f'<guid isPermaLink="true">{post.url}</guid><pubDate>{format_datetime(post.at)}</pubDate>'
        f"<description><![CDATA[{_markup(post.article)}]]></description></item>"
        for post in sorted(posts, key=lambda post: post.number, reverse=True)
    ]
    head = f"<title>{account}</title><link>https://{account}.example.org/</link>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'


def _markup(article: Article, attributes: str = "") -> str:
    blocks = [f"<p>{line}</p>" for line in _lines(article)]
    blocks[1:1] = [f'<p><img src="{picture}"{attributes}></p>' for picture in article.pictures]
    return "".join(blocks)


def _lines(article: Article) -> tuple[str, ...]:
    return (f"#{article.topic}#", *article.paragraphs) if article.topic else article.paragraphs
