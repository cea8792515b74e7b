"""What a type can't say about one value: ids, addresses, zones, numbers.

Each check takes a valid value of `settings` and yields where in it, what is wrong, and the mend.
"""

from __future__ import annotations

import codecs
import math
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from matrixsite.config.patterns import inside
from matrixsite.config.query_words import faults as query_faults
from matrixsite.config.settings import (
    Account,
    Batch,
    Closure,
    Feed,
    FeedsOut,
    FetchSettings,
    FreshnessSettings,
    Group,
    Holds,
    Images,
    Member,
    Organisation,
    Rights,
    Site,
)
from matrixsite.config.source import FieldPath
from matrixsite.config.wording import shown, suggestion
from matrixsite.plugins import Kind, installed

LANGUAGES = ("zh-CN", "zh-TW", "en")
FEED_FORMATS = ("rss", "atom", "json")
MAX_ID = 64
MOST_DAYS = 180  # that freshness may wait: as far back as the board looks
ID_PATTERN = "^[a-z0-9]([a-z0-9._-]*[a-z0-9_-])?$"

_ID = re.compile(ID_PATTERN, re.ASCII)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:", re.ASCII)
_HOST_PORT = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:/@\[\]]+):([0-9]{1,5})", re.ASCII)
_STORE_URL = re.compile(r"[a-z][a-z0-9_]*(?:\+[a-z0-9_]+)?://", re.ASCII)
_SITE_CODE = re.compile(r"[0-9A-Za-z]{10}", re.ASCII)
_CONTENT_FILE = re.compile(
    r"(?:images|files)/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII
)
_MAY_BE_ZERO = {"spacing", "alert"}


class Fault(NamedTuple):
    """What is wrong in one value: the path inside it, the reason, the mend."""

    path: FieldPath
    reason: str
    mend: str


def check_site(site: Site) -> Iterator[Fault]:
    if not site.title.strip():
        yield Fault(("title",), "the title is empty", "Write the name of the site.")
    if reason := _not_web(site.url):
        yield Fault(("url",), reason, "Write the address the site will have: https://matrix.example.org")
    elif urlsplit(site.url).query or "?" in site.url or "#" in site.url or "@" in urlsplit(site.url).netloc:
        reason = "the address of a site has no query, fragment or credentials"
        yield Fault(("url",), reason, "Write only scheme, host and path.")
    if site.language not in LANGUAGES:
        reason = f"{shown(site.language)} is not one of {', '.join(LANGUAGES)}"
        yield Fault(("language",), reason, suggestion(site.language, LANGUAGES))
    yield from _check_zone(site.timezone)
    yield from _check_pages("authority_mark", site.authority_mark)
    yield from _check_pages("report_errors", site.report_errors)
    if site.websub and (reason := _not_web(site.websub)):
        yield Fault(("websub",), reason, "Write the address of a hub: https://…")
    if site.site_code and not _SITE_CODE.fullmatch(site.site_code):
        reason = f"{shown(site.site_code)} is no site code: it has 10 letters or digits"
        yield Fault(("site_code",), reason, 'Write it in quotes, such as "5101320017".')
    if site.authority_mark_image and not _CONTENT_FILE.fullmatch(site.authority_mark_image):
        reason = f"{shown(site.authority_mark_image)} is no file of content/images or content/files"
        yield Fault(("authority_mark_image",), reason, "Put it there and write images/mark.png.")


def check_group(group: Group) -> Iterator[Fault]:
    yield from _check_id(group.id)
    yield from _check_name(group.name)


def check_member(member: Member) -> Iterator[Fault]:
    yield from _check_id(member.id)
    yield from _check_name(member.name)
    yield from _check_pages("home", member.home)


def check_organisation(organisation: Organisation) -> Iterator[Fault]:
    yield from _check_id(organisation.id)
    yield from _check_name(organisation.name)
    yield from _check_pages("home", organisation.home)


def check_batch(batch: Batch) -> Iterator[Fault]:
    yield from _check_id(batch.id)
    yield from _check_name(batch.name)
    yield from _check_pages("source", batch.source)


def check_account(account: Account, root: Path) -> Iterator[Fault]:
    yield from _check_id(account.id)
    yield from _check_name(account.name)
    yield from _check_id(account.member, "member") if account.member != account.id else ()
    for index, feed in enumerate(account.feeds):
        yield from _check_feed(feed, account.id, index, root)
    yield from _check_feeds_differ(account.feeds)
    yield from _check_pages("home", account.home)
    for index, link in enumerate(account.store_links):
        if reason := _not_web(link.url):
            yield Fault(("store_links", index, "url"), reason, "Write the address of a page: https://…")
    for field, address in (("avatar", account.avatar), ("qr", account.qr)):
        if address and (fault := _bad_picture(address, root)):
            yield Fault((field,), *fault)
    yield from _check_zone(account.timezone) if account.timezone else ()
    yield from _check_words("skip_words", account.skip_words)
    for path, reason, mend in query_faults(account.query) if account.query else ():
        yield Fault(("query", *path), reason, mend)
    yield from _check_plugins(account)
    if account.charset and not _is_charset(account.charset):
        mend = "Write a name such as gb18030 or big5, or remove it."
        yield Fault(("charset",), f"{shown(account.charset)} is no known charset", mend)
    if account.images is Images.MIRROR and account.rights is not Rights.FULL:
        mend = "Write `rights: full` if you hold them, else `images: hotlink`."
        yield Fault(("images",), f"mirrored images need rights: full, not {account.rights}", mend)
    yield from _check_life(account)


def _check_plugins(account: Account) -> Iterator[Fault]:
    named: list[tuple[FieldPath, Kind, str]] = [
        (("filters", index), Kind.FILTER, name) for index, name in enumerate(account.filters)
    ]
    named += [
        (("feeds", index, "source"), Kind.SOURCE, feed.source)
        for index, feed in enumerate(account.feeds)
        if feed.source
    ]
    for path, kind, name in named:
        if name not in installed(kind):
            mend = suggestion(name, installed(kind)) if installed(kind) else "Install its package."
            yield Fault(path, f"no package that is installed offers {shown(name)} among {kind}", mend)


def _check_life(account: Account) -> Iterator[Fault]:
    """Joining, renaming and closing, in an order that can be."""
    joined, closed = account.joined, account.closed
    if joined and closed and closed < joined:
        yield Fault(("closed",), f"closed before it joined ({joined})", "Correct one of the two.")
    if account.closure and not closed:
        mend = "Add `closed: …` with the day."
        yield Fault(("closure",), f"{account.closure} without a day on which it was", mend)
    if account.closure is Closure.MERGED and not account.successor:
        yield Fault(("closure",), "merged into nothing", "Add `successor: …`, the id of an account.")
    earlier = date.min
    for index, former in enumerate(account.former_names):
        if not former.name.strip():
            yield Fault(("former_names", index, "name"), "the name is empty", "Write it, or remove the item.")
        if former.until and former.until < earlier:
            reason = f"it was called so until before the name before it ({earlier})"
            yield Fault(("former_names", index, "until"), reason, "List the oldest name first.")
        earlier = former.until or earlier


def check_fetch(fetch: FetchSettings) -> Iterator[Fault]:
    for index, item in enumerate(fetch.allow_private):
        match = _HOST_PORT.fullmatch(item)
        if not match or not 0 < int(match[1]) < 65536:
            yield Fault(("allow_private", index), f"{shown(item)} is no host:port", 'Write "127.0.0.1:1200".')
    for field in FetchSettings.__dataclass_fields__:
        value = getattr(fetch, field)
        if isinstance(value, (int, float)) and not _is_positive(value, field in _MAY_BE_ZERO):
            yield Fault((field,), f"must be above zero, not {shown(value)}", "Write a positive number.")
    if fetch.alert > 1:
        mend = "Write a share such as 10% or 0.1."
        yield Fault(("alert",), f"must be a share of the feeds, not {shown(fetch.alert)}", mend)
    if not fetch.user_agent.isprintable() or not fetch.user_agent.isascii():
        yield Fault(("user_agent",), "an HTTP header holds printable ASCII only", "Write a plain name.")


def check_feeds_out(feeds: FeedsOut) -> Iterator[Fault]:
    if feeds.limit < 1:
        yield Fault(("limit",), f"must be above zero, not {shown(feeds.limit)}", "Write a positive number.")
    for index, name in enumerate(feeds.formats):
        if name not in FEED_FORMATS:
            reason = f"{shown(name)} is not one of {', '.join(FEED_FORMATS)}"
            yield Fault(("formats", index), reason, suggestion(name, FEED_FORMATS))


def check_holds(holds: Holds) -> Iterator[Fault]:
    yield from _check_words("words", holds.words)
    yield from _check_words("classes", holds.classes)


def check_freshness(freshness: FreshnessSettings) -> Iterator[Fault]:
    for field in ("amber", "red"):
        value = getattr(freshness, field)
        if not 0 < value <= MOST_DAYS:
            mend = f"Write a number of days from 1 to {MOST_DAYS}."
            yield Fault((field,), f"{shown(value)} is no number of days that can be waited", mend)
    if freshness.red <= freshness.amber:
        reason = f"an account is red no later than it is amber ({freshness.amber})"
        yield Fault(("red",), reason, "Write a larger number than that of `amber`.")


def check_store(store: str) -> Iterator[Fault]:
    if "://" in store and not _STORE_URL.match(store):
        yield Fault((), f"{shown(store)} is no SQLAlchemy URL", "Write a path, or postgresql+psycopg://…")


SINGLE: dict[str, Callable[[Any], Iterator[Fault]]] = {  # what stands once in feeds.yaml
    "site": check_site,
    "fetch": check_fetch,
    "feeds": check_feeds_out,
    "holds": check_holds,
    "freshness": check_freshness,
    "store": check_store,
}


def is_id(value: str) -> bool:
    """Whether text has the form of an id."""
    return _ID.fullmatch(value) is not None and len(value) <= MAX_ID


def _check_id(value: str, field: str = "id") -> Iterator[Fault]:
    """Ids become names of folders and parts of addresses, on systems that don't tell `A` from `a` too."""
    if is_id(value):
        return
    mend = f"Use a to z, 0 to 9, `-`, `_` and `.`, a letter or digit first, no `.` last, {MAX_ID} at most."
    yield Fault((field,), f"{shown(value)} can't be an id", mend)


def _check_name(name: str) -> Iterator[Fault]:
    if not name.strip():
        yield Fault(("name",), "the name is empty", "Write the name that readers know.")


def _check_words(field: str, words: Iterable[str]) -> Iterator[Fault]:
    for index, word in enumerate(words):
        if not word.strip():
            yield Fault((field, index), "an empty word would match everything", "Remove it.")


def _check_pages(field: str, address: str) -> Iterator[Fault]:
    if address and (reason := _not_web(address)):
        yield Fault((field,), reason, "Write the address of a page: https://…")


def _check_feed(feed: Feed, account: str, index: int, root: Path) -> Iterator[Fault]:
    name = feed.key.removeprefix(account + "/")
    if name != feed.key and not _ID.fullmatch(name):
        mend = "Use a to z, 0 to 9, `-`, `_` and `.`."
        yield Fault(("feeds", index, "key"), f"{shown(name)} can't be the name of a feed", mend)
    if fault := _bad_source(feed.url, root):
        yield Fault(("feeds", index, "url"), *fault)


def _check_feeds_differ(feeds: tuple[Feed, ...]) -> Iterator[Fault]:
    urls: dict[str, int] = {}
    keys: dict[str, int] = {}
    for index, feed in enumerate(feeds):
        if urls.setdefault(feed.url, index) != index:
            yield Fault(("feeds", index), "the account lists this feed twice", "Remove one of the two.")
        elif keys.setdefault(feed.key, index) != index:
            reason = f"the account has another feed named {shown(feed.key.rpartition('/')[2])}"
            yield Fault(("feeds", index, "key"), reason, "Give each feed a name of its own.")


def _check_zone(name: str) -> Iterator[Fault]:
    if name not in _zones():
        reason = f"{shown(name)} is no known time zone"
        yield Fault(("timezone",), reason, _zone_mend(name))


@cache
def _zones() -> frozenset[str]:
    from zoneinfo import available_timezones

    return frozenset(available_timezones())


def _zone_mend(name: str) -> str:
    mend = suggestion(name, _zones())
    return mend if mend.startswith("Did") else "Write a name such as Asia/Shanghai."


def _is_positive(value: float, or_zero: bool) -> bool:
    return math.isfinite(value) and (value > 0 or (or_zero and value == 0))


def _is_charset(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding  # hex, zip and the like are no charsets
    except (LookupError, ValueError):
        return False


def _not_web(address: str) -> str:
    """Why `address` is no absolute http(s) address; empty if it is one."""
    if any(character.isspace() or not character.isprintable() for character in address):
        return f"{shown(address)} holds a blank or a control character"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return f"{shown(address)} is no valid address"
    if parts.scheme not in ("http", "https"):
        return f"{shown(address)} is no http or https address"
    return "" if host else f"{shown(address)} names no host"


def _bad_source(address: str, root: Path) -> tuple[str, str] | None:
    """Reason and mend if `address` is neither an http(s) address nor a path inside `root`."""
    if _SCHEME.match(address) or "://" in address or address.startswith("//"):
        reason = _not_web(address)
        return (reason, "Write a URL with http or https, or a path beside feeds.yaml.") if reason else None
    if not address.strip():
        return "the address is empty", "Write a URL or a path, or remove the key."
    if not inside(root, address):
        return f"the path {shown(address)} leaves the folder of feeds.yaml", "Put the file beside feeds.yaml."
    return None


def _bad_picture(address: str, root: Path) -> tuple[str, str] | None:
    """The same of a picture, which pages can only show where it is published: of a path, below content/images/."""
    fault = _bad_source(address, root)
    if fault or "://" in address or address.startswith("content/images/"):
        return fault
    mend = "Put it into content/images/ and write `content/images/…`."
    return f"the picture {shown(address)} is not published with the site", mend
