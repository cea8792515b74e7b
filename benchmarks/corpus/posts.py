"""What accounts publish: an article in an account's dress at a time, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from .accounts import Account
from .articles import Article
from .gold import ORIGINAL

ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(slots=True)
class Post:
    """One entry to be. `at` is when it truly appeared; what the feed says of it is the account's habit."""

    account: Account
    article: Article
    at: datetime
    story: str
    kind: str = ORIGINAL
    original: bool = False
    outside: bool = False
    lookalike: str = ""
    contains: tuple[str, ...] = ()
    before: tuple[str, ...] = ()  # lines that the account puts before and after the text
    after: tuple[str, ...] = ()
    guid: str = ""
    link: str = ""

    def lines(self) -> tuple[str, ...]:
        """The body as readers see it."""
        return (*self.before, *self.article.paragraphs, *self.after)
