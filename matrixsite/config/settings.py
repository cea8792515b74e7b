"""The matrix as its operator describes it: frozen values, one field per key of feeds.yaml.

Plain standard-library dataclasses, so that loading them again from the cache needs no validation library.
`config.load` makes them; nothing else should.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from datetime import date as day
from enum import StrEnum
from pathlib import Path


class Rights(StrEnum):
    """How much of an account's entries the site may show."""

    FULL = "full"
    EXCERPT = "excerpt"
    LINK = "link"


class Publish(StrEnum):
    """Whether entries are shown as they come or wait for an editor."""

    AUTO = "auto"
    HOLD = "hold"


class GroupKind(StrEnum):
    """What a group is."""

    DISTRICT = "district"
    ORGANISATION = "organisation"
    ALLIANCE = "alliance"
    COMMUNITY = "community"
    INSTITUTION = "institution"


class IdentityRule(StrEnum):
    """What tells an entry of a feed from the others, from the most to the least trusted."""

    GUID = "guid"
    LINK = "link"
    TITLE = "title"
    TEXT = "text"


class Future(StrEnum):
    """What to do with a date that lies in the future."""

    FIRST_SEEN = "first-seen"  # distrust the date
    SKIP = "skip"  # leave the entry out until its time has come
    KEEP = "keep"  # believe it


class Images(StrEnum):
    """What is done with pictures of an account."""

    NONE = "none"
    HOTLINK = "hotlink"  # shown from where they lie
    MIRROR = "mirror"  # copied to the site (rights: full only)


class Closure(StrEnum):
    """What became of an account that is closed."""

    CLOSED = "closed"
    MERGED = "merged"  # into its successor, which there was before
    MOVED = "moved"  # to its successor, which took its place: another platform, another subject


class Order(StrEnum):
    """How directories list accounts and members; groups always stand as they are listed."""

    PINYIN = "pinyin"
    LISTED = "listed"  # as in feeds.yaml


class Profile(StrEnum):
    """Which rules of its kind the site follows, beyond what holds for all."""

    PLAIN = "plain"
    GOV = "gov"  # 国办发〔2017〕47号: government sites


@dataclass(frozen=True, slots=True)
class Site:
    title: str
    url: str  # absolute, no trailing slash
    language: str = "zh-CN"
    timezone: str = "Asia/Shanghai"
    description: str = ""
    organizer: str = ""
    contact: str = ""
    takedown: str = ""
    icp: str = ""
    police: str = ""
    news_licence: str = ""
    theme: str = "alliance"  # a theme of the package, or a folder beside feeds.yaml
    order: Order = Order.PINYIN
    offline: bool = False  # a service worker keeps what a reader opened
    websub: str = ""  # address of a hub that is told of new feeds
    profile: Profile = Profile.PLAIN
    site_code: str = ""  # 网站标识码
    operator: str = ""  # 承办单位
    authority_mark: str = ""  # 党政机关标识: the page that it leads to
    authority_mark_image: str = ""  # a file of content/images or content/files
    report_errors: str = ""  # 我为政府网站找错; the national page for the site code where left out


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    kind: GroupKind = GroupKind.ORGANISATION
    parent: str = ""
    intro: str = ""
    publish: Publish = Publish.AUTO


@dataclass(frozen=True, slots=True)
class Member:
    id: str
    name: str
    groups: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    home: str = ""
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body that stands behind accounts without being a member: a bureau that sponsors, a company that operates."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str = ""  # id of the organisation or member it is part of
    home: str = ""
    intro: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Accounts that joined together."""

    id: str
    name: str
    date: day | None = None  # of one that isn't listed: the first day on which an account of it joined
    intro: str = ""
    source: str = ""  # page where it was announced


@dataclass(frozen=True, slots=True)
class FormerName:
    """What an account was called before it was renamed."""

    name: str
    until: date | None = None  # the day of renaming, from which on it bears the next name


@dataclass(frozen=True, slots=True)
class StoreLink:
    """A page where an app can be had."""

    url: str
    store: str = ""  # 华为应用市场, App Store, …
    version: str = ""
    updated: date | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """One source of an account's entries."""

    key: str  # unique in the matrix: the account's id, with "/<name>" where the account has several feeds
    url: str  # http(s), or a path relative to the folder of feeds.yaml
    source: str = ""  # the plugin that reads it; by what its bytes are where empty

    @property
    def local(self) -> bool:
        """True for a file beside feeds.yaml."""
        return "://" not in self.url


@dataclass(frozen=True, slots=True)
class Query:
    """Which items of its feeds an account takes in, see `query_words`. Of each key's words one must be met."""

    filter: tuple[str, ...] = ()
    filter_title: tuple[str, ...] = ()
    filter_description: tuple[str, ...] = ()
    filter_author: tuple[str, ...] = ()
    filter_category: tuple[str, ...] = ()
    filterout: tuple[str, ...] = ()
    filterout_title: tuple[str, ...] = ()
    filterout_description: tuple[str, ...] = ()
    filterout_author: tuple[str, ...] = ()
    filterout_category: tuple[str, ...] = ()
    limit: int = 0  # only so many items from the beginning of a document are looked at; 0: all


@dataclass(frozen=True, slots=True)
class Account:
    id: str
    name: str
    member: str  # defaults to the account's own id
    platform: str = "website"
    groups: tuple[str, ...] = ()  # from `group`, a name or a list
    feeds: tuple[Feed, ...] = ()  # from `feed` or `feeds`
    rights: Rights = Rights.EXCERPT
    publish: Publish = Publish.AUTO
    public: bool = False  # the fetch URL may be named outside this machine
    identity: IdentityRule | None = None  # locks the identity policy
    future: Future = Future.FIRST_SEEN
    timezone: str = ""  # defaults to the site's
    charset: str = ""  # overrides what the document and its host say
    images: Images = Images.HOTLINK
    skip_words: tuple[str, ...] = ()  # entries whose title holds one of these are not taken in
    query: Query | None = None
    filters: tuple[str, ...] = ()  # plugins that see each new entry, in this order
    account_class: str = ""  # key `class`: government, media, self-media, platform
    handle: str = ""
    home: str = ""
    avatar: str = ""
    qr: str = ""
    intro: str = ""
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    sponsor: str = ""  # 主办; like the next two the id of a member or organisation, written as id or name
    undertaker: str = ""  # 承办
    operator: str = ""  # 运营
    joined: date | None = None
    batch: str = ""  # the id of a batch, written as id or name
    closed: date | None = None  # first day on which it is in the matrix no more
    closure: Closure | None = None
    successor: str = ""
    store_links: tuple[StoreLink, ...] = ()

    @property
    def other_names(self) -> tuple[str, ...]:
        """The names it is found by beside its own: aliases, and what it was called before."""
        return (*self.aliases, *(former.name for former in self.former_names))

    def open_on(self, today: date) -> bool:
        """False from the day on which it is closed; an account that closes in the future is open."""
        return self.closed is None or today < self.closed


@dataclass(frozen=True, slots=True)
class FetchSettings:
    allow_private: tuple[str, ...] = ()  # host:port
    alert: float = 0.1  # share of failing feeds beyond which a build answers 1
    timeout: float = 30.0  # seconds for a whole response
    connect_timeout: float = 10.0
    max_bytes: int = 15_000_000  # of a decompressed body
    concurrency: int = 64
    per_host: int = 6
    spacing: float = 0.1  # seconds between starts at one host; hosts in allow_private are not spaced
    adopt_after: int = 3  # agreeing runs before a 301/308 is adopted
    user_agent: str = ""  # defaults to matrixsite/<version> (+site.url)


@dataclass(frozen=True, slots=True)
class FeedsOut:
    """The combined feeds that the site publishes."""

    limit: int = 5  # stories a member
    formats: tuple[str, ...] = ("rss", "atom", "json")


@dataclass(frozen=True, slots=True)
class Holds:
    """Entries that wait for an editor."""

    words: tuple[str, ...] = ()  # in title or text
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FreshnessSettings:
    """When an account counts as slow or silent: whole days since it last published something new."""

    amber: int = 7
    red: int = 14  # 国办秘函〔2019〕19号: no update within two weeks before a check
    public: bool = False  # the site, too, says how fresh the accounts are


@dataclass(frozen=True, slots=True)
class Settings:
    """A whole matrix. `root` is the folder of feeds.yaml; `state` where the store, stage and journal lie."""

    root: Path
    state: Path
    file: Path
    digest: str  # of every file read
    site: Site
    groups: tuple[Group, ...] = ()
    members: tuple[Member, ...] = ()  # implicit ones included
    accounts: tuple[Account, ...] = ()
    organisations: tuple[Organisation, ...] = ()  # those that only accounts name included
    batches: tuple[Batch, ...] = ()  # the same; by date, those without one last
    fetch: FetchSettings = field(default_factory=FetchSettings)
    feeds: FeedsOut = field(default_factory=FeedsOut)
    holds: Holds = field(default_factory=Holds)
    freshness: FreshnessSettings = field(default_factory=FreshnessSettings)
    pinyin: Mapping[str, str] = field(default_factory=dict)  # what Chinese names of accounts, members sort by
    store: str = ""  # SQLAlchemy URL; empty: SQLite in the state folder
    after: str = ""  # command that gets the run's report on standard input

    def sort_key(self, one: Account | Member | Organisation) -> str:
        """What directories sort by; nothing where they keep the order of feeds.yaml."""
        return "" if self.site.order is Order.LISTED else self.pinyin.get(one.name, one.name.casefold())
