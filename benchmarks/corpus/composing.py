"""Who carries what, when: stories with their reposts, look-alikes, digests, single entries."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count, cycle

from .accounts import Account, Roster, make_accounts
from .articles import Article, Desk
from .changes import CHANGES, PLAIN, verbatim
from .corrections import silent
from .digests import digest_of
from .dressing import Dresser
from .gold import DIGEST, MARKED, ORIGINAL, SILENT
from .grammar import Writer
from .lookalikes import KINDS
from .posts import ZONE, Post

START = datetime(2026, 9, 1, 6, tzinfo=ZONE)
DAYS = 40
SHARES = {"reposted": 0.5, "lookalikes": 0.22, "digests": 0.02}  # of all entries; the rest stands alone
WORDLESS = frozenset({"picture only", "text in pictures", "title only"})
_NEEDS_BODY = frozenset({"excerpt from the start", "excerpt from within", "paragraph dropped"})


@dataclass(slots=True)
class Composer:
    """Writes the posts of a corpus. One seed, one corpus."""

    desk: Desk
    roster: Roster
    rng: random.Random
    posts: list[Post] = field(default_factory=list)
    dresser: Dresser = field(init=False)
    _stories: Iterator[int] = field(default_factory=count)
    _kinds: Iterator[str] = field(init=False)

    def __post_init__(self) -> None:
        self.dresser = Dresser(self.desk.grammar, self.rng)
        self._kinds = cycle(
            [*PLAIN, *PLAIN, "chain", "chain", "combined", "combined", "combined", MARKED, SILENT]
        )

    def compose(self, size: int) -> list[Post]:
        """About `size` posts, oldest first."""
        marks = [int(size * share) for share in SHARES.values()]
        self._until(marks[0], self._reposted)
        names = cycle(KINDS)
        self._until(marks[0] + marks[1], lambda: self._lookalikes(next(names)))
        self._until(size - marks[2], self._alone)
        tellable = sorted((post for post in self.posts if _tellable(post)), key=lambda post: post.at)
        self._until(size, lambda: self._digest(tellable))
        self.posts.sort(key=lambda post: (post.at, post.account.id, post.story))
        return self.posts

    def _until(self, size: int, step: Callable[[], None]) -> None:
        while len(self.posts) < size:
            step()

    # --- stories ---

    def _alone(self) -> None:
        at = self._moment()
        bodies = self.rng.random() < 0.9 or not self.roster.titled
        account = self.roster.publisher() if bodies else self.rng.choice(self.roster.titled)
        article = self.desk.article(at.date())
        self._publish(account, article if bodies else _titled(article), at, self._story())

    def _reposted(self) -> None:
        at, story = self._moment(), self._story()
        article = self.desk.article(at.date())
        account = self.roster.publisher()
        outside = self.rng.choice(self.desk.grammar.texts["outside"]) if self.rng.random() < 0.15 else ""
        if self.rng.random() < 0.08 and self.roster.titled:
            self._by_title(article, at, story)
            return
        first = self._publish(account, article, at, story, original=not outside, outside=outside)
        posts = [first]
        for carrier in self.roster.carriers(self._carriers(), but=account):
            kind = self._fitting(next(self._kinds), article, carrier)
            if kind == SILENT:
                self._silent(first)
            elif kind == "chain" and len(posts) > 1:
                self._chain(self.rng.choice(posts[1:]), carrier, outside)
            else:
                posts.append(self._repost(first, carrier, "furniture" if kind == "chain" else kind, outside))

    def _by_title(self, article: Article, at: datetime, story: str) -> None:
        """Feeds without texts: the same distinctive title is all there is."""
        first, *others = self.rng.sample(
            self.roster.titled, min(len(self.roster.titled), self.rng.randint(2, 5))
        )
        self._publish(first, _titled(article), at, story, original=True)
        for account in others:
            self._publish(account, _titled(article), at + self._delay(), story, kind="title only, both")

    def _repost(self, first: Post, carrier: Account, kind: str, outside: str) -> Post:
        article, writer = first.article, self._writer(first)
        if kind == MARKED and self.rng.random() < 0.7:
            carrier = first.account
        changed = self._pictures(CHANGES.get(kind, verbatim)(article, writer), kind)
        delay = timedelta(hours=self.rng.uniform(0.3, 40)) if kind == MARKED else self._delay()
        post = Post(carrier, changed, first.at + delay, first.story, kind, outside=bool(outside))
        self.dresser.dress(post, outside or self.rng.choice(first.account.names()), first)
        self.posts.append(post)
        return post

    def _chain(self, via: Post, carrier: Account, outside: str) -> None:
        """A repost of a repost: what the other account put around the text may come along."""
        if via.account == carrier:
            return
        article = via.article
        if self.rng.random() < 0.5:
            article = replace(article, paragraphs=via.lines())
        post = Post(carrier, article, via.at + self._delay(), via.story, "chain", outside=bool(outside))
        self.dresser.dress(post, outside or self.rng.choice(via.account.names()), via)
        self.posts.append(post)

    def _silent(self, first: Post) -> None:
        later = first.at + timedelta(minutes=self.rng.uniform(5, 290))
        fixed = replace(first, article=silent(first.article, self._writer(first)), at=later, kind=SILENT)
        self.posts.append(replace(fixed, original=False))

    # --- the rest ---

    def _lookalikes(self, name: str) -> None:
        kind, at = KINDS[name], self._moment()
        label = f"{name}/{next(self._stories)}"
        made = list(kind.make(self.desk, at.date()))
        accounts = cycle(self.rng.sample(self.roster.full, len(self.roster.full)))
        own = self.roster.publisher()
        for days, article in made:
            account = next(accounts) if kind.apart else own
            moment = at + timedelta(days=days, minutes=self.rng.uniform(-25, 25))
            post = self._publish(account, article, moment, self._story(), lookalike=label)
            if self.rng.random() < 0.08 and article.length > 60:
                carrier = self.roster.carriers(1, but=account)[0]
                self._repost(post, carrier, "of a look-alike", "").lookalike = label

    def _digest(self, tellable: list[Post]) -> None:
        at = self._moment()
        days = self.rng.choice((1.5, 1.5, 8))
        recent = [post for post in tellable if at - timedelta(days=days) <= post.at < at]
        wanted = self.rng.randint(4, 10)
        told = {post.story: post for post in self.rng.sample(recent, min(len(recent), wanted))}
        if len(told) < 4:
            return
        account, story = self.roster.publisher(), self._story()
        writer = Writer(self.desk.grammar, self.rng, at.date(), {"account": account.name})
        article = digest_of([post.article for post in told.values()], writer)
        first = self._publish(account, article, at, story, kind=DIGEST, original=True, contains=tuple(told))
        for carrier in self.roster.carriers(self.rng.choice((0, 0, 1, 2)), but=account):
            self._repost(first, carrier, self.rng.choice(("verbatim", "furniture")), "").contains = tuple(
                told
            )

    # --- small parts ---

    def _publish(
        self,
        account: Account,
        article: Article,
        at: datetime,
        story: str,
        *,
        kind: str = ORIGINAL,
        original: bool = False,
        outside: str = "",
        lookalike: str = "",
        contains: tuple[str, ...] = (),
    ) -> Post:
        post = Post(account, article, at, story, kind, original, bool(outside), lookalike, contains)
        self.dresser.dress(post, outside)
        self.posts.append(post)
        return post

    def _fitting(self, kind: str, article: Article, carrier: Account) -> str:
        """The kind, or a milder one where the article is too short for it or nothing could tell whose it is."""
        if kind in WORDLESS and carrier.stamp == "none":
            return "furniture"
        if kind in _NEEDS_BODY and (article.length < 300 or len(article.paragraphs) < 3):
            return "furniture"
        if kind == "picture only" and not article.pictures:
            return "text in pictures"
        return kind

    def _pictures(self, article: Article, kind: str) -> Article:
        """WeChat copies pictures: most reposts have addresses of their own."""
        if kind == "title only" or kind == "picture only":
            return article
        if kind == "text in pictures":
            return replace(
                article, pictures=tuple(self.desk.picture() for _ in range(self.rng.randint(1, 5)))
            )
        if self.rng.random() < 0.7:
            return replace(article, pictures=tuple(self.desk.picture() for _ in article.pictures))
        return article

    def _carriers(self) -> int:
        return min(30, 1 + int(self.rng.expovariate(0.38)))

    def _delay(self) -> timedelta:
        """In the same minute, within hours, days, up to 20 days."""
        how = self.rng.random()
        if how < 0.08:
            return timedelta(seconds=self.rng.uniform(1, 30))
        if how < 0.5:
            return timedelta(minutes=self.rng.uniform(3, 300))
        return timedelta(hours=self.rng.uniform(5, 72) if how < 0.85 else self.rng.uniform(72, 480))

    def _moment(self) -> datetime:
        day = timedelta(days=self.rng.randrange(DAYS))
        return START + day + timedelta(seconds=int(self.rng.uniform(0, 16 * 3600)))

    def _story(self) -> str:
        return f"s{next(self._stories):05}"

    def _writer(self, post: Post) -> Writer:
        return Writer(self.desk.grammar, self.rng, post.at.date(), {"account": post.account.name})


def compose(desk: Desk, rng: random.Random, size: int, accounts: int) -> tuple[Roster, list[Post]]:
    """A roster and its posts, oldest first."""
    roster = make_accounts(desk.grammar, rng, accounts)
    return roster, Composer(desk, roster, rng).compose(size)


def _titled(article: Article) -> Article:
    return replace(article, paragraphs=(), pictures=())


def _tellable(post: Post) -> bool:
    return post.kind == ORIGINAL and post.article.length > 150 and not post.lookalike
