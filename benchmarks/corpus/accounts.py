"""The accounts of the corpus: who they are, how their feeds are made, and what they put around every text."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from .grammar import Grammar, Writer

PLATFORMS = ("wechat", "wechat", "wechat", "website", "toutiao", "weibo")


@dataclass(frozen=True, slots=True)
class Account:
    """`stamp` says how well its feed dates: second, minute, day or none; `head` and `tail` are on all it has."""

    id: str
    name: str
    member: str
    member_name: str
    alias: str
    platform: str
    stamp: str = "second"
    bodies: bool = True  # else its feed has titles only
    encoded: bool = True  # content:encoded, else description
    styled: bool = False  # nested sections, as WeChat's editor makes them
    scraper: bool = False  # copies with damage
    lead: bool = False
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    code: str = ""  # the picture below each of its texts
    guids: str = "iri"

    def names(self) -> tuple[str, ...]:
        """What others call it when they name their source."""
        return self.name, self.member_name, self.alias


@dataclass(slots=True)
class Roster:
    """All accounts, and a choice among those that can carry something."""

    accounts: list[Account]
    rng: random.Random
    full: list[Account] = field(init=False)
    titled: list[Account] = field(init=False)

    def __post_init__(self) -> None:
        self.full = [account for account in self.accounts if account.bodies]
        self.titled = [account for account in self.accounts if not account.bodies]

    def publisher(self) -> Account:
        """Somebody who writes texts and says when."""
        return self.rng.choice([item for item in self.full if item.stamp != "none" and not item.scraper])

    def carriers(self, count: int, *, but: Account, bodies: bool = True) -> list[Account]:
        """Different accounts, not `but`."""
        pool = [account for account in (self.full if bodies else self.accounts) if account != but]
        return self.rng.sample(pool, min(count, len(pool)))


def make_accounts(grammar: Grammar, rng: random.Random, count: int) -> Roster:
    """`count` accounts of about two thirds as many members."""
    names: dict[str, str] = {}  # name → the office that runs it
    while len(names) < count:
        prefix = rng.choice(grammar.texts["prefix"])
        if rng.random() < 0.7:
            office = rng.choice(grammar.texts["office"])
            names.setdefault(f"{prefix}{office}{rng.choice(('', '', '在线', '号'))}", f"{prefix}{office}局")
        else:
            names.setdefault(f"{prefix}{rng.choice(grammar.texts['suffix'])}", f"{prefix}新闻中心")
    members = {office: f"m{number}" for number, office in enumerate(dict.fromkeys(names.values()))}
    accounts = [
        _account(grammar, rng, number, name, office, members[office])
        for number, (name, office) in enumerate(names.items())
    ]
    return Roster(accounts, rng)


def _account(
    grammar: Grammar, rng: random.Random, number: int, name: str, office: str, member: str
) -> Account:
    writer = Writer(grammar, rng, date(2026, 1, 1), {"account": name, "title": "新闻"})
    token = "".join(rng.choices("abcdefghjkmnpqrstuvwxyz23456789", k=30))
    share = (number * 37 % 100) / 100  # spread evenly, whatever the seed
    return Account(
        id=f"a{number:03}",
        name=name,
        member=member,
        member_name=office,
        alias=f"{name}官方{rng.choice(('微信', '账号', '客户端'))}",
        platform=rng.choice(PLATFORMS),
        stamp="day" if share < 0.12 else "none" if share < 0.16 else "minute" if share < 0.5 else "second",
        bodies=not 0.82 <= share < 0.93,
        encoded=rng.random() < 0.5,
        styled=rng.random() < 0.5,
        scraper=share >= 0.93,
        lead=0.5 <= share < 0.56,
        head=tuple(writer.say("head") for _ in range(rng.choice((0, 0, 1, 1, 2)))),
        tail=tuple(
            writer.say(rng.choice(("tail", "tail", "credit"))) for _ in range(rng.choice((0, 1, 2, 3)))
        ),
        code=f"https://mmbiz.qpic.cn/mmbiz_png/{token}/0?wx_fmt=png" if rng.random() < 0.4 else "",
        guids=rng.choice(("iri", "iri", "opaque")),
    )
